"""The link in the letter: shows on GET, answers on POST, and is worth nothing once altered (P43–P52)."""

import re
import string
from collections.abc import Callable

import pytest
from cast import Cast
from conferences import in_days, participant
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from meetings.actions import meetings, participants
from meetings.links import answer_token, answer_url, read_token
from meetings.models import Answer, Meeting, Participant

ADDRESS = "http://testserver"


@pytest.fixture(autouse=True)
def _no_guesses_yet() -> None:
    cache.clear()


@pytest.fixture
def person(convened: Meeting, cast: Cast) -> Participant:
    return participant(convened, cast.sec_a)


def link(person: Participant, version: int = 1) -> str:
    url = answer_url(meeting_id=person.meeting_id, participant_id=person.pk, version=version)
    return url.removeprefix(ADDRESS)


def post(client: Client, person: Participant, choice: str = "attending", **more: object) -> int:
    return client.post(link(person), {"choice": choice, "version": 1} | more).status_code


def test_fifty_looks_record_nothing(client: Client, person: Participant) -> None:
    statuses = {client.get(link(person)).status_code for _ in range(49)} | {
        client.head(link(person)).status_code
    }

    assert (statuses, Answer.objects.count()) == ({200}, 0)


def test_page_shows_own_name_and_nobody_elses(client: Client, person: Participant, cast: Cast) -> None:
    response = client.get(link(person))
    page = response.content.decode()

    assert (cast.sec_a.full_name in page, cast.mem_b1.full_name in page) == (True, False)
    assert "_auth_user_id" not in client.session
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("strict-origin", "noindex, nofollow")


def test_answer_counts_for_the_person_of_the_link(
    person: Participant, cast: Cast, signed_in: Callable[..., Client]
) -> None:
    assert post(signed_in(cast.edi), person) == 302

    answer = Answer.objects.get()
    assert (answer.participant, answer.choice, answer.channel) == (person, "attending", "link")


def test_last_answer_counts_and_all_are_kept(client: Client, person: Participant) -> None:
    post(client, person)
    post(client, person, "absent", reason="Ốm")

    assert [answer.choice for answer in person.answers.order_by("pk")] == ["attending", "absent"]
    assert person.answer is not None and person.answer.choice == "absent"


def test_double_click_is_one_answer(client: Client, person: Participant) -> None:
    post(client, person)
    post(client, person)

    assert person.answers.count() == 1


def test_absence_needs_a_reason(client: Client, person: Participant) -> None:
    assert (post(client, person, "absent"), Answer.objects.count()) == (400, 0)


def test_link_of_before_the_move_shows_the_new_time(client: Client, person: Participant, cast: Cast) -> None:
    meetings.move_meeting(
        person.meeting,
        starts_at=in_days(11, 8),
        ends_at=in_days(11, 11),
        venue="Phòng họp số 1",
        by=cast.off,
    )

    page = client.get(link(person)).content.decode()

    assert "Phòng họp số 1" in page
    assert (post(client, person), Answer.objects.count()) == (400, 0)


def test_person_taken_off_finds_nothing(client: Client, person: Participant, cast: Cast) -> None:
    participants.remove_participant(person, reason="Chuyển công tác", by=cast.off)

    response = client.get(link(person))

    assert response.status_code == 410
    assert person.meeting.title not in response.content.decode()


def test_cancelled_conference_is_gone(client: Client, person: Participant, cast: Cast) -> None:
    meetings.cancel_meeting(person.meeting, reason="Trùng lịch thành phố", by=cast.off)

    assert (client.get(link(person)).status_code, post(client, person)) == (410, 410)


def test_link_after_the_conference_says_whom_to_ask(
    client: Client, person: Participant, time_machine: object
) -> None:
    time_machine.move_to(person.meeting.ends_at)

    response = client.get(link(person))

    assert (response.status_code, post(client, person), Answer.objects.count()) == (410, 410, 0)
    assert "không nhận trả lời nữa" in response.content.decode()


def test_all_wrong_links_get_one_answer(client: Client, person: Participant) -> None:
    """Altered, cut, lengthened, of another person: word for word the same but for the number."""
    genuine = link(person)
    wrong = [genuine[:-2] + "x/", genuine[:-4] + "/", genuine[:-1] + "A/", genuine.replace("-1-", "-2-", 1)]

    pages = [client.get(address).content.decode() for address in wrong]

    # The form for large text remembers the address, and each carries a token of its own.
    assert len({re.sub('value="[^"]*"|[0-9a-f]{12}', "", page) for page in pages}) == 1


def test_link_opens_nothing_else(client: Client, person: Participant) -> None:
    client.get(link(person))

    assert client.get(reverse("meetings:meeting", args=[person.meeting_id])).status_code == 302


def test_sixty_wrong_links_make_the_address_wait(client: Client, person: Participant) -> None:
    wrong = link(person)[:-2] + "x/"

    statuses = [client.get(wrong).status_code for _ in range(100)]

    assert (set(statuses[:60]), set(statuses[60:])) == ({404}, {429})
    assert client.get(link(person), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_token_opens_no_other_conference(
    client: Client, person: Participant, new_meeting: Callable[..., Meeting]
) -> None:
    other = new_meeting()

    foreign = link(person).replace(f"/hop/{person.meeting_id}/", f"/hop/{other.pk}/")

    assert client.get(foreign).status_code == 404


def test_a_thousand_forged_tokens_name_nobody() -> None:
    genuine = answer_token(meeting_id=7, participant_id=12, version=1)
    letters = string.ascii_letters + string.digits + "-_"
    forged = {
        genuine[:place] + letter + genuine[place + 1 :]
        for place in range(len(genuine))
        for letter in letters
        if letter != genuine[place]
    }

    assert len(forged) > 1000
    assert {read_token(token, meeting_id=7) for token in forged} == {None}
    assert read_token(genuine, meeting_id=7) == 12


@pytest.mark.parametrize(
    "altered",
    [
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: token + "=",
        lambda token: "0" + token,
        lambda token: token.replace("12-", "13-", 1),
        lambda token: token.replace("12-1-", "12-2-", 1),
        lambda token: token.replace("12-", "１２-", 1),
        lambda token: token.upper(),
        lambda token: "",
    ],
)
def test_altered_token_names_nobody(altered: Callable[[str], str]) -> None:
    genuine = answer_token(meeting_id=7, participant_id=12, version=1)

    assert read_token(altered(genuine), meeting_id=7) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_harm(text: str) -> None:
    assert read_token(text, meeting_id=7) is None
