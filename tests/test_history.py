"""What the record said before is kept by the database, whoever changes it and however."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from lists import HOA, bring, listed

from members.actions import change_member, imports
from members.history.images import OF_MEMBER, OF_ORGANIZATION
from members.history.words import fields
from members.models import Membership, PartyMember, PartyOrganization, Term
from portal import audit
from portal.admin.stale import MARK, mark_of
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db


def events(model, row):
    return model.pgh_event_model.objects.filter(pgh_obj=row.pk).order_by("pgh_id")


def test_queryset_update_leaves_what_was(cast):
    PartyMember.objects.filter(pk=cast.p_a2.pk).update(residence="xã Tam Hưng")
    PartyMember.objects.filter(pk=cast.p_a2.pk).update(residence="xã Bắc An")

    kept = events(PartyMember, cast.p_a2).filter(pgh_label="update")
    assert list(kept.values_list("residence", "pgh_context_id")) == [("", None), ("xã Tam Hưng", None)]


def test_raw_sql_leaves_what_was(cast):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_partyorganization SET name = 'X' WHERE id = %s", [cast.a1.pk])
        cursor.execute("DELETE FROM members_membership WHERE member_id = %s", [cast.p_a2.pk])

    assert [one.name for one in events(PartyOrganization, cast.a1).filter(pgh_label="update")] == [
        cast.a1.name
    ]
    gone = Membership.pgh_event_model.objects.filter(member=cast.p_a2, pgh_label="delete")
    assert [one.organization_id for one in gone] == [cast.a2.pk]


def test_row_that_stays_the_same_leaves_nothing(cast):
    cast.p_a2.save()
    # Made from the name alone.
    PartyMember.objects.filter(pk=cast.p_a2.pk).update(search_text="x")

    assert not events(PartyMember, cast.p_a2).filter(pgh_label="update").exists()


def test_action_is_one_act_of_its_person_in_trail_and_history(cast):
    change_member(cast.p_a2, by=cast.sec_a, residence="xã Tam Hưng")
    PartyMember.objects.filter(pk=cast.p_a2.pk).update(residence="xã Bắc An")

    entry = AuditEntry.objects.about(cast.p_a2).first()
    ours, raw = events(PartyMember, cast.p_a2).filter(pgh_label="update")
    assert entry.act is not None
    assert (ours.pgh_context.pk, ours.pgh_context.metadata) == (entry.act, {"user": cast.sec_a.pk})
    assert raw.pgh_context_id is None


def test_act_within_an_act_is_part_of_it(cast):
    with audit.acting(cast.off):
        change_member(cast.p_a2, by=cast.sec_a, residence="xã Tam Hưng")
        change_member(cast.p_b1, by=cast.sec_b, residence="xã Tam Hưng")

    assert len(set(AuditEntry.objects.values_list("act", flat=True))) == 1


def test_act_that_failed_leaves_no_number_behind(cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic(), audit.acting(cast.off):
        PartyMember.objects.filter(pk=cast.p_a2.pk).update(residence="xã Tam Hưng")
        raise ZeroDivisionError
    PartyMember.objects.filter(pk=cast.p_a2.pk).update(residence="xã Bắc An")

    kept = events(PartyMember, cast.p_a2).filter(pgh_label="update")
    assert [(one.residence, one.pgh_context_id) for one in kept] == [("", None)]


def test_history_is_written_once(cast):
    PartyMember.objects.filter(pk=cast.p_a2.pk).update(residence="xã Tam Hưng")

    for change in (lambda rows: rows.update(residence="xã Bắc An"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(events(PartyMember, cast.p_a2))


def test_what_the_admin_saves_is_an_act_too(cast, signed_in):
    form = {"organization": cast.r.pk, "ordinal": 9, "name": "nhiệm kỳ mới", "valid_from": "05/08/2020"}
    form[MARK] = mark_of(cast.term)

    answer = signed_in(cast.adm).post(f"/quan-tri/members/term/{cast.term.pk}/change/", form)

    assert answer.status_code == 302
    (kept,) = events(Term, cast.term).filter(pgh_label="update")
    assert (kept.name, kept.pgh_context.metadata) == (cast.term.name, {"user": cast.adm.pk})
    assert AuditEntry.objects.about(cast.term).first().act == kept.pgh_context_id


def test_what_is_kept_is_what_is_told():
    models = apps.get_app_config("members").get_models()
    tracked = {model for model in models if "pgh_event_models" in vars(model)}

    assert tracked == {PartyMember, PartyOrganization, *OF_MEMBER, *OF_ORGANIZATION}


def test_every_field_that_is_told_has_a_name_in_vietnamese():
    nameless = [
        f"{model.__name__}.{field.name}"
        for model in (PartyMember, PartyOrganization, *OF_MEMBER, *OF_ORGANIZATION)
        for field in fields(model)
        if field.verbose_name == field.name.replace("_", " ")
    ]

    assert nameless == []


def test_list_taken_back_takes_the_history_of_its_people_along(cast):
    batch = bring(listed(HOA), cast.sec_a, cast.a)
    imports.accept(batch, only_good=False, by=cast.sec_a)
    imports.run(batch.pk)
    hoa = PartyMember.objects.get(full_name=HOA[1])
    (entered,) = events(PartyMember, hoa)

    imports.undo(batch, by=cast.sec_a)

    assert entered.pgh_context.metadata == {"user": cast.sec_a.pk}
    assert not events(PartyMember, hoa).exists()
    assert not Membership.pgh_event_model.objects.filter(member=hoa.pk).exists()
