"""What is typed so far of a time, a place and a chair, read for clashes while it is being typed."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms
from django.utils import timezone

from meetings import clashes, expansion
from meetings.forms.preparation import bodies_for, chairs_for
from meetings.models import Meeting
from members.models import Body, PartyMember, User
from portal.forms import DateTimeField
from portal.vietnamese.fields import NFCFormField


class ClashForm(forms.Form):
    """Anything not yet understood is left out; nothing is refused here."""

    body = forms.ModelChoiceField(Body.objects.none(), required=False)
    starts_at = DateTimeField(required=False)
    ends_at = DateTimeField(required=False)
    venue = NFCFormField(max_length=200, required=False)
    chair = forms.ModelChoiceField(PartyMember.objects.none(), required=False)

    def __init__(self, *args: Any, user: User, meeting: Meeting | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        if meeting:
            self.fields["chair"].queryset = chairs_for(meeting)  # type: ignore[attr-defined]
        else:
            self.fields["body"].queryset = bodies_for(user)  # type: ignore[attr-defined]

    def plan(self) -> clashes.Plan | None:
        """The conference as it would be; None until it has a time."""
        self.full_clean()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        body = given.pop("body", None)
        if self.meeting:
            plan = dataclasses.replace(clashes.plan_of(self.meeting), **given)
        elif "starts_at" in given and "ends_at" in given:
            plan = clashes.Plan(**given)
        else:
            return None
        if body:
            day = timezone.localdate(plan.starts_at)
            plan = dataclasses.replace(
                plan,
                chair=expansion.head_of(body.organization, day),
                members=frozenset(expansion.seats(body, day)),
            )
        return plan if plan.ends_at > plan.starts_at else None
