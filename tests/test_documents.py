"""The papers of the reference conference say what its pages say, in the Party's form."""

import html
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from papers import MM, as_pdf, lines, lost, opened, rows, text

from meetings.documents.facts import sentence_of
from meetings.models import Mark, Meeting, Minutes, Task
from members.models import User
from portal import dates
from portal.models import AuditEntry

SignedIn = Callable[..., Client]


@pytest.fixture
def meeting(sample: None) -> Meeting:
    return Meeting.objects.get(ordinal=20, term__ordinal=6)


@pytest.fixture
def file(meeting: Meeting, signed_in: SignedIn) -> Callable[..., bytes]:
    """`file("minutes_file", key)`: a paper as the office downloads it."""
    office = signed_in(User.objects.get(username="vanphong"))

    def download(name: str, *key: object) -> bytes:
        answer = office.get(reverse(f"meetings:{name}", args=key))
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        return answer.content

    return download


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_papers_of_the_reference_conference(
    meeting: Meeting, file: Callable[..., bytes], signed_in: SignedIn, subtests: pytest.Subtests
) -> None:
    """One house for all of them: loading it is what takes the time."""
    office = signed_in(User.objects.get(username="vanphong"))
    page = words(office.get(meeting.get_absolute_url()).content.decode())
    people = list(meeting.participants.taking_part().in_protocol_order())

    with subtests.test("invitations: everybody the page lists, once, under a blank number"):
        sheets = opened(file("invitation_files", meeting.pk))
        written = lines(sheets)
        called = [line.partition(": ")[2] for line in written if " đồng chí: " in line]

        assert called == [person.full_name for person in people]
        assert all(name in page for name in called)
        assert len(sheets.sections) == len(people)
        assert {line for line in written if line.startswith("Số")} == {"Số       -GM/ĐUK"}
        assert "2. Thời gian: ½ ngày, 14 giờ 00, ngày 26/9/2024 (thứ Năm)." in written
        assert written.count("GIẤY TRIỆU TẬP") == sum(one.summon == "summoned" for one in people)
        assert written.count("GIẤY MỜI") == sum(one.summon == "invited" for one in people)

    with subtests.test("agenda: the rows of the page"):
        agenda = opened(file("agenda_file", meeting.pk, "dai-bieu"))
        _, *table = rows(agenda, 1)

        assert [row[2] for row in table] == [item.title for item in meeting.agenda.order_by("position")]
        assert all(" ".join(cell.split()) in page for row in table for cell in row if cell)

    with subtests.test("attendance: landscape, everybody, the totals of the minutes"):
        roll = opened(file("attendance_file", meeting.pk))
        names = [row[1] for row in rows(roll, 1) if row[0].isdecimal()]

        assert names == [person.full_name for person in people]
        assert round(roll.sections[0].page_width / MM) == 297
        assert (
            f"Tổng số: {len(people)}; có mặt: {len(people) - 2}; vắng: 2 (có lý do 2, không lý do 0)."
            in lines(roll)
        )

    with subtests.test("minutes: every sentence of the page, from the frozen record"):
        Meeting.objects.filter(pk=meeting.pk).update(venue="Nơi khác", chair_title="Chức khác")
        shown = words(office.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode())
        minutes = text(file("minutes_file", meeting.pk))
        record = Minutes.objects.get(meeting=meeting).content
        Meeting.objects.filter(pk=meeting.pk).update(venue=meeting.venue, chair_title=meeting.chair_title)

        told = [record["venue"], record["opened"], record["closed"], record["chair"]["position"]]
        told += [one["text"] for item in record["items"] for one in item["opinions"]]
        told += [sentence_of(one["text"]) for one in record["conclusions"]] + [
            record["counts"][0]["sentence"]
        ]
        assert [one for one in told if one not in minutes or one not in shown] == []
        assert "Số 01-BB/ĐUK" in minutes
        assert "Nơi khác" not in minutes
        assert "DỰ THẢO" not in minutes

    with subtests.test("conclusions: whole, and to one organisation with its own tasks alone"):
        tasks = list(Task.objects.filter(conclusion__meeting=meeting).select_related("lead_organization"))
        whole = text(file("notice_file", meeting.pk))
        own, *others = tasks
        part = text(file("notice_to_file", meeting.pk, own.lead_organization_id))

        for task in tasks:
            assert task.title in whole
            assert f"chủ trì: {task.lead_organization.name}" in whole
            assert f"hạn {dates.day(task.deadline)}" in whole
        assert own.title in part
        assert [task for task in others if task.title in part] == []
        assert f"- {own.lead_organization.name}," in part

    with subtests.test("task sheet: the facts of the task's page"):
        shown = words(office.get(own.get_absolute_url()).content.decode()).replace("\xa0", " ")
        sheet = dict(rows(opened(file("task_file", own.pk)), 1))

        assert sheet["Nhiệm vụ"] == own.title
        assert sheet["Cơ quan chủ trì"] in shown
        assert sheet["Hạn hoàn thành"].replace("ngày ", "").replace(",", "") in shown

    with subtests.test("numbers: taken once, printed from then on, free of chance"):
        address = reverse("meetings:take_number", args=[meeting.pk, Mark.INVITATION])
        form = office.get(address).context["form"]
        sent = {name: form[name].value() or "" for name in form.fields} | {"issued_on": "19/9/2024"}

        answers = [office.post(address, sent).status_code for _ in range(2)]

        assert answers == [302, 409]
        first = file("invitation_file", meeting.pk, people[0].pk)
        assert "Số 01-GM/ĐUK" in text(first)
        assert "Hải Phòng, ngày 19 tháng 9 năm 2024" in text(first)
        assert first == file("invitation_file", meeting.pk, people[0].pk)

    with subtests.test("who took what is written down"):
        taken = AuditEntry.objects.filter(action="meetings.document_take")

        assert {entry.actor.username for entry in taken} == {"vanphong"}
        assert "Tải biên bản (.docx)" in {entry.summary for entry in taken}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed on this machine")
def test_papers_open_in_libreoffice_and_say_the_same_as_pdf(
    meeting: Meeting, file: Callable[..., bytes], tmp_path: Path
) -> None:
    task = Task.objects.filter(conclusion__meeting=meeting).earliest("pk")
    papers = {
        "giay-moi": file("invitation_files", meeting.pk),
        "chuong-trinh": file("agenda_file", meeting.pk, "dai-bieu"),
        "diem-danh": file("attendance_file", meeting.pk),
        "bien-ban": file("minutes_file", meeting.pk),
        "thong-bao": file("notice_file", meeting.pk),
        "phieu-giao": file("task_file", task.pk),
    }
    for name, content in papers.items():
        (tmp_path / f"{name}.docx").write_bytes(content)

    printed = as_pdf(tmp_path)

    lacking = {name: lost(text(content), printed[name]) for name, content in papers.items()}
    assert {name: words for name, words in lacking.items() if words} == {}
