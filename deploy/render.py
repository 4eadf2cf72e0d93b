"""Writes nginx.conf: SITE_HOST=conference.example.org python deploy/render.py > /etc/nginx/nginx.conf

Each value is read from the environment. What is given here is for a Debian machine with one site from bin/serve and a
certificate from certbot; compose.yaml has its own. Needs nothing but Python.
"""

import os
import sys
from pathlib import Path
from string import Template

FOLDER = Path(__file__).resolve().parent


def values(environment):
    host = environment.get("SITE_HOST") or sys.exit("SITE_HOST is not set: the host name of the site.")
    standard = {
        # Where visitors come in. For IPv6 too: "[::]:80 ipv6only=off".
        "FRONT_HTTP": "80",
        "FRONT_HTTPS": "443",
        "FRONT_SITES": "server 127.0.0.1:8000;",
        "FRONT_CERTIFICATES": f"/etc/letsencrypt/live/{host}",
        "FRONT_CHALLENGES": "/var/www/html",
        # The folder of the project, for the pages of errors.
        "FRONT_FILES": str(FOLDER.parent),
    }
    return {"SITE_HOST": host} | {name: environment.get(name) or value for name, value in standard.items()}


def rendered(environment):
    template = (FOLDER / "nginx.conf.template").read_text(encoding="utf-8")
    return Template(template).safe_substitute(values(environment))


if __name__ == "__main__":
    sys.stdout.write(rendered(os.environ))
