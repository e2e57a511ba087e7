"""Signs of desks are read where desks put them, and nowhere else."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wirecopy.normalise.cues import may_announce, read_cues, read_notice, read_signs

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def signs_at(place: str, text: str, below: str, *, headline: str = "") -> tuple[str, ...]:
    """Read a text above a body, or as a field of its own, beside that body."""
    if place == "opening":
        return read_cues(headline=headline, body=f"{text}\n\n{below}")
    return read_cues(**{"headline": headline, "body": below} | {place: text})


@pytest.mark.parametrize(
    ("headline", "cues"),
    [
        ("UPDATE 2-Harbour reopens after spill", ("update", "update 2")),
        ("Update: Harbour reopens", ("update",)),
        ("WRAPUP 3-Markets slide", ("update", "update 3")),
        ("CORRECTED-Bank cuts rate to 3 pct, not 2", ("correction",)),
        ("Correction: Port-Spill story", ("correction",)),
        ("KORJATTU Satama avattiin", ("correction",)),
        ("RECTIFICATIF - Le port rouvre", ("correction",)),
        ("(Berichtigung: Zahl im zweiten Absatz) Hafen wieder offen", ("correction",)),
        ("CORRECCIÓN: El puerto reabre", ("correction",)),
        ("RETTIFICA: riapre il porto", ("correction",)),
        ("CORREÇÃO: porto reabre", ("correction",)),
        ("VERVANGT: haven weer open", ("update",)),
        ("RÄTTELSE: hamnen öppen igen", ("correction",)),
        ("SPROSTOWANIE: port otwarty", ("correction",)),
        ("Le port rouvre (ACTUALISATION)", ("update",)),
        ("(AMPLIACIÓN) El puerto reabre", ("update",)),
        ("2. ZF: Hafen wieder offen", ("lead", "lead 2")),
        ("(2nd LD) Port reopens", ("lead", "lead 2")),
        ("LEAD 1-Port reopens", ("lead", "lead 1")),
        ("1ST LEAD Port reopens after spill", ("lead", "lead 1")),
        ("Port spill =2", ("take", "take 2")),
        ("【訂正】港が再開", ("correction",)),
        ("EMBARGOED: Study finds harbour cleaner", ("embargo",)),
    ],
)
def test_headline_signs(headline, cues):
    """A desk's prefix or bracket in a headline is a sign."""
    assert read_cues(headline=headline) == cues


@pytest.mark.parametrize(
    "headline",
    [
        "Update your will before you marry, lawyers say",
        "Corrections officers strike over pay",
        "Corrected vision in a week",
        "Kill Bill returns to cinemas",
        "Kill switch law passes in senate",
        "Troops withdrawn from border",
        "Embargo on oil takes hold",
        "Lead poisoning found in river",
        "Take two: band reunites",
        "Canceled festival to return next year",
        "Police kill gunman",
        "To kill or not to kill: hunters divided",
        "Neue Regeln für Rentner",
    ],
)
def test_headlines_without_a_sign(headline):
    """The same words as news are no sign, and no notice."""
    assert read_cues(headline=headline, body="The council decided on Monday.") == ()
    assert read_notice(headline=headline, body="The council decided on Monday.") is None


@pytest.mark.parametrize(
    ("given", "cues"),
    [
        ({"slugline": "BC-Port-Spill, 1st Ld-Writethru"}, ("write-through", "lead", "lead 1")),
        ({"slugline": "BC-Port-Spill, take 2"}, ("take", "take 2")),
        ({"slugline": "PORT/SPILL (UPDATE 4)"}, ("update", "update 4")),
        ({"ednote": "Eds: Updates with quotes from mayor"}, ("update",)),
        ({"ednote": "Corrects spelling of the mayor's name in paragraph 3"}, ("correction",)),
        ({"ednote": "sig:correction"}, ("correction",)),
        ({"body": "(Adds quotes, background)\nPORT - The harbour reopened."}, ("update",)),
        ({"body": "The harbour reopened.\n\nThis version corrects the name of the mayor."}, ("correction",)),
        ({"body": "(Corrige el nombre del alcalde)\nEl puerto reabrió."}, ("correction",)),
        ({"body": "(Aktualisiert: weitere Details)\nDer Hafen ist offen."}, ("update",)),
        ({"status": "stat:canceled"}, ("kill",)),
        ({"status": "usable"}, ()),
        ({"status": None}, ()),
    ],
)
def test_signs_elsewhere(given, cues):
    """Slugline, editor's note, first and last lines and status carry signs too."""
    assert read_cues(headline="Port reopens", **given) == cues


@pytest.mark.parametrize(
    ("given", "kind", "slugline"),
    [
        (
            {
                "headline": "MANDATORY KILL",
                "body": "Attention editors: kill the story slugged BC-EX--Port Fire. It is wrong.",
            },
            "kill",
            "BC-EX--Port Fire",
        ),
        ({"headline": "BULLETIN KILL - Port fire"}, "kill", None),
        ({"headline": "KILL: Port fire story"}, "kill", None),
        ({"headline": "Port fire", "slugline": "BC-EX--Port Fire, KILL"}, "kill", "BC-EX--Port Fire"),
        ({"headline": "ADVISORY: Port fire story withdrawn"}, "withdrawal", None),
        ({"headline": "WITHDRAWN: Port fire"}, "withdrawal", None),
        (
            {
                "headline": "Port fire",
                "body": "The story on a fire in the port has been withdrawn. The fire was in another town.",
            },
            "withdrawal",
            None,
        ),
        ({"headline": "Port fire", "status": "canceled"}, "kill", None),
        ({"headline": "RETRAIT : incendie au port", "status": "canceled"}, "withdrawal", None),
        ({"headline": "Port fire", "status": "http://cv.iptc.org/newscodes/pubstatusg2/withheld"}, "withheld", None),
        ({"headline": "EILSTORNO: Hafenbrand", "body": "Bitte nicht verwenden."}, "kill", None),
    ],
)
def test_notices(given, kind, slugline):
    """Kills and withdrawals are read from status and from desks' words."""
    notice = read_notice(identifier="tag:example.org,2026:1", agency="EX", at=AT, **given)
    assert notice is not None
    assert (notice.kind, notice.slugline, notice.at, notice.on, notice.agency) == (kind, slugline, AT, AT.date(), "EX")


def notice_patterns():
    data = read_signs()
    return [
        pattern
        for cue in data["cue"]
        if cue["kind"] in {"kill", "withdrawal", "withheld", "embargo lift"}
        for pattern in cue["patterns"]
    ]


# Drawn letters seldom end a word where a pattern with text between its words wants one to end.
_HARD_TO_DRAW = [HealthCheck.filter_too_much, HealthCheck.too_slow]


@pytest.mark.parametrize("pattern", notice_patterns())
@settings(max_examples=20, deadline=None, suppress_health_check=_HARD_TO_DRAW)
@given(data=st.data())
def test_no_sign_of_a_notice_is_passed_over_by_the_fast_look(pattern, data):
    """Whatever a pattern matches holds one of the pieces by which nearly all entries are told to be no notice."""
    assert may_announce(data.draw(st.from_regex(re.compile(pattern))))


def signs_of_fields():
    data = read_signs()
    fields = {"headline", "slugline", "ednote"}
    return [
        (field, cue["kind"], pattern)
        for cue in data["cue"]
        for field in sorted(fields & set(cue["places"]))
        for pattern in cue["patterns"]
    ]


@pytest.mark.parametrize(("field", "kind", "pattern"), signs_of_fields())
@settings(max_examples=4, deadline=None, suppress_health_check=_HARD_TO_DRAW)
@given(data=st.data())
def test_no_sign_is_passed_over_by_what_tells_at_a_glance_that_there_is_none(field, kind, pattern, data):
    """Whatever a pattern matches in a field is read there as its sign."""
    text = data.draw(st.from_regex(re.compile(pattern))).strip()
    if re.search(pattern, text):
        assert kind in read_cues(**{"headline": "", field: text})


def test_a_notice_names_its_target():
    """A linked item or an address in the text is the target; without either it is the notice's own identifier."""
    words = {"headline": "MANDATORY KILL", "identifier": "notice-1"}
    assert read_notice(**words).target == "notice-1"
    assert read_notice(**words, related=("story-9",)).target == "story-9"
    assert read_notice(**words, body="Kill https://example.org/port-fire.").target == "https://example.org/port-fire"
    assert read_notice(headline="Port fire", status="canceled", identifier="story-9").target == "story-9"


def test_a_long_report_on_a_withdrawal_is_news():
    """A report about something withdrawn is no notice, however it opens."""
    body = (
        "The report has been withdrawn, its authors said on Monday. " + "Reviewers had found errors in its data. " * 30
    )
    assert read_notice(headline="Study withdrawn", body=body) is None


@pytest.mark.parametrize(
    ("kind", "headline", "note"),
    [
        ("update", "Hafen gesperrt", "(durchgehend aktualisiert)"), ("update", "ROUNDUP 2: Hafen gesperrt", ""), ("lead", "Hafen gesperrt (2. Lead)", ""),
        ("update", "Port fermé", "(Mise à jour avec déclarations)"), ("update", "AMPL2.- Puerto cerrado", ""), ("update", "Harbour closed - update", ""),
        ("correction", "REFILE-CORRECTED-Harbour closed", ""), ("correction", "Harbour closed", "(This March 2 story corrects the number of ships)"),
        ("correction", "Harbour closed", "This article was amended on 3 March 2026 to correct the name."),
        ("correction", "Hafen gesperrt", "Anmerkung der Redaktion: In einer früheren Fassung stand eine falsche Zahl."),
        ("correction", "Berichtigte Fassung: Hafen gesperrt", ""), ("correction", "Port fermé", "Erratum : le navire comptait 12 marins."),
        ("correction", "Port fermé", "Cet article a été corrigé le 3 mars."), ("correction", "Port fermé", "Une précédente version indiquait un autre nombre."),
        ("correction", "CORREGIDO-Puerto cerrado", ""), ("correction", "Puerto cerrado", "Esta nota ha sido corregida."),
        ("embargo lift", "LEVÉE D'EMBARGO: Port fermé", ""), ("embargo lift", "Fin del embargo: Puerto cerrado", ""), ("embargo", "EMBARGO hasta las 18.00: Puerto cerrado", ""),
    ],
)  # fmt: skip
def test_signs_in_four_languages(kind, headline, note):
    """Desks of English, French, German and Spanish wires sign in their headlines, above and below the text."""
    text = "Nobody was hurt in the fire at the harbour, the coastguard said."
    for body in (f"{note}\n\n{text}\n\n{text}", f"{text}\n\n{text}\n\n{note}"):
        assert kind in read_cues(headline=headline, body=body)


@pytest.mark.parametrize(
    ("kind", "headline"),
    [
        ("kill", "ATTENTION EDITORS: Please kill story HARBOUR/CLOSED"), ("withdrawal", "Harbour story withdrawn"), ("withdrawal", "Retraction: Harbour closed"),
        ("withdrawal", "EDITORS: Please disregard our story on the harbour"), ("kill", "STORNO: Hafen gesperrt"), ("kill", "EILT: Bitte Meldung löschen"),
        ("withdrawal", "Agentur zieht Meldung zum Hafen zurück"), ("kill", "ANNULE: Port fermé"), ("withdrawal", "L'Agence retire sa dépêche sur le port"),
        ("kill", "Dépêche annulée: Port fermé"), ("kill", "ANULA: Puerto cerrado"), ("withdrawal", "Agencia retira la noticia sobre el puerto"),
    ],
)  # fmt: skip
def test_notices_in_four_languages(kind, headline):
    """What is withdrawn is told in many words."""
    assert read_notice(headline=headline, body="It is wrong.").kind == kind


@pytest.mark.parametrize(
    "headline",
    [
        "Rückzug der Truppen hat begonnen",
        "Annulation du sommet de Genève",
        "Anulada la reforma de la ley",
        "Retrait des troupes du Sahel",
        "Army retires last tank",
    ],
)
def test_news_of_what_is_cancelled_is_no_notice(headline):
    """Summits are cancelled and troops withdrawn too."""
    assert read_notice(headline=headline, body="It was announced on Monday.") is None


@pytest.mark.parametrize(
    ("kind", "place", "text"),
    [
        ("correction", "headline", "Oil rises (corrected)"), ("correction", "headline", "KORREKTUR/Hafen offen"), ("correction", "headline", "WDH/KORREKTUR 2: Hafen offen"),
        ("correction", "headline", "Porto reabre (CORRIGIDA)"), ("correction", "headline", "CORREGGE E SOSTITUISCE: riapre il porto"), ("correction", "headline", "(Corrección) Reabre el puerto"),
        ("correction", "headline", "ANNULE ET REMPLACE : le port rouvre"), ("update", "headline", "Riapre il porto (AGGIORNATO)"), ("update", "headline", "ATUALIZADA: porto reabre"),
        ("update", "headline", "2. AKTUALISIERUNG/Hafen offen"), ("update", "headline", "Reabre el puerto (amplía)"), ("lead", "headline", "URGENT 2nd LD Harbour reopens"),
        ("correction", "opening", "(This March 5 story has been corrected to say that the vote was on Tuesday)"), ("correction", "opening", "(In March 5 story, corrects name in paragraph 3)"),
        ("correction", "opening", "ATTENTION - CORRIGE le nom au 3e paragraphe ///"), ("correction", "opening", "+++ CORREGGE E SOSTITUISCE PRECEDENTE +++"), ("correction", "opening", "Editor's note: An earlier version of this story gave the wrong date."),
        ("correction", "opening", "In der Meldung muss es im 2. Absatz richtig heißen: zehn."), ("correction", "opening", "Uma versão anterior desta notícia dizia outra coisa."), ("correction", "opening", "Rectificatif : le ministre est M. Dupont."),
        ("update", "opening", "ATENCIÓN - AÑADE declaraciones ///"), ("update", "opening", "(Notícia atualizada às 12:30)"), ("update", "opening", "* Adds details from statement"),
        ("correction", "ednote", "Fixes typo in graf 3."), ("correction", "ednote", "Berichtigt im 2. Absatz die Zahl"), ("correction", "ednote", "Corregge nome al secondo paragrafo"),
        ("update", "ednote", "Actualise avec déclarations"), ("update", "ednote", "Añade datos"), ("embargo lift", "ednote", "The embargo has been lifted."), ("embargo lift", "ednote", "Fim do embargo"),
    ],
)  # fmt: skip
def test_labels_brackets_and_notes_sign_alike_in_all_languages(kind, place, text):
    """What a desk says of a change stands as a label, in brackets or in a note, whatever its language."""
    below = "LISBON (AP) — Ships came back on Tuesday.\n\nMore ships are due."
    assert kind in signs_at(place, text, below)


@pytest.mark.parametrize(
    "line",
    [
        "Adds up: why the budget matters to voters in the city this year.",
        "The ministry corrected its forecast on Tuesday.",
        "Corrige la trayectoria el gobierno tras la derrota electoral del domingo, dijeron analistas.",
        "Rettifica il bilancio il governo, che martedì ha detto di volerlo ridurre.",
        "This article is updated daily by our staff.",
        "An earlier version of the bridge fell into the river in 1902.",
    ],
)
def test_the_same_words_in_prose_sign_nothing(line):
    """Budgets are corrected and forecasts updated by others than desks."""
    assert read_cues(headline="", body=f"{line}\n\nShips came back on Tuesday.") == ()


def test_a_headline_of_warning_is_no_kill():
    """`ACHTUNG:` opens news as well."""
    assert read_notice(headline="ACHTUNG: Glatteis in Bayern", body="Es wird glatt. " * 60) is None


@pytest.mark.parametrize(
    ("kind", "place", "text"),
    [
        ("update", "headline", "UPDATE Ferry sinks"), ("update", "headline", "3RD UPDATE-Ferry sinks"), ("update", "headline", "Ferry sinks (2nd update)"), ("update", "headline", "Fähre gesunken (erweiterte Fassung)"),
        ("update", "headline", "ACTUALISATION Naufrage d'un ferry"), ("update", "headline", "Version actualisée : naufrage"), ("update", "headline", "2ª ACTUALIZACIÓN: naufraga un ferri"), ("update", "headline", "Naufraga un ferri - ampliación"),
        ("correction", "headline", "KORREKTUR Fähre gesunken"), ("correction", "headline", "(VERSION CORRIGÉE) Naufrage"), ("correction", "headline", "CORRECCIÓN Naufraga un ferri"), ("correction", "headline", "Ferry sinks *CORRECTED*"),
        ("update", "opening", "This story has been updated with comment from the owner."), ("update", "opening", "Dieser Artikel wurde aktualisiert."), ("update", "opening", "Article mis à jour à 15h30"), ("update", "opening", "(Incluye declaraciones del capitán)"),
        ("correction", "opening", "(Removes reference to owner in paragraph 3)"), ("correction", "opening", "Korrigierte Fassung. Im zweiten Absatz wurde die Zahl berichtigt."), ("correction", "opening", "Cette dépêche annule et remplace la précédente"), ("correction", "opening", "Versión corregida: eran 40 pasajeros"),
        ("embargo", "ednote", "Ne pas diffuser avant 18h00"), ("embargo", "ednote", "No publicar antes de las 18.00"), ("embargo", "headline", "SPERRFRIST Montag 18.00 Uhr: Studie"),
        ("embargo lift", "ednote", "The embargo no longer applies."), ("embargo lift", "ednote", "Die Sperrfrist gilt nicht mehr."), ("embargo lift", "headline", "LEVANTADO EL EMBARGO: estudio"),
    ],
)  # fmt: skip
def test_labels_without_a_colon_and_sentences_of_desks_are_signs(kind, place, text):
    """A label in capitals needs no sign behind it, a desk's text has many names, and a desk speaks in sentences too."""
    below = "Nobody was hurt when the ferry sank.\n\nThe owner did not answer."
    assert kind in signs_at(place, text, below, headline="Ferry")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("kill", "This story should be killed. The ferry did not sink."), ("kill", "Die Meldung wird hiermit storniert."), ("kill", "Verwenden Sie die Meldung bitte nicht mehr."),
        ("kill", "Merci de ne pas utiliser la dépêche."), ("kill", "Queda anulada la noticia titulada Naufragio."), ("withdrawal", "Reuters withdraws its story on the ferry."),
        ("withdrawal", "Wir ziehen die Meldung zurück."), ("withdrawal", "Notre information est retirée."),
    ],
)  # fmt: skip
def test_notices_speak_in_sentences(kind, text):
    """A notice asks not to use a text, or says that it is taken back, in whatever order of words."""
    assert read_notice(headline="Note to editors", body=text).kind == kind


@pytest.mark.parametrize(
    "headline",
    [
        "Fin del embargo a Cuba", "Levée de l'embargo sur les armes", "Embargo over arms exports divides EU", "Neue Sperrfrist für Angler", "Kill: the play that shocked London",
        "STORNO-Chaos bei der Bahn", "ANNULATION des vols à Orly", "ANULADO el gol de Vinicius", "Nachricht gelöscht: Streit um Tweets", "CORRECTION IN STOCK PRICES", "KILL BILL returns to screens",
    ],
)  # fmt: skip
def test_news_of_embargoes_and_cancellations_signs_nothing(headline):
    """Embargoes on goods end, flights are cancelled, and capitals alone make no label."""
    assert read_cues(headline=headline, body="It was announced on Monday.") == ()
    assert read_notice(headline=headline, body="It was announced on Monday.") is None


@pytest.mark.parametrize(
    "line",
    [
        "Updates on the search will follow on Monday, officials said.", "The story was withdrawn from the shelves in 1999, the author said.",
        "La noticia ha sido retirada de la web, dijo el periodista.", "Der Bericht wurde zurückgezogen, teilte das Ministerium mit.", "In an earlier version of the plan, ships were banned.",
        "Merci de ne pas publier de photos des enfants, demande l'école.", "Bitte nicht löschen: Feuerwehr bittet um Geduld.", "Le ministre retire son projet. La dépêche avait provoqué un tollé.",
        "This article of the constitution was amended in 1999.", "We have corrected our forecast, the minister said.", "Bien lire est un plaisir, dit la ministre.",
    ],
)  # fmt: skip
def test_what_others_say_of_withdrawing_and_correcting_signs_nothing(line):
    """A report of what others took back names who says so; a desk speaks for itself."""
    assert read_cues(headline="Ferry", body=f"{line}\n\nNobody was hurt.") == ()
    assert read_notice(headline="Ferry", body=line) is None


@pytest.mark.parametrize(
    ("cue", "ednote"),
    [("embargo lift", "Die Sperrfrist ist aufgehoben."), ("correction", "Reemplaza la noticia anulada"), ("correction", "Replaces story that was withdrawn")],
)  # fmt: skip
def test_a_version_that_speaks_of_notices_is_none(cue, ednote):
    """A report that is free now, or stands in place of a killed one, is a version with its text; a bare lift is a notice."""
    body = "GRAZ (APA) - The city builds a new bridge over the Mur, the mayor said on Tuesday. It will cost 42 million euros."
    assert read_notice(headline="Graz builds a bridge", body=body, ednote=ednote) is None
    assert read_cues(headline="Graz builds a bridge", body=body, ednote=ednote) == (cue,)
    lift = read_notice(headline="EMBARGO LIFTED: bridge", body="The embargo is lifted. It may be used now.")
    assert lift.kind == "embargo lift"
