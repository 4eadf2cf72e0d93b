"""bin/backup, bin/restore and bin/upgrade, in a project whose Python only says what it was asked."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = """#!/usr/bin/env bash
echo "$@" >> "$LOG"
if [[ "$*" == *"${FAILS:-nothing}"* ]]; then exit 1; fi
if [[ "$2" = backup ]]; then echo /backups/sample.zip; fi
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A clone of a repository that has gone on by one commit since."""
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "Sample")
        monkeypatch.setenv(f"{name}_EMAIL", "sample@example.org")
    monkeypatch.delenv("FIELD_ENCRYPTION_KEYS", raising=False)
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    (origin / "bin").mkdir(parents=True)
    for name in ("backup", "restore", "upgrade"):
        shutil.copy(ROOT / "bin" / name, origin / "bin")
    (origin / "bin" / "set-up").write_text('#!/usr/bin/env bash\necho "set-up $@" >> "$LOG"\n')
    (origin / "bin" / "set-up").chmod(0o755)
    git(origin, "init", "--quiet")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message", "before")
    git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    (origin / "bin" / "upgrade").write_text("exit 1  # newer code: the older one ends what it began\n")
    git(origin, "commit", "--quiet", "--all", "--message", "after")
    python = clone / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON)
    python.chmod(0o755)
    return clone


def git(folder, *command):
    program = ["git", "-C", str(folder), *command]
    return subprocess.run(program, check=True, capture_output=True, text=True).stdout.strip()


def run(program, *arguments, folder="/"):
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def asked(project):
    log = project.with_name("log")
    return [line.replace(f"{project}/", "") for line in log.read_text().splitlines()] if log.exists() else []


def test_backup_says_the_path_alone_and_a_relative_one_is_where_it_is_called(project, tmp_path):
    done = run(project / "bin" / "backup", "here/", "--keep", "3", folder=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "/backups/sample.zip\n", "")
    assert asked(project) == ["manage.py backup here/ --keep 3"]


def test_restore_wants_the_keys_before_it_sets_anything_up(project):
    done = run(project / "bin" / "restore", "sample.zip")

    assert done.returncode == 1
    assert "There is no .env here." in done.stderr
    assert asked(project) == []

    (project / ".env").touch()
    assert run(project / "bin" / "restore", "sample.zip").returncode == 0
    assert asked(project) == ["set-up requirements.txt", "manage.py restore sample.zip"]


def test_upgrade_makes_a_backup_with_the_old_code_and_goes_on_with_the_new(project):
    before = git(project, "rev-parse", "HEAD")

    done = run(project / "bin" / "upgrade")

    assert (done.returncode, done.stderr) == (0, "")
    assert git(project, "log", "-1", "--format=%s") == "after"
    assert f"From {before} to {git(project, 'rev-parse', 'HEAD')}" in done.stdout
    assert asked(project) == [
        *("manage.py backup", "set-up requirements.txt", "manage.py prepare"),
        *("manage.py check", "manage.py migrate --check"),
    ]


@pytest.mark.parametrize("step", ["prepare", "check", "migrate"])
def test_upgrade_that_fails_says_how_to_go_back(project, monkeypatch, step):
    before = git(project, "rev-parse", "HEAD")
    monkeypatch.setenv("FAILS", f"manage.py {step}")

    done = run(project / "bin" / "upgrade")

    assert done.returncode == 1
    assert f"git checkout {before}\n" in done.stderr
    assert "bin/restore /backups/sample.zip\n" in done.stderr


def test_without_a_backup_nothing_is_upgraded(project, monkeypatch):
    monkeypatch.setenv("FAILS", "backup")

    assert run(project / "bin" / "upgrade").returncode == 1
    assert git(project, "log", "-1", "--format=%s") == "before"
    assert len(asked(project)) == 1


def test_changes_of_ones_own_are_not_lost_by_an_upgrade(project):
    (project / "bin" / "set-up").write_text("mine")

    done = run(project / "bin" / "upgrade")

    assert done.returncode == 1
    assert "changes of your own" in done.stderr
    assert asked(project) == []


def test_upgrade_to_a_tag(project):
    git(project.with_name("origin"), "tag", "v2")

    assert run(project / "bin" / "upgrade", "v2").returncode == 0
    assert git(project, "log", "-1", "--format=%s") == "after"
