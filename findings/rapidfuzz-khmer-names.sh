#!/usr/bin/env bash
# RapidFuzz has `default_process` to make names ready for comparing: small letters, no punctuation. One would guess
# that the letters of every script stay. But each Khmer vowel becomes a space, as if it were punctuation, and so does
# the sign that makes a subscript: of «ដារា» (Dara) and «ដារី» (Dary) the same «ដ រ» is left. So names of different
# people are alike to 100 of 100, and even the highest threshold takes them for one person. As written, the same pairs
# are clearly apart. Latin letters with accents stay, so a test with European names does not see it. Seen with the
# version below on Python 3.11. Fails once that changes. The site compares names by conference/language/khmer.py, match_key: it
# spells the vowels out before it drops punctuation. The names are common given names, of no person.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install rapidfuzz==3.14.6
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from rapidfuzz import fuzz, process, utils

PAIRS = [("ដារា", "ដារី"), ("ហេង", "ហុង"), ("ស៊ុន", "ស៊ាន"), ("លី", "លូ"), ("ហេង ដារា", "ហុង ដារី")]
for one, other in [*PAIRS, ("José", "Josè")]:
    left = [utils.default_process(name) for name in (one, other)]
    made_ready = fuzz.ratio(one, other, processor=utils.default_process)
    print(f"{one} | {other}: left {left}, alike {made_ready:.0f}, as written {fuzz.ratio(one, other):.0f}")
alike = [fuzz.ratio(*pair, processor=utils.default_process) for pair in PAIRS]
as_written = [fuzz.ratio(*pair) for pair in PAIRS]
# The right name is in the list, and another is found: the first of those with the same consonants.
found = process.extractOne("ដារី", ["ដារា", "ដារី"], processor=utils.default_process)
accents = fuzz.ratio("José", "Josè", processor=utils.default_process)
print(f"looked for ដារី, found {found}")
sys.exit(not (set(alike) == {100.0} and max(as_written) <= 75 and found[0] == "ដារា" and accents == 75))
PYTHON
