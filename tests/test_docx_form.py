"""A paper in the Party's form: type, sizes and margins of the guide, and nothing a reader can break."""

import dataclasses
import datetime
import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from papers import MM, Look, lines, look_of, opened, text
from PIL import Image

from members.models import User
from portal.docx import Head, Heading, Paper, Signature, blank_number, number_line, symbol_of, write
from portal.models import DocumentLayout, PartNumbering, RichTextImage
from portal.richtext.blocks import Block, blocks, paragraph

HEAD = Head(
    "Đảng bộ thành phố Hải Phòng",
    "Đảng ủy Khối",
    number_line("12-NQ/ĐUK"),
    "Hải Phòng, ngày 26 tháng 9 năm 2024",
)
PAPER = Paper(
    title="Giấy mời",
    day=datetime.date(2024, 9, 26),
    head=HEAD,
    type_name="Giấy mời",
    abstract="dự Hội nghị lần thứ 20",
    body=(Heading("1", "Nội dung"), paragraph("Báo cáo chín tháng.", mark="-")),
    signatures=(Signature("T/L Ban Thường vụ", "Chánh Văn phòng", "Nguyễn Văn A"),),
    recipients=("- Như trên,", "- Lưu Văn phòng."),
)


def written(layout: DocumentLayout | None = None, **fields: object) -> bytes:
    return write([dataclasses.replace(PAPER, **fields)], layout or DocumentLayout())


@pytest.mark.parametrize(
    ("words", "look"),
    [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", Look(15, True, False, "center")),
        ("ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG", Look(14, False, False, "center")),
        ("ĐẢNG ỦY KHỐI", Look(14, True, False, "center")),
        ("Số 12-NQ/ĐUK", Look(14, False, False, "center")),
        ("Hải Phòng, ngày 26 tháng 9 năm 2024", Look(14, False, True, "center")),
        ("GIẤY MỜI", Look(16, True, False, "center")),
        ("dự Hội nghị", Look(14, True, False, "center")),
        ("Báo cáo chín tháng", Look(14, False, False, "both")),
        ("T/L BAN THƯỜNG VỤ", Look(14, True, False, "center")),
        ("CHÁNH VĂN PHÒNG", Look(14, False, False, "center")),
        ("Nguyễn Văn A", Look(14, True, False, "center")),
        ("Nơi nhận:", Look(14, False, False, "left")),
        ("- Như trên,", Look(12, False, False, "left")),
    ],
)
def test_each_part_is_set_as_the_guide_says(words: str, look: Look) -> None:
    assert look_of(opened(written()), words) == look


def test_parts_stand_in_the_order_of_the_form() -> None:
    assert lines(opened(written())) == [
        "ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG",
        "ĐẢNG ỦY KHỐI",
        "*",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 12-NQ/ĐUK",
        "Hải Phòng, ngày 26 tháng 9 năm 2024",
        "GIẤY MỜI",
        "dự Hội nghị lần thứ 20",
        "-----",
        "1. Nội dung",
        "- Báo cáo chín tháng.",
        "Nơi nhận:",
        "- Như trên,",
        "- Lưu Văn phòng.",
        "T/L BAN THƯỜNG VỤ",
        "CHÁNH VĂN PHÒNG",
        "Nguyễn Văn A",
    ]


def test_page_is_a4_with_the_margins_of_the_layout() -> None:
    section = opened(written()).sections[0]

    edges = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(edge / MM) for edge in edges] == [20, 20, 30, 15]
    assert (round(section.page_width / MM), round(section.page_height / MM)) == (210, 297)
    assert round(section.header_distance / MM) == 10


def test_layout_is_data() -> None:
    layout = DocumentLayout(
        margin_left=35, margin_top=25, body_size=15, part_numbering=PartNumbering.HYPHEN, is_mirrored=True
    )

    document = opened(written(layout))

    assert round(document.sections[0].left_margin / MM) == 35
    assert look_of(document, "Báo cáo chín tháng").size == 15
    assert "1- Nội dung" in lines(document)
    assert document.settings.element.find(qn("w:mirrorMargins")) is not None


def test_one_font_for_every_script() -> None:
    fonts = opened(written()).styles["Normal"].element.rPr.find(qn("w:rFonts"))

    names = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert names == {"Times New Roman"}


def test_pages_are_numbered_on_top_from_the_second_on() -> None:
    document = opened(write([PAPER, PAPER], DocumentLayout()))

    for section in document.sections:
        field = [code.text for code in section.header._element.iter(qn("w:instrText"))]
        assert (field, section.different_first_page_header_footer) == (["PAGE"], True)
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert not section.first_page_header.paragraphs[0].text


def test_landscape_turns_the_page() -> None:
    section = opened(written(is_landscape=True)).sections[0]

    assert (section.orientation, round(section.page_width / MM)) == (WD_ORIENT.LANDSCAPE, 297)


def test_same_paper_gives_the_same_bytes() -> None:
    with zipfile.ZipFile(BytesIO(written())) as archive:
        times = {entry.date_time for entry in archive.infolist()}

    assert written() == written()
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_number_has_a_leading_zero_and_a_missing_one_a_blank() -> None:
    assert symbol_of(3, "NQ", "ĐUK") == "03-NQ/ĐUK"
    assert symbol_of(112, "CTr", "ĐUK") == "112-CTr/ĐUK"
    assert blank_number("GM", "ĐUK").split() == ["Số", "-GM/ĐUK"]


HOSTILE = "</w:t></w:r><w:t>chen</w:t> & \x00\x0b\x1f\ufffe\u202e đảo \u200f chữ ]]>"


@pytest.mark.parametrize("field", ["title", "type_name", "abstract"])
def test_hostile_words_are_only_words(field: str) -> None:
    document = opened(written(**{field: HOSTILE}))

    shown = "\n".join(lines(document))
    assert field == "title" or "w:t>chen</w:t>".upper() in shown.upper()
    assert not set("\x00\x1f\ufffe\u202e\u200f") & set(shown)


def test_hostile_words_are_only_words_everywhere_else() -> None:
    head = Head(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    signature = Signature(HOSTILE, HOSTILE, HOSTILE)
    body = (
        Heading("1", HOSTILE),
        paragraph(HOSTILE),
        *blocks(f"<table><tr><td>{'x' * 5000}</td></tr></table>"),
    )

    shown = text(written(head=head, body=body, signatures=(signature,), recipients=(HOSTILE,)))

    assert shown.upper().count("<W:T>CHEN</W:T>") == 10
    assert "x" * 5000 in shown


def picture_in(text: str, kind: str = "PNG", size: tuple[int, int] = (1600, 800)) -> list[Block]:
    """The blocks of `text`, its `{}` the address of a picture kept here."""
    owner = User.objects.create(username="thu_ky")
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind)
    file = ContentFile(content.getvalue(), f"anh.{kind.lower()}")
    kept = RichTextImage.objects.create(file=file, width=size[0], height=size[1], uploaded_by=owner)
    return blocks(text.format(kept.get_absolute_url()))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.django_db
def test_picture_stands_in_the_paper_no_wider_than_a_line(kind: str) -> None:
    figure = '<p>Trước</p><figure><img src="{}" alt="Sơ đồ"><figcaption>Hình một</figcaption></figure>'

    document = opened(written(body=tuple(picture_in(figure, kind))))

    (shape,) = document.inline_shapes
    section = document.sections[0]
    line = section.page_width - section.left_margin - section.right_margin
    assert 100 * MM < shape.width <= line
    assert round(shape.width / shape.height, 2) == 2
    assert shape._inline.docPr.get("descr") == "[Hình: Sơ đồ]"
    assert "[Hình: Sơ đồ]" not in lines(document)


@pytest.mark.django_db
def test_picture_in_a_table_fits_its_cell() -> None:
    table = '<table><tr><td><img src="{}" alt="Sơ đồ"></td><td>Chú thích</td></tr></table>'

    (shape,) = opened(written(body=tuple(picture_in(table)))).inline_shapes

    assert shape.width == 60 * MM


@pytest.mark.django_db
def test_picture_that_is_gone_is_named() -> None:
    text = '<p>Xem <img src="{}" alt="Sơ đồ"> này</p>'
    body = tuple(picture_in(text))
    RichTextImage.objects.all().delete()

    assert "Xem [Hình: Sơ đồ] này" in lines(opened(written(body=body)))


def test_decomposed_letters_are_composed() -> None:
    assert "Nguyễn" in text(written(abstract="Nguye\u0302\u0303n"))
