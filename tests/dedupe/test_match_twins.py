"""Twins of one template are told apart where one name, day or figure differs, in languages that write them in their own ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from wirecopy.dedupe.match import match
from wirecopy.model import Comparable

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

WETTER = """Das Wetter für Aldheim am Montag: Es bleibt überwiegend heiter bei Höchstwerten um 21 Grad. In der Nacht sinken die \
Temperaturen auf 9 Grad. Der Wind weht schwach aus Norden mit 14 Kilometern in der Stunde. Der Pegel stand am Morgen bei 412 \
Zentimetern, die Regenwahrscheinlichkeit liegt bei 20 Prozent."""
BOURSE = """La Bourse de Brissac a terminé mercredi sur une note ferme, l'indice général s'établissant à 1.843 points, soit 12,4 \
points de plus que la veille. Le volume des échanges a atteint 41,7 millions de francs. Le titre Aldmont a clôturé à 218 francs."""
SISMO = """Un sismo de magnitud 4,6 sacudió este viernes la zona de Aldama, a 31 kilómetros al norte de la capital, informó el \
instituto. El epicentro se situó a 17 kilómetros de profundidad y el temblor se registró a las 8:24 hora local."""
JISHIN = """3日午後6時24分ごろ、青森県東方沖を震源とする地震があり、市内で震度4を観測した。気象庁によると、震源の深さは31キロ、地震の規模を\
示すマグニチュードは5.2と推定される。この地震による津波の心配はない。警察と消防によると、これまでに大きな被害の報告は入っていない。"""
RATES = """The central bank of Aldmere said it sold three-month paper at an average of 6.10 pct, after 6.25 pct at the sale before. \
It took bids of 412 mln crowns for one lot of 250 mln. Flight A626 brought the notes from the printers in Brisko in the morning."""


def item(key: str, text: str, language: str) -> Comparable:
    return Comparable(item_key=key, text=text, published_on=AT.date(), published_at=AT, language=language)


def printed_otherwise(text: str, here: str, there: str, language: str) -> tuple[Comparable, Comparable]:
    """Return a text, and the same with something else in one place."""
    assert text.count(here) == 1
    return item("a", text, language), item("b", text.replace(here, there), language)


@pytest.mark.parametrize(
    ("language", "text", "here", "there"),
    [
        ("de", WETTER, "Aldheim", "Brisbach"),
        ("fr", BOURSE, "mercredi", "jeudi"),
        ("fr", BOURSE, "Brissac", "Carteret"),
        ("es", SISMO, "viernes", "martes"),
        ("ja", JISHIN, "青森県東方沖", "熊野灘"),
        ("ja", JISHIN, "5.2", "6.8"),
        ("en", RATES, "6.10", "6.14"),
        ("en", RATES, "A626", "A686"),
        ("en", RATES, "three-month", "one-month"),
    ],
)
def test_one_fact_of_a_brief_template_makes_another_report(language, text, here, there):
    """A town, a day, a decimal, a code or a numeral that differs in a brief full of figures is another report."""
    assert match(*printed_otherwise(text, here, there, language)) is None


@pytest.mark.parametrize(
    ("language", "text", "here", "there"),
    [
        ("de", WETTER, "überwiegend heiter bei Höchstwerten", "meist sonnig bei Spitzenwerten"),
        ("ja", JISHIN, "被害の報告は入っていない", "被害の知らせは無い"),
        ("en", RATES, "one lot", "1 lot"),
        ("en", RATES, "said it sold three-month", "said that it had sold 3-month"),
    ],
)
def test_another_wording_of_a_brief_template_is_no_other_report(language, text, here, there):
    """Where words, and not facts alone, are put in place of others a text was reworded."""
    assert match(*printed_otherwise(text, here, there, language)) is not None


def test_a_day_that_differs_in_prose_is_a_correction():
    """Long prose may hold one wrong day."""
    told = " ".join(
        f"Le maire {name} a rappelé que la commune attendait une réponse claire du ministère depuis longtemps."
        for name in (
            "Aubin",
            "Brasseur",
            "Carpentier",
            "Delmas",
            "Escoffier",
            "Fabre",
            "Gaillard",
            "Hamelin",
            "Imbert",
            "Jourdan",
        )
    )
    one, other = (f"{told} Le conseil se réunit {day}." for day in ("mercredi", "jeudi"))
    assert match(item("a", one, "fr"), item("b", other, "fr")) is not None


TABLE = "Shr 90 cts vs 27 cts\n\nNet 60,607,900 vs 91,344,800\n\nRevs 92.6 mln vs 33.8 mln\n\nNine mths\n\nShr 1.14 dlrs vs 83 cts"


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("ORRIN CORP <ORC> 3RD QTR NET", "VULLIAMY HOLDINGS LTD <VUL> 3RD QTR NET", False),
        ("ORRIN MARINE CORP 3RD QTR NET", "VULLIAMY CORP 3RD QTR NET", False),
        ("ORRIN CORP <ORC> 3RD QTR NET", "Orrin Corp: profit down in third quarter", True),
        ("ORRIN CORP <ORC> 3RD QTR NET", "ORR1N CORP <ORC> 3RD QTR NET", True),
        ("Profit falls at Orrin in 3rd qtr", "Fewer sales at Orrin in 3rd qtr", True),
    ],
)
def test_a_table_without_a_name_is_named_by_its_headline(one, other, joined):
    """Two headlines of one form that open with different names head two companies' tables, whatever the figures."""
    a, b = (replace(item(key, TABLE, "en"), headline=headline) for key, headline in (("a", one), ("b", other)))
    assert (match(a, b) is not None) is joined


def test_a_fact_that_differs_in_prose_a_week_later_is_the_next_of_a_series():
    """Corrections come within days; what comes weekly tells something else."""
    told = " ".join(
        f"The {name} board repeated that the harbour must be dredged before ships of that size can be let in again, and thanked the pilots."
        for name in ("Ashcombe", "Brindle", "Corrie", "Dunmore", "Eastvale", "Farrow")
    )
    one, other = (
        item(key, f"{told} It counted {figure} ships this week.", "en") for key, figure in (("a", 41), ("b", 57))
    )
    assert match(one, other) is not None
    assert match(one, replace(other, published_on=date(2026, 3, 9), published_at=AT + timedelta(days=7))) is None


APPEAL = """Police in Brackwater appealed for witnesses after a shop in the old market was broken into on Monday night. Two men in dark \
coats were seen to leave by the yard behind the chandlery, and a van was heard on the quay soon afterwards. The owner said that nothing \
of value had been kept in the shop since the last time, apart from a barometer that had belonged to her grandfather. Neighbours have \
asked the council for better lights since the spring, and the council has promised to look at the matter before winter comes."""


def test_another_weekday_on_another_day_is_the_next_of_a_series():
    """Nobody puts a weekday right without a word; printed on one day, it was a slip."""
    one, other = item("a", APPEAL, "en"), item("b", APPEAL.replace("Monday", "Thursday"), "en")
    assert match(one, other) is not None
    assert match(one, replace(other, published_on=date(2026, 3, 4))) is None
    assert match(one, replace(other, published_on=date(2026, 3, 4), cues=("correction",))) is not None


def test_a_name_that_differs_in_headline_and_text_is_another_subject():
    """One name in prose may be put right; where the headline has it too, the report is of another."""
    one, other = item("a", APPEAL, "en"), item("b", APPEAL.replace("Brackwater", "Thornhaven"), "en")
    assert match(one, other) is not None
    headed = [
        replace(news, headline=f"Break-in at {town} market")
        for news, town in ((one, "Brackwater"), (other, "Thornhaven"))
    ]
    assert match(*headed) is None


def test_a_company_that_opens_a_brief_is_a_name():
    """A capital at the top of a sentence tells a name where a name follows; an article there is none."""
    notice = "{} Corp said it will pay a dividend of 14 cts a share on May 3, as it did 12 months before, to holders of record on April 11."
    one, other = item("a", notice.format("Dominion"), "en"), item("b", notice.format("Keystone"), "en")
    assert match(one, other) is None
    assert match(one, item("c", notice.format("The Dominion"), "en")) is not None


def test_towns_that_differ_in_german_prose_make_another_report():
    """Where nothing but capitalised words differ, they are names, and several tell another accident."""
    crash = (
        "Bei einem Unfall auf der Landstraße nahe {} sind am Samstag acht Menschen verletzt worden. Nach Angaben der Polizei kam ein "
        "junger Fahrer aus {} aus ungeklärter Ursache mit seinem Wagen von der Fahrbahn ab und prallte gegen einen Baum. Die "
        "Verletzten wurden in die Klinik nach {} gebracht, wo sie die Nacht über bleiben. Die Straße war für mehrere Stunden gesperrt."
    )
    one = item("a", crash.format("Aldheim", "Brisbach", "Cartow"), "de")
    other = item("b", crash.format("Dunmau", "Ostfelde", "Farnitz"), "de")
    assert match(one, other) is None
    assert match(one, item("c", one.text.replace("Wagen", "Auto").replace("prallte", "stieß"), "de")) is not None


NOTES = """The {} Treasury said it sold 4.5 billion dlrs of notes at 6.25 pct, up from 6.10 pct at the sale of {} paper on March 3. \
Bids came to 12.4 billion dlrs, and {} officials were content."""


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (("U.S.", "U.S.", "U.S."), ("United States", "American", "USA"), True),
        (("British", "U.K.", "British"), ("UK", "United Kingdom", "Britain's"), True),
        (("Soviet", "Soviet", "Soviet"), ("USSR", "Soviet Union", "U.S.S.R."), True),
        (("U.S.", "U.S.", "U.S."), ("U.K.", "U.K.", "U.K."), False),
        (("American", "American", "American"), ("British", "British", "British"), False),
    ],
)
def test_houses_write_one_name_in_several_ways(one, other, joined):
    """`U.S.` is what another house calls `American`; another country is another report."""
    a, b = item("a", NOTES.format(*one), "en"), item("b", NOTES.format(*other), "en")
    assert (match(a, b) is not None) is joined


@pytest.mark.parametrize(("outlet", "joined"), [("wire.example", True), ("unknown", False), ("", False)])
def test_an_update_continues_what_the_same_outlet_printed(outlet, joined):
    """An agency's update over other figures continues its own item; without a word of who printed them it is another report."""
    told = {"agency": "Reuters", "outlet": outlet}
    one = replace(item("a", TABLE, "en"), headline="Orrin Corp 3rd qtr", **told)
    later = TABLE.replace("90 cts", "91 cts").replace("33.8 mln", "34.9 mln")
    other = replace(item("b", later, "en"), headline="UPDATE 1-Orrin Corp 3rd qtr", cues=("update 1",), **told)
    assert (match(one, other) is not None) is joined
