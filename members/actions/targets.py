"""A superior gives the organisations directly below it their targets of a year (domain §5.4)."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError

from members.models import Indicator, PartyOrganization, Target, User
from members.permissions import manages
from members.targets import Amount, Line, Share, amount_of, target_board
from portal import audit
from portal.numbers import percent
from portal.vietnamese import nfc

NOT_YOURS = "Chỉ tiêu do cấp ủy cấp trên trực tiếp giao."


class Overtaken(ValidationError):
    """Somebody else wrote between the reading of the page and its pressing."""


@audit.act
def set_targets(
    head: PartyOrganization,
    amounts: Mapping[int, Amount],
    *,
    by: User,
    indicator: Indicator,
    year: int,
    basis: str,
    seen: str | None = None,
) -> int:
    """Write what each organisation is given, by its key; how many have changed. `seen` is what stood on the
    page (`TargetBoard.seen`), None where nobody looked at one. The head of the whole house, which no one
    here is above, writes its own too."""
    if not manages(by, head):
        raise PermissionDenied(NOT_YOURS)
    basis = nfc(basis).strip()
    if not basis:
        raise ValidationError({"basis": "Ghi văn bản giao chỉ tiêu."})
    # Of two who press at once the second waits here, and finds what the first has written.
    PartyOrganization.objects.select_for_update().get(pk=head.pk)
    board = target_board(head, indicator, year)
    lines = {line.organization.pk: line for line in board.lines}
    if strangers := amounts.keys() - lines.keys():
        raise ValidationError(f"Không trực thuộc {head.name}: {', '.join(map(str, sorted(strangers)))}.")
    if seen is not None and seen != board.seen:
        raise Overtaken(
            "Chỉ tiêu này vừa được người khác sửa. Ô nào khác thì có số đang ghi ở bên cạnh; xem lại rồi bấm "
            "Ghi chỉ tiêu lần nữa."
        )
    changes = {}
    for pk, amount in amounts.items():
        present = lines[pk].now
        old = amount_of(present)
        if amount == old and (present is None or present.basis == basis):
            continue
        changes[str(pk)] = [_told(old), _told(amount)]
        if amount is None:
            Target.objects.filter(organization=pk, indicator=indicator, year=year).delete()
            continue
        row = present or Target(organization_id=pk, indicator=indicator, year=year)
        row.basis = basis
        if amount != old:
            _reckon(row, lines[pk], amount)
        row.full_clean()
        row.save()
    if changes:
        audit.record(
            "members.set_targets",
            about=head,
            by=by,
            summary=f"Giao chỉ tiêu {indicator.label.lower()} năm {year}, theo {basis}",
            changes=changes,
        )
    return len(changes)


def _reckon(row: Target, line: Line, amount: int | Share) -> None:
    """A share is reckoned once, when it is given: who comes or goes later does not move the target."""
    if not isinstance(amount, Share):
        row.value, row.percent, row.members = amount, None, None
        return
    if not Indicator(row.indicator).is_of_people:
        raise ValidationError("Chỉ tiêu này giao bằng số, không giao theo tỷ lệ đảng viên.")
    if not line.members:
        raise ValidationError(
            f"{line.organization.name}: cuối năm trước chưa có đảng viên, giao bằng số thay cho tỷ lệ."
        )
    row.value, row.percent, row.members = amount.of(line.members), amount.percent, line.members


def _told(amount: Amount) -> int | str | None:
    return percent(amount.percent) if isinstance(amount, Share) else amount
