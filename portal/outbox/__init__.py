"""The outbox: say who is to be told what; it leaves once, or somebody is shown why not.

Actions call `post` inside their transaction; `portal.delivery` empties the table.
"""

from portal.outbox.decisions import cancel, mark_sent, send_again, withdraw
from portal.outbox.kinds import (
    Attachment,
    Letter,
    NoticeKind,
    is_known_to,
    kind_of,
    label_of,
    may_decide,
    may_see_board,
    may_watch,
    register,
)
from portal.outbox.posting import post, usual_hold
from portal.outbox.recipients import LeftOut, Preview, Recipient, preview

__all__ = [
    "Attachment",
    "LeftOut",
    "Letter",
    "NoticeKind",
    "Preview",
    "Recipient",
    "cancel",
    "kind_of",
    "mark_sent",
    "is_known_to",
    "label_of",
    "may_decide",
    "may_watch",
    "may_see_board",
    "post",
    "preview",
    "register",
    "send_again",
    "usual_hold",
    "withdraw",
]
