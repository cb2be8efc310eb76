"""The editor is locked down: every published hole of CKEditor 4.22.1 stays closed, and nothing it
sends is stored or shown uncleaned (docs/decisions/0005)."""

import importlib.util
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cast import Cast
from django.conf import settings
from django.contrib.staticfiles.finders import find, get_finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from doors.scene import Scene
from doors.table import ROWS
from hostile.judge import faults_of
from newsroom import write
from PIL import Image

from members.models import User
from news.models import Article
from portal.models import RichTextImage
from portal.models.images import formatted_fields, owner_models
from portal.richtext import RichTextFormField
from portal.richtext.fields import RichTextWidget

Browser = Callable[[User | None], Client]

BUNDLE = Path(importlib.util.find_spec("ckeditor").submodule_search_locations[0]) / "static/ckeditor/ckeditor"
CONFIG = settings.CKEDITOR_CONFIGS["default"]
REMOVED = set(CONFIG["removePlugins"].split(","))
HARMFUL = "<p onclick=alert(1)>Chữ<script>alert(2)</script><img src=x onerror=alert(3)></p>"
HARMLESS = "<p>Chữ</p>"


# --- The bundle and its published holes --------------------------------------------------------


def test_bundle_is_the_one_that_was_looked_at() -> None:
    """Another one: read its advisories, mend this file, docs/decisions/0005 and the configuration."""
    source = (BUNDLE / "ckeditor.js").read_text(encoding="utf-8")

    assert re.findall(r'[,{]version:"([\d.]+)"', source)[:1] == ["4.22.1"]


def test_filter_is_never_switched_off() -> None:
    """CVE-2024-24815: CDATA passes the filter with fullPage, or where script or style are allowed."""
    extra = CONFIG["extraAllowedContent"]

    assert {"fullPage", "allowedContent", "protectedSource", "disallowedContent"} & set(CONFIG) == set()
    assert re.findall(r"\b(?:script|style|iframe|object|embed|link|meta|form)\b(?=[\s;\[{(]|$)", extra) == []
    assert re.findall(r"[*](?!\})|\bon[a-z]+|\(", extra.replace("border*", "")) == []
    assert "docprops" in REMOVED


def test_no_sample_and_no_preview_is_served() -> None:
    """CVE-2024-24816 sits in the samples' preview page."""
    served = {path for finder in get_finders() for path, _ in finder.list([]) if "ckeditor/" in path}

    assert [path for path in served if path.endswith((".html", ".htm", ".php")) or "/samples/" in path] == []
    assert find("ckeditor/ckeditor/plugins/exportpdf/tests/manual/configfilename.html") in (None, [])
    assert "preview" in REMOVED


@pytest.mark.parametrize("plugin", ["codesnippetgeshi", "codesnippet"])
def test_geshi_is_out_of_reach(plugin: str) -> None:
    """CVE-2024-43407 sits in the PHP library behind it."""
    assert plugin in REMOVED
    assert plugin not in CONFIG["extraPlugins"]
    assert not find(f"ckeditor/ckeditor/plugins/{plugin}/plugin.js")


def test_version_check_asks_no_foreign_host() -> None:
    """CVE-2024-43411: whoever owns the vendor's old domain would answer."""
    rendered = RichTextWidget().render("body", "", {"id": "id_body"})
    sent = json.loads(re.search(r'data-config="([^"]*)"', rendered)[1].replace("&quot;", '"'))

    assert (CONFIG["versionCheck"], sent["versionCheck"]) == (False, False)
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"] == ["'self'"]


@pytest.mark.parametrize("plugin", ["exportpdf", "scayt", "wsc", "flash", "iframe", "templates"])
def test_plugin_that_calls_out_or_writes_code_is_removed(plugin: str) -> None:
    assert plugin in REMOVED
    assert not find(f"ckeditor/ckeditor/plugins/{plugin}/plugin.js")


def test_only_known_plugins_are_added() -> None:
    assert CONFIG["extraPlugins"].split(",") == ["divarea", "portalpicture"]
    assert [key for key in CONFIG if "browse" in key.lower() or "filebrowser" in key.lower()] == []
    assert "ckeditor_uploader" not in settings.INSTALLED_APPS


# --- The policy ---------------------------------------------------------------------------------


def test_only_pages_with_the_editor_loosen_the_policy(scene: Scene, signed_in: Browser) -> None:
    """And those only as far as the editor's own buttons and boxes need."""
    with_editor, loosened = set(), set()
    for column in ("OFF", "EDI"):
        browser = signed_in(scene.person(column))
        for row in ROWS:
            if not row.get or row.expected(column)["GET"] != "200":
                continue
            response = browser.get(scene.request(row, column)[0])
            page = response.getvalue() if response.streaming else response.content
            policy = response.get("Content-Security-Policy", "")
            has_editor = b"data-config=" in page or b"data-editor=" in page
            with_editor |= {row.label} if has_editor else set()
            loosened |= {row.label} if "'unsafe-inline'" in policy else set()
            assert "unsafe-eval" not in policy
            assert "script-src 'self';" in policy or "default-src 'none'" in policy

    assert loosened == with_editor != set()


# --- Every way in, and the way out --------------------------------------------------------------


@pytest.mark.parametrize("model", owner_models(), ids=lambda model: model.__name__)
def test_field_cleans_what_goes_to_the_database(model: type) -> None:
    fields = formatted_fields(model)

    assert {field.get_prep_value(HARMFUL) for field in fields} == {HARMLESS}
    assert {type(field.formfield()) for field in fields} == {RichTextFormField}


def test_form_cleans(cast: Cast, signed_in: Browser, edi: User) -> None:
    article = write(edi, "Bài")
    form = {"title": "Bài", "category": article.category_id, "is_for_all": "True", "version": 1}

    signed_in(edi).post(reverse("news:edit", args=[article.pk]), form | {"body": HARMFUL})

    assert stored(article) == HARMLESS


def test_save_bulk_create_and_update_clean(cast: Cast, edi: User) -> None:
    article = write(edi, "Bài", body=HARMFUL)
    other = Article(title="Khác", slug="khac", author=edi, category=article.category, body=HARMFUL)
    Article.objects.bulk_create([other])
    results = [stored(article), stored(Article.objects.get(slug="khac"))]

    Article.objects.filter(pk=article.pk).update(body=HARMFUL)
    results.append(stored(article))
    article.body = HARMFUL
    Article.objects.bulk_update([article], ["body"])
    results.append(stored(article))

    assert results == [HARMLESS] * 4


def test_what_went_round_the_house_is_cleaned_when_shown_and_when_edited(
    cast: Cast, signed_in: Browser, edi: User
) -> None:
    article = write(edi, "Bài")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_article SET body = %s WHERE id = %s", [HARMFUL, article.pk])

    for address in (article.get_absolute_url(), reverse("news:edit", args=[article.pk])):
        page = signed_in(edi).get(address).content.decode()
        assert [word for word in ("alert(1)", "alert(2)", "alert(3)") if word in page] == []


@pytest.mark.parametrize("html", ["<p>" + "<b>" * 2_000 + "x" * 5_000, "x" * 1_000_001])
def test_text_that_costs_too_much_is_refused_in_words(
    cast: Cast, signed_in: Browser, edi: User, html: str
) -> None:
    article = write(edi, "Bài")
    form = {"title": "Tên mới gõ", "category": article.category_id, "is_for_all": "True", "version": 1}

    response = signed_in(edi).post(reverse("news:edit", args=[article.pk]), form | {"body": html})

    assert "Nội dung quá dài" in response.context["form"].errors["body"][0]
    assert "Tên mới gõ" in response.content.decode()


def stored(article: Article) -> str:
    """As it lies in the table, past every reader of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM news_article WHERE id = %s", [article.pk])
        (body,) = cursor.fetchone()
    assert faults_of(body) == []
    return body


# --- Pictures -----------------------------------------------------------------------------------


def photograph() -> bytes:
    """Taken upright with a telephone that wrote down where: 3000 × 200, turned by its own note."""
    image = Image.new("RGB", (3000, 200), "#9b1c1f")
    note = image.getexif()
    note[0x0112], note[0x010F] = 6, "Điện thoại của Thư"
    note.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=note)
    return out.getvalue()


def upload(browser: Client, content: bytes, **extra: str) -> object:
    return browser.post(
        reverse("richtext_upload"), {"upload": SimpleUploadedFile("ảnh.jpg", content)}, **extra
    )


def test_uploaded_picture_is_written_anew(cast: Cast, signed_in: Browser, edi: User) -> None:
    answer = upload(signed_in(edi), photograph()).json()

    kept = RichTextImage.objects.get()
    with Image.open(kept.file.path) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (kept.width, kept.height), {})
    assert (kept.width < kept.height, max(kept.width, kept.height)) == (True, 1600)
    assert (answer["uploaded"], answer["url"]) == (1, kept.get_absolute_url())
    assert re.fullmatch(r"anh/[0-9a-f]{32}\.jpg", kept.file.name)


def test_upload_needs_the_token_of_the_form(cast: Cast, edi: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(edi, backend="members.backends.AccountBackend")

    assert upload(browser, photograph()).status_code == 403
    assert not RichTextImage.objects.exists()
