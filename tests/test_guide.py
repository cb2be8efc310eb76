"""The guide shows pictures that exist, addresses that resolve, and words that are on the screen."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import resolve, reverse

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


@pytest.mark.parametrize("name", sorted(page.stem for page in PAGES))
def test_part_is_a_page_of_the_portal_with_its_pictures(name, cast, signed_in):
    text = signed_in(cast.mem_a1).get(reverse("guide_page", args=[name])).content.decode()
    main = text.partition("<main")[2].partition("</main>")[0]

    written = TEXTS[f"{name}.md"]
    assert f"<h1>{written.splitlines()[0].removeprefix('# ')}</h1>" in main
    pictures = re.findall(r'<img src="/static/guide/([^"]+)"', main)
    assert [*pictures] == re.findall(r"\(img/([^)]+)\)", written)
    assert all(finders.find(f"guide/{picture}") for picture in pictures)
    assert main.count('width="') >= len(pictures)
    for address in re.findall(r'href="(/[^"#?]*)"', main):
        assert resolve(address)
    assert "**" not in main


def test_own_part_stands_on_top(cast, signed_in):
    def offered(user):
        return [address for address, _ in signed_in(user).get(reverse("guide")).context["own"]]

    usual = "/huong-dan/can-bo/"
    assert offered(cast.mem_a1) == [usual]
    assert offered(cast.off) == ["/huong-dan/van-phong/", usual]
    assert offered(cast.sec_a) == ["/huong-dan/bi-thu/", usual]
    assert offered(cast.edi) == ["/huong-dan/bien-tap/", usual]
    assert offered(cast.adm) == ["/huong-dan/quan-tri/", usual]


@pytest.mark.parametrize("name", ["khong-co", "img", "operations"])
def test_part_that_is_none_is_no_page(name, cast, signed_in):
    assert signed_in(cast.mem_a1).get(f"/huong-dan/{name}/").status_code == 404
