"""Deeds: a line of the trail with the changes of its act beneath it; changes that no act explains too."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from members.history import images
from members.history.images import Change
from members.history.words import Words
from members.models import DisciplinaryAction, PartyMember, PartyOrganization, PositionHolding, User
from portal.models import AuditEntry

#: Looking changes nothing; who looked is told on a page of its own.
LOOKS = ("members.view_record", "members.show_citizen_number")
#: Neither does a plan.
PLANS = ("members.propose_badge", "members.withdraw_badge")
#: Told of an organisation even where the database kept nothing yet.
OF_ORGANIZATIONS = ("members.reorganize", "members.undo_reorganization")
#: Deeds about something larger, of which a reader of one record learns the kind alone.
TOGETHER = {
    "members.import": "nhập danh sách",
    "members.undo_import": "hoàn tác một lần nhập danh sách",
    "members.reorganize": "sắp xếp tổ chức",
    "members.undo_reorganization": "hoàn tác sắp xếp tổ chức",
    "members.rate_members": "xếp loại đảng viên",
    "members.set_fee_standings": "ghi diện đóng đảng phí",
    "members.enroll": "ghi học viên vào lớp",
    "members.record_results": "ghi kết quả học",
}
MOST_DEEDS = 200
PAST_THE_PORTAL = "Thay đổi thẳng trong cơ sở dữ liệu"
OF_ITSELF = "Cổng thông tin"


@dataclass(frozen=True)
class Deed:
    at: datetime.datetime
    who: str
    what: str
    lines: list[str]


def history_of_member(member: PartyMember, user: User) -> list[Deed]:
    """Newest first, as far as this reader may see it. The record itself has come through its door."""
    changes = list(images.of_member(member, user))
    acts = _acts(changes)
    of_discipline = {change.act for change in changes if change.model is DisciplinaryAction}
    own = Q(about_type=_type(PartyMember), about_id=member.pk)
    held = {change.row for change in changes if change.model is PositionHolding}
    ours = own | Q(about_type=_type(PositionHolding), about_id__in=held)
    # Of an act for many, what it did to others is theirs.
    others = Q(about_type__in=[_type(PartyMember), _type(PositionHolding)])
    entries = AuditEntry.objects.filter(ours | (Q(act__in=acts) & ~others)).exclude(action__in=LOOKS + PLANS)

    def is_told(entry: AuditEntry) -> bool:
        # That there was discipline at all is for those alone who may read it.
        return "disciplinaryaction" not in entry.action or entry.act in of_discipline

    keys = {(_type(PartyMember).pk, member.pk), *((_type(PositionHolding).pk, pk) for pk in held)}
    return _deeds(changes, [entry for entry in _newest(entries) if is_told(entry)], keys)


def history_of_organization(organization: PartyOrganization) -> list[Deed]:
    changes = list(images.of_organization(organization))
    own = Q(about_type=_type(PartyOrganization), about_id=organization.pk, action__in=OF_ORGANIZATIONS)
    entries = AuditEntry.objects.filter(own | Q(act__in=_acts(changes)))
    return _deeds(changes, _newest(entries), {(_type(PartyOrganization).pk, organization.pk)})


def _newest(entries: Iterable[AuditEntry]) -> list[AuditEntry]:
    return list(entries.select_related("actor").newest_first()[:MOST_DEEDS])  # type: ignore[attr-defined]


def _deeds(changes: list[Change], entries: list[AuditEntry], keys: set[tuple[int, int]]) -> list[Deed]:
    """`keys` are the things whose own lines of the trail are told in full."""
    said: dict[Hashable, list[AuditEntry]] = defaultdict(list)
    done: dict[Hashable, list[Change]] = defaultdict(list)
    for entry in entries:
        said[entry.act or entry.pk].append(entry)
    for change in changes:
        # What was changed past the portal in one transaction was changed at the same moment.
        done[change.act or change.at].append(change)
    words, names = Words(changes), _people(changes)
    deeds = [_deed(said[key], done[key], keys, words, names.get) for key in {**said, **done}]
    return sorted(deeds, key=lambda deed: deed.at, reverse=True)[:MOST_DEEDS]


def _deed(
    entries: list[AuditEntry],
    changes: list[Change],
    keys: set[tuple[int, int]],
    words: Words,
    name_of: Callable[[int | None], str | None],
) -> Deed:
    at = changes[0].at if changes else entries[0].at
    lines = [line for change in reversed(changes) for line in words.lines(change)]
    if entries:
        actor = entries[0].actor
        what = dict.fromkeys(filter(None, (_told(entry, keys) for entry in reversed(entries))))
        return Deed(at, str(actor) if actor else OF_ITSELF, "; ".join(what), lines)
    if changes[0].act is None:
        return Deed(at, PAST_THE_PORTAL, "", lines)
    return Deed(at, name_of(changes[0].person) or OF_ITSELF, "", lines)


def _told(entry: AuditEntry, keys: set[tuple[int, int]]) -> str:
    if (entry.about_type_id, entry.about_id) in keys:
        summary = entry.summary.rstrip(".")
        return f"{summary[:1].lower()}{summary[1:]}"
    return TOGETHER.get(entry.action, "")


def _acts(changes: Iterable[Change]) -> set[object]:
    return {change.act for change in changes if change.act}


def _people(changes: Iterable[Change]) -> dict[int | None, str]:
    found = User.objects.in_bulk({change.person for change in changes if change.person})
    return {pk: str(user) for pk, user in found.items()}


def _type(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)
