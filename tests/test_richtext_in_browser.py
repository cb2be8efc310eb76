"""The editor as an editor of the news meets it: loaded, typed in, a picture taken in, saved."""

import pytest
from cast import PASSWORD, Cast
from newsroom import PNG, usual_category
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from news.models import Article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def is_fault(message: ConsoleMessage) -> bool:
    """CKEditor's dialogs link to `javascript:void(0)` and frame a script: both refused, as we want."""
    refused = ("Running the JavaScript URL violates", "Executing inline script violates")
    return message.type == "error" and not message.text.startswith(refused)


#: The editor stands in the page before it listens to what is pasted into it.
READY = """() => new Promise((done) => {
  const [editor] = Object.values(CKEDITOR.instances);
  if (editor.status === "ready") done();
  else editor.once("instanceReady", () => done());
})"""


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, cast: Cast):
    """Signed in as the editor; whatever the console complains of fails the test."""
    usual_category()
    context = browser.new_context(base_url=live_server.url, locale="vi-VN")
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if is_fault(message) else None)
    page.goto("/tai-khoan/dang-nhap/?next=/tin-tuc/bien-tap/bai-moi/")
    page.get_by_label("Tên đăng nhập").fill(cast.edi.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator(".cke_editable").evaluate(READY)
    yield page
    context.close()
    assert complaints == []


def test_vietnamese_typed_in_the_editor_is_saved_with_its_form(page: Page) -> None:
    page.get_by_label("Tiêu đề").fill("Hội nghị lần thứ 20")
    page.get_by_label("Chuyên mục").select_option(label="Tin hoạt động")
    text = page.locator(".cke_editable")
    text.click()
    page.keyboard.type("Đảng ủy Khối các cơ quan")
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="Đậm").click()

    page.get_by_role("button", name="Lưu bản nháp").click()

    expect(page.get_by_role("heading", name="Hội nghị lần thứ 20")).to_be_visible()
    assert Article.objects.get().body == "<p><strong>Đảng ủy Khối các cơ quan</strong></p>"


def test_a_chosen_picture_stands_in_the_text(page: Page) -> None:
    page.locator(".cke_editable").click()

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Tải ảnh lên").click()
    chooser.value.set_files({"name": "ảnh.png", "mimeType": "image/png", "buffer": PNG})

    picture = page.locator(".cke_editable img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 8
    # As the checker names it, which sends people here.
    page.get_by_label("Lời tả ảnh cho người không nhìn được").fill("Quang cảnh")
    page.locator(".cke_dialog_ui_button_ok").click()
    assert picture.get_attribute("alt") == "Quang cảnh"


def test_pasted_text_leaves_the_wrappings_of_word_behind(page: Page) -> None:
    page.get_by_label("Tiêu đề").fill("Hội nghị lần thứ 20")
    page.get_by_label("Chuyên mục").select_option(label="Tin hoạt động")
    font = "font-size:14.0pt;font-family:'Times New Roman'"
    pasted = (
        f'<p class="MsoNormal"><span style="{font}"><span style="mso-fareast-language:VI">Chữ '
        '<span style="color:#c00000">đỏ</span></span></span></p>'
    )
    page.locator(".cke_editable").evaluate(
        """(field, html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          const on = {clipboardData: data, bubbles: true, cancelable: true};
          field.dispatchEvent(new ClipboardEvent("paste", on));
        }""",
        pasted,
    )
    # What tidies text of Word is fetched when it is first wanted.
    expect(page.locator(".cke_editable")).to_have_text("Chữ đỏ")

    page.get_by_role("button", name="Lưu bản nháp").click()

    expect(page.get_by_role("heading", name="Hội nghị lần thứ 20")).to_be_visible()
    assert Article.objects.get().body == '<p>Chữ <span style="color:#c00000">đỏ</span></p>'
