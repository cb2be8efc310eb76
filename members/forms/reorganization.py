"""What a decision to reorganise says: asked kind by kind, with the organisations one may decide on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from members.actions.reorganization import Plan, Unit
from members.levels import ABOVE, lowered_to, raised_to
from members.models import ENDINGS, LED_BY_COMMITTEE, OrgLevel, PartyMember, PartyOrganization, ReorgKind
from portal.forms import SHORT, DateField
from portal.vietnamese.fields import NFCFormField

LEVELS = [choice for choice in OrgLevel.choices if choice[0] != OrgLevel.SUPERIOR]
OF_LEVEL = (ReorgKind.RAISE, ReorgKind.LOWER)
#: Those whose organisation goes on under a name of its own.
RENAMED = (ReorgKind.RENAME, *OF_LEVEL)
NAMED = (*RENAMED, ReorgKind.SET_UP, ReorgKind.MERGE, ReorgKind.SPLIT_OFF)
TO_ANOTHER = (ReorgKind.ABSORB, ReorgKind.HAND_OVER, *ENDINGS)
LEAST_PARTS, MOST_PARTS = 2, 12
#: Nothing is chosen before somebody has: the first of sixty would take over by an oversight.
CHOOSE = "Chọn tổ chức"


def levels_for(kind: ReorgKind, source: PartyOrganization, managed: Any) -> list[OrgLevel]:
    """The levels it may be raised or lowered to: where its superior, or another one managed, can have it."""
    if kind not in OF_LEVEL:
        return []
    possible = raised_to(source.level) if kind == ReorgKind.RAISE else lowered_to(source.level)
    own = {source.parent.level} if source.parent else set()
    around = managed.on(timezone.localdate()).exclude(path__contains=[source.pk])
    found = own | set(around.order_by().values_list("level", flat=True).distinct())
    return [level for level in possible if not found.isdisjoint(ABOVE[level])]


class ShapeForm(forms.Form):
    """What decides which fields the decision itself has: the new level, and how many organisations."""

    cap = forms.ChoiceField(label="Cấp mới", required=False)
    phan = forms.IntegerField(
        label="Số tổ chức mới",
        required=False,
        min_value=LEAST_PARTS,
        max_value=MOST_PARTS,
        widget=forms.TextInput(SHORT | {"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Ghi một số từ {LEAST_PARTS} đến {MOST_PARTS}."
        ),
    )

    def __init__(
        self, asked: dict[str, str], *, kind: ReorgKind, source: PartyOrganization, levels: list[OrgLevel]
    ) -> None:
        usual = {"cap": levels[0].value if levels else "", "phan": str(LEAST_PARTS)}
        super().__init__(usual | asked)
        self.usual_level = levels[0] if levels else None
        self.fields["cap"].choices = [(one.value, one.label) for one in levels]  # type: ignore[attr-defined]
        if len(levels) < 2:
            del self.fields["cap"]
        if kind != ReorgKind.DIVIDE and not _becomes_committee(source, levels):
            del self.fields["phan"]
        self.full_clean()

    def level(self) -> OrgLevel | None:
        said = self.cleaned_data.get("cap")
        return OrgLevel(said) if said else self.usual_level

    def parts(self) -> int:
        return self.cleaned_data.get("phan") or LEAST_PARTS


class ReorganizationForm(forms.Form):
    decision_number = NFCFormField(label="Số quyết định", max_length=60)
    decided_on = DateField(label="Ngày quyết định")
    effective_on = DateField(label="Hiệu lực từ ngày", help_text="Ngày đầu tiên theo tổ chức mới")

    def __init__(
        self,
        *args: Any,
        kind: ReorgKind,
        source: PartyOrganization,
        managed: Any,
        level: OrgLevel | None = None,
        parts: int = LEAST_PARTS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.source, self.level = kind, source, level
        self.managed = managed.on(timezone.localdate())
        #: Names of the fields by which a new organisation is called, one pair each.
        self.units: list[tuple[str, str]] = []
        if kind == ReorgKind.MERGE:
            self._ask_others()
        if kind in TO_ANOTHER:
            self._ask_target()
        if kind in NAMED:
            self._ask_name("name", "code", "Tên mới" if kind in RENAMED else "Tên tổ chức mới")
        if level:
            self._ask_superior(level)
        if kind not in (*RENAMED, *TO_ANOTHER):
            self._ask_level()
        if kind == ReorgKind.SPLIT_OFF:
            self._ask_part()
        if kind == ReorgKind.DIVIDE or (level and _becomes_committee(source, [level])):
            self._ask_shares(parts)

    @property
    def sheet(self) -> list[forms.BoundField]:
        """What is asked once; the people stand below in a table."""
        return [self[name] for name in self.fields if not name.startswith("to_")]

    @property
    def shares(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("to_")]

    def _ask_name(self, name: str, code: str, label: str) -> None:
        goes_on = self.kind in RENAMED and not self.units
        called = _called(self.source.name, self.level) if goes_on else ""
        self.fields[name] = NFCFormField(label=label, max_length=200, initial=called)
        self.fields[code] = NFCFormField(
            label=label.replace("Tên", "Mã", 1),
            max_length=20,
            initial=self.source.code if goes_on else "",
            widget=forms.TextInput(attrs={"class": "short"}),
        )
        self.units.append((name, code))

    def _ask_level(self) -> None:
        start = OrgLevel.CELL if self.kind == ReorgKind.SET_UP else self.source.level
        self.fields["level"] = forms.ChoiceField(label="Cấp", choices=LEVELS, initial=start)

    def _ask_others(self) -> None:
        siblings = self.managed.filter(parent=self.source.parent).exclude(pk=self.source.pk)
        self.fields["others"] = forms.ModelMultipleChoiceField(
            siblings.in_tree_order(),
            label=f"Hợp nhất {self.source.name} với",
            widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
        )

    def _ask_target(self) -> None:
        possible = self.managed.exclude(path__contains=[self.source.pk])
        if self.kind == ReorgKind.HAND_OVER:
            possible = possible.exclude(level__in=[OrgLevel.CELL, OrgLevel.GRASSROOTS_CELL, OrgLevel.GROUP])
            possible = possible.exclude(pk=self.source.parent_id or 0)
        else:
            possible = possible.filter(level=self.source.level)
        labels = {
            ReorgKind.ABSORB: "Sáp nhập vào",
            ReorgKind.HAND_OVER: "Chuyển giao về trực thuộc",
            **dict.fromkeys(ENDINGS, "Đảng viên, tổ chức trực thuộc chuyển về"),
        }
        self.fields["target"] = forms.ModelChoiceField(
            possible.in_tree_order(), label=labels[self.kind], empty_label=CHOOSE
        )

    def _ask_superior(self, level: OrgLevel) -> None:
        """Asked where the present superior can't have an organisation of the new level."""
        if self.source.parent and self.source.parent.level in ABOVE[level]:
            return
        possible = self.managed.filter(level__in=ABOVE[level]).exclude(path__contains=[self.source.pk])
        self.fields["target"] = forms.ModelChoiceField(
            possible.in_tree_order(), label="Trực thuộc", empty_label=CHOOSE
        )

    def _ask_part(self) -> None:
        """Whom and what the new organisation takes: cells of a committee, people of a cell."""
        for name, rows in self._inside().items():
            if rows.exists():
                self.fields[name] = forms.ModelMultipleChoiceField(
                    rows,
                    label="Chuyển sang tổ chức mới",
                    required=False,
                    widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
                )

    def _ask_shares(self, parts: int) -> None:
        """The new organisations, then of everybody and everything inside to which it goes."""
        kind = "chi bộ" if self.level else "tổ chức"
        for place in range(1, parts + 1):
            self._ask_name(f"name_{place}", f"code_{place}", f"Tên {kind} mới thứ {place}")
        choices = [(str(place), self._part_name(place)) for place in range(1, parts + 1)]
        for what, rows in self._inside().items():
            if what == "branches" and self.level:
                continue  # a cell that is raised has none
            for row in rows:
                self.fields[f"to_{what}_{row.pk}"] = forms.ChoiceField(label=str(row), choices=choices)

    def _part_name(self, place: int) -> str:
        said = self.data.get(f"name_{place}", "") if self.is_bound else ""
        return f"{place}. {said}" if said else f"{place}. Tổ chức thứ {place}"

    def _inside(self) -> dict[str, Any]:
        below = self.managed.filter(parent=self.source).in_tree_order()
        return {
            "branches": below,
            "members": PartyMember.objects.current().filter(organization=self.source).by_name(),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        codes: set[str] = set()
        for name, field in self.units:
            code = said.get(field, "")
            goes_on = self.kind in RENAMED and name == "name"
            taken = PartyOrganization.objects.filter(code=code).exclude(pk=self.source.pk if goes_on else 0)
            if code in codes:
                self.add_error(field, "Các tổ chức mới không dùng chung một mã.")
            elif taken.exists():
                self.add_error(field, "Mã này đã có tổ chức dùng, kể cả tổ chức đã kết thúc.")
            codes |= {code} if code else set()
        return said

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(
            kind=self.kind,
            source=self.source,
            decision_number=said["decision_number"],
            decided_on=said["decided_on"],
            effective_on=said["effective_on"],
            others=tuple(said.get("others") or ()),
            target=said.get("target"),
            units=tuple(self._unit(name, code) for name, code in self.units),
        )

    def _unit(self, name: str, code: str) -> Unit:
        said = self.cleaned_data
        if name == "name":
            level = self.level or OrgLevel(said.get("level") or self.source.level)
            chosen = {what: _keys(said.get(what) or ()) for what in ("members", "branches")}
        else:
            level = OrgLevel.CELL if self.level else OrgLevel(said["level"])
            place = name.removeprefix("name_")
            chosen = {what: self._sent(what, place) for what in ("members", "branches")}
        return Unit(said[name], said[code], level, **chosen)

    def _sent(self, what: str, place: str) -> frozenset[int]:
        start = f"to_{what}_"
        said = self.cleaned_data.items()
        return frozenset(
            int(name.removeprefix(start)) for name, to in said if name.startswith(start) and to == place
        )

    def mark(self) -> str:
        """Of what was looked at: another decision than this is not carried out unseen."""
        said = sorted((name, str(self[name].data)) for name in self.fields)
        return hashlib.sha256(repr((self.level, said)).encode()).hexdigest()[:20]


def _keys(rows: Iterable[Any]) -> frozenset[int]:
    return frozenset(row.pk for row in rows)


def _becomes_committee(source: PartyOrganization, levels: list[OrgLevel]) -> bool:
    return not source.has_committee and any(level in LED_BY_COMMITTEE for level in levels)


def _called(name: str, level: OrgLevel | None) -> str:
    """Chi bộ Sở An is proposed as Đảng bộ Sở An when it is to be one, and the other way round."""
    if level is None:
        return name
    return re.sub(r"^(Chi bộ|Đảng bộ)\b", "Đảng bộ" if level in LED_BY_COMMITTEE else "Chi bộ", name)
