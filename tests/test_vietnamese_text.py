"""Text in its normal form, and the keys for searching and comparing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vietnamese import comparison_key, fold, given_name, nfc, unify_tone_placement

any_text = st.text() | st.text(alphabet="Ðð\u00ad\u200b\u0301\u0323 aăâơưyĐđ¸¹µ\r\n\t\xa0ùøû")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (unicodedata.normalize("NFD", "Nguyễn"), "Nguyễn"),
        ("  Đảng\u00a0ủy \t Khối\r\n", "Đảng ủy Khối"),
        ("Hội\u200b nghị\ufeff", "Hội nghị"),
        ("zero\u200cwidth\u200djoin", "zerowidthjoin"),
        ("Ðảng Ɖoàn ðồng chí", "Đảng Đoàn đồng chí"),
        ("quản\u00adlý", "quảnlý"),
        ("ê\u0301", "ế"),
        ("hai\ndòng", "hai dòng"),
        ("đảo\u202echữ", "đảochữ"),
        ("nul\x00", "nul"),
        ("nửa\ud800", "nửa"),
        ("", ""),
    ],
)
def test_nfc_single_line(raw: str, clean: str):
    assert nfc(raw) == clean


def test_nfc_multiline_keeps_line_ends_and_cleans_each_line():
    assert nfc("  Điều 1. \r\n\r\n\tKhoản\u00a0 a  \rhết ", multiline=True) == "Điều 1.\n\nKhoản a\nhết"


def test_nfc_leaves_tcvn3_for_the_import_to_convert():
    raw = "Ph¹m H\u00adng Hïng"

    assert nfc(raw) == raw
    assert nfc("bÐ") == "bÐ"


@given(any_text, st.booleans())
def test_nfc_is_idempotent_and_in_normal_form(text: str, multiline: bool):
    once = nfc(text, multiline=multiline)

    assert nfc(once, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đảng ủy Khối", "dang uy khoi"),
        ("Hội nghị Ban Chấp hành", "hoi nghi ban chap hanh"),
        ("ĐẶNG ƯỚC Ỷ", "dang uoc y"),
        (unicodedata.normalize("NFD", "Thủy"), "thuy"),
        ("Ðào", "dao"),
        ("72,5%", "72,5%"),
    ],
)
def test_fold(text: str, folded: str):
    assert fold(text) == folded


@given(st.text(alphabet=st.characters(exclude_categories=["Mn", "Mc", "Me", "Cs"])))
def test_fold_gives_one_character_for_one(text: str):
    assert len(fold(text)) == len(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"),
        ("khỏe", "khoẻ"),
        ("thủy", "thuỷ"),
        ("ủy", "uỷ"),
        ("úy", "uý"),
        ("HÓA", "HOÁ"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("khuỷu", "khuỷu"),
        ("của", "của"),
        ("mượn", "mượn"),
    ],
)
def test_tone_placement_is_unified(old: str, new: str):
    assert unify_tone_placement(old) == new
    assert unify_tone_placement(new) == new


def test_comparison_key_sees_through_case_and_tone_placement():
    keys = {comparison_key(text) for text in ("cấp ủy", "Cấp uỷ", " CẤP\u00a0ỦY", "cấp u\u0309y")}

    assert keys == {"cấp uỷ"}
    assert comparison_key("cấp uy") not in keys


def test_given_name():
    assert given_name("Phạm Hưng Hùng") == "Hùng"
    assert given_name("  ") == ""
