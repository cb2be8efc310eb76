"""The committee's figures on the first page: counted once for all readers, and anew after every deed."""

from __future__ import annotations

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils import timezone

from members.history import LOOKS
from members.owning_committee import owning_committee
from members.statistics import figures
from portal.editions import Edition
from portal.models import AuditEntry

REGISTER = Edition("members")


@receiver(post_save, sender=AuditEntry)
def renew(instance: AuditEntry, **kwargs: object) -> None:
    """Whatever changes the register leaves its line in the trail; looking does too, and changes nothing."""
    if instance.action.startswith("members.") and instance.action not in LOOKS:
        REGISTER.renew()


def figures_in_small() -> str:
    """Of the year so far, each with the way to its rows; the same for everybody (docs/decisions/0007)."""
    return REGISTER.kept(f"small:{timezone.localdate()}", _written)


def _written() -> str:
    whole, today = owning_committee(), timezone.localdate()
    counted = figures(whole.organization, today) if whole.organization_id else []
    return render_to_string("members/figures_in_small.html", {"figures": counted, "until": today})
