"""What people were asked to agree to, word for word, by version. A version that was shown once never changes."""

import tomllib
from pathlib import Path

VERSIONS = tomllib.loads((Path(__file__).parent / "data" / "wordings.toml").read_text(encoding="utf-8"))
