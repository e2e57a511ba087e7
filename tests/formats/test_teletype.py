"""IPTC 7901, ANPA 1312 and wrapped plain text, with and without their control characters."""

import pytest

from wire_samples import ANPA, END_7901, HEAD_7901, MAIL, TEXT_7901
from wirecopy.errors import MarkupUnreadable
from wirecopy.formats import read_articles, sniff


def read(text, encoding="utf-8"):
    return list(read_articles(text.encode(encoding)))


def test_a_7901_message_in_its_parts():
    """Header, slug, labels, headline, byline, text, notes and time."""
    (article,) = read(HEAD_7901 + TEXT_7901 + END_7901)
    assert (article.headline, article.byline, article.slugline) == (
        "Hafen nach Sturm wieder offen",
        "Von Ana Reis, dpa",
        "Hafen/Portugal",
    )
    assert (article.urgency, article.provider, article.word_count) == (4, "dpa", 211)
    assert article.version_created.isoformat() == "2024-03-05T10:15:00+00:00"
    assert article.body == "Aveiro (dpa) - Die Schiffe sind zurück.\n\nVerletzt wurde niemand."
    assert article.ednote.startswith("# Notizblock")
    assert dict(article.extra)["labels"] == "1ST LEAD"
    assert article.doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        (HEAD_7901 + TEXT_7901 + END_7901).replace("\x01", ""),
        (HEAD_7901 + TEXT_7901 + END_7901).replace("\x02", ""),
        (HEAD_7901 + TEXT_7901 + END_7901).translate(dict.fromkeys(b"\x01\x02\x03\x04\x7f")),
        "\x7f\x7f\r\n\x7f" + HEAD_7901 + TEXT_7901 + END_7901,
        (HEAD_7901 + TEXT_7901 + END_7901).replace("\r\n", "\n"),
    ],
)
def test_7901_is_known_without_its_control_characters(text):
    """Any of them may be gone, or preceded by others."""
    (article,) = read(text)
    assert (article.format, article.headline, article.slugline) == (
        "iptc7901",
        "Hafen nach Sturm wieder offen",
        "Hafen/Portugal",
    )
    assert article.version_created.hour == 10


def test_a_7901_message_without_its_end_lands_with_a_doubt():
    """What is there is kept."""
    (article,) = read(HEAD_7901 + TEXT_7901)
    assert [d.code for d in article.doubts] == ["end_missing"]
    assert article.headline == "Hafen nach Sturm wieder offen"


def test_several_7901_messages_and_legacy_bytes():
    """Messages part at their ends; windows-1252 is read, a month may be French and without zone."""
    second = "\x01bsf025 3 ec 12   ats 967\r\nMarché\r\n\x02Le marché rouvre =\r\n\r\nParis (ats) Les étals sont là.\r\n\x03091223 déc 23\r\n\x04"
    first, other = read(HEAD_7901 + TEXT_7901 + END_7901 + second, "cp1252")
    assert first.body.startswith("Aveiro")
    assert (other.headline, other.body) == ("Le marché rouvre", "Paris (ats) Les étals sont là.")
    assert (other.version_created.month, other.version_created.year) == (12, 2023)


def test_an_anpa_message_whose_text_begins_behind_its_marked_lines():
    """Where STX stands behind the `^` lines they say what they say before it."""
    moved = ANPA.replace("\x02", "").replace("\t   AVEIRO", "\x02\t   AVEIRO")
    (article,), (usual,) = read(moved), read(ANPA)
    assert (article.headline, article.slugline, article.body) == (usual.headline, usual.slugline, usual.body)


def test_an_anpa_message_in_its_parts():
    """Keyword line, headline, notes and byline among the marked lines; text, agency and time."""
    (article,) = read(ANPA)
    assert (article.slugline, article.headline) == ("BC-Harbor-Storm, 1st Ld-Writethru", "Harbor reopens after storm")
    assert (article.byline, article.ednote, article.word_count) == ("By ANA REIS", "Eds: Adds quote.", 211)
    assert (article.priority, article.subjects[0].code, article.provider) == ("r", "i", "AP")
    assert article.version_created.isoformat() == "2024-03-05T10:15:00+00:00"
    assert article.body == "AVEIRO, Portugal (AP) — Ships “came” back.\n\nNobody was hurt."


def test_day_month_order_is_the_sender_s():
    """Who writes day-month is data; no zone means the agency's, with a doubt."""
    text = "\x01a0105KYODO\x1f-koko-\r\nu s\x14\x12 BC-Harbor   09-12 0344\r\n\x02BC-Harbor\r\nHarbor reopens+\r\n     NAGOYA, Dec. 9 Kyodo - Ships came back.\r\n\x03KWS-21:37-09-12-18\x04"
    (article,) = read(text)
    assert article.version_created.isoformat() == "2018-12-09T21:37:00+09:00"
    assert (article.headline, article.provider, [d.code for d in article.doubts]) == (
        "Harbor reopens",
        "Kyodo",
        ["zone_assumed"],
    )


def test_anpa_without_controls_or_end():
    """The two header lines tell the format; a missing end is a doubt."""
    bare = ANPA.translate({1: None, 2: None, 3: None, 4: None, 12: None, 17: None, 19: None, 22: None, 31: None})
    (article,) = read(bare)
    assert (article.format, article.headline, article.provider, article.doubts) == (
        "anpa",
        "Harbor reopens after storm",
        "AP",
        (),
    )
    (article,) = read(ANPA[: ANPA.index("\x03")])
    assert [d.code for d in article.doubts] == ["end_missing"]


def test_anpa_tables_lose_their_control_bytes():
    """Fixed spaces, halves and separators become readable."""
    text = ANPA.replace("\t   Nobody was hurt.", "\x08New\x10York;16;7{\x1e")
    assert read(text)[0].body.endswith("New York;16;7½")


def test_symbol_lines_of_wrapped_copy():
    """`#` slug, `$` headline, `*` subject; the wrapper is no text."""
    (article,) = read(
        "ZCZC AAP\r\n%A\r\n#Harbour\r\n$Harbour reopens\r\n*04000000\r\nShips came back.\r\n\r\nAAP\r\nNNNN\r\n"
    )
    assert (article.slugline, article.headline, article.provider) == ("Harbour", "Harbour reopens", "AAP")
    assert (article.body, article.subjects[0].name) == ("Ships came back.\n\nAAP", "economy, business and finance")


def test_press_releases_and_tag_lines():
    """A release names its source and number; tags name their fields."""
    (release,) = read(
        "Source: Example Works, Inc.\nMEDIA RELEASE PR12345\nExample Works opens\nits harbour\n\nAVEIRO, March 5 /XYZ/ --\n\nShips came back.\n"
    )
    assert (release.provider, release.item_uri, release.headline) == (
        "Example Works, Inc.",
        "PR12345",
        "Example Works opens its harbour",
    )
    (tagged,) = read("SL#harbour\nHL#Harbour reopens\nBY#Ana Reis\nTX#Ships came back.\nNobody was hurt.\n")
    assert (tagged.slugline, tagged.headline, tagged.byline) == ("harbour", "Harbour reopens", "Ana Reis")
    assert tagged.body.startswith("Ships came back.")


def test_official_bulletins_name_their_office_and_time():
    """Number, office, headline block, time of issue; the text is kept whole."""
    text = "IDX12345\nExample Bureau of Weather\nNorth Coast\n\nCancellation of\nStorm Alert for Aveiro\n\nIssued at 9:27 pm EST on Thursday 5 July 2018.\n\nThe alert has been cancelled.\n"
    (article,) = read(text)
    assert (article.provider, article.headline) == (
        "Example Bureau of Weather",
        "Cancellation of Storm Alert for Aveiro",
    )
    assert article.version_created.isoformat() == "2018-07-05T21:27:00+00:00"
    assert article.body.startswith("IDX12345")


def test_other_text_is_kept_as_it_is():
    """No rule, no loss."""
    (article,) = read("Harbour reopens\n\nShips came back, they said.\n")
    assert (article.format, article.headline) == ("text", "Harbour reopens")
    with pytest.raises(MarkupUnreadable):
        read("word " * 2_000_000)


def test_mail_prefers_plain_text_and_names_attachments():
    """Encoded words are decoded, the sender's domain is the provider."""
    (article,) = read(MAIL)
    assert (article.headline, article.body, article.item_uri) == (
        "Hafen geöffnet",
        "Die Schiffe sind zurück.",
        "abc@xyz.example",
    )
    assert (article.provider, article.byline, article.names[0].raw) == (
        "news.xyz.example",
        "Ana Reís <ana@news.xyz.example>",
        "Ana Reís",
    )
    assert article.version_created.isoformat() == "2024-03-05T10:15:00+01:00"
    assert article.extra == (("attachments", "a.png"),)


def test_mail_copied_off_the_line_or_kept_in_a_mailbox():
    """Doubled dots are undone, an mbox holds several messages."""
    plain = "From: a@xyz.example\nSubject: Dots\n\n..hidden\nText.\n.\n"
    assert read(plain)[0].body == ".hidden\nText."
    box = "From a@b Tue Mar  5 10:15:00 2024\nFrom: a@xyz.example\nSubject: One\n\nText.\n\nFrom a@b Tue Mar  5 10:16:00 2024\nFrom: a@xyz.example\nSubject: Two\n\nText.\n"
    assert [a.headline for a in read(box)] == ["One", "Two"]


def test_mail_with_raw_bytes_and_nested_beyond_reason():
    """Raw bytes in a subject are repaired; endless parts are refused."""
    (article,) = read_articles("Subject: Zürich\nFrom: a@xyz.example\n\nText\n".encode("cp1252"))
    assert article.headline == "Zürich"
    deep = b"From: a@b\nSubject: x\n" + b"Content-Type: message/rfc822\n\n" * 3000
    with pytest.raises(MarkupUnreadable, match="nested"):
        list(read_articles(deep))


@pytest.mark.parametrize(
    ("text", "name"),
    [(HEAD_7901 + TEXT_7901, "iptc7901"), (ANPA, "anpa"), (MAIL, "mail"), ("ZCZC AAP\n#a\n$b\n", "text")],
)
def test_sniffing_tells_teletype_from_text(text, name):
    """By content alone."""
    assert sniff(text.encode(), "wrong.json") == name


def test_the_source_of_a_header_names_the_agency_where_its_service_does_not():
    """APA closes with a date of its own, in Vienna's time."""
    text = "\x01APA0233 5 II 0210 WI\r\n\r\nHandel/\r\n\x02Handel wuchs =\r\n\r\nWien (APA) - Der Handel wuchs.\r\n\x03APA0233  2026-04-02/11:20\r\n\r\n021120 Apr 26\r\n"
    (article,) = read_articles(text.encode())
    assert (article.provider, article.version_created.isoformat()) == ("APA", "2026-04-02T11:20:00+02:00")


def test_a_header_sent_twice_by_a_line_is_one_header():
    """Receivers repeat SYN and SOH where the line was noisy."""
    text = "\x16\x16\x01\x16\x16\x01a0412\x1fu a bc-Flood  04-02 0412\r\n\x02^BC-Flood,12<\r\n^River crests<\r\n   FARGO, N.D. (AP) _ Safe.<\r\n\x03AP-WF-04-02-26 1810GMT<\r\n"
    (article,) = read_articles(text.encode())
    assert (article.format, article.headline) == ("anpa", "River crests")
