"""The editors' pages: for editors alone (P07, P08), by POST, saying why when they refuse."""

from collections.abc import Callable

import pytest
from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from newsroom import PNG, publish, write

from members.models import User
from news import actions
from news.models import Article, Attachment, Category

Browser = Callable[[User | None], Client]
ONLY_EDITORS = {"ANON": 302, "MEM": 403, "SEC": 403, "OFF": 403, "EDI": 200, "ADM": 403}


def fields(**changes: object) -> dict[str, object]:
    """What the browser sends from the form of an item."""
    return {
        "version": 1,
        "title": "Giao ban quý III",
        "category": Category.objects.get(slug="tin-hoat-dong").pk,
        "lead": "Chiều 03/10, Đảng ủy Khối giao ban.",
        "body": "<p>Nội dung./.</p>",
        "is_for_all": "True",
    } | changes


@pytest.mark.parametrize("name", ["drafts", "create", "edit", "return", "withdraw"])
def test_pages_of_the_desk_open_for_editors_alone(
    cast: Cast, draft: Article, signed_in: Browser, name: str
) -> None:
    address = reverse(f"news:{name}", args=[draft.pk] if name not in ("drafts", "create") else [])

    answered = {role: signed_in(user).get(address).status_code for role, user in cast.six.items()}

    assert answered == ONLY_EDITORS


@pytest.mark.parametrize("name", ["edit", "publish", "return", "withdraw"])
def test_post_straight_to_the_address_changes_nothing(
    draft: Article, mem_a1: User, signed_in: Browser, name: str
) -> None:
    response = signed_in(mem_a1).post(reverse(f"news:{name}", args=[draft.pk]), fields(reason="Vì"))

    unchanged = Article.objects.get()
    assert response.status_code == 403
    assert (unchanged.title, unchanged.state) == (draft.title, "draft")


def test_own_item_is_not_published_by_any_address(draft: Article, edi: User, signed_in: Browser) -> None:
    actions.submit_for_approval(draft, by=edi)
    address = reverse("news:publish", args=[draft.pk])

    answered = [
        signed_in(edi).get(address).status_code,
        signed_in(edi).post(address, {"version": 1, "when": "now"}).status_code,
    ]

    assert answered == [403, 403]


def test_item_is_written_submitted_approved_and_read(
    edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    writer, approver = signed_in(edi), signed_in(edi2)

    writer.post(reverse("news:create"), fields())
    article = Article.objects.get()
    writer.post(reverse("news:submit", args=[article.pk]))
    approver.post(reverse("news:publish", args=[article.pk]), {"version": 1, "when": "now"})

    page = signed_in(mem_a1).get("/tin-tuc/giao-ban-quy-iii/").content.decode()
    assert "Nội dung./." in page
    assert "Người duyệt: Cao Văn Duyệt" in page


def test_page_of_submitting_asks_and_changes_nothing(draft: Article, edi: User, signed_in: Browser) -> None:
    assert signed_in(edi).get(reverse("news:submit", args=[draft.pk])).status_code == 200
    assert Article.objects.get().state == "draft"


def test_someone_elses_visible_item_is_not_submitted(
    draft: Article, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    article = publish(draft, by=edi2)

    assert signed_in(mem_a1).post(reverse("news:submit", args=[article.pk])).status_code == 403


def test_step_the_state_does_not_allow_is_409_with_the_reason(
    draft: Article, edi2: User, signed_in: Browser
) -> None:
    response = signed_in(edi2).post(reverse("news:withdraw", args=[draft.pk]), {"reason": "Sai"})

    assert response.status_code == 409
    assert "đang ở trạng thái “Bản nháp”" in response.content.decode()


def test_text_changed_meanwhile_is_not_published_unread(
    draft: Article, edi: User, edi2: User, signed_in: Browser
) -> None:
    actions.submit_for_approval(draft, by=edi)
    actions.edit(draft, by=edi, version=1, values={"lead": "Chữ mới chưa ai đọc."})

    response = signed_in(edi2).post(reverse("news:publish", args=[draft.pk]), {"version": 1, "when": "now"})

    assert response.status_code == 409
    assert "Chữ mới chưa ai đọc." in response.content.decode()


def test_return_without_a_reason_asks_for_it(
    draft: Article, edi: User, edi2: User, signed_in: Browser
) -> None:
    actions.submit_for_approval(draft, by=edi)

    response = signed_in(edi2).post(reverse("news:return", args=[draft.pk]), {"reason": " "})

    assert response.context["form"].errors.keys() == {"reason"}
    assert Article.objects.get().state == "for_approval"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (["", ""], "Chưa ghi ngày giờ đăng."),
        (["30/9/2024", "08:00"], "Giờ này đã qua."),
        (["ngày mai", "8h"], "Chưa hiểu ngày này."),
    ],
)
def test_hour_of_publication_is_checked(
    draft: Article, edi: User, edi2: User, signed_in: Browser, typed: list[str], wrong: str
) -> None:
    actions.submit_for_approval(draft, by=edi)
    form = {"version": 1, "when": "later", "published_at_0": typed[0], "published_at_1": typed[1]}

    response = signed_in(edi2).post(reverse("news:publish", args=[draft.pk]), form)

    assert wrong in response.content.decode()
    assert Article.objects.get().state == "for_approval"


def test_conflict_shows_both_texts_and_the_next_save_goes_over(
    draft: Article, edi: User, edi2: User, signed_in: Browser
) -> None:
    actions.edit(draft, by=edi2, version=1, values={"lead": "Chữ của người thứ hai."})
    address = reverse("news:edit", args=[draft.pk])
    mine = fields(lead="Chữ của người thứ nhất.")

    response = signed_in(edi).post(address, mine)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Chữ của người thứ hai." in html
    assert "Chữ của người thứ nhất." in html
    assert Article.objects.get().lead == "Chữ của người thứ hai."

    signed_in(edi).post(address, mine | {"version": response.context["form"].data["version"]})
    assert Article.objects.get().lead == "Chữ của người thứ nhất."


def test_wrong_form_says_what_and_keeps_the_typed_words(edi: User, signed_in: Browser) -> None:
    response = signed_in(edi).post(reverse("news:create"), fields(title="", lead="Câu đã gõ."))

    assert response.context["form"].errors.keys() == {"title"}
    assert "Câu đã gõ." in response.content.decode()
    assert not Article.objects.exists()


def test_picture_needs_words_for_those_who_do_not_see_it(edi: User, signed_in: Browser) -> None:
    picture = SimpleUploadedFile("anh.png", PNG, "image/png")

    response = signed_in(edi).post(reverse("news:create"), fields(cover=picture))

    assert response.context["form"].errors.keys() == {"cover_alt"}
    assert not Article.objects.exists()


def test_file_that_is_no_picture_is_refused_as_one(edi: User, signed_in: Browser) -> None:
    page = SimpleUploadedFile("anh.png", b"<script>alert(1)</script>", "image/png")

    response = signed_in(edi).post(reverse("news:create"), fields(cover=page, cover_alt="Ảnh"))

    assert response.context["form"].errors.keys() == {"cover"}
    assert not Article.objects.exists()


def test_file_is_attached_only_with_the_confirmation(edi: User, signed_in: Browser) -> None:
    def sent(**more: object) -> dict[str, object]:
        return fields(attached=[SimpleUploadedFile("Danh sách.png", PNG, "image/png")], **more)

    refused = signed_in(edi).post(reverse("news:create"), sent())
    assert refused.context["form"].errors.keys() == {"no_state_secret"}
    signed_in(edi).post(reverse("news:create"), sent(no_state_secret="on"))

    assert [row.name for row in Attachment.objects.all()] == ["Danh sách.png"]


def test_picture_and_file_are_taken_away(
    edi: User, signed_in: Browser, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    article = write(
        edi,
        "Có ảnh",
        cover=SimpleUploadedFile("anh.png", PNG),
        cover_alt="Ảnh",
        attached=[SimpleUploadedFile("a.png", PNG)],
        no_state_secret=True,
    )
    cover, file = article.cover, article.attachments.get()
    form = fields(without_cover="on", removed=[file.pk])

    with django_capture_on_commit_callbacks(execute=True):
        signed_in(edi).post(reverse("news:edit", args=[article.pk]), form)

    article.refresh_from_db()
    assert (article.cover.name, article.cover_alt, article.attachments.count()) == ("", "", 0)
    assert not cover.storage.exists(cover.name)
    assert not file.file.storage.exists(file.file.name)


def test_readers_are_chosen_among_todays_organizations(cast: Cast, edi: User, signed_in: Browser) -> None:
    form = fields(is_for_all="False", organizations=[cast.b.pk])

    signed_in(edi).post(reverse("news:create"), form)

    article = Article.objects.get()
    assert (article.is_for_all, list(article.audience_organizations.all())) == (False, [cast.b])


def test_desk_lists_what_waits_by_what_it_waits_for(
    draft: Article, edi: User, edi2: User, signed_in: Browser
) -> None:
    waiting = actions.submit_for_approval(write(edi, "Chờ người đọc"), by=edi)
    gone = actions.withdraw(publish(write(edi, "Đã sai"), by=edi2), by=edi, reason="Sai")
    publish(write(edi, "Đã đăng rồi"), by=edi2)

    groups = dict(signed_in(edi2).get(reverse("news:drafts")).context["groups"])

    filled = {heading: rows for heading, rows in groups.items() if rows}
    assert filled == {"Chờ duyệt": [waiting], "Bản nháp": [draft], "Đã gỡ": [gone]}


def test_editor_page_alone_has_the_looser_policy(draft: Article, edi: User, signed_in: Browser) -> None:
    policy = {
        name: signed_in(edi).get(reverse(f"news:{name}", args=args))["Content-Security-Policy"]
        for name, args in {"edit": [draft.pk], "list": []}.items()
    }

    assert "script-src-attr 'unsafe-inline'" in policy["edit"]
    assert "unsafe" not in policy["list"]
