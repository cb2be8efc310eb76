"""Log lines: JSON, numbered by request, and without anything personal."""

import json
import logging

import pytest
from django.http import HttpResponse

from portal.logs import JsonFormatter, masked, number_requests, request_number


def line(message, *arguments, **extra):
    record = logging.makeLogRecord({"msg": message, "args": arguments, "levelname": "INFO", **extra})
    return json.loads(JsonFormatter().format(record))


def test_a_line_is_json_with_its_ids():
    entry = line("sent %s", 3, notice_id=12, name="portal.delivery")

    assert (entry["message"], entry["notice_id"], entry["logger"], entry["level"]) == (
        *("sent 3", 12, "portal.delivery", "INFO"),
    )
    assert entry["time"].endswith("+00:00")


def test_objects_bring_no_data_along():
    assert "request" not in line("Not Found", request=object(), people=["An"])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("to an.nguyen@example.vn now", "to …@… now"),
        ("phone 0912 345 678 and +84912345678", "phone … and …"),
        ("card 079123456789", "card …"),
        ("link /hop/12/tra-loi/Zx81kQpW-0aTq_Lm93BvCs/ gone", "link /hop/12/tra-loi/…/ gone"),
        ("DETAIL:  Key (email)=(a) already exists.\nnext", "DETAIL …\nnext"),
        ("task 3f2b8c1e-9d4a-4f6b-8a7c-1234567890ab done", "task 3f2b8c1e-9d4a-4f6b-8a7c-1234567890ab done"),
        ("notice 4312 at 14:00 26/9/2024", "notice 4312 at 14:00 26/9/2024"),
    ],
)
def test_what_names_a_person_or_opens_a_door_is_masked(said, kept):
    assert masked(said) == kept


def test_a_trace_is_masked_too():
    try:
        raise ValueError("no place for an@example.vn")
    except ValueError as error:
        entry = line("failed", exc_info=(type(error), error, error.__traceback__))

    assert "ValueError: no place for …@…" in entry["trace"]


def test_every_line_of_a_request_carries_its_number(rf):
    seen = []

    def view(request):
        seen.append((request_number.get(), line("inside")["request"]))
        return HttpResponse()

    number_requests(view)(rf.get("/"))
    number_requests(view)(rf.get("/"))

    assert seen[0][0] == seen[0][1] and seen[0] != seen[1]
    assert request_number.get() == ""


@pytest.mark.django_db
def test_the_line_about_a_request_names_the_route_and_not_the_path(rf, caplog):
    with caplog.at_level(logging.INFO, logger="portal.requests"):
        number_requests(lambda request: HttpResponse(status=404))(rf.get("/khong-co/bi-mat/?q=riêng"))

    (record,) = caplog.records
    assert (record.method, record.route, record.status) == ("GET", None, 404)
    assert "bi-mat" not in JsonFormatter().format(record)
