"""What the readers of an item have, and what another organisation's cadre has by none of all ways."""

from urllib.parse import quote

from stories import editing, word

SEARCHED = ("so ket cong tac chuyen de", editing.INSIDE, editing.FILE_NAME)


def statuses(person, item, *more):
    """Of the page, its pictures, its file, and of other pages about it."""
    addresses = [item.page, *item.parts, *more]
    return {address: person.context.request.get(person.address + address).status for address in addresses}


def check_open(reader, item):
    """On the home page, in the list, by its words, by the words inside its file, in the reader's own feed."""
    assert set(statuses(reader, item).values()) == {200}
    assert word.TITLE in reader.open_and_read("/")
    assert word.TITLE in reader.open_and_read("/tin-tuc/")
    reader.wait_for(_search(editing.INSIDE), editing.FILE_NAME)
    for words, address in zip(SEARCHED, (item.page, item.parts[-1], item.parts[-1]), strict=True):
        assert address in _found(reader, words)
    assert item.page in _suggested(reader)
    assert word.TITLE in _feed(reader)


def check_closed(outsider, item, house, *more):
    """He is told that there is no such page, and nothing counts, quotes or announces it to him."""
    assert set(statuses(outsider, item, *more).values()) == {404}
    pages = ["/", "/tin-tuc/", "/tin-tuc/quan-triet/", "/tin-tuc/?chuyen-muc=tin-hoat-dong", "/thong-bao/"]
    for page in pages:
        assert word.TITLE not in outsider.open_and_read(page)
    for words in SEARCHED:
        assert not {item.page, *item.parts} & set(_found(outsider, words))
        outsider.sees_not(word.TITLE)
    assert item.page not in _suggested(outsider)
    assert word.TITLE not in _feed(outsider)
    about = [letter for letter in house.mail.letters() if word.TITLE in str(letter)]
    assert "canbo@khoi.invalid" not in {letter["To"].addresses[0].addr_spec for letter in about}


def _search(words):
    return f"/tim-kiem/?q={quote(words)}"


def _found(person, words):
    """Where the hits lead; as many as the page says there are."""
    person.open(_search(words))
    hits = person.page.locator(".found a.name").all()
    said = person.page.locator(".found header .quiet").all_inner_texts()
    assert sum(int(line.split()[0]) for line in said) == len(hits)
    return [hit.get_attribute("href") for hit in hits]


def _suggested(person):
    answer = person.context.request.get(f"{person.address}/tim-kiem/goi-y/?q={quote(SEARCHED[0])}")
    return [one["url"] for one in answer.json()["found"]]


def _feed(person):
    person.open("/tai-khoan/")
    button = person.page.locator(
        "form[action$='/dat-lai/'] button[type=submit], form[action='/tin-tuc/nguon-tin/dat-lai/'] button"
    )
    button.first.click()
    address = person.page.get_by_label("Địa chỉ").input_value()
    answer = person.context.request.get(address)
    assert answer.status == 200
    return answer.text()
