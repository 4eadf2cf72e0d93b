"""What stands in deploy/, and what a public server says of itself."""

import json
import os
import re
import subprocess
import sys
from fnmatch import fnmatch
from ipaddress import ip_address, ip_network
from pathlib import Path
from runpy import run_path

import pytest
import yaml
from django.core.checks import registry

from conference.serving.checks import second_factor

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
KNOWN = {
    *("image", "build", "entrypoint", "command", "environment", "env_file", "volumes", "tmpfs", "ports", "networks"),
    *("depends_on", "healthcheck", "restart", "read_only", "cap_drop", "security_opt"),
}
IN_TEMPLATE = r"\$\{((?:SITE|FRONT)_[A-Z]+)\}"
KEYS = {
    "SECRET_KEY": "fL0yQmH4p1Zx8Kc3Vn6Rt9Wb2Jd5Gs7Ae0Ui4Yo8Pl6Mk",
    "FIELD_ENCRYPTION_KEYS": "x8Yx4bHnTjP1oTqkYk0mKQm2m3Gq9m3Jm3b0m0b0m0k=",
    "ALLOWED_HOSTS": "conference.example.org",
    "DEBUG": "off",
    "HTTPS": "on",
}


def is_left_out(path):
    """By the rules of .dockerignore that are here: a name at the top, or with **/ in every folder."""
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    names = [path, *[path[: match.start()] for match in re.finditer("/", path)]]
    return any(
        fnmatch(name, rule) or (rule.startswith("**/") and fnmatch(name.rpartition("/")[2], rule[3:]))
        for rule in rules
        for name in names
    )


@pytest.mark.parametrize(
    "path", [".env", "deploy/.env", "deploy/.env.new", ".git/config", "var/db.sqlite3", ".env.bak"]
)
def test_keys_and_data_stay_out_of_the_image(path):
    assert is_left_out(path)


@pytest.mark.parametrize("path", ["manage.py", "conference/settings.py", "deploy/compose.yaml", "templates/base.html"])
def test_site_is_in_the_image(path):
    assert not is_left_out(path)


def names_in(path, pattern):
    return set(re.findall(pattern, (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE))


def test_one_example_has_every_variable_that_is_read_and_no_other():
    example = names_in(".env.example", r"^(?:# )?([A-Z_]+)=")
    read = names_in("conference/settings.py", r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"")
    read |= names_in("gunicorn.conf.py", r"environ\.get\(\"([A-Z_]+)\"\)")
    read |= names_in("deploy/compose.yaml", r"\$\{([A-Z_]+)") | names_in("deploy/nginx.conf.template", IN_TEMPLATE)

    assert len(read) > 30
    assert example == read
    assert list((ROOT / "deploy").glob(".env*")) == []


def test_operators_read_of_every_variable_in_one_table():
    rows = re.findall(
        r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", (ROOT / "docs" / "operators.md").read_text(), re.MULTILINE
    )

    told = [name for row in rows for name in re.findall(r"[A-Z_]+", row)]
    assert sorted(told) == sorted(names_in(".env.example", r"^(?:# )?([A-Z_]+)="))


# --- The containers --------------------------------------------------------------------------------------------------


def test_containers_are_described_by_one_recipe_each():
    for name, service in SERVICES.items():
        assert ("image" in service) != ("build" in service), name
        # A tag says which version; "latest" would be another each day.
        assert re.search(r":v?\d", service.get("image", ":1")), name
        assert service.keys() <= KNOWN, name
        assert set(service.get("depends_on", {})) <= SERVICES.keys(), name
        assert "no-new-privileges:true" in service["security_opt"], name
    ours = [service for service in SERVICES.values() if "build" in service]
    assert len(ours) == 3
    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in ours)
    # The database and the site are reached through the front alone.
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["front"]


def test_only_what_serves_is_asked_for_its_health_on_a_port():
    container = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")

    assert "HEALTHCHECK" not in container  # every service made of it would inherit it
    asked = [name for name, service in SERVICES.items() if "8000" in str(service.get("healthcheck"))]
    assert asked == ["site"]


def test_container_serves_without_rights_and_as_the_compose_file_says():
    lines = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8").splitlines()

    assert "USER 10001" in lines
    assert json.loads(lines[-1].removeprefix("CMD ")) == SERVICES["site"]["command"]
    copied = [line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    assert all((ROOT / path).exists() for path in copied)


def test_front_of_the_containers_finds_the_site_and_every_file():
    front = SERVICES["front"]
    address = SERVICES["site"]["networks"]["default"]["ipv4_address"]
    mounts = [volume.split(":") for service in SERVICES.values() for volume in service.get("volumes", [])]

    assert front["environment"]["FRONT_SITES"] == f"server {address}:{SERVICES['site']['environment']['PORT']};"
    [network] = COMPOSE["networks"]["default"]["ipam"]["config"]
    assert ip_address(address) in ip_network(network["subnet"])
    assert ip_address(address) not in ip_network(network["ip_range"])  # Docker gives it to no other
    for source, *_rest in mounts:
        if source.startswith("."):
            assert (ROOT / "deploy" / source).exists(), source
        else:
            assert source in COMPOSE["volumes"]
    assert {target for _source, target, *_ in mounts} >= {
        "/etc/nginx/templates/nginx.conf.template",
        "/site/templates/in_both_languages",
        "/site/static/css/error.css",
    }


def test_front_of_two_sites_finds_both():
    more = yaml.safe_load((ROOT / "deploy" / "replicas.yaml").read_text(encoding="utf-8"))["services"]
    extended = {name: service for name, service in more.items() if "extends" in service}

    addresses = [one["networks"]["default"]["ipv4_address"] for one in (SERVICES["site"], *extended.values())]
    assert len(set(addresses)) == 2
    assert more["front"]["environment"]["FRONT_SITES"] == " ".join(f"server {one}:8000;" for one in addresses)
    assert {more[name]["environment"]["CACHE_URL"] for name in ("site", *extended)} == {"redis://cache:6379"}
    assert "cache" in more


def test_template_of_the_front_has_the_names_that_both_ways_put_in():
    names = names_in("deploy/nginx.conf.template", IN_TEMPLATE)
    environment = SERVICES["front"]["environment"]
    way_without_containers = run_path(str(ROOT / "deploy" / "render.py"))["values"]({"SITE_HOST": "example.org"})

    assert names == way_without_containers.keys()
    assert names == {name for name in environment if re.match(environment["NGINX_ENVSUBST_FILTER"], name)}


CERTBOT = """#!/bin/sh
echo "certbot $*" >> done.txt
[ -e ../is_given ] || exit 1
while [ "$1" != --deploy-hook ]; do shift; done
RENEWED_LINEAGE=$PWD/../live; export RENEWED_LINEAGE
sh -c "$2"
"""


@pytest.mark.parametrize("is_refused", [False, True])
def test_certificate_of_the_containers_is_our_own_until_the_real_one_is_there(tmp_path, is_refused):
    served, live = tmp_path / "served", tmp_path / "live"
    programs = {
        "openssl": 'while [ "$1" != -out ]; do shift; done; echo own > "$2"; echo own > privkey.pem',
        "certbot": CERTBOT,
        # The third pause ends the loop.
        "sleep": 'echo "sleep $1" >> done.txt; [ $(grep -c sleep done.txt) -lt 3 ] || kill $PPID',
    }
    live.mkdir()
    for name in ("fullchain.pem", "privkey.pem"):
        (live / name).write_text("real")
    if not is_refused:
        (tmp_path / "is_given").touch()
    for name, text in programs.items():
        (tmp_path / name).write_text(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)

    subprocess.run(
        ["/bin/sh", ROOT / "deploy" / "certificates.sh"],
        env={
            "PATH": f"{tmp_path}:/usr/bin:/bin",
            "SERVED": str(served),
            "SITE_HOST": "c.org",
            "CERTIFICATE_EMAIL": "a@c.org",
        },
        check=False,
        timeout=20,
    )

    done = (served / "done.txt").read_text().splitlines()
    assert done[0] == "sleep 20"
    assert "--domain c.org" in done[1]
    assert "--email a@c.org" in done[1]
    assert done[2] == ("sleep 1200" if is_refused else "sleep 43200")  # five tries in vain an hour are allowed
    assert (served / "fullchain.pem").read_text().strip() == ("own" if is_refused else "real")
    assert (served / "privkey.pem").read_text().strip() == ("own" if is_refused else "real")


def test_what_is_run_can_be_run():
    scripts = [*(ROOT / "deploy").glob("*.sh"), *(ROOT / "bin").iterdir(), ROOT / ".ci" / "run"]

    assert len(scripts) > 5
    assert [path.name for path in scripts if not os.access(path, os.X_OK)] == []


def test_nothing_may_be_left_out_in_ci():
    assert "export CI=true" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


# --- What a public server says of itself -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "subdomains", "preload"),
    [
        ({}, False, False),
        ({"HSTS_SUBDOMAINS": "on"}, True, False),
        ({"HSTS_PRELOAD": "on"}, False, False),
        ({"HSTS_SUBDOMAINS": "on", "HSTS_PRELOAD": "on"}, True, True),
        ({"HSTS_SUBDOMAINS": "on", "HSTS_PRELOAD": "on", "HTTPS": "off"}, False, False),
    ],
)
def test_other_hosts_are_bound_on_the_operators_word_only(said, subdomains, preload):
    show = "from conference import settings as s; print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"

    done = subprocess.run(
        [sys.executable, "-c", show], cwd=ROOT, env=KEYS | said, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == [str(subdomains), str(preload)]


def test_a_pool_of_connections_takes_the_site_and_an_older_secret_key_is_read():
    show = "from conference import settings as s; print(s.DATABASES['default']['OPTIONS'], s.SECRET_KEY_FALLBACKS)"
    said = {"DATABASE_URL": "postgres://site@pool/site", "SECRET_KEY_FALLBACKS": "one,two"}

    done = subprocess.run(
        [sys.executable, "-c", show], cwd=ROOT, env=KEYS | said, capture_output=True, text=True, check=True
    )

    # pgbouncer refuses "options" when a client connects.
    assert done.stdout.strip() == "{'connect_timeout': 5} ['one', 'two']"


@pytest.mark.parametrize(
    ("said", "required"),
    [
        ({}, True),
        ({"HTTPS": "off"}, False),
        ({"REQUIRE_SECOND_FACTOR": "off"}, False),
        ({"HTTPS": "off", "REQUIRE_SECOND_FACTOR": "on"}, True),
    ],
)
def test_second_factor_is_required_on_a_public_server(said, required):
    show = "from conference import settings as s; print(s.REQUIRE_SECOND_FACTOR)"

    done = subprocess.run(
        [sys.executable, "-c", show], cwd=ROOT, env=KEYS | said, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == [str(required)]


def test_check_warns_where_the_second_factor_is_off(settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert [warning.id for warning in second_factor(None)] == ["conference.W001"]

    settings.REQUIRE_SECOND_FACTOR = True
    assert second_factor(None) == []
    assert second_factor in registry.registry.deployment_checks
