"""The checker before approval: each fault with its place and its cure; what stops, stops the server too."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import publish, write

from members import statistics
from members.models import OwningCommittee, User
from news import actions, checking
from news.checking import Records
from news.models import Article

Browser = Callable[[User | None], Client]
END = "<p>Hết./.</p>"


def found(by: User, body: str = END, **fields: object) -> list[tuple[str, str]]:
    article = write(by, fields.pop("title", "Tin về công tác cán bộ"), body=body, **fields)
    return [(one.where, one.said) for one in checking.findings_of(article)]


def test_good_text_has_no_finding(edi: User) -> None:
    body = (
        '<h2>Kết quả</h2><h3>Số liệu</h3><p>Xem <a href="/lich/">lịch công tác tuần</a>.</p>'
        '<p><img src="/anh/00000000-0000-4000-8000-000000000000/" alt="Quang cảnh"></p>'
    )
    assert found(edi, body + END, lead="Sáng nay, Ban Chấp hành họp.") == []


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ('<p>Chữ <a href="/lich/"></a>.</p>', ("Đoạn “Chữ .”", "Có liên kết không có chữ (tới /lich/).")),
        ('<p>Xem <a href="#">lịch</a>.</p>', ("Đoạn “Xem lịch.”", "Liên kết “lịch” không dẫn tới đâu.")),
        ('<p>Xem <a href="#_Toc1">mục</a>.</p>', ("Đoạn “Xem mục.”", "Liên kết “mục” không dẫn tới đâu.")),
        ('<p><a href="/lich/">tại đây</a></p>', ("Đoạn “tại đây”", "Liên kết chỉ ghi “tại đây”.")),
        ("<h3>Sâu</h3>", ("Đề mục “Sâu”", "Đề mục cấp 2 đứng ngay dưới tiêu đề bài.")),
        ("<h2>A</h2><h4>B</h4>", ("Đề mục “B”", "Đề mục cấp 3 đứng ngay dưới đề mục cấp 1.")),
        ("<p>Xong./.</p>", ("Đoạn “Xong./.”", "Có “./.” ở giữa bài.")),
        ("<p>Họp ban chấp hành.</p>", ("Đoạn “Họp ban chấp hành.”", "Viết “ban chấp hành”.")),
        ("<p>Các Chi Bộ họp.</p>", ("Đoạn “Các Chi Bộ họp.”", "Viết “Chi Bộ”.")),
    ],
)
def test_each_fault_is_told_with_its_place(edi: User, body: str, finding: tuple[str, str]) -> None:
    assert found(edi, body + END) == [finding]


def test_last_line_ends_the_item(edi: User) -> None:
    assert found(edi, "<p>Một.</p><p>Hai.</p>") == [
        ("Đoạn “Hai.”", "Là dòng cuối mà không kết thúc bằng “./.”.")
    ]


def test_picture_nobody_hears_stops_submission_and_approval(draft: Article, edi: User, edi2: User) -> None:
    actions.submit_for_approval(draft, by=edi)
    body = '<p><img src="/anh/00000000-0000-4000-8000-000000000000/" alt=""></p>' + END
    article = actions.edit(draft, by=edi, version=1, values={"body": body})

    for act in (
        lambda: actions.submit_for_approval(article, by=edi),
        lambda: actions.approve_and_publish(article, by=edi2, version=2),
    ):
        with pytest.raises(ValidationError, match="Ảnh thứ 1 trong nội dung: Chưa có lời tả"):
            act()


def test_advice_stops_nobody(edi: User, edi2: User) -> None:
    article = write(edi, "TIN VIẾT HOA CẢ CÂU LÀM NGƯỜI ĐỌC MỎI MẮT", body="<p>Không có dấu cuối.</p>")

    assert len(checking.findings_of(article)) == 2
    assert publish(article, by=edi2).state == "published"


def test_secrecy_mark_stops(edi: User) -> None:
    article = write(edi, "TỐI MẬT: phương án nhân sự")

    assert "không chứa bí mật nhà nước" in (checking.get_approval_stop(article) or "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("đồng chí Hoàng Văn Chủ, Phó Bí thư Thường trực Đảng ủy Khối, dự", None),
        ("đồng chí Hoàng Văn Chủ, Phó Bí thư Thường trực, dự", None),
        ("đồng chí Hoàng Văn Chủ, cùng đoàn công tác", None),
        ("đồng chí Người Nơi Khác, Bí thư Tỉnh ủy, dự", None),
        ("đồng chí Hoàng Văn Chủ, Chánh Văn phòng, dự", "Ghi Hoàng Văn Chủ là “Chánh Văn phòng”."),
        ("đồng chí Hoàng Văn Chú, dự", "Viết tên “Hoàng Văn Chú”."),
    ],
)
def test_names_and_offices_are_those_of_the_records(cast: Cast, words: str, said: str | None) -> None:
    assert [fault for _, fault in found(cast.edi, f"<p>Có {words}.</p>{END}")] == ([said] if said else [])


def test_office_frozen_for_the_conference_counts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen = Records(timezone.localdate(), people={"Hoàng Văn Chủ": "Bí thư Đảng ủy Khối"}, source="Hồ sơ X")
    monkeypatch.setattr("news.checking.records._knowers", [lambda article: frozen])

    assert found(cast.edi, f"<p>Đồng chí Hoàng Văn Chủ, Bí thư Đảng ủy Khối.</p>{END}") == []


@pytest.fixture
def none_admitted(cast: Cast) -> statistics.Figure:
    OwningCommittee.objects.update_or_create(
        effective_from=datetime.date(2020, 1, 1),
        defaults={"organization": cast.r, "name": "Đảng ủy Khối", "organization_name": "Đảng bộ Khối"},
    )
    return statistics.figure("admissions", cast.r, datetime.date(2024, 9, 26))


def test_linked_number_is_that_of_its_rows(cast: Cast, none_admitted: statistics.Figure) -> None:
    body = '<p>Kết nạp <a href="{}">{}</a> đảng viên mới.</p>' + END
    wrong = write(cast.edi, "Tin sai số", body=body.format(none_admitted.url, 116))
    right = write(cast.edi, "Tin đúng số", body=body.format(none_admitted.url, 0))

    assert "Số “116” dẫn tới trang đếm được 0" in (checking.get_approval_stop(wrong) or "")
    assert checking.findings_of(right) == []


def test_number_in_words_is_compared_with_the_conference(
    cast: Cast, none_admitted: statistics.Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Records(timezone.localdate(), figures=(none_admitted,), source="Hồ sơ Hội nghị")
    monkeypatch.setattr("news.checking.records._knowers", [lambda article: heard])

    assert found(cast.edi, f"<p>Đã kết nạp 1.160 đảng viên mới.</p>{END}") == [
        ("Đoạn “Đã kết nạp 1.160 đảng viên …”", "Ghi “kết nạp 1.160 đảng viên mới”.")
    ]


def test_desk_shows_the_findings_and_the_button_says_why(
    draft: Article, edi: User, signed_in: Browser
) -> None:
    actions.edit(draft, by=edi, version=1, values={"body": '<p>Xem <a href="#">lịch</a>.</p>' + END})
    browser = signed_in(edi)

    page = browser.get(draft.get_absolute_url()).content.decode()
    answer = browser.post(reverse("news:submit", args=[draft.pk]))

    sentence = "Liên kết “lịch” không dẫn tới đâu."
    assert page.count(sentence) == 2 and 'aria-describedby="vi-sao">Trình duyệt…' in page
    assert answer.status_code == 409 and sentence in answer.content.decode()


def test_reader_sees_no_findings(draft: Article, edi2: User, mem_a1: User, signed_in: Browser) -> None:
    article = publish(draft, by=edi2)

    assert (
        "Kiểm tra trước khi duyệt" not in signed_in(mem_a1).get(article.get_absolute_url()).content.decode()
    )
