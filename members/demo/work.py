"""Rows behind the figures: what a committee does in a year, so that each number is counted."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from members.demo.inspections import receive_letters, supervise
from members.demo.names import person
from members.demo.people import A_YEAR, admit_in
from members.models import (
    Admission,
    BadgeAward,
    Candidate,
    CourseKind,
    Enrollment,
    Indicator,
    Inspection,
    InspectionKind,
    InspectionResult,
    InspectionSubject,
    Inspector,
    LearningResult,
    PartyMember,
    PartyOrganization,
    Target,
    TrainingCourse,
)

#: Award days of Party badges in a year (01-HD/TW 2021).
AWARD_DAYS = ((2, 3), (5, 19), (9, 2), (11, 7))
#: Supervision is no inspection and is counted apart (domain §5.3).
INSPECTIONS = [kind for kind in InspectionKind if kind != InspectionKind.SUPERVISION]


@dataclass(frozen=True)
class Year:
    """What was done from 1 January to `until`."""

    until: datetime.date
    target: int
    admissions: int
    badges: int
    awareness: tuple[int, int]
    new_members: tuple[int, int]
    inspected_organizations: int
    inspected_members: int

    @property
    def year(self) -> int:
        return self.until.year


#: The nine months of the reference conference: public figures (domain §5.1).
REFERENCE = Year(datetime.date(2024, 9, 26), 160, 116, 34, (2, 144), (1, 89), 51, 9)


def report(
    year: Year,
    *,
    root: PartyOrganization,
    members: list[PartyMember],
    chance: random.Random,
    today: datetime.date,
) -> list[PartyMember]:
    """Write a year's rows with members taken off the front of the list; what is left comes back."""
    start = datetime.date(year.year, 1, 8)
    days = sorted(
        start + datetime.timedelta(days=chance.randrange((year.until - start).days + 1))
        for _ in range(year.admissions)
    )
    grassroots = list(PartyOrganization.objects.grassroots().in_tree_order())
    _targets(year, root, grassroots)
    admitted = admit_in(members[: year.admissions], days, today)
    Admission.objects.bulk_create(
        Admission(
            member=member,
            organization=member.organization,
            decision_number=f"{place}-QĐ/ĐUK",
            decision_on=member.admission_decision_on or year.until,
            admitted_on=member.admitted_on or year.until,
        )
        for place, member in enumerate(admitted, start=1)
    )
    rest = members[year.admissions :]
    _badges(year, rest[: year.badges], chance)
    rest = rest[year.badges :]
    _courses(year, root, admitted, rest, grassroots, chance)
    _inspections(year, root, grassroots, rest[: year.inspected_members])
    supervise(year.until, root, grassroots, rest[year.inspected_members :])
    receive_letters(year.until, root)
    return rest


def _targets(year: Year, root: PartyOrganization, grassroots: list[PartyOrganization]) -> None:
    """The year's target, split to the grassroots so that the parts sum to the whole."""
    basis = f"Kế hoạch kết nạp đảng viên năm {year.year}"
    each, more = divmod(year.target, len(grassroots))
    parts = [(root, year.target), *((one, each + (place < more)) for place, one in enumerate(grassroots))]
    Target.objects.bulk_create(
        Target(
            organization=organization,
            indicator=Indicator.ADMISSIONS,
            year=year.year,
            value=value,
            basis=basis,
        )
        for organization, value in parts
    )


def _badges(year: Year, veterans: list[PartyMember], chance: random.Random) -> None:
    days = [datetime.date(year.year, *day) for day in AWARD_DAYS]
    days = [day for day in days if day <= year.until]
    awards = []
    for place, member in enumerate(veterans):
        day, years = days[place % len(days)], chance.choice((30, 30, 30, 40))
        # The decision lies within the months before the award day, so many years ago (domain §4.5).
        decided = day.replace(year=day.year - years) - datetime.timedelta(days=chance.randrange(60))
        member.admission_decision_on = decided
        member.admitted_on = decided + datetime.timedelta(days=15)
        member.official_on = decided + datetime.timedelta(days=15) + A_YEAR
        member.born_on = decided - A_YEAR * chance.randint(20, 26)
        awards.append(
            BadgeAward(
                member=member,
                organization=member.organization,
                badge_years=years,
                awarded_on=day,
                decision_number=f"{100 + place}-QĐ/TU",
            )
        )
    PartyMember.objects.bulk_update(
        veterans, ["admission_decision_on", "admitted_on", "official_on", "born_on"], batch_size=200
    )
    BadgeAward.objects.bulk_create(awards)


def _courses(
    year: Year,
    root: PartyOrganization,
    admitted: list[PartyMember],
    others: list[PartyMember],
    grassroots: list[PartyOrganization],
    chance: random.Random,
) -> None:
    classes, learners = year.awareness
    candidates = Candidate.objects.bulk_create(
        Candidate(full_name=person(chance)[0], organization=grassroots[place % len(grassroots)])
        for place in range(learners)
    )
    courses = [_course(CourseKind.AWARENESS, number, year, root) for number in range(1, classes + 1)]
    Enrollment.objects.bulk_create(
        _enrolled(courses[place % classes], place, year, candidate=candidate)
        for place, candidate in enumerate(candidates)
    )
    classes, learners = year.new_members
    courses = [_course(CourseKind.NEW_MEMBERS, number, year, root) for number in range(1, classes + 1)]
    Enrollment.objects.bulk_create(
        _enrolled(courses[place % classes], place, year, member=member)
        for place, member in enumerate([*admitted, *others][:learners])
    )


def _enrolled(
    course: TrainingCourse, place: int, year: Year, **learner: Candidate | PartyMember
) -> Enrollment:
    """Of a class that is over, one learner in forty comes again next time."""
    result = LearningResult.FAILED if place % 40 == 39 else LearningResult.PASSED
    return Enrollment(course=course, result=result if course.ends_on <= year.until else "", **learner)


def _course(kind: CourseKind, number: int, year: Year, root: PartyOrganization) -> TrainingCourse:
    starts_on = datetime.date(year.year, 2 + 2 * number, 10 + kind.value.count("e"))
    return TrainingCourse.objects.create(
        kind=kind,
        name=f"Lớp {kind.label} số {number} năm {year.year}",
        organization=root,
        starts_on=starts_on,
        ends_on=starts_on + datetime.timedelta(days=4),
    )


def _found(place: int) -> InspectionResult:
    """One subject in twelve."""
    return InspectionResult.VIOLATION if place % 12 == 7 else InspectionResult.CLEAN


def _inspections(
    year: Year,
    root: PartyOrganization,
    grassroots: list[PartyOrganization],
    members: list[PartyMember],
) -> None:
    """Inspections of ten subjects each; subjects are what is counted (domain §5.3)."""
    subjects: list[PartyOrganization | PartyMember] = [
        *grassroots[: year.inspected_organizations],
        *members,
    ]
    days = (year.until - datetime.date(year.year, 1, 1)).days
    for place in range(0, len(subjects), 10):
        inspection = Inspection.objects.create(
            organization=root,
            inspector=Inspector.COMMISSION if place % 20 else Inspector.COMMITTEE,
            kind=INSPECTIONS[place // 10 % len(INSPECTIONS)],
            decision_number=f"{20 + place // 10}-QĐ/UBKT",
            concluded_on=datetime.date(year.year, 1, 1)
            + datetime.timedelta(days=days * (place + 10) // (len(subjects) + 10)),
        )
        InspectionSubject.objects.bulk_create(
            InspectionSubject(
                inspection=inspection,
                organization=subject if isinstance(subject, PartyOrganization) else None,
                member=subject if isinstance(subject, PartyMember) else None,
                result=_found(number),
            )
            for number, subject in enumerate(subjects[place : place + 10], start=place)
        )
