"""Inside the portal: take the register out, bring a list of so many new members, tell how long it took."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from members.actions import imports  # noqa: E402
from members.documents import register_book  # noqa: E402
from members.imports.checking import Check  # noqa: E402
from members.models import OrgLevel, PartyMember, PartyOrganization, RowState, User  # noqa: E402

HEADINGS = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số thẻ đảng viên", "Ngày vào Đảng", "Chi bộ"]
took: dict[str, float] = {}


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took[what] = time.perf_counter() - began


def new_members(number: int) -> ContentFile[bytes]:
    cells = list(PartyOrganization.objects.filter(level=OrgLevel.CELL).values_list("code", flat=True))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(HEADINGS)
    for place in range(number):
        cell = cells[place % len(cells)]
        name, card = f"Nguyễn Văn Mẫu {place}", f"{90_000_000 + place}"
        sheet.append([place + 1, name, "Nam", "3/2/1985", card, "19/5/2010", cell])
    packed = io.BytesIO()
    book.save(packed)
    return ContentFile(packed.getvalue(), "danh-sach.xlsx")


def main(rows: int) -> None:
    user = User.objects.get(username="tochuc")
    with timed("export"):
        content = register_book(PartyMember.objects.visible_to(user).current())
    with timed("recheck"):
        check = Check(ContentFile(content, "so.xlsx"), imports.scope_of(user).register())
        took["changed"] = sum(verdict.state != RowState.SAME for verdict in check.verdicts())
    root = PartyOrganization.objects.get(level=OrgLevel.SUPERIOR)
    batch = imports.upload(new_members(rows), organization=root, by=user)
    with timed("check"):
        imports.run(batch.pk)
    batch.refresh_from_db()
    with timed("write"):
        imports.accept(batch, only_good=False, by=user)
        imports.run(batch.pk)
    with timed("undo"):
        imports.undo(batch, by=user)
    took["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(took))


main(int(sys.argv[1]))
