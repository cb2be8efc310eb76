"""A news item from the Word file to its readers, and to nobody else; then a reading asked of them."""

import pytest

from stories import editing, readers, study

pytestmark = [pytest.mark.browser, pytest.mark.stack]

PASSWORD = "cau-day-phu-lien-1959"


def test_an_item_of_one_organization_reaches_its_readers_once_and_nobody_else(house, sign_in):
    units, people, card = _audience(house)
    author, editor, outsider = sign_in("bientap"), sign_in("duyettin"), sign_in("canbo", width=390)
    names = dict(house.rows("SELECT username, full_name FROM members_user"))

    editing.paste(author)
    item = editing.save(author, units, house)
    found = editing.faults(author)
    assert [weight for weight, _ in found] == ["Phải sửa", "Phải sửa", "Nên xem"]
    editing.send_to_editor(author, item, names["duyettin"])
    assert editing.faults(author) == found
    editing.send_back(editor, item)
    editing.mend(author, item)
    editing.submit(author, item, names["duyettin"])
    editing.approve_for_its_minute(editor, item)

    reader = sign_in("bithu")
    assert set(readers.statuses(reader, item).values()) == {404}
    editing.wait_until_published(item, house)
    editing.check_told_once(item, ["bientap", "duyettin"], house)
    readers.check_open(reader, item)
    readers.check_closed(outsider, item, house)

    reading = study.require(editor, item, people, house)
    silent = {names[username] for username in people}
    assert study.figures(editor, reading) == ((len(people), 0, "0%"), silent)
    study.acknowledge(reader, reading)
    silent -= {names["bithu"]}
    share = f"{100 / len(people):.1f}".removesuffix(".0").replace(".", ",") + "%"
    assert study.figures(editor, reading) == ((len(people), 1, share), silent)

    gone = next(username for username in people if username != "bithu")
    administrator = sign_in("quantri")
    study.join(administrator, card, PASSWORD)
    study.leave(administrator, gone)
    study.keep(house)
    silent = silent - {names[gone]} | {study.NEWCOMER}
    assert study.figures(editor, reading) == ((len(people), 1, share), silent)
    house.wait(lambda: study.told(house, "moi-ve@khoi.invalid"), "the letter to who came later", 60)
    study.keep(house)
    assert study.told(house, "moi-ve@khoi.invalid") == 1
    readers.check_closed(outsider, item, house, reading, f"{reading}ket-qua/")


def _audience(house):
    """The organisation of the sample secretary and the one with most accounts beside it, without that of the
    sample cadre: their names, who of them signs in, and the card of a member without an account."""
    accounts = house.rows(
        "SELECT account.username, unit.name, unit.id FROM members_user account"
        " JOIN members_partymember member ON member.id = account.member_id"
        " JOIN members_partyorganization place ON place.id = member.organization_id"
        " JOIN members_partyorganization unit ON unit.id = ANY(place.path)"
        " WHERE account.is_active AND unit.level LIKE 'grassroots%%' ORDER BY account.id"
    )
    by_unit = {}
    for username, name, pk in accounts:
        by_unit.setdefault((name, pk), []).append(username)
    own = next(unit for unit, names in by_unit.items() if "bithu" in names)
    others = [unit for unit, names in by_unit.items() if not {"bithu", "canbo"} & set(names)]
    other = max(others, key=lambda unit: len(by_unit[unit]))
    assert "canbo" not in by_unit[own]
    ((card,), *_) = house.rows(
        "SELECT card_number FROM members_partymember member"
        " JOIN members_partyorganization place ON place.id = member.organization_id"
        " LEFT JOIN members_user account ON account.member_id = member.id"
        " WHERE %s = ANY(place.path) AND account.id IS NULL AND card_number <> '' AND status = 'official'"
        " ORDER BY member.id LIMIT 1",
        own[1],
    )
    return [own[0], other[0]], by_unit[own] + by_unit[other], card
