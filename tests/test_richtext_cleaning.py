"""Formatted text comes out safe by the parsed document, unharmed where it was good, and stays so."""

import pytest
from hostile.good_texts import GOOD
from hostile.judge import faults_of
from hostile.texts import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.richtext import clean, is_empty, richtext, to_plain
from portal.richtext.bounds import MAX_LENGTH, is_bounded

PICTURE = "/anh/12345678-1234-1234-1234-123456789012/"

_tags = st.sampled_from(
    ["p", "b", "a", "table", "td", "tr", "li", "ul", "svg", "math", "style", "script", "div", "img", "form",
     "select", "textarea", "mtext", "mglyph", "template", "h2", "span", "font", "button", "iframe", "br"]
)  # fmt: skip
_attributes = st.sampled_from(
    ["", " href=javascript:alert(1)", " style='color:red;position:fixed'", " onclick=x", " title='</p><b>'",
     f" src={PICTURE}", " class=x", " href=https://a.example target=_blank", " /",
     " style=\"text-align:center\""]
)  # fmt: skip
_texts = st.text(max_size=8) | st.sampled_from(
    ["\u0338", "&#824;", "&lt;", "&nbsp;", "<!--", "-->", "]]>", "Đảng", "e\u0301"]
)
_pieces = st.one_of(st.builds("<{}{}>".format, _tags, _attributes), st.builds("</{}>".format, _tags), _texts)
documents = st.lists(_pieces, max_size=25).map("".join)


@pytest.mark.parametrize("html", HOSTILE, ids=[repr(html[:40]) for html in HOSTILE])
def test_hostile_text_comes_out_harmless(html: str):
    cleaned = clean(html)

    assert faults_of(cleaned) == []
    assert clean(cleaned) == cleaned


def test_the_judge_sees_the_harm():
    harmless_as_written = [html for html in HOSTILE if not faults_of(html)]

    assert len(HOSTILE) >= 150
    # What is text to a parser, or harms by its size alone.
    assert len(harmless_as_written) < 25


@pytest.mark.parametrize("html", GOOD.values(), ids=GOOD)
def test_good_text_is_not_touched(html: str):
    assert clean(html) == html
    assert faults_of(html) == []


def test_there_are_forty_good_texts():
    assert len(GOOD) == 40


@settings(max_examples=400)
@given(documents | st.text())
def test_cleaning_twice_changes_nothing(html: str):
    cleaned = clean(html)

    assert clean(cleaned) == cleaned
    assert faults_of(cleaned) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p style='color:red;position:fixed'>x</p>", '<p style="color:red">x</p>'),
        ("<p style=''>x</p>", "<p>x</p>"),
        ("<p>trước<img src='https://evil.example/x'>sau</p>", "<p>trướcsau</p>"),
        (f"<img alt='&gt; src=' src='{PICTURE}'>", f'<img alt="&gt; src=" src="{PICTURE}">'),
        ("<h1>Tiêu đề</h1>", "Tiêu đề"),
        ("<p class=MsoNormal id=x>Word</p>", "<p>Word</p>"),
        ("<p>&agrave; e&#769; Ð&#x200b;</p>", "<p>à é Đ</p>"),
        ("<a href='HTTPS://A.example'>x</a>", '<a href="HTTPS://A.example" rel="noopener noreferrer">x</a>'),
        (
            "<a href=' \u200bhttps://a.example'>x</a>",
            '<a href="https://a.example" rel="noopener noreferrer">x</a>',
        ),
    ],
)
def test_what_is_left(html: str, expected: str):
    assert clean(html) == expected


def test_a_combining_sign_does_not_eat_the_tag_before_it():
    assert clean("<p>&#824;x</p>") == "<p>\u0338x</p>"


def test_a_large_office_table_is_within_bounds():
    rows = "<tr>" + "<td><p><strong>Sở A</strong></p></td>" * 8 + "</tr>"
    table = f"<table><tbody>{rows * 400}</tbody></table>"

    assert is_bounded(table)
    assert clean(table) == table


@pytest.mark.parametrize(
    "html",
    [
        "x" * (MAX_LENGTH + 1),
        "<p>" * 40_000,
        "<div>" * 6_000,
        "<b>" * 1_100,
        "<b><i>x</b></i>" * 1_000,
        "<b title='</b>'>" * 1_100,
        "<b><!--</b>-->" * 1_100,
        "<b><textarea></b></textarea></b>" * 1_100,
        ("<b>" * 41 + "</b>" * 41) * 100,
    ],
    ids=range(9),
)
def test_markup_that_costs_too_much_keeps_its_words_only(html: str):
    assert not is_bounded(html)
    assert clean(html).startswith("<p>")
    assert faults_of(clean(html)) == []


def test_the_filter_cleans_again_and_marks_safe():
    shown = richtext("<p onclick=alert(1)>Chào</p>")

    assert shown == "<p>Chào</p>"
    assert hasattr(shown, "__html__")
    assert richtext(None) == ""


def test_formatting_is_shown_by_classes_since_pages_allow_no_style():
    html = (
        '<p style="text-align:center;color:red">style="text-align:center"</p>'
        '<td style="width:50%">1</td><span style="font-weight:bold;font-style:italic">2</span>'
    )

    assert richtext(html) == (
        '<p class="to-centre">style="text-align:center"</p>1<span class="is-bold is-italic">2</span>'
    )


def test_to_plain_gives_a_line_for_each_paragraph():
    html = (
        "<h2>Kết quả</h2><p>A&nbsp;&amp; <b>B</b><br>C</p><ul><li>Một</li></ul><table><tr><td>1<td>2</table>"
    )

    assert to_plain(html) == "Kết quả\nA & B\nC\nMột\n1 2"


def test_to_plain_shows_no_script():
    assert to_plain("<script>alert(1)</script><p>&lt;b&gt;</p>") == "<b>"


@pytest.mark.parametrize("html", ["", "<p></p>", "<p>&nbsp;</p>", "<p><br></p>\n", "<script>x</script>"])
def test_emptiness(html: str):
    assert is_empty(html)


def test_a_picture_alone_is_not_empty():
    assert not is_empty(f"<p><img src='{PICTURE}'></p>")
