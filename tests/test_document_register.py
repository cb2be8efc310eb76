"""Numbers of documents: from 01, without a gap or a double, whoever asks and however many at once."""

import datetime
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from cast import Cast
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from meeting_factory import make_meeting
from openpyxl import load_workbook

from meetings.actions.documents import enter_document, void_document
from meetings.models import DocumentKind, PartyDocument
from meetings.registers import gaps_for
from members.models import Body, BodyType, OwningCommittee, Term

SignedIn = Callable[..., Client]
DAY = datetime.date(2024, 9, 26)


@pytest.fixture
def committee(cast: Cast) -> Body:
    OwningCommittee.objects.create(
        organization=cast.r,
        name="Đảng ủy Khối",
        organization_name="Đảng bộ Khối",
        parent_name="Đảng bộ thành phố Hải Phòng",
        letters="ĐUK",
        place="Hải Phòng",
        effective_from=datetime.date(2020, 1, 1),
    )
    return cast.executive_committee


@pytest.fixture
def enter(committee: Body, cast: Cast) -> Callable[..., PartyDocument]:
    """`enter("NQ")`: the next resolution of the committee, entered by the office."""

    def entered(mark: str = "NQ", **given: object) -> PartyDocument:
        kind, _ = DocumentKind.objects.get_or_create(mark=mark, defaults={"name": mark, "valid_from": DAY})
        row = {"body": committee, "issued_on": DAY, "abstract": "về công tác năm", "by": cast.off} | given
        return enter_document(kind=kind, **row)

    return entered


def test_numbers_run_from_one_by_body_and_mark(enter: Callable[..., PartyDocument], cast: Cast) -> None:
    commission = Body.objects.create(
        organization=cast.r,
        body_type=BodyType.INSPECTION_COMMISSION,
        name="Ủy ban Kiểm tra Đảng ủy Khối",
        letters="UBKT",
        valid_from=DAY,
    )

    symbols = [enter("NQ"), enter("NQ"), enter("CTr"), enter("NQ", body=commission), enter("NQ")]

    assert [one.symbol for one in symbols] == [
        "01-NQ/ĐUK",
        "02-NQ/ĐUK",
        "01-CTr/ĐUK",
        "01-NQ/UBKTĐUK",
        "03-NQ/ĐUK",
    ]


def test_congress_numbers_all_types_in_one_sequence(enter: Callable[..., PartyDocument], cast: Cast) -> None:
    """From its preparatory session to its close, also across the day on which the term changes."""
    congress = Body.objects.create(
        organization=cast.r,
        body_type=BodyType.CONGRESS,
        name="Đại hội đại biểu Đảng bộ Khối lần thứ VII",
        letters="ĐH",
        valid_from=DAY,
    )
    next_day = DAY + datetime.timedelta(days=1)
    Term.objects.filter(pk=cast.term.pk).update(valid_to=DAY)
    Term.objects.create(organization=cast.r, ordinal=7, name="nhiệm kỳ 2025–2030", valid_from=next_day)

    symbols = [
        enter("CTr", body=congress).symbol,
        enter("NQ").symbol,
        enter("BC", body=congress).symbol,
        enter("NQ", body=congress, issued_on=next_day).symbol,
    ]

    assert symbols == ["01-CTr/ĐH", "01-NQ/ĐUK", "02-BC/ĐH", "03-NQ/ĐH"]


def test_new_term_begins_anew(enter: Callable[..., PartyDocument], cast: Cast) -> None:
    enter("NQ")
    cast.term.valid_to = datetime.date(2025, 7, 29)
    cast.term.save()
    Term.objects.create(organization=cast.r, ordinal=7, name="mới", valid_from=datetime.date(2025, 7, 30))

    after = enter("NQ", issued_on=datetime.date(2025, 8, 1))

    assert after.symbol == "01-NQ/ĐUK"


def test_decision_and_regulation_share_a_sequence(
    enter: Callable[..., PartyDocument], committee: Body, cast: Cast
) -> None:
    kinds = DocumentKind.objects.filter(mark="QĐ").order_by("pk")

    symbols = [
        enter_document(body=committee, kind=kind, issued_on=DAY, abstract="về cán bộ", by=cast.off).symbol
        for kind in kinds
    ]

    assert [kind.name for kind in kinds] == ["Quyết định", "Quy định"]
    assert symbols == ["01-QĐ/ĐUK", "02-QĐ/ĐUK"]


def test_another_number_needs_a_reason(enter: Callable[..., PartyDocument]) -> None:
    with pytest.raises(ValidationError, match="Số tiếp theo là 01"):
        enter(number=5)

    assert enter(number=5, number_reason="Đã cấp số 01 đến 04 trên giấy").symbol == "05-NQ/ĐUK"
    assert enter().number == 6


def test_number_is_given_once(enter: Callable[..., PartyDocument]) -> None:
    enter()

    with pytest.raises(ValidationError, match="Số này đã dùng trong sổ"):
        enter(number=1, number_reason="Nhầm")


def test_reserved_number_says_nothing_and_is_no_gap(enter: Callable[..., PartyDocument], cast: Cast) -> None:
    enter()
    reserved = enter(abstract="", is_external=True)
    enter()
    enter(number=6, number_reason="Số 04, 05 cấp trên giấy")

    gaps = [(gap.first, gap.last, gap.reason) for gap in gaps_for(cast.off)]

    assert (reserved.symbol, reserved.abstract) == ("02-NQ/ĐUK", "")
    assert gaps == [(4, 5, "Số 04, 05 cấp trên giấy")]


def test_marked_abstract_is_refused(enter: Callable[..., PartyDocument]) -> None:
    with pytest.raises(ValidationError, match="độ mật"):
        enter(abstract="TỐI MẬT: phương án nhân sự")


def test_void_number_stays_taken(enter: Callable[..., PartyDocument], cast: Cast) -> None:
    first = enter()

    with pytest.raises(ValidationError, match="phải ghi lý do"):
        void_document(first, reason=" ", by=cast.off)
    void_document(first, reason="Không ban hành", by=cast.off)

    assert enter().number == 2
    assert PartyDocument.objects.valid().count() == 1


@pytest.mark.parametrize("change", [lambda rows: rows.delete(), lambda rows: rows.update(number=9)])
def test_database_keeps_a_number_given(
    change: Callable[..., object], enter: Callable[..., PartyDocument]
) -> None:
    enter()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(PartyDocument.objects.all())


@pytest.mark.django_db(transaction=True)
def test_numbers_for_twenty_transactions_at_once(enter: Callable[..., PartyDocument]) -> None:
    def one(_: int) -> str:
        try:
            return enter().symbol
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        symbols = list(pool.map(one, range(20)))

    assert sorted(symbols) == [f"{number:02d}-NQ/ĐUK" for number in range(1, 21)]


def test_register_is_searched_by_number_words_and_term(
    enter: Callable[..., PartyDocument], cast: Cast, signed_in: SignedIn
) -> None:
    enter(abstract="về chuyển đổi số")
    enter("KH", abstract="kiểm tra năm 2024")
    browser = signed_in(cast.off)

    def found(**asked: object) -> list[str]:
        page = browser.get(reverse("meetings:registers"), asked)
        return [one.symbol for one in page.context["documents"]]

    assert found() == ["01-KH/ĐUK", "01-NQ/ĐUK"]
    assert found(q="chuyen doi") == ["01-NQ/ĐUK"]
    assert found(q="01-kh") == ["01-KH/ĐUK"]
    assert found(kind=DocumentKind.objects.get(mark="NQ").pk) == ["01-NQ/ĐUK"]
    assert found(term=cast.term.pk) == ["01-KH/ĐUK", "01-NQ/ĐUK"]


def test_register_shows_a_page_at_a_time(
    enter: Callable[..., PartyDocument], cast: Cast, signed_in: SignedIn
) -> None:
    for _ in range(51):
        enter()
    browser = signed_in(cast.off)

    first = browser.get(reverse("meetings:registers"))
    second = browser.get(reverse("meetings:registers") + first.context["next"])

    assert [one.number for one in second.context["documents"]] == [1]
    assert len(first.context["documents"]) == 50


def test_secretary_sees_the_registers_of_his_own(
    enter: Callable[..., PartyDocument], cast: Cast, signed_in: SignedIn
) -> None:
    enter()
    of_a = Body.objects.create(
        organization=cast.a,
        body_type=BodyType.EXECUTIVE_COMMITTEE,
        name="Ban Chấp hành Đảng bộ Sở An",
        valid_from=DAY,
    )
    enter(body=of_a)

    page = signed_in(cast.sec_a).get(reverse("meetings:registers"))

    assert [one.symbol for one in page.context["documents"]] == ["01-NQ/ĐU"]


def test_office_enters_a_document_on_the_page(committee: Body, cast: Cast, signed_in: SignedIn) -> None:
    committee.letters = "ĐUK"
    committee.save()
    kind = DocumentKind.objects.get(mark="KH")
    sent = {"body": committee.pk, "kind": kind.pk, "abstract": "kiểm tra quý IV", "issued_on": "26/9/2024"}

    answer = signed_in(cast.off).post(reverse("meetings:enter_document"), sent)

    assert answer.status_code == 302
    document = PartyDocument.objects.get()
    assert (document.symbol, document.entered_by) == ("01-KH/ĐUK", cast.off)


def test_workbook_holds_what_the_page_shows_and_no_formula(
    enter: Callable[..., PartyDocument], cast: Cast, signed_in: SignedIn
) -> None:
    for first in "=+-@":
        enter(abstract=f"{first}1+1|cmd", recipients="- Như trên,")

    answer = signed_in(cast.off).get(reverse("meetings:registers_file"))

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}
    abstracts = [row[3].value for row in sheet.iter_rows(min_row=7)]
    assert abstracts == ["'@1+1|cmd", "'-1+1|cmd", "'+1+1|cmd", "'=1+1|cmd"]
    assert (sheet.page_setup.orientation, sheet.cell(7, 1).font.name) == ("landscape", "Times New Roman")
    assert sheet.print_title_rows == "$6:$6"


def test_page_offers_no_void_that_would_be_refused(
    enter: Callable[..., PartyDocument], cast: Cast, signed_in: SignedIn
) -> None:
    void_document(enter(), reason="Không ban hành", by=cast.off)
    minutes = enter("BB", meeting=make_meeting(cast))
    kept = enter("KH")
    browser = signed_in(cast.off)

    page = browser.get(reverse("meetings:registers")).content.decode()
    answer = browser.post(reverse("meetings:void_document", args=[minutes.pk]), {"reason": "Nhầm"})

    assert re.findall(r"/van-ban/(\d+)/huy/", page) == [str(kept.pk)]
    assert "Biên bản đã duyệt giữ nguyên số" in answer.content.decode()


def test_register_asks_as_much_for_three_rows_as_for_one(
    enter: Callable[..., PartyDocument], cast: Cast, signed_in: SignedIn
) -> None:
    browser, counts = signed_in(cast.off), []
    meeting = make_meeting(cast)
    for mark in ("GM", "TB", "KH"):
        enter(mark, meeting=meeting)
        browser.get(reverse("meetings:registers"))
        with CaptureQueriesContext(connections["default"]) as queries:
            browser.get(reverse("meetings:registers"))
        counts.append(len(queries))

    assert len(set(counts)) == 1
