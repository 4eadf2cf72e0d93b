"""Work beside the answers of the site: one thread in a process, however often it is asked for."""

import logging
import threading
from collections.abc import Callable

from django.db import connections

from conference.serving.passing import is_passing

log = logging.getLogger("django.background")  # below "django": its lines leave out participants' links


class OneAtATime:
    """Does a work again and again while it is asked for. What is asked for meanwhile is one more round."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._is_asked = self._is_at_work = False

    def ask(self) -> None:
        with self._lock:
            self._is_asked = True
            if not self._is_at_work:
                self._is_at_work = True
                threading.Thread(target=self._go_on, daemon=True).start()

    def _go_on(self) -> None:
        while self._is_asked_again():
            try:
                self._work()
            except Exception as error:  # the next round must find a way
                if not is_passing(error):
                    log.exception("Work in the background failed.")
            finally:
                connections.close_all()

    def _is_asked_again(self) -> bool:
        with self._lock:
            self._is_at_work, self._is_asked = self._is_asked, False
            return self._is_at_work
