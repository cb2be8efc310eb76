"""Every kind of page on paper: within the sheet, heads of tables on each, and nothing that only a screen
can use.

`--pictures=DIR` keeps what was seen: each page type at a desk's width, a telephone's, and as it is printed.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_pages_in_browser import OF_THE_EDITOR, PAGES, WIDTHS, Reader, addresses, reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["addresses", "reader"]

#: What is left of a sheet of A4 between its margins, upright and across (print.css), in pixels of 1/96 inch.
UPRIGHT, ACROSS = (210 - 45) * 96 // 25.4, (297 - 24) * 96 // 25.4
#: Django's own lists and forms are worked with, not printed.
NOT_PRINTED = ("/quan-tri/", "/tin-tuc/bien-tap/bai-moi/", "/tin-tuc/bien-tap/{article}/")
FAULTS = """(editor) => {
  const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
  const ours = (element) => !element.closest(editor) && seen(element);
  const all = (which) => [...document.querySelectorAll(which)].filter(ours);
  const named = (one) => `${one.tagName.toLowerCase()}.${one.className || one.id}`;
  const folded = (part) => part.textContent.trim() && !part.checkVisibility() && !part.closest(".no-print");
  const width = document.documentElement.clientWidth;
  const beyond = (one) => one.getBoundingClientRect().right > width + 1 && !one.closest("svg, .sr");
  const pressed = "nav, button:not(.as-link, .sr), form[method=get], [role=search], .btn, .skip, .tool";
  return [
    ...all(pressed).map((one) => `to press: ${named(one)}`),
    ...all("body *").filter(beyond).slice(0, 3).map((one) => `cut: ${named(one)}`),
    ...all("details").filter((one) => [...one.children].some(folded)).map((one) => `folded: ${named(one)}`),
    ...all("thead").filter((one) => getComputedStyle(one).display !== "table-header-group").map(named),
  ];
}"""


def printed(page: Page) -> list[str]:
    page.emulate_media(media="print")
    is_across = page.evaluate("document.body.classList.contains('on-wide')")
    page.set_viewport_size({"width": int(ACROSS if is_across else UPRIGHT), "height": 1000})
    found: list[str] = page.evaluate(FAULTS, OF_THE_EDITOR)
    return sorted(set(found))


def keep(page: Page, folder: Path, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True, animations="disabled")
    page.emulate_media(media="print")
    page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True)


def test_printed_pages_fit_the_sheet_and_hold_nothing_to_press(
    reader: Callable[[str], Reader], addresses: dict[str, object], pytestconfig: pytest.Config
) -> None:
    folder, found = pytestconfig.getoption("--pictures"), {}
    for username, pages in PAGES.items():
        page = reader(username).page
        for address in pages:
            page.emulate_media(media="screen")
            page.goto(address.format(**addresses))
            if folder:
                words = re.sub(r"\W+", "-", address).strip("-") or "trang-chu"
                keep(page, folder, f"{username or 'khach'}-{words}")
            if not address.startswith(NOT_PRINTED):
                found[username, address] = printed(page)

    assert {page: faults for page, faults in found.items() if faults} == {}


FIELDS = "textarea, select, input:not([type=hidden])"


def test_printed_task_shows_what_was_reported_and_no_form_to_fill(
    reader: Callable[[str], Reader], addresses: dict[str, object]
) -> None:
    for username in ("sec_a", "off"):
        page = reader(username).page
        page.goto("/nhiem-vu/{task}/".format(**addresses))
        page.emulate_media(media="print")

        expect(page.get_by_role("heading", name="Kết quả, tiến độ")).to_be_visible()
        assert [
            field.get_attribute("name") for field in page.locator(FIELDS).all() if field.is_visible()
        ] == []


def test_printed_search_says_what_was_looked_for(
    reader: Callable[[str], Reader], addresses: dict[str, object]
) -> None:
    page = reader("edi").page
    page.goto("/tim-kiem/?q=hoi+nghi&loai=tin&tu=03/01/2026&to_chuc={a}".format(**addresses))
    page.emulate_media(media="print")

    sought = "Từ tìm: “hoi nghi”; trong: Tin tức; từ ngày: 03/01/2026; của tổ chức: Đảng bộ Sở An."
    expect(page.get_by_text(sought)).to_be_visible()


def test_what_is_folded_away_is_printed(
    reader: Callable[[str], Reader], addresses: dict[str, object]
) -> None:
    """Those who were invited stand folded under those who vote."""
    page = reader("sec_a").page
    page.goto("/hop/{m1}/".format(**addresses))
    folded = page.locator("details.fold table")
    expect(folded).to_be_hidden()

    page.emulate_media(media="print")

    expect(folded).to_be_visible()
