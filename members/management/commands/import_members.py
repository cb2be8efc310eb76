"""`manage.py import_members FILE`: a list checked, and with nothing wrong written, without a browser."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from members.actions import imports
from members.imports.checking import Check, Verdict
from members.imports.workbook import check_workbook
from members.models import PartyOrganization, RowState, User
from portal import audit


class Command(BaseCommand):
    help = "Check a list of members (.xlsx) against the register, and write it"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--json", action="store_true", help="a verdict a row, one JSON object a line")
        parser.add_argument("--only-good", action="store_true", help="write the good rows beside wrong ones")
        parser.add_argument("--organization", help="code of the cell for rows that name none")
        parser.add_argument("--user", help="act within the scope of this account; else the whole house")
        parser.add_argument(
            "--pivot", type=int, help="two-figure years up to this are of this century: 30 makes 24 2024"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as opened, transaction.atomic():
                file = File(opened, name=options["file"].name)
                check_workbook(file)
                self._handle(file, options)
        except FileNotFoundError as error:
            raise CommandError(f"Không có tệp {options['file']}.") from error
        except ValidationError as error:
            if options["json"]:
                remark = {"column": "", "code": error.code or "workbook", "message": error.messages[0]}
                self._print({"sheet": "", "row": 0, "state": "error", "errors": [remark]})
            raise CommandError(error.messages[0]) from error

    def _handle(self, file: File[bytes], options: dict[str, Any]) -> None:
        default = self._organization(options["organization"])
        user = self._user(options["user"])
        check = Check(
            file,
            imports.scope_of(user).register(),
            remembered=imports.remembered(default) if default else {},
            pivot=options["pivot"],
            default=default.pk if default else None,
        )
        verdicts = []
        for verdict in check.verdicts():
            self._tell(verdict, as_json=options["json"])
            verdicts.append(verdict)
        if not options["dry_run"]:
            self._write(verdicts, user, options)
        if not options["json"]:
            self._sum_up(verdicts)

    def _tell(self, verdict: Verdict, *, as_json: bool) -> None:
        if as_json:
            self._print(verdict.told())
        elif verdict.remarks:
            said = "; ".join(filter(None, (f"{one.column}: {one.message}" for one in verdict.remarks)))
            self.stdout.write(f"{verdict.sheet}, dòng {verdict.number} [{verdict.state.label}] {said}")

    def _write(self, verdicts: list[Verdict], user: User | None, options: dict[str, Any]) -> None:
        wrong = sum(verdict.state == RowState.ERROR for verdict in verdicts)
        if wrong and not options["only_good"]:
            raise CommandError(f"Còn {wrong} dòng lỗi, không ghi gì. --only-good ghi các dòng tốt.")
        with audit.acting(user):
            for organization, number in imports.write_verdicts(verdicts).items():
                audit.record(
                    "members.import",
                    about=organization,
                    by=user,
                    summary=f"Nhập danh sách bằng lệnh: {number} hồ sơ",
                )

    def _sum_up(self, verdicts: list[Verdict]) -> None:
        counts = {state: sum(one.state == state for one in verdicts) for state in RowState}
        self.stdout.write(", ".join(f"{state.label}: {number}" for state, number in counts.items()) + ".")

    def _organization(self, code: str | None) -> PartyOrganization | None:
        if code is None:
            return None
        found = PartyOrganization.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"Không có tổ chức mang mã {code}.")
        return found

    def _user(self, username: str | None) -> User | None:
        if username is None:
            return None
        found: User | None = User.objects.active().filter(username=username).first()
        if found is None:
            raise CommandError(f"Không có tài khoản {username} đang hoạt động.")
        return found

    def _print(self, told: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False))
