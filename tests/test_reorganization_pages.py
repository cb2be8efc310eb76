"""The pages of reorganisation: what is offered to whom, a look before the deed, taking it back."""

import pytest
from django.urls import reverse

from members.models import OrgSuccession, PartyOrganization, Reorganization, ReorgKind
from members.views.reorganization import SLUGS

pytestmark = pytest.mark.django_db

DECISION = {"decision_number": "112-QĐ/ĐUK", "decided_on": "01/7/2025", "effective_on": "01/7/2025"}
MERGER = DECISION | {"name": "Chi bộ Hợp nhất", "code": "A9", "level": "cell"}


def address(organization, slug="hop-nhat"):
    return reverse("members:reorganize", args=[organization.pk, slug])


def test_look_writes_nothing_and_the_second_click_carries_out(cast, signed_in):
    client, asked = signed_in(cast.sec_a), MERGER | {"others": [cast.a2.pk]}

    seen = client.post(address(cast.a1), asked)
    assert not Reorganization.objects.exists()
    assert (seen.context["outcome"].before, seen.context["outcome"].after) == (3, 3)
    assert "2 đảng viên: Chi bộ Phòng An Một → Chi bộ Hợp nhất." in seen.content.decode()

    done = client.post(address(cast.a1), asked | {"da-xem": seen.context["mark"]}, follow=True)

    assert OrgSuccession.objects.count() == 2
    assert done.context["row"].kind == ReorgKind.MERGE
    page = client.get(reverse("members:organization", args=[cast.a1.pk]), {"ngay": "30/6/2025"})
    assert "Sau là" in page.content.decode()


def test_what_was_changed_after_the_look_is_looked_at_again(cast, signed_in):
    client, asked = signed_in(cast.sec_a), MERGER | {"others": [cast.a2.pk]}
    mark = client.post(address(cast.a1), asked).context["mark"]

    again = client.post(address(cast.a1), asked | {"name": "Chi bộ Khác", "da-xem": mark})

    assert again.context["outcome"] is not None
    assert not Reorganization.objects.exists()


def test_decision_is_taken_back_with_a_reason(cast, signed_in):
    client, asked = signed_in(cast.sec_a), MERGER | {"others": [cast.a2.pk]}
    mark = client.post(address(cast.a1), asked).context["mark"]
    client.post(address(cast.a1), asked | {"da-xem": mark})
    row = Reorganization.objects.get()
    undo = reverse("members:reorganization_undo", args=[row.pk])

    without = client.post(undo, {"reason": " "}, follow=True).content.decode()
    taken_back = client.post(undo, {"reason": "Ghi nhầm"}, follow=True).content.decode()

    assert "Ghi lý do hoàn tác." in without
    assert "trở lại như trước quyết định" in taken_back
    assert not PartyOrganization.objects.filter(code="A9").exists()


def test_code_that_is_taken_and_days_that_do_not_fit_are_told(cast, signed_in):
    wrong = MERGER | {"others": [cast.a2.pk], "code": "B1", "effective_on": "30/6/2025"}

    page = signed_in(cast.sec_a).post(address(cast.a1), wrong).content.decode()
    later = signed_in(cast.sec_a).post(address(cast.a1), wrong | {"code": "A9"}).content.decode()

    assert "Mã này đã có tổ chức dùng" in page
    assert "Ngày hiệu lực sớm hơn ngày quyết định." in later


def test_organisations_of_others_can_not_be_named(cast, signed_in):
    merged = signed_in(cast.sec_a).post(address(cast.a1), MERGER | {"others": [cast.b1.pk]})
    absorbed = signed_in(cast.sec_a).post(address(cast.a1, "sap-nhap"), DECISION | {"target": cast.b1.pk})

    assert merged.context["outcome"] is absorbed.context["outcome"] is None
    assert cast.b1.name not in merged.content.decode() + absorbed.content.decode()


@pytest.mark.parametrize("slug", list(SLUGS))
def test_form_of_each_kind_opens_for_the_superior_alone(cast, signed_in, slug):
    head = cast.a if slug == "thanh-lap" else cast.a1

    assert signed_in(cast.sec_a).get(address(head, slug)).status_code == 200
    assert signed_in(cast.sec_b).get(address(head, slug)).status_code == 403
