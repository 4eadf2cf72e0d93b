"""How gunicorn serves the site. bin/serve and the container start it in this folder, where it finds this file."""

import gc
import os
from typing import Any

from environ import Env

Env.read_env(".env")  # the environment wins

wsgi_app = "conference.wsgi"

# Only this machine, unless the operator says otherwise: the front (deploy/nginx.conf.template) is what visitors reach.
_host, _port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

# Threads wait for the database, or for a slow visitor where there is no front; they cost little. Each keeps a
# connection to the database: workers x threads of them, and PostgreSQL gives 100 as it is installed. SQLite has no
# queue for those who write: of many at once, some would wait for longer than it lets them.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 16 if (os.environ.get("DATABASE_URL") or "").startswith("postgres") else 4

# The code is loaded once, before there are workers: a new one is there at once, and they share that memory.
preload_app = True
# Workers are replaced now and then, not all at once, so that no leak grows for long.
max_requests, max_requests_jitter = 2000, 200
timeout = graceful_timeout = 30  # seconds

# What a request may be before the site reads it, in bytes and headers. A link of ours is never as long.
limit_request_line, limit_request_fields, limit_request_field_size = 4094, 64, 8190
# BEHIND_PROXY alone decides whether a header is believed (conference/settings.py).
forwarded_allow_ips = ""

# There is no access log: addresses can carry secrets. The site writes its own lines (conference/serving/logs.py).
accesslog = None
control_socket_disable = True
# A worker says in a file that it lives: in memory, because a slow disk would make it look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 -- gunicorn makes a file of its own in it


def when_ready(server: Any) -> None:
    """What was loaded stays until the end. To look at it again and again for garbage takes a tenth of a request, and a
    worker that writes into it shares that memory no longer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
