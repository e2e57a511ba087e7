"""Copies are recognised however they were restyled; other reports of the same kind are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.dedupe.match import match
from wirecopy.dedupe.slips import is_slip
from wirecopy.model import Comparable, Relation

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

PROSE = """The harbour of Port Aldmere was closed on Monday after a tanker carrying 1,200 tonnes of crude oil ran aground \
on a sandbank, the coastguard said. Nobody was hurt, and no oil has been seen on the water so far.

Captain Jane Dorsey told reporters that two tugs from Brisko had failed to move the ship at high tide. A third tug was \
expected from Cartwell in the night, and divers would look at the hull before another attempt was made.

Fishermen at the pier complained that they had not been warned in time. Their leader, Tom Farrow, put the loss of every \
day in harbour at 45,000 dollars and asked the government in Dunmore to pay for it.

The Aldmere Shipping Company, which owns the tanker, said that it had been built in 1998 and inspected last autumn. It \
promised to pay for all damage. The ministry of transport opened an inquiry, the second into the company in three years."""

EARNINGS = "Shr profit 34 cts vs 28 cts\n\nNet profit 1,203,000 vs 998,000\n\nRevs 16.6 mln vs 12.1 mln"
DIVIDEND = "Qtly div 25 cts vs 25 cts prior\n\nPay April 1\n\nRecord March 6"
MARKET = """The Bank of Aldmere said it gave the money market a further 442 mln crowns of help in the afternoon. It bought \
bills worth 17 mln crowns in band one at 10.375 pct and 12 mln in band two at 10.25 pct. The bank had put the day's \
shortage at about 1,600 mln crowns, after 1,550 mln in the morning. Total help for the day now stands at 459 mln."""
WEATHER = """Aldmere will see sunshine and a high of 21 degrees on Tuesday, with light winds from the west. Brisko can \
expect showers and 17 degrees. Rain will reach Cartwell by the evening, where 14 degrees are forecast."""
SPORTS = """Aldmere beat Brisko 3-1 at home on Saturday with two goals by Farrow and one by Thorne. Norwood scored for the \
visitors after 61 minutes. Aldmere moved up to fourth place with 38 points from 22 matches."""
CHINESE = "港口管理局星期一表示,一艘载有一千二百吨原油的油轮在沙洲搁浅后,奥尔德米尔港已经关闭。没有人员受伤,目前海面上也没有发现油污。船长对记者说,两艘拖船未能在涨潮时拖动油轮,第三艘拖船预计夜间抵达。"


def item(key: str, text: str, **given) -> Comparable:
    return Comparable(**{"item_key": key, "text": text, "published_on": date(2026, 3, 2), "published_at": AT, **given})


def relation(one: str, other: str, **given) -> Relation | None:
    found = match(item("a", one), item("b", other, **given))
    return None if found is None else found.relation


def swapped(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def misread(text: str) -> str:
    """What a scanner makes of a text: one letter in twenty."""
    confused = {"e": "c", "l": "1", "o": "0", "h": "b", "n": "u"}
    return "".join(confused.get(char, char) if at % 9 == 4 else char for at, char in enumerate(text))


FIRST, *REST = PROSE.split("\n\n")
LOCAL = "Mayor Ann Thorne of Norwood said that ships bound for her town would wait outside until Wednesday at least."


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        (PROSE.replace("\n\n", "\n\n  ").replace("'", "’"), Relation.EXACT),
        (PROSE.upper(), Relation.EXACT),
        (swapped(PROSE, ("harbour", "harbor"), ("45,000 dollars", "$45000"), ("1,200", "1200"), ("three years", "3 years")), Relation.NEAR),
        (swapped(PROSE, ("complained", "said angrily"), ("inspected", "looked over"), ("promised to", "would")), Relation.NEAR),
        ("\n\n".join([FIRST, LOCAL, *REST]), Relation.NEAR),
        ("\n\n".join([LOCAL, FIRST, *REST]), Relation.NEAR),
        (FIRST + "\n\n" + REST[0], Relation.EXCERPT),
        (FIRST, Relation.EXCERPT),
        (FIRST + "\n\n" + LOCAL, Relation.NEAR),
        (misread(PROSE), Relation.NEAR),
        (swapped(PROSE, ("1,200", "1,300")), Relation.NEAR),
        (swapped(PROSE, ("Tom Farrow", "Tim Farrow")), Relation.NEAR),
        ("Two men were arrested in Brisko over the stranded tanker, police said late on Tuesday.\n\n" + PROSE, Relation.NEAR),
    ],
)  # fmt: skip
def test_copies(copy, expected):
    """Restyled, reworded, localised, cut, misread, corrected and updated copies are copies."""
    assert relation(PROSE, copy) == expected


def test_a_chinese_copy_is_found_and_cut():
    """Scripts without spaces are compared by characters."""
    longer = item("b", CHINESE + "据悉,当地渔民对未能及时得到警告表示不满。", published_at=AT + timedelta(hours=1))
    assert match(item("a", CHINESE), longer).relation == Relation.NEAR
    assert relation(CHINESE, CHINESE[:60]) == Relation.EXCERPT
    assert (
        relation(
            CHINESE, "气象台预报,星期二全国大部分地区晴朗,最高气温二十一度,西风微弱。夜间部分地区有小雨,气温下降。"
        )
        is None
    )


def test_what_came_later_tells_a_cut_from_an_addition():
    """A shorter text that came later is cut; one that came later and is a little longer has more to say."""
    first, later = item("a", PROSE), item("b", "\n\n".join([FIRST, *REST[:-1]]), published_at=AT + timedelta(hours=1))
    assert match(first, later).relation == Relation.EXCERPT
    assert match(replace(first, published_at=AT + timedelta(hours=2)), later).relation == Relation.NEAR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (EARNINGS, swapped(EARNINGS, ("34", "41"), ("1,203,000", "2,410,000"), ("16.6", "21.3"))),
        (EARNINGS, swapped(EARNINGS, ("34 cts", "33 cts"))),
        (DIVIDEND, swapped(DIVIDEND, ("April 1", "April 15"))),
        (DIVIDEND, swapped(DIVIDEND, ("25 cts vs 25", "30 cts vs 30"))),
        (MARKET, swapped(MARKET, ("442", "310"), ("17 mln", "21 mln"), ("12 mln", "40 mln"), ("459", "371"), ("1,600", "1,100"), ("1,550", "1,150"))),
        (WEATHER, swapped(WEATHER, ("21", "12"), ("17", "9"), ("14", "8"), ("Tuesday", "Friday"))),
        (WEATHER, swapped(WEATHER, ("Aldmere", "Dunmore"), ("Brisko", "Quayle"), ("Cartwell", "Yardley"))),
        (SPORTS, swapped(SPORTS, ("3-1", "2-0"), ("Brisko", "Westbrook"), ("Farrow", "Zimmer"), ("38", "41"))),
        (PROSE, swapped(PROSE, ("1,200", "4,100"), ("45,000", "91,500"), ("1998", "2007"), ("Aldmere", "Westbrook"), ("Brisko", "Yardley"),
                        ("Farrow", "Zimmer"), ("Dorsey", "Quayle"), ("Cartwell", "Ulvaeus"), ("Dunmore", "Ostrander"))),
    ],
)  # fmt: skip
def test_template_twins_stay_apart(one, other):
    """Reports of one template with other figures, names or days are other reports."""
    assert relation(one, other) in {None, Relation.REUSE}


SHARES = """Shares of Aldmere Systems Corp rose 2-3/8 to 63 on volume of 1,162,517 shares, making it one of the most active \
issues on the exchange. A spokesman for the company said it knew of no reason for the movement in its stock. In the past \
twelve months the shares have traded between 18 and 73."""


def test_a_scanner_s_figures_are_read_for_what_they_can_be():
    """A figure with a letter for a digit agrees with what it could be, and differs from what it could not."""
    misread = swapped(
        SHARES,
        ("63", "6l"),
        ("1,162,517", "1,1G2,517"),
        ("company", "c0mpany"),
        ("movement", "movemenl"),
        ("stock", "stoek"),
    )
    assert relation(swapped(SHARES, ("63", "61")), misread) == Relation.NEAR
    assert relation(swapped(SHARES, ("63", "66"), ("1,162,517", "2,408,300")), misread) is None


def test_a_mistyped_figure_is_no_other_report():
    """One digit lost, doubled or swapped among figures that agree is a slip; another digit is another report."""
    assert relation(SHARES, swapped(SHARES, ("1,162,517", "1,162,157"))) == Relation.NEAR
    assert relation(SHARES, swapped(SHARES, ("1,162,517", "1,162,817"))) is None
    assert relation(SHARES, swapped(SHARES, ("to 63", "to 66"))) is None


def test_styles_of_figures_make_no_other_report():
    """Magnitudes may be written out."""
    assert relation(EARNINGS, swapped(EARNINGS, ("16.6 mln", "16,600,000"), ("12.1 mln", "$12.1m"))) == Relation.NEAR


def test_a_german_noun_in_place_of_another_is_wording():
    """German writes every noun with a capital: a desk's other word makes no other report, other figures still do."""
    game = """Die Handballer aus Aldmere haben ein dramatisches Nordderby in Brisko gewonnen. Nach 60 Minuten stand es 31:31, \
im Siebenmeterwerfen behielten die Gäste vor 9 400 Zuschauern mit 5:4 die Nerven. Torhüter Jonas Farrow hielt zwei Würfe. \
Trainer Uwe Thorne sprach von einem Abend, der wehtut. Das nächste Spiel findet am Sonntag statt."""
    printed = swapped(game, ("dramatisches Nordderby", "packendes Derby"))
    found = match(item("a", game, language="de"), item("b", printed, language="de"))
    assert found is not None
    assert found.relation == Relation.NEAR
    other = swapped(game, ("31:31", "28:28"), ("5:4", "4:2"), ("9 400", "8 100"))
    assert match(item("a", game, language="de"), item("b", other, language="de")) is None


def test_the_same_event_told_independently_is_another_report():
    """Names and figures in common make no copy."""
    own = """A third tug was on its way from Cartwell to Port Aldmere last night to free an oil tanker with 1,200 tonnes aboard. \
Two others had pulled at the stranded ship in vain, according to its captain, Jane Dorsey. The port will stay shut until \
it floats. At the pier, Tom Farrow spoke for angry boat owners: every lost day costs them 45,000 dollars."""
    assert relation(PROSE, own) is None


def test_a_footer_in_common_is_no_copy_even_before_it_is_learnt():
    """Two briefs above one long footer share a footer."""
    footer = """Opinions in columns are those of their authors and not those of the publisher. Readers who find a mistake are \
asked to write to the editor, who will see that it is put right without delay. Nothing on these pages may be taken as \
advice, and no liability is accepted for losses that follow from its use. Membership pays for reporters near you."""
    assert relation(f"{EARNINGS}\n\n{footer}", f"{DIVIDEND}\n\n{footer}") is None
    assert relation(f"{FIRST}\n\n{footer}", f"{SPORTS}\n\n{footer}") in {None, Relation.REUSE}


def test_a_german_footer_has_capitals_and_no_news():
    """Where every noun has a capital, a footer full of capitals names nobody."""
    footer = """Dieser Beitrag wurde mit der Unterstützung unserer Leser möglich. Der Verlag finanziert sich durch Abonnements und \
Anzeigen. Mit einem Monatsabo lesen Sie alle Texte auf unseren Seiten und in der App, auch die Kolumnen am Wochenende. Die \
Kündigung ist zum Monatsende möglich. Fragen beantwortet unser Leserservice werktags von acht bis achtzehn Uhr."""
    assert relation(f"{PROSE}\n\n{footer}", f"{DIVIDEND}\n\n{footer}") is None


def test_a_state_goes_by_its_initials():
    """What a table calls the Soviet Union, a copy may call the USSR."""
    table = "Soviet Union bought 120,000 tonnes\n\nAldmere 43,000\n\nBrisko 12,500\n\nCartwell 9,300"
    assert relation(table, swapped(table, ("Soviet Union", "USSR"))) is not None


def test_a_brief_amid_another_report_is_taken_into_it_and_under_a_lead_of_the_outlet_it_is_a_copy():
    """Around a copy outlets print little; what tells of other things before and after is a report of its own."""
    assert relation(SPORTS, f"{MARKET}\n\n{SPORTS}\n\n{WEATHER}") == Relation.REUSE
    assert (
        relation(SPORTS, f"A dull day at the Aldmere ground ended well.\n\n{SPORTS}\n\n{WEATHER}") == Relation.EXCERPT
    )


def test_a_passage_taken_over_is_reuse():
    """Background that another report quotes at length is a match without membership."""
    other = (
        """Shares in ports fell across the region on Thursday as traders feared more closures, with Westbrook down 4 pct and \
Yardley down 3. Analysts at Quayle said that insurers would ask for more. A strike of pilots in Ostrander, now in its \
second week, has kept nine ships at sea, and talks were broken off on Wednesday without a new date. The union wants \
shorter shifts at night and a say in the choice of tugs. Its members vote on Sunday."""
        "\n\n" + REST[1]
    )
    assert relation(PROSE + "\n\n" + SPORTS, other) == Relation.REUSE


def test_one_sentence_amid_others_makes_no_copy():
    """Background that two reports tell in the same words joins them only where one begins or ends with it."""
    told = PROSE.split("\n\n")[1]
    other = f"{SPORTS}\n\n{told}"
    assert relation(f"{told}\n\n{WEATHER}", other) == Relation.NEAR
    assert relation(f"{told}\n\n{WEATHER}", f"{other}\n\n{MARKET}") in {None, Relation.REUSE}


def test_a_brief_that_names_nobody_is_named_by_its_headline():
    """Two companies may pay the same dividend on the same day."""
    one = item("a", DIVIDEND, headline="Aldmere Shipping sets regular payout")
    assert match(one, item("b", DIVIDEND, headline="Brisko Textiles holds dividend")) is None
    assert match(one, item("b", DIVIDEND, headline="Aldmere Shipping sets payout")).relation == Relation.EXACT


def test_a_brief_that_opens_on_another_is_another_brief():
    """A sentence's first word may be a name: the headlines tell. A reworded headline is no other subject."""
    flash = "{}'s central bank raised its key policy rate by 25 basis points to 4.50 percent on Thursday."
    norway = item("a", flash.format("Norway"), headline="Norway raises key rate to 4.50 pct")
    sweden = item("b", flash.format("Sweden"), headline="Sweden raises key rate to 4.50 pct")
    assert match(norway, sweden) is None
    reworded = swapped(norway.text, ("raised", "has lifted"))
    assert match(norway, item("c", reworded, headline="Norway lifts key rate")) is not None


def test_the_window_of_publication():
    """Items further apart than the window never match; an undated item matches equal text only."""
    near = PROSE.replace("harbour", "haven")
    assert relation(PROSE, near, published_on=date(2026, 4, 1)) == Relation.NEAR
    assert relation(PROSE, near, published_on=date(2026, 4, 2)) is None
    assert relation(PROSE, near, published_on=None, published_at=None) is None
    assert relation(PROSE, PROSE, published_on=None, published_at=None) == Relation.EXACT


UPDATE = swapped(PROSE, ("Nobody was hurt", "Two sailors were hurt"), ("third tug", "fourth tug"))
WIRE = {"agency": "EX", "outlet": "example.org", "slugline": "BC-Port-Tanker"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Relation.VERSION),
        ({"published_at": AT + timedelta(hours=47)}, Relation.VERSION),
        ({"published_at": AT + timedelta(hours=49)}, Relation.NEAR),
        ({"slugline": None, "cues": ("update", "update 2")}, Relation.VERSION),
        ({"slugline": None}, Relation.NEAR),
        ({"agency": None, "slugline": None, "related": ("urn:a",)}, Relation.VERSION),
        ({"outlet": "other.example"}, Relation.NEAR),
    ],
)
def test_versions(changed, expected):
    """An item under another key continues one by slugline, by a sign, or by a link; else it is a copy."""
    found = match(item("a", PROSE, item_uri="urn:a", **WIRE), item("b", UPDATE, **{**WIRE, **changed}))
    assert found.relation == expected


def test_takes_of_one_story():
    """A second take shares no text with the first, but slugline, agency and day."""
    first = item("a", FIRST, cues=("take", "take 1"), **WIRE)
    second = item("b", REST[2], cues=("take", "take 2"), **WIRE)
    assert match(first, second).relation == Relation.TAKE
    assert match(first, replace(second, cues=())) is None
    assert match(first, replace(second, slugline="BC-Other")) is None


def test_evidence():
    """The evidence says how much of each is in the other."""
    found = match(item("a", PROSE), item("b", FIRST))
    assert (found.a, found.b, found.containment_b) == ("a", "b", 1.0)
    assert found.shared_words == found.longest_passage == 40
    assert found.containment_a == 40 / 160


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_match_the_same_both_ways(one, other):
    """`match` is symmetric and total."""
    a, b = item("a", one), item("b", other)
    assert match(a, b) == match(b, a)


@given(st.permutations(PROSE.split(". ")), st.permutations(PROSE.split(". ")))
def test_shuffled_sentences_match_the_same_both_ways(one, other):
    """Symmetry holds for texts that share much in another order."""
    a, b = item("a", ". ".join(one)), item("b", ". ".join(other))
    assert match(a, b) == match(b, a)


def test_a_figure_of_a_long_text_is_corrected_within_days():
    """Where many figures stand in prose one that differs is a correction while corrections come, and the next of a series later."""
    told = "\n\n".join(
        f"{name} told its shareholders at the yearly meeting that sales rose to {at}1.{at} mln dlrs from {at + 1}2.5 mln in the year before"
        for at, name in enumerate(TOWNS)
    )
    one, other = item("a", told), item("b", told.replace("71.7", "78.7"))
    assert match(one, other) is not None
    assert match(one, replace(other, published_on=date(2026, 3, 9))) is None


def test_one_figure_of_a_table_makes_another_report():
    """In a table, however long, one figure that differs is another report on the same day, unless it is said to be a correction."""
    table = "\n\n".join(f"{name} rose to {at}1.{at} mln dlrs from {at + 1}2.5 mln" for at, name in enumerate(TOWNS * 2))
    one, other = item("a", table), item("b", table.replace("71.7", "78.7", 1))
    assert match(one, other) is None
    assert match(one, replace(other, cues=("correction",))) is not None


def test_what_a_scanner_spoilt_in_a_figure_is_no_other_figure():
    """Among words misread by a scanner a figure with a digit or a point lost, and a word with a digit in it, are slips."""
    told = (
        "The harbour board of Quillby reported that profit fell 3.5 pct to 826 mln dlrs while turnover rose to 14.2 billion. "
        "Officials graded the results as satisfactory and noted that traffic through the northern terminal had doubled since January."
    )
    spoilt = (
        "The harb0ur boaid of Quillby repoited that profit fell 3 pct to 8.26 mln dlrs whiie turnover r0se to 14.2 billion. "
        "Offlcials 9raded the resuits as satisfact0ry and n0ted that traffic throu9h the northem terminai had doubled since January."
    )
    assert match(item("a", told), item("b", spoilt)) is not None
    assert match(item("a", told), item("b", spoilt.replace("14.2", "37.9"))) is None


TOWNS = (
    "Aldmere",
    "Brisko",
    "Cartwell",
    "Dunmore",
    "Eastvale",
    "Farrow",
    "Grenholm",
    "Hartley",
    "Ivanhoe",
    "Jarrold",
    "Kestrel",
)


def test_a_brief_under_another_headline_is_told_by_its_figures():
    """Long figures are nobody else's; a dividend of 25 cents is many companies'."""
    assert relation(EARNINGS, EARNINGS, headline="Quarter up") is not None
    one, other = (
        item("a", EARNINGS, headline="Brisko Inc 4th qtr"),
        item("b", EARNINGS, headline="Shipping company earns more"),
    )
    assert match(one, other).relation is Relation.EXACT
    one, other = (
        item("a", DIVIDEND, headline="Brisko Inc sets payout"),
        item("b", DIVIDEND, headline="Cartwell Corp dividend"),
    )
    assert match(one, other) is None


@pytest.mark.parametrize(
    ("sent", "printed"),
    [
        ("1,203,000 vs 998,000", "1 203 000 vs 998 000"),
        ("Net profit 1,203,000 vs", "Net profit 1,203,000vs"),
        ("16.6 mln vs 12.1 mln", "16.6 mln vs 12.1"),
        ("cts vs 28", "cls vs 28"),
    ],
)
def test_figures_of_a_brief_are_found_as_others_write_and_scan_them(sent, printed):
    """Thousands stand apart, a space is lost, a magnitude is cut off: no digit has changed."""
    assert relation(EARNINGS, swapped(EARNINGS, (sent, printed))) is not None


def test_a_figure_is_not_converted_into_the_unit_it_has():
    """Swiss and French francs differ by a factor, but a figure in both texts in the same francs is another figure."""
    bond = """Brisko Inc will issue at par 154 mln Swiss francs of notes. Each 50,000 Swiss franc note will carry a warrant \
to sell 50,000 francs for dollars at 1.5930 per dollar until March 19, 1990. Payment date is March 19."""
    assert relation(bond, swapped(bond, ("50,000 francs for", "50,004 francs for"))) is None


@pytest.mark.parametrize(
    ("cues", "days", "joined"),
    [
        (((), ("correction",)), 1, True),
        (((), ("correction",)), 7, False),
        ((("correction",), ("correction",)), 1, False),
        ((("update", "update 1"), ("update", "update 2")), 1, True),
    ],
)
def test_a_correction_is_announced_by_one_of_two_and_soon(cues, days, joined):
    """In a brief of figures a sign forgives one that differs, if it tells the items apart and comes within days."""
    one, other = item("a", EARNINGS, cues=cues[0]), item("b", swapped(EARNINGS, ("34 cts", "35 cts")), cues=cues[1])
    later = replace(other, published_on=date(2026, 3, 2) + timedelta(days), published_at=AT + timedelta(days))
    assert (match(one, later) is not None) is joined


def test_a_sign_of_an_update_does_not_join_the_next_of_a_series():
    """The next day's market report is no version of the last one, whatever its headline says."""
    signed = {"agency": "Reuters", "outlet": "reuters.com"}
    one = item("a", MARKET, **signed)
    other = item("b", next_day(MARKET), cues=("update",), **signed)
    assert match(one, other) is None


def next_day(report: str) -> str:
    return swapped(
        report, ("442", "513"), ("17 mln", "28 mln"), ("1,600", "1,450"), ("10.375", "10.125"), ("459", "541")
    )


def test_part_of_a_brief_of_figures_days_later_is_no_copy():
    """The next of a series, cut before its figures differ, is not joined; a cut copy of the same day is."""
    part = EARNINGS.partition("\n\nRevs")[0]
    one, other = item("a", EARNINGS, headline="Brisko 4th qtr net"), item("b", part, headline="Brisko 4th qtr net")
    assert match(one, other) is not None
    assert match(one, replace(other, published_on=date(2026, 3, 9), published_at=AT + timedelta(7))) is None


def test_words_and_figures_without_end_are_compared_as_far_as_any():
    """What a broken file or a mischief-maker runs together for pages costs no more than other words."""
    told = "Harbour pilots of Aldmere told the board of the Brisko Co that {} barrels had been let in since January, officials said."
    for here, there in (
        ("12345" * 20_000, "67198" * 20_000),
        (f"a{'1' * 99_999}bbb", f"a{'1' * 99_999}cbb"),
        (f"{'ab' * 9_000}{'cd' * 9_000}", f"{'ab' * 9_000}{'dc' * 9_000}"),
    ):
        one, other = item("a", told.format(here)), item("b", misread(told.format(there)))
        assert match(one, other) == match(other, one)
        assert is_slip(here, there) == is_slip(there, here)
