"""The guide shows pictures that exist, addresses that resolve, and words that are on the screen."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
TEXTS = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
PICTURES = {picture.name: picture for picture in (GUIDE / "img").glob("*.png")}
LARGEST = 120_000


def named(pattern):
    return {found for text in TEXTS.values() for found in re.findall(pattern, text)}


def test_each_role_has_its_page_and_the_contents_lead_to_it():
    assert set(TEXTS) == {"README.md", *re.findall(r"\]\(([\w-]+\.md)\)", TEXTS["README.md"])}
    assert {"can-bo.md", "van-phong.md", "bi-thu.md", "bien-tap.md", "quan-tri.md"} <= set(TEXTS)


def test_pictures_named_are_there_and_no_others():
    assert named(r"!\[[^\]]+\]\(img/([^)]+)\)") == set(PICTURES)


def test_pictures_are_light():
    assert {
        name: picture.stat().st_size for name, picture in PICTURES.items() if picture.stat().st_size > LARGEST
    } == {}


@pytest.mark.parametrize("address", sorted(named(r"`(/[^`]*)`")))
def test_address_resolves(address):
    assert resolve(address)


def test_files_it_leads_to_are_there():
    assert [one for one in named(r"\]\(([^)#]+)\)") if not (GUIDE / one).exists()] == []


def test_words_in_bold_are_words_of_the_screen():
    sources = [
        *ROOT.glob("templates/**/*.html"),
        *(f for app in ("portal", "members", "news", "meetings") for f in ROOT.glob(f"{app}/**/*.py")),
    ]
    written = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    screen = written.lower().replace("&nbsp;", " ")
    own = {"đậm"}

    assert [words for words in sorted(named(r"\*\*([^*]+)\*\*") - own) if words.lower() not in screen] == []
