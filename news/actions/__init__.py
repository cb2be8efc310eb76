"""Everything that changes a news item. Each is one transaction: check, change, audit, notice."""

from news.actions.approval import approve, approve_and_publish, publish, unschedule, withdraw
from news.actions.comments import comment, settle_comment
from news.actions.presence import note_presence
from news.actions.publication import publish_due
from news.actions.reminders import remind_overdue
from news.actions.submission import return_with_reason, submit_for_approval, submit_for_editing
from news.actions.text import EditConflict, create_draft, edit, restore, save_typing

__all__ = [
    "EditConflict",
    "approve",
    "approve_and_publish",
    "comment",
    "create_draft",
    "edit",
    "note_presence",
    "publish",
    "publish_due",
    "remind_overdue",
    "restore",
    "return_with_reason",
    "save_typing",
    "settle_comment",
    "submit_for_approval",
    "submit_for_editing",
    "unschedule",
    "withdraw",
]
