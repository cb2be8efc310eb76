"""Names of files: cleaned for people, read for marks of secrecy, and safe inside a header."""

import pytest

from portal.files.names import clean_name, has_secrecy_mark
from portal.files.serving import disposition


@pytest.mark.parametrize(
    "name",
    [
        "MẬT",
        "Báo cáo (Mật).pdf",
        "TUYỆT MẬT.docx",
        "tối_mật.pdf",
        "TOI MAT.pdf",
        "12-BC/ĐU MẬT",
        "Mật - kế hoạch",
    ],
)
def test_mark_of_secrecy_is_read(name: str) -> None:
    assert has_secrecy_mark(name)


@pytest.mark.parametrize(
    "name",
    [
        "Quy chế bảo vệ bí mật nhà nước.pdf",
        "BẢO MẬT thông tin.docx",
        "Gắn bó mật thiết với nhân dân.pdf",
        "Đổi MẬT KHẨU.pdf",
        "tomato.pdf",
        "Hội nghị sơ mật.pdf",
    ],
)
def test_ordinary_words_are_no_mark(name: str) -> None:
    assert not has_secrecy_mark(name)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\tai-lieu\\a.pdf", "a.pdf"),
        ("a\r\nb.pdf", "a b.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("...", "tep"),
        ("aux.pdf", "_aux.pdf"),
        ("Bie\u0302n ba\u0309n.pdf", "Biên bản.pdf"),
    ],
)
def test_name_is_cleaned(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@pytest.mark.parametrize("name", ['a"; filename="b.exe', "a\r\nX: y", "a;%.pdf", "\u0000\u202e.pdf"])
def test_name_in_a_header_ends_where_it_should(name: str) -> None:
    header = disposition(name)

    assert [sign for sign in "\r\n\0\\" if sign in header] == []
    assert header.count('"') == 2
    assert header.isascii()
