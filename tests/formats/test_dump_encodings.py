"""Dumps in the encodings of their days: told from the letters, for nothing declares them."""

import json

import pytest

from wirecopy.formats import read_articles

TEXTS = {
    "fr": ("Grève à l'hôpital", "La préfète a annoncé la réouverture des écoles près du château de Sète, à Noël."),
    "de": ("Müller fährt nach Köln", "Änderungen könnten für Fußgänger auf größeren Straßen später möglich sein."),
    "es": ("El niño volvió a Málaga", "El año pasado volvió a la montaña, según informó la compañía. ¿Qué pasó?"),
    "pl": ("Żółw w Łodzi", "Mieszkańcy wyrazili sprzeciw wobec zamknięcia ścieżki. Rząd zgłosił wątpliwości."),
    "cs": ("Příliš žluťoučký kůň", "Řidiči čekají na uzavřené silnici už třetí den, oprava potrvá několik týdnů."),
    "tr": (
        "İstanbul'da yağış",
        "Büyükşehir Belediyesi şiddetli yağışın öğle saatlerinden sonra etkili olacağını söyledi.",
    ),
    "ru": ("Мост открыт", "Мост через реку открыт для движения после ремонта, сообщили в администрации города."),
    "ja": ("新幹線が再開", "新幹線が運転を再開した。乗客に混乱はない。表示も正常だという。"),
    "zh": ("大桥今日通车", "大桥经过三个月的维修后，今日重新开放通车，市民表示交通大为改善。"),
    "ko": ("부산항 문을 열다", "부산항이 월요일 수리를 마치고 다시 문을 열었다고 항만 당국이 밝혔다."),
}
ENCODINGS = {
    "fr": ("cp1252", "mac_roman", "cp850"), "de": ("cp1252", "mac_roman", "cp437"), "es": ("cp1252", "mac_roman"),
    "pl": ("cp1250", "iso8859-2", "cp852"), "cs": ("cp1250",), "tr": ("cp1254",), "ru": ("cp1251", "koi8-r", "cp866"),
    "ja": ("cp932", "euc_jp", "iso2022_jp"), "zh": ("gb18030",), "ko": ("cp949",),
}  # fmt: skip
CASES = [(language, encoding) for language, encodings in ENCODINGS.items() for encoding in encodings]


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_an_undeclared_encoding_is_told_from_the_letters(language, encoding):
    """Table, lines of JSON and teletype copy give the same text in each."""
    headline, body = TEXTS[language]
    line = json.dumps({"id": 1, "title": headline, "text": body}, ensure_ascii=False)
    files = (
        f'id,title,text\r\n1,{headline},"{body}"\r\n',
        f"{line}\n{line}\n",
        f"ZCZC\r\n{headline}\r\n\r\n   {body}\r\nNNNN\r\n",
    )
    for text in files:
        article = next(read_articles(text.encode(encoding)))
        assert (article.headline, body in article.body) == (headline, True)


def test_lines_of_old_macintoshes_end_in_carriage_returns():
    """A table without a line feed is a table; a carriage return in a cell of another is no line end."""
    articles = list(read_articles(b"id,title,text\r1,A,Ships.\r2,B,Boats.\r"))
    assert [(one.headline, one.body) for one in articles] == [("A", "Ships."), ("B", "Boats.")]
    (article,) = read_articles(b"id\ttitle\ttext\n1\tA\rB\tShips.\n")
    assert article.headline == "A B"


def test_an_apostrophe_between_letters_speaks_against_no_encoding():
    """A short French text on a Macintosh has as many of them as accents."""
    text = "Le port a rouvert après l’été, a dit l’élu."
    (article,) = read_articles(f"id,titre,texte\r1,Été à Sète,{text!r}\r".replace("'", '"').encode("mac_roman"))
    assert (article.headline, article.body) == ("Été à Sète", text)
