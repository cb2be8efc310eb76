"""Formatted text as blocks: what the page shows is what a paper prints."""

import pytest
from hostile.texts import HOSTILE

from portal.richtext import clean, to_plain
from portal.richtext.blocks import Cell, Paragraph, Run, Table, blocks


def test_looks_are_kept() -> None:
    html = (
        "<p>Một <strong>hai <em>ba</em></strong> <u>bốn</u><br>H<sub>2</sub>O "
        '<span style="font-weight:bold">năm</span></p>'
    )

    [one] = blocks(html)

    assert isinstance(one, Paragraph)
    assert one.text == "Một hai ba bốn\nH2O năm"
    assert [run.text for run in one.runs if run.bold] == ["hai ", "ba", "năm"]
    assert [run.text for run in one.runs if run.italic] == ["ba"]
    assert [run.raised for run in one.runs if run.text == "2"] == ["sub"]


def test_lists_carry_their_marks_and_depth() -> None:
    found = blocks(
        "<ol start='3'><li>ba</li><li>bốn<ul><li>con</li></ul></li></ol><ul><li><p>chấm</p></li></ul>"
    )

    assert [(one.mark, one.depth, one.text) for one in found if isinstance(one, Paragraph)] == [
        ("3.", 1, "ba"),
        ("4.", 1, "bốn"),
        ("+", 2, "con"),
        ("-", 1, "chấm"),
    ]


def test_headings_and_alignment() -> None:
    found = blocks("<h2>Phần</h2><p style='text-align:center'>giữa</p><p>thường</p>")

    assert [(one.level, one.align) for one in found if isinstance(one, Paragraph)] == [
        (1, ""),
        (0, "center"),
        (0, ""),
    ]


def test_table_keeps_its_spans_and_its_head() -> None:
    html = (
        "<table><thead><tr><th colspan='2'>Đầu</th></tr></thead>"
        "<tbody><tr><td rowspan='2'>trái</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>"
    )

    [table] = blocks(html)

    assert isinstance(table, Table)
    assert (table.head, len(table.rows)) == (1, 3)
    assert table.rows[0] == (Cell((Paragraph((Run("Đầu"),)),), 2, 1, True),)
    assert [(cell.columns, cell.rows) for cell in table.rows[1]] == [(1, 2), (1, 1)]


def test_table_in_a_table_becomes_its_paragraphs() -> None:
    [table] = blocks("<table><tr><td>a<table><tr><td>b</td></tr></table>c</td></tr></table>")

    assert isinstance(table, Table)
    assert [one.text for one in table.rows[0][0].paragraphs] == ["a", "b", "c"]


def test_picture_is_named_by_its_words() -> None:
    address = "/anh/00000000-0000-0000-0000-000000000000/"

    [one] = blocks(f'<figure><img src="{address}" alt="Sơ đồ"><figcaption>Hình một</figcaption></figure>')[:1]

    assert isinstance(one, Paragraph)
    assert one.text == "[Hình: Sơ đồ]"


@pytest.mark.parametrize("html", ["", "<p>&nbsp;</p>", "<p><br></p>", "<ul><li></li></ul>"])
def test_nothing_to_read_gives_no_block(html: str) -> None:
    assert blocks(html) == []


def letters(html: str) -> str:
    paragraphs = [
        paragraph
        for one in blocks(html)
        for paragraph in (
            [one]
            if isinstance(one, Paragraph)
            else [paragraph for row in one.rows for cell in row for paragraph in cell.paragraphs]
        )
    ]
    return "".join("".join(paragraph.text for paragraph in paragraphs).split())


def test_hostile_texts_say_in_a_paper_what_they_say_in_a_letter() -> None:
    without_pictures = [html for html in HOSTILE if "<img" not in clean(html) and "<hr" not in clean(html)]

    different = [html for html in without_pictures if letters(html) != "".join(to_plain(html).split())]

    assert len(without_pictures) > 100
    assert different == []
