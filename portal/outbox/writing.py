"""The rows of a sending: one letter and one copy on the portal a person, written once.

Two statements of a few arrays each: five thousand recipients are written while the office's click
is waiting, and building as many objects first would take longer than storing them.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from portal.models import Channel, Notice
from portal.outbox.preferences import Wanted
from portal.tokens import derived_name
from portal.vietnamese.text import nfc

_LETTERS = """
INSERT INTO portal_delivery (
    notice_id, channel, lane, due, recipient_key, user_id, name, address, message_id,
    state, attempts, reply, reason, payload_hash, history
)
SELECT
    %(notice)s, %(channel)s, %(lane)s, %(due)s, person.key, person.account, person.name, person.address,
    person.message_id, CASE person.address WHEN '' THEN 'no_address' ELSE 'queued' END, 0, '', '', '', '[]'
FROM unnest(
    %(keys)s::text[], %(accounts)s::bigint[], %(names)s::text[], %(addresses)s::text[], %(ids)s::text[]
) AS person (key, account, name, address, message_id)
ON CONFLICT DO NOTHING
"""

_COPIES = """
INSERT INTO portal_portalnotice (notice_id, recipient_id, shown_from)
SELECT %(notice)s, account, %(due)s FROM unnest(%(accounts)s::bigint[]) AS account
ON CONFLICT DO NOTHING
"""


def write_rows(notice: Notice, wanted: Wanted, *, lane: int, due: datetime.datetime) -> None:
    """Write down who is to be told; who is there already is skipped. Then the counts as they are."""
    people = wanted.by_mail
    accounts = [person.user.pk if person.user else None for person in people]
    on_portal = {person.user.pk for person in wanted.on_portal if person.user}
    with connection.cursor() as cursor:
        shared: dict[str, Any] = {"notice": notice.pk, "due": due}
        cursor.execute(_COPIES, shared | {"accounts": sorted(on_portal)})
        cursor.execute(
            _LETTERS,
            shared
            | {
                "channel": Channel.MAIL,
                "lane": lane,
                "keys": [person.key for person in people],
                "accounts": accounts,
                "names": [nfc(person.name) for person in people],
                "addresses": [person.address for person in people],
                "ids": [message_id(notice, person.key, Channel.MAIL) for person in people],
            },
        )
    notice.recipient_count = notice.deliveries.count()
    notice.portal_count = notice.portal_notices.count()
    notice.save(update_fields=["recipient_count", "portal_count"])


def message_id(notice: Notice, recipient_key: str, channel: str) -> str:
    """The same at every attempt, so that mailboxes can fold a repeat; a new version gets a new one."""
    name = derived_name("message-id", notice.pk, recipient_key, channel, notice.version)
    return f"<n{notice.pk}.v{notice.version}.{name}@{settings.EMAIL_DOMAIN}>"
