"""A change in words: fields by their names, days, choices and organisations as a person reads them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import BooleanField, Field, ForeignKey, IntegerField, Model

from members.history.images import OF_MEMBER, OF_ORGANIZATION, Change
from members.models import OrganizationName, PartyMember, PartyOrganization
from members.models.people import masked
from portal.dates import day, local_day
from portal.numbers import number

#: Whole only on request, with a reason that is logged (permissions: P65).
MASKED = {"citizen_number"}
#: Whose history is read stands above it; who a learner was before is another's name.
UNTOLD = {"member", "candidate"}
#: From here on a number is grouped: 1.250.000 is an amount, 2026 a year.
GROUPED_FROM = 10_000
MOVED = "chuyển sang nơi khác"


class Words:
    """Knows the names of all rows that these changes refer to: a query a table, however many changes."""

    def __init__(self, changes: Iterable[Change]) -> None:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for change in changes:
            for field in fields(change.model):
                if isinstance(field, ForeignKey):
                    found = (getattr(image, field.attname, None) for image in (change.before, change.after))
                    wanted[field.related_model] |= {pk for pk in found if pk is not None}
        self._named = {
            model: {row.pk: str(row) for row in model._default_manager.filter(pk__in=keys)}
            for model, keys in wanted.items()
        }
        self._names: dict[int, list[OrganizationName]] = defaultdict(list)
        for name in OrganizationName.objects.filter(organization__in=wanted.get(PartyOrganization, ())):
            self._names[name.organization_id].append(name)

    def lines(self, change: Change) -> Iterator[str]:
        """One sentence a changed field; one for a whole row that came or went."""
        if change.before is None:
            yield self._whole("ghi", "lập", change, change.after)
        elif change.after is None:
            yield self._whole("bỏ", "xóa", change, change.before)
        elif _has_moved(change):
            yield self._about(change, MOVED)
        else:
            for field in fields(change.model):
                if said := self._changed(field, change):
                    yield self._about(change, said)

    def _changed(self, field: Field[Any, Any], change: Change) -> str:
        old, new = (getattr(image, field.attname) for image in (change.before, change.after))
        if old == new:
            return ""
        before, after = (self._said(field, value, change.at) for value in (old, new))
        name = str(field.verbose_name)
        if not before:
            return f"ghi {name} «{after}»"
        if not after:
            return f"xóa {name}, trước là «{before}»"
        return f"đổi {name} từ «{before}» thành «{after}»"

    def _whole(self, verb: str, of_itself: str, change: Change, image: Any) -> str:
        """A record is set up, its rows are entered; what a new record says stands in the record."""
        name = change.model._meta.verbose_name
        if change.model not in KEYS:
            return _sentence(f"{of_itself} {NOUNS.get(change.model, name)}")
        told = (
            (str(field.verbose_name), self._said(field, getattr(image, field.attname), change.at))
            for field in fields(change.model)
        )
        said = ", ".join(f"{label} «{value}»" for label, value in told if value)
        return _sentence(f"{verb} {name}: {said}" if said else f"{verb} {name}")

    def _about(self, change: Change, said: str) -> str:
        if (key := KEYS.get(change.model)) is None:
            return _sentence(said)
        field: Any = change.model._meta.get_field(key)
        which = self._said(field, getattr(change.before, field.attname), change.at)
        name = change.model._meta.verbose_name
        return _sentence(f"{name} «{which}»: {said}" if which else f"{name}: {said}")

    def _said(self, field: Any, value: Any, at: datetime.datetime) -> str:
        if value is None or value == "":
            return ""
        if field.name in MASKED:
            return masked(value)
        if isinstance(field, ForeignKey):
            return self._name(field.related_model, value, local_day(at))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, datetime.date):
            return day(value)
        if isinstance(field, BooleanField):
            return "có" if value else "không"
        if isinstance(field, IntegerField) and value >= GROUPED_FROM:
            return number(value)
        return str(value)

    def _name(self, model: Any, pk: int, on: datetime.date) -> str:
        """Of an organisation the name it bore on that day."""
        if model is PartyOrganization:
            for name in self._names[pk]:
                if name.held_on(on):
                    return name.name
        return self._named.get(model, {}).get(pk, "đã bỏ")


KEYS = OF_MEMBER | OF_ORGANIZATION
NOUNS: dict[type[Model], str] = {PartyMember: "hồ sơ", PartyOrganization: "tổ chức"}


def fields(model: Any) -> list[Field[Any, Any]]:
    """What is told of a model: what its events keep, but for whose it is."""
    link = _link(model)
    kept = {field.name for field in model.pgh_event_model._meta.concrete_fields}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in kept and field.name not in UNTOLD and field.name != link
    ]


def _link(model: type[Model]) -> str:
    """The column by which a row belongs to a record or an organisation."""
    return "member" if model in OF_MEMBER else "organization" if model in OF_ORGANIZATION else ""


def _has_moved(change: Change) -> bool:
    """Which record it belongs to now is not this reader's to learn."""
    link = _link(change.model)
    return bool(link) and getattr(change.before, f"{link}_id") != getattr(change.after, f"{link}_id")


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."
