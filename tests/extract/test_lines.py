"""Lines that pages print between paragraphs go, sentences that merely begin like them stay."""

import pytest
from lxml import etree

from wirecopy.extract.blocks import Block, read_blocks
from wirecopy.extract.lines import is_line

LINES = [
    "Advertisement",
    "Anzeige",
    "Read more: How the ferry came to town",
    "READ ALSO",
    "Lesen Sie auch: Wie die Fähre in die Stadt kam",
    "À lire aussi Le bac reste une année de plus",
    "Lea también: El transbordador se queda",
    "Читайте также: Паром останется",
    "関連記事",
    "相关阅读：渡轮再留一年",
    "Related stories",
    "Sign up for our morning newsletter",
    "Follow us on Telegram",
    "Share this article",
    "Photo: Jane Doe/Example Press",
    "The ferry at its pier on Monday. (AFP / JANE DOE)",
    "Die Fähre am Anleger. Foto: Max Muster/dpa",
    "© Jane Doe",
    "Updated on March 18, 2025 at 10:42",
    "4 min read",
    "- Anzeige -",
    "Seguinos en nuestras redes y enterate de todo",
    "Schreiben Sie uns Ihre Meinung in die Kommentare.",
    "Retrouvez toute l'actualité de votre région sur notre application.",
    "Нашли опечатку? Выделите фрагмент и нажмите Ctrl+Enter",
    "Advertisement - continue reading below",
    "Scroll down to continue reading",
    "The ferry at its pier on Monday. Photo by Jane Doe",
    "The ferry at its pier on Monday. (Jane Doe/The Post)",
    '[adrotate group="3"]',
]
SENTENCES = [
    "Related deaths rose by five percent, the ministry said.",
    "Most read the decision as a defeat for the mayor.",
    "Follow the money, the auditor told the council.",
    "Published in 2014, the book sold well.",
    "Updated rules take effect in 2026.",
    "Video of the crash showed the crane swaying.",
    "Share prices fell by a third on Monday.",
    "More news is expected after the meeting on Monday. The mayor will speak first.",
    "Print was invented in Mainz, the guide said.",
    "Saving the ferry would cost two million, he said.",
    "Comments by the mayor drew anger.",
    "The photo showed the crane, the witness said.",
    "The jury was shown a photo by Jane Doe. It was taken at noon.",
    "Scroll, he said, was what they called it then (and still do).",
]


@pytest.mark.parametrize("text", LINES)
def test_a_line_around_the_text_is_told(text):
    assert is_line(Block(text, "text", etree.Element("p")))


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_of_the_text_stays(text):
    assert not is_line(Block(text, "text", etree.Element("p")))


def test_a_few_words_before_a_link_point_elsewhere():
    (block,) = read_blocks(etree.fromstring("<p>IN DEPTH | <a href='/x'>How the ferry came to town</a></p>"))
    assert is_line(block)


def test_a_link_in_a_sentence_points_nowhere():
    (block,) = read_blocks(etree.fromstring("<p>The council said: <a href='/x'>the ferry</a> stays for a year.</p>"))
    assert not is_line(block)


def test_line_breaks_part_sentences_but_not_wrapped_text():
    whole = read_blocks(etree.fromstring("<div>The ferry stays.<br/>The bridge waits.</div>"))
    assert [block.text for block in whole] == ["The ferry stays.", "The bridge waits."]
    wrapped = "The council voted on Monday to keep the old ferry running until the bridge across the river"
    (block,) = read_blocks(etree.fromstring(f"<div>{wrapped}<br/>is open again.</div>"))
    assert block.text == f"{wrapped} is open again."


def test_blocks_know_their_kind_and_links():
    blocks = read_blocks(
        etree.fromstring(
            "<div><h2>Head</h2><ul><li><p>Item <a>link</a></p></li></ul><blockquote>Said</blockquote></div>"
        )
    )
    assert [(block.kind, block.text) for block in blocks] == [
        ("head", "Head"),
        ("item", "Item link"),
        ("quote", "Said"),
    ]
    assert blocks[1].links == 1
    assert 0.4 < blocks[1].link_share < 0.5
