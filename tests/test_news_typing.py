"""Typing that saves itself: no words overwritten unseen, every stretch kept, compared word by word."""

import datetime
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import publish

from members.models import User
from news import actions
from news.comparison import parts_between
from news.models import Article, ArticleRevision
from portal.comparison import Piece, compare
from portal.saving import On

Browser = Callable[[User | None], Client]
DESK, OTHER = uuid.uuid4(), uuid.uuid4()


def typed(article: Article, lead: str, *, by: User, on: On) -> Article:
    values = {"title": article.title, "lead": lead, "body": article.body}
    return actions.save_typing(article, by=by, values=values, on=on)


def test_typing_saves_on_top_of_what_was_read(draft: Article, edi: User) -> None:
    saved = typed(draft, "Chữ mới.", by=edi, on=On(1, DESK, 1))

    assert (saved.lead, saved.version) == ("Chữ mới.", 2)


def test_page_goes_on_writing_when_an_answer_was_lost(draft: Article, edi: User) -> None:
    typed(draft, "Một", by=edi, on=On(1, DESK, 1))

    saved = typed(draft, "Một hai", by=edi, on=On(1, DESK, 2))

    assert saved.lead == "Một hai"


def test_latecomer_of_the_same_page_changes_nothing(draft: Article, edi: User) -> None:
    typed(draft, "Một hai", by=edi, on=On(1, DESK, 2))

    assert typed(draft, "Một", by=edi, on=On(1, DESK, 1)).lead == "Một hai"


def test_two_editors_of_one_item_lose_nothing(
    draft: Article, edi: User, edi2: User, signed_in: Browser
) -> None:
    typed(draft, "Bản của người thứ hai.", by=edi2, on=On(1, OTHER, 1))
    mine = {"title": draft.title, "lead": "Bản của tôi.", "body": draft.body}

    address = reverse("news:save", args=[draft.pk])
    answer = signed_in(edi).post(address, mine | {"revision": 1, "desk": DESK, "step": 1})

    both = answer.json()
    assert answer.status_code == 409
    assert both["theirs"]["fields"]["lead"] == "Bản của người thứ hai."
    assert both["mine"]["lead"] == "Bản của tôi."
    assert "<ins>tôi.</ins>" in both["difference"]


def test_published_text_does_not_save_itself(draft: Article, edi: User, edi2: User) -> None:
    article = publish(draft, by=edi2)

    with pytest.raises(ValidationError, match="chỉ đổi khi bấm Lưu"):
        typed(article, "Lén sửa", by=edi, on=On(1, DESK, 1))


def test_one_stretch_of_writing_is_one_revision(draft: Article, edi: User, edi2: User) -> None:
    for step, lead in enumerate(["Một", "Một hai", "Một hai ba"], start=1):
        typed(draft, lead, by=edi, on=On(step, DESK, step))
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        typed(draft, "Sau giờ nghỉ", by=edi, on=On(4, DESK, 4))

    kept = ArticleRevision.objects.filter(article=draft).order_by("version")
    assert list(kept.values_list("version", "lead")) == [
        (1, "Đoạn mở đầu."),
        (4, "Một hai ba"),
        (5, "Sau giờ nghỉ"),
    ]


def test_text_that_was_submitted_stays_as_a_revision(draft: Article, edi: User, edi2: User) -> None:
    typed(draft, "Bản đã trình", by=edi, on=On(1, DESK, 1))
    actions.submit_for_approval(draft, by=edi)

    typed(draft, "Sửa ngay sau đó", by=edi, on=On(2, DESK, 2))

    leads = ArticleRevision.objects.filter(article=draft).order_by("version").values_list("lead", flat=True)
    assert list(leads) == ["Đoạn mở đầu.", "Bản đã trình", "Sửa ngay sau đó"]


def test_earlier_words_come_back_as_a_new_revision(draft: Article, edi: User, signed_in: Browser) -> None:
    typed(draft, "Sửa hỏng", by=edi, on=On(1, DESK, 1))

    signed_in(edi).post(reverse("news:restore", args=[draft.pk, 1]))

    article = Article.objects.get()
    assert (article.lead, article.version, article.revisions.count()) == ("Đoạn mở đầu.", 3, 2)


def test_comparison_is_by_words() -> None:
    lines = compare("Giữ nguyên\nKết nạp 115 đảng viên", "Giữ nguyên\nKết nạp 116 đảng viên\nThêm dòng")

    assert lines == [
        [Piece("same", "Giữ nguyên")],
        [
            Piece("same", "Kết nạp "),
            Piece("out", "115"),
            Piece("in", "116"),
            Piece("same", " đảng viên"),
        ],
        [Piece("in", "Thêm dòng")],
    ]


def test_parts_say_which_text_changed(draft: Article) -> None:
    after = Article(title=draft.title, lead="Khác", body=draft.body)

    changed = {part.name: part.is_changed for part in parts_between(draft, after)}

    assert changed == {"Tiêu đề": False, "Đoạn mở đầu": True, "Nội dung": False}


def test_history_shows_markup_as_words(draft: Article, edi: User, signed_in: Browser) -> None:
    actions.edit(draft, by=edi, version=1, values={"lead": "<script>alert(1)</script>"})

    page = signed_in(edi).get(reverse("news:history", args=[draft.pk])).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_presence_names_the_other_editor(draft: Article, edi: User, edi2: User, signed_in: Browser) -> None:
    address = reverse("news:presence", args=[draft.pk])
    signed_in(edi2).post(address, {"desk": OTHER})

    answer = signed_in(edi).post(address, {"desk": DESK}).json()

    assert (answer["others"], answer["revision"]) == ([str(edi2)], 1)


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("mem_a1", 403), ("edi", 400)])
def test_script_is_told_why_not(
    draft: Article, edi: User, mem_a1: User, signed_in: Browser, who: str | None, status: int
) -> None:
    user = {"mem_a1": mem_a1, "edi": edi}.get(who or "")

    assert signed_in(user).post(reverse("news:save", args=[draft.pk])).status_code == status


def begun(by: User, step: int = 1, **typed: str) -> Article:
    values = {"title": "", "lead": "", "body": ""} | typed
    return actions.begin_draft(by=by, category=None, values=values, on=On(1, DESK, step))


def test_first_words_make_a_draft_and_the_same_page_goes_on_with_it(edi: User) -> None:
    first = begun(edi, lead="Sáng nay")
    again = begun(edi, step=2, lead="Sáng nay, tại", title="Tin mới")

    article = Article.objects.get()
    assert first.pk == again.pk == article.pk
    assert (article.title, article.lead, article.author) == ("Tin mới", "Sáng nay, tại", edi)


def test_page_of_another_person_never_goes_on_with_mine(edi: User, edi2: User) -> None:
    begun(edi, lead="Của tôi")

    assert begun(edi2, lead="Của người khác").author == edi2
    assert Article.objects.get(author=edi).lead == "Của tôi"


def test_nothing_typed_makes_no_draft(edi: User) -> None:
    with pytest.raises(ValidationError, match="Chưa có chữ nào"):
        begun(edi, body="<p>&nbsp;</p>")


def test_draft_without_a_title_is_not_submitted(edi: User) -> None:
    article = begun(edi, body="<p>Chữ./.</p>")

    with pytest.raises(ValidationError, match="chưa được đặt tên"):
        actions.submit_for_approval(article, by=edi)


def test_page_is_told_where_it_goes_on(edi: User, signed_in: Browser) -> None:
    sent = {"title": "", "lead": "Chữ đầu", "body": "", "revision": 1, "desk": DESK, "step": 1}

    answer = signed_in(edi).post(reverse("news:begin"), sent).json()

    article = Article.objects.get()
    assert answer["save"] == reverse("news:save", args=[article.pk])
    assert (answer["article"], answer["revision"]) == (article.pk, 1)
