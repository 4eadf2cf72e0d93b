"""Django's way to a mail server, which also tells whether a message may have arrived though the line broke."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp

END = b"\r\n.\r\n"  # of a message, on the line


class MayHaveArrived(smtplib.SMTPServerDisconnected):
    """The whole message was sent, and the line broke, or stayed silent, before the mail server said that it has it."""


class _Doubting(smtplib.SMTP):
    is_behind_end = False

    def send(self, s: Any) -> None:
        super().send(s)
        self.is_behind_end = isinstance(s, bytes) and s.endswith(END)

    def getreply(self) -> tuple[int, bytes]:
        try:
            return super().getreply()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            if self.is_behind_end:
                raise MayHaveArrived(str(error)) from error
            raise


class _DoubtingFromTheStartInTls(_Doubting, smtplib.SMTP_SSL):
    """A line that is encrypted from its first byte."""


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _DoubtingFromTheStartInTls if self.use_ssl else _Doubting
