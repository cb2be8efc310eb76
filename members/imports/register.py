"""The register as an import asks it: who is meant by a row, which cell is meant, which numbers are taken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from members.imports.rows import Person
from members.models import FormerNumber, NumberKind, PartyMember, PartyOrganization
from members.models.people import PartyMemberQuerySet
from portal.vietnamese import comparison_key, fold

#: What a list can say about somebody.
FIELDS = (
    "full_name",
    "sex",
    "born_on",
    "card_number",
    "citizen_number",
    "file_number",
    "status",
    "admission_decision_on",
    "admitted_on",
    "official_on",
    "birth_name",
    "aliases",
    "birth_place",
    "native_place",
    "residence",
    "ethnicity",
    "religion",
    "occupation_before",
    "occupation",
    "service_group",
    "general_education",
    "professional_education",
    "political_theory",
    "languages",
    "note",
    "email",
    "phone",
)
Record = dict[str, Any]


@dataclass(frozen=True)
class Match:
    """Who is meant, by what; or why nobody can be named."""

    record: Record | None = None
    by: str = ""
    refusal: str = ""


class Register:
    """All of a scope in memory, asked ten thousand times in a second; six queries in all."""

    def __init__(self, members: PartyMemberQuerySet, organizations: QuerySet[PartyOrganization]) -> None:
        wanted = ("pk", "organization_id", "exit_reason", *FIELDS)
        self.records: dict[int, Record] = {row["pk"]: row for row in members.values(*wanted)}
        former = FormerNumber.objects.filter(member__in=members.order_by().values("pk"))
        self.numbers = {kind: self._numbers(kind, former) for kind in NumberKind.values}
        self.by_birth: dict[tuple[str, Any], list[int]] = defaultdict(list)
        self.by_place: dict[tuple[str, int], list[int]] = defaultdict(list)
        for pk, record in self.records.items():
            key = comparison_key(record["full_name"])
            self.by_birth[key, record["born_on"]].append(pk)
            self.by_place[key, record["organization_id"]].append(pk)
        self.organizations = {one.pk: one for one in organizations}
        self._places = self._named()
        self.heads = {one.parent_id for one in self.organizations.values()}
        # The taken numbers of the whole house: a number of another part of the tree is refused too.
        self.taken = {
            kind: dict(PartyMember.objects.exclude(**{kind: ""}).values_list(kind, "pk"))
            for kind in (NumberKind.CARD, NumberKind.CITIZEN)
        }

    def _numbers(self, kind: str, former: QuerySet[FormerNumber]) -> dict[str, int]:
        replaced = former.filter(kind=kind).order_by("replaced_at")
        return dict(replaced.values_list("number", "member_id")) | {
            record[kind]: pk for pk, record in self.records.items() if record[kind]
        }

    def _named(self) -> dict[str, int | None]:
        """Folded names and codes; None where two organisations share one."""
        places: dict[str, int | None] = {}
        for one in self.organizations.values():
            for name in {fold(one.name), fold(one.short_name), fold(one.code)} - {""}:
                places[name] = None if name in places else one.pk
        return places

    def place(self, said: str) -> int | None:
        """The organisation a column names."""
        return self._places.get(fold(said))

    @cache  # noqa: B019 - a register lives for one check
    def place_in(self, text: str) -> int | None:
        """The organisation a title or the name of a sheet contains; the longest name wins."""
        words = f" {fold(text)} "
        found = [name for name, pk in self._places.items() if pk and len(name) > 3 and f" {name} " in words]
        return self._places[max(found, key=len)] if found else self._places.get(fold(text))

    def match(self, person: Person, organization: int | None) -> Match:
        """By the portal's own number, the card, the citizen number, name and birthday, name and cell."""
        values = person.values
        if person.record is not None:
            record = self.records.get(person.record)
            return Match(record, "record") if record else Match(refusal="Mã hồ sơ này không có ở đây.")
        found = {
            pk
            for kind in (NumberKind.CARD, NumberKind.CITIZEN)
            if kind in values and (pk := self.numbers[kind].get(values[kind])) is not None
        }
        if len(found) > 1:
            return Match(refusal="Số thẻ và số định danh thuộc hai hồ sơ khác nhau.")
        if found:
            return Match(self.records[found.pop()], "number")
        key = comparison_key(values.get("full_name", ""))
        same = self.by_birth[key, values["born_on"]] if "born_on" in values else []
        if not same and organization is not None:
            # Where either side knows no birthday, the name within one cell is all there is.
            same = [pk for pk in self.by_place[key, organization] if self._may_be(pk, values)]
        if len(same) > 1:
            return Match(refusal="Có hai hồ sơ cùng họ tên như vậy. Ghi thêm số thẻ hoặc mã hồ sơ.")
        return Match(self.records[same[0]], "name") if same else Match()

    def _may_be(self, pk: int, values: Record) -> bool:
        record = self.records[pk]
        return record["born_on"] is None or "born_on" not in values
