"""The sample breakdown of a half year, from rows: the figures published in 2022 (domain §5.3)."""

import datetime

import pytest
from cast import grant, make_member, make_organization
from django.urls import reverse

from members.models import (
    DisciplinaryAction,
    Inspection,
    InspectionKind,
    InspectionSubject,
    Inspector,
    OrganizationLevel,
    OrgLevel,
    OwningCommittee,
    PartyOrganization,
    Petition,
    ReportedFigure,
)
from members.report_figures import by_code, told_today
from members.roles import Role
from members.statistics import INDICATORS, figures

pytestmark = pytest.mark.django_db

UNTIL = datetime.date(2022, 6, 30)
DAY = datetime.date(2022, 3, 26)
SUPERVISION, COMPLIANCE = InspectionKind.SUPERVISION, InspectionKind.COMPLIANCE
COMMITTEE, COMMISSION = Inspector.COMMITTEE, Inspector.COMMISSION


@pytest.fixture
def half_year(cast):
    """Several subjects in one inspection: they are counted, not it."""
    OwningCommittee.objects.create(
        organization=cast.r,
        name="Đảng ủy Khối",
        organization_name="Đảng bộ Khối",
        parent_name="Đảng bộ tỉnh",
        letters="ĐUK",
        place="Tam Kỳ",
        effective_from=datetime.date(2020, 1, 1),
    )
    cells = [make_organization(f"Chi bộ {n}", OrgLevel.CELL, cast.a) for n in range(39)]
    people = [make_member(f"Trần Văn {n}", cells[n % 39]) for n in range(135)]
    inspect(cast.r, COMMITTEE, COMPLIANCE, organizations=[cast.a, cast.b])
    inspect(cast.a, COMMITTEE, COMPLIANCE, organizations=cells, members=people[:105])
    inspect(cast.a, COMMITTEE, SUPERVISION, organizations=cells[:37], members=people)
    inspect(cast.r, COMMISSION, SUPERVISION, organizations=[cast.a, cast.b, cells[0]], members=people[:3])
    inspect(cast.b, COMMISSION, SUPERVISION, organizations=cells[:31], members=people[:31])
    for level, number in (("reprimand", 3), ("warning", 1), ("expulsion", 4)):
        for person in people[:number]:
            DisciplinaryAction.objects.create(
                member=person, level=level, decided_by=cast.a, decided_on=DAY, decision_number="5-QĐ"
            )
    for number in range(7):
        Petition.objects.create(
            organization=cast.r, kind="denunciation", is_anonymous=number < 4, received_on=DAY
        )
    return cast


def inspect(organization, inspector, kind, *, organizations=(), members=()):
    held = Inspection.objects.create(
        organization=organization, inspector=inspector, kind=kind, decision_number="9-QĐ", concluded_on=DAY
    )
    InspectionSubject.objects.bulk_create(
        [
            *(InspectionSubject(inspection=held, organization=one) for one in organizations),
            *(InspectionSubject(inspection=held, member=one) for one in members),
        ]
    )


def test_sample_breakdown_of_six_months_2022(half_year):
    counted = {one.code: one.value for one in figures(half_year.r, UNTIL, INDICATORS)}

    assert {
        code: value for code, value in counted.items() if INDICATORS[code].group in FAMILIES and value
    } == {
        "head-committee-inspected-orgs": 2,
        "grassroots-committee-inspected-orgs": 39,
        "grassroots-committee-inspected-members": 105,
        "grassroots-committee-supervised-orgs": 37,
        "grassroots-committee-supervised-members": 135,
        "head-commission-supervised-orgs": 3,
        "head-commission-supervised-members": 3,
        "grassroots-commission-supervised-orgs": 31,
        "grassroots-commission-supervised-members": 31,
        "disciplined": 8,
        "discipline-reprimand": 3,
        "discipline-warning": 1,
        "discipline-expulsion": 4,
        "petitions": 7,
        "anonymous-petitions": 4,
    }


FAMILIES = ("inspection", "discipline")


def test_every_code_fits_into_a_report():
    assert max(len(code) for code in INDICATORS) <= ReportedFigure._meta.get_field("indicator").max_length


def test_supervision_is_no_inspection(half_year):
    told = by_code(told_today(half_year.r, UNTIL))

    assert (told["inspected-organizations"].value, told["inspected-members"].value) == (41, 105)


@pytest.mark.parametrize("code", [code for code, one in INDICATORS.items() if one.group in FAMILIES])
def test_each_number_opens_its_rows(half_year, signed_in, code):
    grant(half_year.off, Role.SECRETARY, half_year.r)
    (one,) = figures(half_year.r, UNTIL, [code])
    client, seen, after = signed_in(half_year.off), 0, ""

    while True:
        page = client.get(f"{one.url}&after={after}" if after else one.url).context["page"]
        seen += len(page.rows)
        after = page.after
        if not after:
            break

    assert seen == one.value


def test_page_tells_who_inspected_whom(half_year, signed_in):
    page = signed_in(half_year.sec_a).get(
        reverse("members:statistics"), {"year": 2022, "months": 6, "phan": "kiem-tra"}
    )

    table = {who: [one.value for _, one in counted] for who, counted in page.context["inspections"]}
    assert table["Đảng ủy cơ sở, đảng ủy bộ phận"] == [39, 105, 37, 135]
    assert table["Ủy ban Kiểm tra đảng ủy cơ sở"] == [0, 0, 0, 0]


def test_findings_are_counted_by_subject(half_year):
    subjects = InspectionSubject.objects.filter(inspection__organization=half_year.a, member__isnull=False)
    for result, number in (("violation", 2), ("discipline", 1)):
        chosen = list(subjects.filter(result="").values_list("pk", flat=True)[:number])
        InspectionSubject.objects.filter(pk__in=chosen).update(result=result)

    told = by_code(told_today(half_year.r, UNTIL, ["found-violation", "found-to-discipline"]))

    assert {code: one.value for code, one in told.items()} == {
        "found-violation": 3,
        "found-to-discipline": 1,
    }


def test_raised_organization_inspected_as_what_it_was(half_year):
    """A cell that became a committee later: its inspections of before stay those of a cell."""
    cell = half_year.a1
    inspect(cell, COMMITTEE, COMPLIANCE, members=[half_year.p_a2])
    raised_on = DAY + datetime.timedelta(days=30)
    for level, first, last in (
        (OrgLevel.CELL, cell.valid_from, raised_on - datetime.timedelta(days=1)),
        (OrgLevel.GRASSROOTS_COMMITTEE, raised_on, None),
    ):
        OrganizationLevel.objects.create(organization=cell, level=level, valid_from=first, valid_to=last)
    PartyOrganization.objects.filter(pk=cell.pk).update(level=OrgLevel.GRASSROOTS_COMMITTEE)

    told = by_code(
        told_today(half_year.r, UNTIL, ["cells-inspected-members", "grassroots-committee-inspected-members"])
    )

    assert told["cells-inspected-members"].value == 1
    assert told["grassroots-committee-inspected-members"].value == 105
