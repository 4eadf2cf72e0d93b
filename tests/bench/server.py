"""A gunicorn with one worker, whose processor time is read from /proc: what else the machine does counts little."""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
BROWSER = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "km-KH,km;q=0.9,en;q=0.8",
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
}
STARTS_WITHIN = 60  # seconds


class Server:
    """Serves from where `with` begins to where it ends."""

    def __init__(self, application: str, environment: dict[str, str], first: str) -> None:
        """`first` is the page that must answer before the measuring begins."""
        self.application, self.first = application, first
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", application, "--workers=1", "--max-requests=0"]
        self._process = subprocess.Popen(
            [*command, f"--bind=127.0.0.1:{self.port}"],
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> "Server":
        until = time.monotonic() + STARTS_WITHIN
        while not self._answers(self.first):
            if time.monotonic() > until or self._process.poll() is not None:
                self.__exit__()
                raise RuntimeError(f"{self.application} does not answer at {self.first}.")
            time.sleep(0.2)
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        self._process.wait(10)

    def _answers(self, path: str) -> bool:
        try:
            return self.ask(path, 1).status == 200
        except OSError:
            return False

    @property
    def worker(self) -> Path:
        """Its folder in /proc."""
        for folder in Path("/proc").glob("[0-9]*"):
            if _fields(folder)[1] == str(self._process.pid):  # of its parent
                return folder
        raise RuntimeError("The worker has gone.")

    @property
    def seconds(self) -> float:
        """Of the processor, that the worker has used until now."""
        fields = _fields(self.worker)
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def megabytes(self) -> float:
        """Of memory, that the worker has now."""
        return int((self.worker / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def ask(self, path: str, times: int, **headers: str) -> HTTPResponse:
        """Over one connection. Returns the last answer, which is read."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        for _time in range(times):
            connection.request("GET", path, headers={**BROWSER, **headers})
            answer = connection.getresponse()
            answer.read()
        connection.close()
        return answer

    def cost(self, path: str, times: int, **headers: str) -> float:
        """Milliseconds of the processor for one answer."""
        before = self.seconds
        self.ask(path, times, **headers)
        return (self.seconds - before) * 1000 / times


def _fields(folder: Path) -> list[str]:
    """Of a process, from its state on (man 5 proc)."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended meanwhile
        return ["", ""]
