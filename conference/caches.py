"""A cache in the memory of one process, by a clock that runs on.

Where the clock of the machine is put back by an hour, what is kept for five seconds would otherwise stay that hour.
"""

import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache


class SteadyCache(LocMemCache):
    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> float | None:
        """When it is over, or None for what is kept for good."""
        seconds = self.default_timeout if timeout == DEFAULT_TIMEOUT else timeout
        return None if seconds is None else time.monotonic() + seconds

    def _has_expired(self, key: str) -> bool:
        until: float | None = self._expire_info.get(key, -1)  # type: ignore[attr-defined] # of Django, not in its stubs
        return until is not None and until <= time.monotonic()
