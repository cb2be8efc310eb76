"""What a decision to reorganise says: asked kind by kind, with the organisations one may decide on."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils import timezone

from members.actions.reorganization import Plan, Unit
from members.models import OrgLevel, PartyMember, PartyOrganization, ReorgKind
from portal.forms import DateField
from portal.vietnamese.fields import NFCFormField

LEVELS = [choice for choice in OrgLevel.choices if choice[0] != OrgLevel.SUPERIOR]
NAMED = (ReorgKind.SET_UP, ReorgKind.RENAME, ReorgKind.MERGE, ReorgKind.DIVIDE, ReorgKind.SPLIT_OFF)
TO_ANOTHER = (ReorgKind.ABSORB, ReorgKind.HAND_OVER, ReorgKind.DISSOLVE)
IN_PARTS = (ReorgKind.DIVIDE, ReorgKind.SPLIT_OFF)


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
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.source = kind, source
        self.managed = managed.on(timezone.localdate())
        if kind == ReorgKind.MERGE:
            self._ask_others()
        if kind in TO_ANOTHER:
            self._ask_target()
        if kind in NAMED:
            self._ask_name("name", "code", "Tên mới" if kind == ReorgKind.RENAME else "Tên tổ chức mới")
        if kind == ReorgKind.DIVIDE:
            self._ask_name("second_name", "second_code", "Tên tổ chức mới thứ hai")
        if kind in NAMED and kind != ReorgKind.RENAME:
            self._ask_level()
        if kind in IN_PARTS:
            self._ask_parts()

    def _ask_name(self, name: str, code: str, label: str) -> None:
        is_renamed = self.kind == ReorgKind.RENAME
        self.fields[name] = NFCFormField(
            label=label, max_length=200, initial=self.source.name if is_renamed else ""
        )
        self.fields[code] = NFCFormField(
            label="Mã", max_length=20, initial=self.source.code if is_renamed else ""
        )

    def _ask_level(self) -> None:
        start = OrgLevel.CELL if self.kind == ReorgKind.SET_UP else self.source.level
        self.fields["level"] = forms.ChoiceField(label="Cấp", choices=LEVELS, initial=start)

    def _ask_others(self) -> None:
        siblings = self.managed.filter(parent=self.source.parent).exclude(pk=self.source.pk)
        self.fields["others"] = forms.ModelMultipleChoiceField(
            siblings.in_tree_order(),
            label=f"Hợp nhất {self.source.name} với",
            widget=forms.CheckboxSelectMultiple,
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
            ReorgKind.DISSOLVE: "Đảng viên, tổ chức trực thuộc chuyển về",
        }
        self.fields["target"] = forms.ModelChoiceField(
            possible.in_tree_order(), label=labels[self.kind], empty_label=None
        )

    def _ask_parts(self) -> None:
        """Whom and what the new organisation takes: cells of a committee, people of a cell."""
        below = self.managed.filter(parent=self.source).in_tree_order()
        people = PartyMember.objects.current().filter(organization=self.source).by_name()
        which = "tổ chức thứ nhất" if self.kind == ReorgKind.DIVIDE else "tổ chức mới"
        for name, rows in (("branches", below), ("members", people)):
            if rows.exists():
                self.fields[name] = forms.ModelMultipleChoiceField(
                    rows,
                    label=f"Chuyển sang {which}",
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )

    def clean_code(self) -> str:
        return self._free_code(self.cleaned_data["code"])

    def clean_second_code(self) -> str:
        code: str = self.cleaned_data["second_code"]
        if code == self.cleaned_data.get("code"):
            raise forms.ValidationError("Hai tổ chức mới không dùng chung một mã.")
        return self._free_code(code)

    def _free_code(self, code: str) -> str:
        own = self.source.pk if self.kind == ReorgKind.RENAME else 0
        if PartyOrganization.objects.filter(code=code).exclude(pk=own).exists():
            raise forms.ValidationError("Mã này đã có tổ chức dùng, kể cả tổ chức đã kết thúc.")
        return code

    def plan(self) -> Plan:
        said = self.cleaned_data
        level = OrgLevel(said.get("level") or self.source.level)
        names = [("name", "code"), ("second_name", "second_code")]
        return Plan(
            kind=self.kind,
            source=self.source,
            decision_number=said["decision_number"],
            decided_on=said["decided_on"],
            effective_on=said["effective_on"],
            others=tuple(said.get("others") or ()),
            target=said.get("target"),
            units=tuple(Unit(said[name], said[code], level) for name, code in names if name in said),
            members=frozenset(one.pk for one in said.get("members") or ()),
            branches=frozenset(one.pk for one in said.get("branches") or ()),
        )

    def mark(self) -> str:
        """Of what was looked at: another decision than this is not carried out unseen."""
        said = sorted((name, str(self[name].data)) for name in self.fields)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:20]
