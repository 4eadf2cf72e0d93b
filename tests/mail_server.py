"""A mail server that misbehaves in one way, for tests."""

import socketserver
import threading
from contextlib import contextmanager

HANGS, REFUSES, DROPS, TAKES = "hangs", "refuses", "drops behind the end", "takes"
ANSWERS = {b"EHLO": b"250 mail", b"HELO": b"250 mail", b"MAIL": b"250 ok", b"RCPT": b"250 ok", b"QUIT": b"221 bye"}


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        how, over = self.server.how, self.server.over
        self.server.talks.append(how)
        if how == HANGS:
            over.wait(30)
            return
        self.say(b"421 not now" if how == REFUSES else b"220 mail")
        for line in self.rfile:
            if line.strip().upper() == b"DATA":
                self.say(b"354 go on")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                if self.server.how == DROPS:
                    return
                self.say(b"250 taken")
            else:
                self.say(ANSWERS.get(line[:4].upper(), b"500 what?"))

    def say(self, words):
        self.wfile.write(words + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def mail_server(settings, how):
    """The site sends to it until the end of the block. `how` can be changed; `mails` are those that it read whole."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.how, server.over, server.talks, server.mails = how, threading.Event(), [], []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.EMAIL_BACKEND = "registration.messages.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 0.3
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
