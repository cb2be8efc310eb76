"""What became of a record or an organisation, act by act: the trail says who did what, the database what
each row said before. One history out of both (ADR 0022)."""

from members.history.deeds import LOOKS, MOST_DEEDS, Deed, history_of_member, history_of_organization

__all__ = ["LOOKS", "MOST_DEEDS", "Deed", "history_of_member", "history_of_organization"]
