"""How one wants to be told: kept for what may be muted, refused for what may not."""

from collections.abc import Callable

import pytest
from cast import Cast
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from newsroom import publish, write

from members.models import User
from news.notices import Published
from news.reading_notices import MustRead
from portal.models import Delivery, NoticePreference, PortalNotice
from portal.outbox import invariants, preferences

Browser = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db


def told(user: User, kind: str) -> tuple[int, int]:
    """Letters and copies on the portal."""
    letters = Delivery.objects.filter(notice__kind=kind, user=user).count()
    return letters, PortalNotice.objects.filter(notice__kind=kind, recipient=user).count()


@pytest.mark.parametrize(("choice", "expected"), [("both", (1, 1)), ("portal", (0, 1)), ("neither", (0, 0))])
def test_choice_is_kept_when_a_notice_is_posted(
    cast: Cast, edi2: User, signed_in: Browser, choice: str, expected: tuple[int, int]
) -> None:
    answer = signed_in(cast.edi).post(
        reverse("notice_preferences"), {"news.published": choice, "news.approved": "both"}
    )
    publish(write(cast.edi, "Bài của tôi"), by=edi2)

    assert answer.status_code == 302
    assert told(cast.edi, Published.code) == expected
    assert invariants.broken() == []


def test_mandatory_kind_is_refused_and_the_page_says_so(cast: Cast, signed_in: Browser) -> None:
    with pytest.raises(ValidationError, match="luôn được gửi"):
        preferences.choose({MustRead.code: "neither"}, by=cast.mem_a1)

    signed_in(cast.mem_a1).post(
        reverse("notice_preferences"),
        {MustRead.code: "neither", "news.published": "both", "news.approved": "both"},
    )
    page = signed_in(cast.mem_a1).get(reverse("notice_preferences"))

    assert not NoticePreference.objects.exists()
    assert {"Giấy triệu tập, giấy mời", "Giao nhiệm vụ", MustRead.label} <= set(page.context["always"])
    assert MustRead.code not in page.context["form"].fields


def test_choice_of_one_is_nobody_elses(cast: Cast, edi2: User) -> None:
    preferences.choose({Published.code: "neither"}, by=edi2)
    publish(write(cast.edi, "Bài của tôi"), by=edi2)

    assert told(cast.edi, Published.code) == (1, 1)
