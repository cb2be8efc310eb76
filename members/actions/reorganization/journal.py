"""Every row a decision writes, noted as it is written, so that taking it back restores exactly."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError, QuerySet

from members.models import PartyOrganization

TOUCHED = "Đã có thay đổi khác sau quyết định này, nên không hoàn tác được."


class Journal:
    """Lines: {"model", "pks", "values": {column: [before, after]}}; of new rows `before` is left out."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    def created(self, rows: Sequence[Model], *columns: str) -> None:
        """New rows that share the values of these columns: whoever changes one later has touched them."""
        if rows:
            values = {name: [_plain(getattr(rows[0], name))] for name in columns}
            self._note(rows[0], [row.pk for row in rows], values)

    def change(self, rows: QuerySet[Any], **values: Any) -> int:
        """Write these columns of these rows; how many there were."""
        model, groups = rows.model, defaultdict(list)
        for pk, *before in rows.order_by("pk").values_list("pk", *values):
            groups[tuple(before)].append(pk)
        for before, pks in groups.items():
            model._default_manager.filter(pk__in=pks).update(**values)
            noted = zip(values, before, values.values(), strict=True)
            self._note(model, pks, {name: [_plain(old), _plain(new)] for name, old, new in noted})
        return sum(len(pks) for pks in groups.values())

    def place(self, organization: PartyOrganization, parent: PartyOrganization) -> None:
        """Another superior; the organisation and all below it learn their new place."""
        self._note(organization, [organization.pk], {"parent_id": [organization.parent_id, parent.pk]})
        organization.parent = parent
        organization.full_clean()
        organization.save()

    def _note(self, model: Any, pks: list[int], values: dict[str, list[Any]]) -> None:
        self.lines.append({"model": model._meta.label_lower, "pks": pks, "values": values})


def is_untouched(lines: list[dict[str, Any]]) -> bool:
    """Whether every row still says what the last line about it left there."""
    seen: set[tuple[str, int, str]] = set()
    for line in reversed(lines):
        model = apps.get_model(line["model"])
        for name, values in line["values"].items():
            pks = [pk for pk in line["pks"] if (line["model"], pk, name) not in seen]
            seen |= {(line["model"], pk, name) for pk in pks}
            left = values[-1]
            asked = {f"{name}__isnull": True} if left is None else {name: left}
            if model._default_manager.filter(pk__in=pks, **asked).count() != len(pks):
                return False
    return True


def take_back(lines: list[dict[str, Any]]) -> None:
    """From the last line to the first. The caller's transaction makes it all or nothing."""
    if not is_untouched(lines):
        raise ValidationError(TOUCHED)
    for line in reversed(lines):
        rows = apps.get_model(line["model"])._default_manager.filter(pk__in=line["pks"])
        is_new = all(len(values) == 1 for values in line["values"].values())
        if is_new:
            _delete(rows)
        elif "parent_id" in line["values"]:
            for organization in rows:
                organization.parent_id = line["values"]["parent_id"][0]
                organization.save()
        else:
            rows.update(**{name: values[0] for name, values in line["values"].items()})


def _delete(rows: QuerySet[Any]) -> None:
    try:
        rows.delete()
    except ProtectedError as error:
        raise ValidationError("Tổ chức mới đã được ghi việc khác, nên không hoàn tác được.") from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
