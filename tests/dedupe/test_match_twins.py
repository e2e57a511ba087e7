"""Twins of one template are told apart where one name, day or figure differs, in languages that write them in their own ways."""

from __future__ import annotations

from datetime import UTC, datetime

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
    assert text.count(here) == 1
    one, other = item("a", text, language), item("b", text.replace(here, there), language)
    assert match(one, other) is None


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
    assert text.count(here) == 1
    one, other = item("a", text, language), item("b", text.replace(here, there), language)
    assert match(one, other) is not None


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
