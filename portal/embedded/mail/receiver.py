"""The SMTP side of the catcher."""

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.embedded.mail.store import MailStore
from portal.embedded.ports import LOOPBACK

SIZE_LIMIT = 50 * 1024 * 1024


class Receiver:
    """Takes every letter for every address."""

    def __init__(self, store: MailStore) -> None:
        self.store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        key = self.store.add(content, envelope.rcpt_tos)
        return f"250 2.0.0 kept as {key}"


def receiver(store: MailStore, port: int, ident: str) -> Controller:
    return Controller(
        Receiver(store),
        hostname=LOOPBACK,
        port=port,
        ident=ident,
        data_size_limit=SIZE_LIMIT,
        enable_SMTPUTF8=True,
    )
