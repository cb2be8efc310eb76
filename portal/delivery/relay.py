"""A conversation with the mail server that always knows how far it got.

`smtplib.sendmail` hides in which phase an error came; here the phase is the exception's class, and
the final dot is a write of its own, because everything turns on whether it was written.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings

from portal.delivery.answers import Answers

#: Codes that speak of our access and not of this letter: the same answer would meet every row.
ABOUT_OURSELVES = (421, 454, 530, 534, 535, 538)


class Unreachable(Exception):
    """No usable connection; says nothing about any letter."""


class Lost(Exception):
    """The connection broke before the dot was written: the server must drop the letter."""


class Doubtful(Exception):
    """The dot was written and no answer came: taken perhaps, perhaps not."""


class Refused(Exception):
    """A clear answer, for this letter: 4xx later, 5xx never."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.is_final = code >= 500


class Relay:
    """One connection, reused for many letters. `on_slow` is called while the server makes us wait."""

    def __init__(self, on_slow: Callable[[], None]) -> None:
        self._on_slow = on_slow
        self._smtp: smtplib.SMTP | None = None
        self._answers: Answers | None = None

    @property
    def is_open(self) -> bool:
        return self._smtp is not None

    def open(self) -> None:
        """Greeting, EHLO, TLS and sign-in; whatever goes wrong here makes the server unreachable."""
        self.close()
        smtp = self._client()
        try:
            _expect(220, smtp.connect(settings.EMAIL_HOST, settings.EMAIL_PORT))
            self._prepare(smtp)
        except (OSError, smtplib.SMTPException, Refused) as error:
            smtp.close()
            raise Unreachable(_words(error)) from error
        assert smtp.sock is not None
        self._smtp, self._answers = smtp, Answers(smtp.sock, self._on_slow)

    def _client(self) -> smtplib.SMTP:
        # The name is given, or smtplib would ask the name service, which may take long.
        name, patience = settings.EMAIL_DOMAIN, settings.OUTBOX_CONNECT_SECONDS
        if settings.EMAIL_USE_SSL:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(local_hostname=name, timeout=patience, context=context)
        return smtplib.SMTP(local_hostname=name, timeout=patience)

    def _prepare(self, smtp: smtplib.SMTP) -> None:
        assert smtp.sock is not None
        # Without it the dot, a small write after a big one, waits 40 ms for the other side's ACK.
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.sock.settimeout(settings.OUTBOX_COMMAND_SECONDS)
        if settings.EMAIL_USE_TLS:
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)

    def envelope(self, sender: str, recipient: str, size: int) -> None:
        """MAIL and RCPT: a refusal here is a clear answer, and nothing has been handed over.

        A server that takes commands ahead (RFC 2920) gets both at once, one journey less a letter.
        """
        smtp, _ = self._connected()
        announced = f" SIZE={size}" if smtp.has_extn("size") else ""
        mail, rcpt = f"MAIL FROM:<{sender}>{announced}", f"RCPT TO:<{recipient}>"
        try:
            for commands in [(mail, rcpt)] if smtp.has_extn("pipelining") else [(mail,), (rcpt,)]:
                self._command(250, *commands)
        except Refused:
            self.reset()
            raise

    def data(self, payload: bytes) -> str:
        """DATA, the letter, the dot; the server's words when it took it."""
        smtp, answers = self._connected()
        self._command(354, "DATA")
        assert smtp.sock is not None
        try:
            smtp.sock.sendall(payload.replace(b"\r\n.", b"\r\n.."))
        except OSError as error:
            raise self._broken(Lost, error) from error
        try:
            smtp.sock.settimeout(settings.OUTBOX_DOT_SECONDS)
            smtp.sock.sendall(b".\r\n")
            answer = answers.next()
            smtp.sock.settimeout(settings.OUTBOX_COMMAND_SECONDS)
        except OSError as error:
            raise self._broken(Doubtful, error) from error
        if answer[0] == 421:
            self.close()
        return _expect(250, answer)

    def reset(self) -> None:
        """Take back an envelope; a connection that can't even do that is given up."""
        try:
            self._command(250, "RSET")
        except (Lost, Refused):
            self.close()

    def close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = self._answers = None

    def quit(self) -> None:
        """The polite end; the answer is not waited for."""
        if self._smtp is not None and self._smtp.sock is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.putcmd("QUIT")
        self.close()

    def _connected(self) -> tuple[smtplib.SMTP, Answers]:
        if self._smtp is None or self._answers is None:
            raise Lost("Chưa có kết nối với máy chủ thư.")
        return self._smtp, self._answers

    def _command(self, expected: int, *commands: str) -> None:
        """Say the commands, then hear every answer; the first one not expected is raised."""
        smtp, answers = self._connected()
        heard = []
        try:
            smtp.send("".join(f"{command}\r\n" for command in commands))
            for _ in commands:
                heard.append(answer := answers.next())
                if answer[0] in ABOUT_OURSELVES:
                    self.close()
                    raise Lost(_words(Refused(answer[0], _text(answer[1]))))
        except (OSError, smtplib.SMTPException) as error:
            raise self._broken(Lost, error) from error
        for answer in heard:
            _expect(expected, answer)

    def _broken(self, kind: type[Lost] | type[Doubtful], error: Exception) -> Exception:
        self.close()
        return kind(_words(error))


def _expect(code: int, answer: tuple[int, bytes]) -> str:
    """The words of the expected answer; any other one is a refusal."""
    found, text = answer
    if found == code or (code == 250 and found == 251):
        return f"{found} {_text(text)}"
    raise Refused(found if found >= 400 else 451, _text(text))


def _text(words: bytes) -> str:
    return " ".join(words.decode("utf-8", "replace").split())[:450]


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:450]
