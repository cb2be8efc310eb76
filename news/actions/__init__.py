"""Everything that changes a news item. Each is one transaction: check, change, audit, notice."""

from news.actions.approval import approve, approve_and_publish, publish, unschedule, withdraw
from news.actions.comments import comment, settle_comment
from news.actions.digests import end_digest, send_digests, set_digest
from news.actions.directives import describe_document
from news.actions.display import set_display, withdraw_expired
from news.actions.gallery import add_photo, describe_photo, move_photo, remove_photo
from news.actions.pictures import make_sizes
from news.actions.presence import note_presence
from news.actions.publication import publish_due
from news.actions.readings import (
    acknowledge,
    change_material,
    end_reading,
    keep_readers,
    open_reading,
    remind_silent,
    require_reading,
)
from news.actions.reminders import remind_overdue
from news.actions.saved import forget_article, save_article
from news.actions.submission import return_with_reason, submit_for_approval, submit_for_editing
from news.actions.text import EditConflict, begin_draft, create_draft, edit, restore, save_typing
from news.actions.topics import set_topics
from news.actions.upkeep import ask_for_reviews, end_upkeep, give_upkeep, review

__all__ = [
    "EditConflict",
    "acknowledge",
    "add_photo",
    "approve",
    "approve_and_publish",
    "ask_for_reviews",
    "begin_draft",
    "change_material",
    "comment",
    "create_draft",
    "describe_document",
    "describe_photo",
    "edit",
    "end_digest",
    "end_reading",
    "end_upkeep",
    "forget_article",
    "give_upkeep",
    "keep_readers",
    "make_sizes",
    "move_photo",
    "note_presence",
    "open_reading",
    "publish",
    "publish_due",
    "remind_overdue",
    "remind_silent",
    "remove_photo",
    "require_reading",
    "restore",
    "return_with_reason",
    "review",
    "save_article",
    "save_typing",
    "send_digests",
    "set_digest",
    "set_display",
    "set_topics",
    "settle_comment",
    "submit_for_approval",
    "submit_for_editing",
    "unschedule",
    "withdraw",
    "withdraw_expired",
]
