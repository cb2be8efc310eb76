"""The register's edition: a token that changes with every deed. What is counted is kept under it."""

from __future__ import annotations

from django.db.models.signals import post_save
from django.dispatch import receiver

from members.history import LOOKS
from portal.editions import Edition
from portal.models import AuditEntry

REGISTER = Edition("members")


@receiver(post_save, sender=AuditEntry)
def renew(instance: AuditEntry, **kwargs: object) -> None:
    """Whatever changes the register leaves its line in the trail; looking does too, and changes nothing."""
    if instance.action.startswith("members.") and instance.action not in LOOKS:
        REGISTER.renew()
