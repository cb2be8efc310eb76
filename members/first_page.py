"""The committee's figures on the first page: counted once for all readers, and anew after every deed."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from members.edition import REGISTER
from members.owning_committee import owning_committee
from members.statistics import figures


def figures_in_small() -> str:
    """Of the year so far, each with the way to its rows; the same for everybody (docs/decisions/0007)."""
    return REGISTER.kept(f"small:{timezone.localdate()}", _written)


def _written() -> str:
    whole, today = owning_committee(), timezone.localdate()
    counted = figures(whole.organization, today) if whole.organization_id else []
    return render_to_string("members/figures_in_small.html", {"figures": counted, "until": today})
