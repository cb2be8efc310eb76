"""An administrator opens an account and gives its role; the new colleague signs in and writes."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.stack]

PASSWORD = "cau-day-phu-lien-1959"


def test_a_new_editor_gets_an_account_and_begins(sign_in, arrive, camera):
    administrator = sign_in("quantri")
    open_account(administrator, camera)
    give_role(administrator, camera)

    editor = arrive()
    editor.open("/")
    camera.take(editor, "can-bo-0-dang-nhap")
    editor.sign_in("nguyen.van.moi", PASSWORD)
    editor.open("/tai-khoan/")
    editor.sees("Biên tập tin")
    editor.open("/tin-tuc/")
    editor.follow("Viết tin")
    assert editor.heading == "Viết tin"
    editor.page.locator(".cke_wysiwyg_div").wait_for()
    camera.take(editor, "bien-tap-0-viet-tin", height=1000)
    editor.open("/lich/")
    camera.take(editor, "can-bo-6-lich-tuan")


def open_account(administrator, camera):
    administrator.open("/quan-tri/")
    camera.take(administrator, "quan-tri-1-ban-quan-tri")
    administrator.follow("Thêm Tài khoản")
    administrator.write("Tên đăng nhập", "nguyen.van.moi")
    administrator.write("Họ và tên", "Nguyễn Văn Mới")
    administrator.write("Mật khẩu mới", PASSWORD)
    camera.take(administrator, "quan-tri-2-tai-khoan")
    administrator.page.locator("[name=_save]").click()
    administrator.sees("Nguyễn Văn Mới")


def give_role(administrator, camera):
    administrator.open("/quan-tri/")
    administrator.follow("Thêm Giao vai trò")
    administrator.page.locator(".field-user .select2-selection").click()
    administrator.page.keyboard.type("Văn Mới")
    administrator.page.locator(".select2-results__option", has_text="Nguyễn Văn Mới").click()
    administrator.page.locator("[name=role]").select_option(label="Biên tập tin")
    administrator.page.locator("[name=reason]").fill("Phân công của Văn phòng")
    administrator.follow("Hôm nay", within=".field-valid_from")
    camera.take(administrator, "quan-tri-3-giao-vai-tro")
    administrator.page.locator("[name=_save]").click()
    administrator.sees("thành công")
