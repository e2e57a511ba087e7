"""What readers cannot see changes no hash; what they read tells the language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.normalise.text import TEXT_VERSION, choose_language, detect_language, text_hash

PLAIN = 'The minister said: "It\'s done" - and left.\n\nNobody asked.'


@pytest.mark.parametrize(
    "seen_the_same",
    [
        PLAIN.replace(" ", "\u00a0"),
        PLAIN.replace("\n\n", "\n"),
        f"\ufeff{PLAIN}  ",
        PLAIN.replace("minister", "min\u00adis\u200bter"),
        PLAIN.replace('"', "“"),
        PLAIN.replace("'", "’"),
        PLAIN.replace(" - ", " — "),
        PLAIN.replace(" - ", " -- "),
    ],
)
def test_what_readers_cannot_see_does_not_count(seen_the_same):
    """Spaces, invisible characters, and the shape of quotes and dashes."""
    assert text_hash(seen_the_same) == text_hash(PLAIN)


@pytest.mark.parametrize(
    "edited", [PLAIN.replace("done", "over"), PLAIN.upper(), PLAIN[:-1], PLAIN.replace("It", "1t"), ""]
)
def test_what_readers_see_counts(edited):
    """A word, a case, a sign of punctuation."""
    assert text_hash(edited) != text_hash(PLAIN)


def test_composition_does_not_count():
    """One letter in one or two code points is one letter; the hash says its version."""
    assert text_hash("café") == text_hash("cafe\u0301")
    assert text_hash("café") != text_hash("cafe")
    assert text_hash(PLAIN).startswith(TEXT_VERSION)
    assert len(text_hash(PLAIN)) == 33


@given(st.text(max_size=200))
def test_any_text_has_one_hash(text):
    """The hash is stable and never raises, lone surrogates included."""
    assert text_hash(text) == text_hash(text + " \n")
    detect_language(text)


LANGUAGES = [
    ("The government said on Monday that it would publish the figures next week.", "en"),
    ("Die Regierung teilte am Montag mit, dass die Zahlen nächste Woche kommen.", "de"),
    ("Le gouvernement a annoncé lundi la publication des chiffres la semaine prochaine.", "fr"),
    ("El Gobierno anunció el lunes que publicará las cifras la próxima semana.", "es"),
    ("O governo anunciou na segunda-feira que os números serão divulgados na próxima semana.", "pt"),
    ("Il governo ha annunciato lunedì che i dati saranno pubblicati la prossima settimana.", "it"),
    ("Правительство сообщило в понедельник, что цифры опубликуют на следующей неделе.", "ru"),
    ("أعلنت الحكومة يوم الاثنين أنها ستنشر الأرقام الأسبوع المقبل.", "ar"),
    ("政府周一表示，将于下周公布这些数据。", "zh"),
    ("政府は月曜日、来週に統計を公表すると発表した。", "ja"),
    ("정부는 다음 주에 통계를 발표한다고 월요일 밝혔다.", "ko"),
    ("Hükümet pazartesi günü rakamların gelecek hafta açıklanacağını bildirdi.", "tr"),
    ("सरकार ने सोमवार को कहा कि आंकड़े अगले सप्ताह जारी किए जाएंगे।", "hi"),
    ("Η κυβέρνηση ανακοίνωσε τη Δευτέρα ότι τα στοιχεία θα δημοσιευθούν.", "el"),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_the_language_of_a_sentence(text, language):
    """Scripts of one language decide alone, words otherwise."""
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "123", "OK", "AFP", "北京"])
def test_a_text_too_short_has_no_language(text):
    """Nobody could be sure."""
    assert detect_language(text) is None


def test_the_declared_language_counts_between_languages_that_are_alike_and_on_wires():
    """Sites declare the language of their menu; wires that of the text."""
    german, norwegian = LANGUAGES[1][0], "Regjeringen sa mandag at tallene skal offentliggjøres i neste uke."
    assert choose_language(german, "en-US") == "de"
    assert choose_language(norwegian, "nb-NO") == "nb"
    assert choose_language(german, "en", "nitf") == "en"
    assert choose_language("", "pt_BR") == "pt"
    assert choose_language("", "not a tag") is None
