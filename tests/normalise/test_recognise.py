"""Which entries of a feed are known: feeds make guids, addresses and dates anew, and reuse them for others."""

from dataclasses import replace

from wirecopy.model import FeedEntry
from wirecopy.normalise.recognise import identified, name_in_document, recognise


def entry(number, **changes):
    values = {
        "feed_url": "http://wire.example/rss",
        "position": number,
        "guid": f"g{number}",
        "link": f"http://wire.example/news/{number}",
        "headline": f"Headline {number}",
        "summary_html": f"<p>Summary {number}</p>",
        "published_raw": "Mon, 02 Mar 2026 08:00:00 GMT",
    }
    return FeedEntry(**{**values, **changes})


ENTRIES = [entry(number) for number in range(4)]
KNOWN = dict(recognise(ENTRIES, {}).fresh)


def fresh(entries, known=None):
    """Return the ids of what is fresh in a second reading of the feed."""
    return list(recognise(entries, KNOWN if known is None else known).fresh)


def test_what_was_read_before_is_not_fresh_in_whatever_order():
    """Order and a shorter list make nothing new."""
    assert fresh(ENTRIES) == fresh(ENTRIES[::-1]) == fresh(ENTRIES[2:]) == fresh([]) == []


def test_a_changed_text_or_date_of_one_entry_is_fresh():
    """Headline, summary, full text and the date of an entry each make it worth fetching again."""
    for change in ({"headline": "CORRECTED"}, {"summary_html": "Other"}, {"content_html": "New"}, {"updated_raw": "x"}):
        assert fresh([ENTRIES[0], replace(ENTRIES[1], **change), *ENTRIES[2:]]) == ["g1"]


def test_a_guid_made_anew_is_the_same_entry_by_its_address():
    """Known by its address, an entry keeps the id it had at first; one with another address is new."""
    anew = [replace(one, guid=f"{one.guid}-again") for one in ENTRIES]
    read = recognise([entry(9), *anew], KNOWN)
    assert list(read.entries) == ["g9", "g0", "g1", "g2", "g3"]
    assert list(read.fresh) == ["g9"]
    assert [name_in_document(one, name) for name, one in read.entries.items()] == list(identified([entry(9), *anew]))


def test_an_address_that_names_several_entries_makes_none_of_them_known():
    """A live blog lists its posts under one address: each new guid is a new entry."""
    blog = [entry(number, link="http://wire.example/live#now") for number in range(3)]
    known = dict(recognise(blog, {}).fresh)
    assert fresh([entry(3, link="http://wire.example/live#now"), *blog[:2]], known) == ["g3"]


def test_numbers_in_addresses_and_counters_in_markup_change_nothing():
    """Under one guid, the query of the address and what stands in tags is for machines."""
    counted = [
        replace(
            one,
            link=f"https://www.wire.example/news/{one.position}?visitor=17&utm_source=rss",
            summary_html=f'{one.summary_html}<img src="http://count.example/{one.position}?17">',
        )
        for one in ENTRIES
    ]
    assert fresh(counted) == []


def test_an_address_with_another_campaign_is_the_same_entry_where_there_is_no_guid():
    """Tracking parameters are no part of a name."""
    plain = [replace(one, guid=None, link=f"{one.link}?utm_campaign=monday") for one in ENTRIES]
    known = dict(recognise(plain, {}).fresh)
    assert fresh([replace(one, link=one.link.replace("monday", "tuesday")) for one in plain], known) == []
    assert fresh([replace(plain[0], link="http://wire.example/news?id=8")], known) == ["http://wire.example/news?id=8"]


def test_a_feed_that_dates_everything_now_brings_nothing_new():
    """The moment of the request for all entries is no change; a new entry beside them is still new."""
    stamped = [replace(one, published_raw="Mon, 02 Mar 2026 09:30:00 GMT") for one in ENTRIES]
    assert fresh(stamped) == []
    assert fresh([entry(9), *stamped]) == ["g9"]
    assert fresh([ENTRIES[0], *stamped[1:]]) == ["g1", "g2", "g3"]


def test_one_guid_for_all_entries_names_none_of_them():
    """As new ones come and old ones go, only the new ones are fresh."""
    same = [entry(number, guid="http://wire.example/") for number in range(9)]
    known = dict(recognise(same[:5], {}).fresh)
    assert len(known) == 5
    read = recognise(same[2:7], known)
    assert [one.position for one in (read.entries[name] for name in read.fresh)] == [5, 6]
    assert fresh(same[4:5], known) == []


def test_entries_without_any_name_are_known_by_their_words():
    """No guid and no link: the text is the name, and the date no part of it."""
    bare = [replace(one, guid=None, link=None) for one in ENTRIES]
    known = dict(recognise(bare, {}).fresh)
    assert fresh([replace(one, published_raw="Tue, 03 Mar 2026 08:00:00 GMT") for one in bare], known) == []
