"""A cadre reads an item at the office, then goes where there is no network and reads it again."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.stack]

#: Done when the page has kept what it keeps, which it does after it is shown.
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  await navigator.locks.request("doc-lai:", () => {});
}"""


def test_what_was_read_at_the_office_is_read_on_the_road(sign_in, camera):
    reader = sign_in("canbo", width=390, service_workers="allow")
    titles = [read(reader, place) for place in range(3)]
    reader.context.set_offline(True)
    reader.page.locator("#mat-mang").wait_for()
    reader.sees("Mất mạng từ")

    reader.open("/tin-tuc/")
    reader.sees("Đọc khi không có mạng")
    assert reader.page.locator("#cac-bai a").all_inner_texts() == titles[::-1]
    camera.take(reader, "can-bo-7-doc-khi-mat-mang")

    reader.follow(titles[0])
    reader.sees("Đang xem bản đã lưu lúc")
    assert reader.page.get_by_role("heading", level=1).inner_text() == titles[0]
    camera.take(reader, "can-bo-8-ban-da-luu")


def read(reader, place):
    """The item at that place of the list, until the browser has kept it. Each page asks once what may still
    be read: the list's own answer must have come, or it would be taken for the item's."""
    with reader.page.expect_response(asked):
        reader.open("/tin-tuc/")
    link = reader.page.locator("main h3 a").nth(place)
    with reader.page.expect_response(asked):
        link.click()
        reader.page.wait_for_url("**/tin-tuc/*/")
    reader.page.evaluate(KEPT)
    return reader.heading


def asked(answer):
    return "/ngoai-tuyen/con-doc-duoc/" in answer.url
