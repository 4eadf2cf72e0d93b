"""The front as deploy/ configures it, on free ports of this machine and with a certificate of its own."""

import os
import shutil
import socket
import ssl
import subprocess
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from runpy import run_path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.server import PROJECT, free_port

HOST = "localhost"
NGINX = (
    os.environ.get("NGINX_PROGRAM") or shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
)
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Front:
    def __init__(self, http, https, folder):
        self.http, self.https, self.folder = http, https, folder

    def ask(self, method, path, body=None, headers=(), timeout=10):
        """The answer, read to its end, and its body."""
        with closing(self.line(timeout)) as line:
            line.request(method, path, body, {"Host": HOST, **dict(headers)})
            answer = line.getresponse()
            return answer, answer.read()

    def line(self, timeout=10):
        return HTTPSConnection("127.0.0.1", self.https, timeout=timeout, context=any_certificate())

    def stall(self, start):
        """A connection on which a request was begun, and nothing more will come."""
        line = any_certificate().wrap_socket(socket.create_connection(("127.0.0.1", self.https), timeout=30))
        line.sendall(start)
        return line

    def log(self):
        return "".join((self.folder / name).read_text(encoding="utf-8") for name in ("access.log", "error.log"))


def any_certificate():
    """For a visitor: who signed the front's certificate is not what is tested."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def write_certificate(folder):
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    kinds = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(*kinds))


@contextmanager
def running_front(sites, folder):
    """`sites` are addresses such as 127.0.0.1:8000."""
    http, https = free_port(), free_port()
    write_certificate(folder)
    environment = {
        "SITE_HOST": HOST,
        "FRONT_HTTP": f"127.0.0.1:{http}",
        "FRONT_HTTPS": f"127.0.0.1:{https}",
        "FRONT_SITES": " ".join(f"server {site};" for site in sites),
        "FRONT_CERTIFICATES": str(folder),
        "FRONT_CHALLENGES": str(folder),
    }
    rendered = run_path(str(PROJECT / "deploy" / "render.py"))["rendered"](environment)
    (folder / "nginx.conf").write_text(in_folder(rendered, folder), encoding="utf-8")
    options = f"daemon off; pid {folder}/nginx.pid; {'user root;' if os.geteuid() == 0 else ''}"
    with subprocess.Popen([NGINX, "-e", folder / "error.log", "-c", folder / "nginx.conf", "-g", options]) as nginx:
        front = Front(http, https, folder)
        try:
            _wait(nginx, front)
            yield front
        finally:
            nginx.terminate()


def in_folder(configuration, folder):
    """What the installed nginx keeps in folders of the system, where only root may write."""
    own = "".join(f"    {name}_temp_path {folder}/{name};\n" for name in TEMPORARY)
    configuration = configuration.replace("/var/cache/nginx-pages", f"{folder}/pages")
    return configuration.replace("/var/log/nginx/", f"{folder}/").replace("http {\n", "http {\n" + own)


def _wait(nginx, front):
    for _attempt in range(100):
        try:
            with socket.create_connection(("127.0.0.1", front.https), timeout=5):
                return
        except ConnectionError:
            try:
                nginx.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            break
    raise AssertionError(f"The front did not start:\n{front.log()}")
