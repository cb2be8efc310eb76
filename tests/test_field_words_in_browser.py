"""What a browser finds missing in a form it says in Vietnamese, whatever language it speaks itself."""

from collections.abc import Iterator

import pytest
from cast import PASSWORD, Cast
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    page.goto("/tai-khoan/dang-nhap/")
    yield page
    context.close()


def words(field: Locator) -> str:
    return field.evaluate("field => field.validationMessage")


def test_missing_word_is_asked_for_and_the_form_goes_when_it_is_there(page: Page, cast: Cast) -> None:
    name, password = page.get_by_label("Tên đăng nhập"), page.get_by_label("Mật khẩu")
    page.get_by_role("button", name="Đăng nhập").click()
    assert words(name) == "Chưa ghi mục này."
    expect(name).to_be_focused()

    # Filled in by a program, which no key announces: as a keeper of passwords does.
    name.evaluate("(field, value) => { field.value = value; }", cast.mem_a1.username)
    password.evaluate("(field, value) => { field.value = value; }", PASSWORD)
    password.press("Enter")

    page.wait_for_url("/")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ('<input type="checkbox" required>', "Hãy đánh dấu ô này."),
        ('<select required><option value="">…</option></select>', "Hãy chọn một mục."),
        ('<input type="file" required>', "Chưa chọn tệp."),
        ('<input type="email" value="khong phai">', "Chưa đúng địa chỉ thư, ví dụ ten@donvi.vn."),
        ('<input type="number" max="99" value="100">', "Số lớn nhất là 99."),
    ],
)
def test_each_fault_has_its_sentence(page: Page, field: str, sentence: str) -> None:
    page.evaluate("field => { document.querySelector('form').innerHTML = field; }", field)

    page.evaluate("document.querySelector('form').reportValidity()")

    assert words(page.locator("form > *").first) == sentence


def test_choice_among_several_is_free_once_one_is_chosen(page: Page) -> None:
    choices = '<input type="radio" name="a" required><input type="radio" name="a">'
    page.evaluate("html => { document.querySelector('form').innerHTML = html; }", choices)
    page.evaluate("document.querySelector('form').reportValidity()")
    assert words(page.locator("[name=a]").first) == "Hãy chọn một mục."

    page.locator("[name=a]").last.check()

    assert page.evaluate("document.querySelector('form').checkValidity()")
