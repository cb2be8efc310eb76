"""`{% load members %}`: whose portal this is."""

from django import template

from members.models import OwningCommittee
from members.owning_committee import owning_committee

register = template.Library()


@register.simple_tag
def committee() -> OwningCommittee:
    """The owning committee today: `{% committee as committee %}`."""
    return owning_committee()
