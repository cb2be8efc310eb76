"""Everything that changes a news item. Each is one transaction: check, change, audit, notice."""

from news.actions.approval import approve_and_publish, return_with_reason, submit_for_approval, withdraw
from news.actions.text import EditConflict, create_draft, edit

__all__ = [
    "EditConflict",
    "approve_and_publish",
    "create_draft",
    "edit",
    "return_with_reason",
    "submit_for_approval",
    "withdraw",
]
