"""Who is found by which letters, the same by the server and by the desk's script."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from meetings.finding import fit_of
from portal.vietnamese import fold

NAMES = ["Phạm Văn Mão", "Phạm Thị Mào", "Nguyễn Văn Giáp", "Đặng Văn Dần", "Công Tằng Tôn Nữ Thị Ngọ"]
POST = "Bí thư Đảng ủy Sở Giao thông vận tải"
#: What is typed, and how well it fits each of NAMES.
FITS = {
    "mao": [0, 0, None, None, None],
    "mão": [-0.5, 0, None, None, None],
    "pvm": [2, None, None, None, None],
    "vm": [2, None, None, None, None],
    "dan": [3, 3, 3, 0, 3],
    "Đặng": [3, 3, 3, 0.5, 3],
    "van g": [3, 3, 0, 3, 3],
    "giao thong": [3, 3, 3, 3, 3],
    "zz": [None] * 5,
    " ": [None] * 5,
}
SCRIPT = Path(__file__).resolve().parent.parent / "static/js/roll-find.js"


@pytest.mark.parametrize("typed", FITS)
def test_letters_fit(typed: str) -> None:
    fits = [fit_of(name, fold(f"{name} {POST}"), typed) for name in NAMES]

    assert fits == FITS[typed]


@pytest.mark.browser
def test_the_script_finds_as_the_server_does(browser: Browser) -> None:
    people = [{"name": name, "folded": fold(name), "text": fold(f"{name} {POST}")} for name in NAMES]
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)

    found = page.evaluate(
        "([typed, people]) => typed.map((words) => people.map((one) => RollFind.fitOf(one, words)))",
        [list(FITS), people],
    )
    folded = page.evaluate("(names) => names.map(RollFind.fold)", NAMES)
    page.close()

    assert dict(zip(FITS, found, strict=True)) == FITS, json.dumps(found)
    assert folded == [fold(name) for name in NAMES]
