"""Two caches: in the memory of one process, and on the disk of a machine for all its processes."""

import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache


class SteadyCache(LocMemCache):
    """By a clock that runs on.

    Where the clock of the machine is put back by an hour, what is kept for seconds would otherwise stay that hour.
    """

    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> float | None:
        """When it is over, or None for what is kept for good."""
        seconds = self.default_timeout if timeout == DEFAULT_TIMEOUT else timeout
        return None if seconds is None else time.monotonic() + seconds

    def _has_expired(self, key: str) -> bool:
        until: float | None = self._expire_info.get(key, -1)  # type: ignore[attr-defined] # of Django, not in its stubs
        return until is not None and until <= time.monotonic()


class DiskCache(FileBasedCache):
    """A disk that is full, or that cannot be read, keeps nothing, and no page from its reader."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except OSError:
            return default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except OSError:
            return
