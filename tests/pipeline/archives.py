"""Archives to backfill, of made-up stories: captured pages, WARC, wire files, dumps."""

import gzip
import io
import json
import random
from datetime import UTC, datetime, timedelta

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from blank_warehouse import put_blank
from pipeline.newsroom import START, page
from wirecopy.settings import Settings

PLACES = (
    "HALDEN",
    "KISUMU",
    "PORTO",
    "SENDAI",
    "GDANSK",
    "BERGEN",
    "SPLIT",
    "TARTU",
    "GALWAY",
    "VIGO",
    "PATRAS",
    "ADEN",
)
SYLLABLES = (
    "ba",
    "cor",
    "del",
    "fin",
    "gra",
    "hol",
    "jun",
    "kes",
    "lim",
    "mar",
    "nov",
    "pel",
    "quo",
    "ras",
    "sil",
    "tum",
)
VERBS = ("lost", "bought", "counted", "found", "sold", "mended", "promised", "closed", "painted", "shipped")


def settings_of(folder, **changes):
    """Return the settings of a folder; where it holds no warehouse, one without rows is put there."""
    path = folder / "news.duckdb"
    return Settings(**{"warehouse": path if path.exists() else put_blank(path), "workers": 1, **changes})


def told(number):
    """Return headline and paragraphs of a story of its own for every number: no two share more than a few words."""
    chance, place = random.Random(number), PLACES[number % len(PLACES)]

    def word():
        return "".join(chance.choices(SYLLABLES, k=4))

    def sentence():
        things = f"{chance.randint(3, 900)} {word()}s and a {word()}"
        return f"The {word()} of {word().title()} {chance.choice(VERBS)} {things} for {word()} on Monday."

    paragraphs = [" ".join(sentence() for _ in range(3)) for _ in range(4)]
    paragraphs[0] = f"{place} (AP) — {paragraphs[0]}"
    return f"{place.title()} counts its losses, report {number}", paragraphs


def captured_pages(folder, count, *, extra=None):
    """Write a folder of gzipped pages with the manifest that names their addresses; return it."""
    folder.mkdir(parents=True)
    manifest = {}
    for number in range(count):
        name = f"Outlet_{number:04}.html.gz"
        (folder / name).write_bytes(gzip.compress(page(*told(number)), mtime=0))
        manifest[name] = {
            "url": f"https://outlet.example/2026/03/02/quay-{number}",
            "crawl_date": "2026-03-02 10:00:00",
        }
    for name, (about, body) in (extra or {}).items():
        (folder / name).write_bytes(body)
        manifest[name] = about
    (folder / "meta.info").write_text(json.dumps(manifest))
    return folder


def warc(records, *, zipped=True):
    """Return a WARC file of (kind, url, status, body) records."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=zipped)
    for kind, url, status, body in records:
        head = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        at = {"WARC-Date": (START + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")}
        if kind == "revisit":
            record = writer.create_revisit_record(
                url, "sha1:" + "A" * 32, url, "2026-03-01T00:00:00Z", http_headers=head, warc_headers_dict=at
            )
        else:
            record = writer.create_warc_record(
                url, kind, payload=io.BytesIO(body), http_headers=head, warc_headers_dict=at
            )
        writer.write_record(record)
    return out.getvalue()


def quay(number):
    """Return a WARC record's parts for a page of its own."""
    return ("response", f"https://outlet.example/2026/03/02/quay-{number}", "200 OK", page(*told(number)))


def reuters_sgml(numbers):
    """Return a dump in the manner of Reuters-21578, `&#3;` at the end of each body included."""
    records = []
    for number in numbers:
        headline, paragraphs = told(number)
        records.append(
            f'<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="{number}" NEWID="{number + 1}">\n'
            f"<DATE> 2-MAR-1987 15:{number % 60:02}:43.12</DATE>\n<TOPICS><D>ship</D></TOPICS>\n<PLACES><D>norway</D></PLACES>\n"
            f"<TEXT>&#2;\n<TITLE>{headline.upper()}</TITLE>\n<DATELINE>    OSLO, March 2 - </DATELINE><BODY>"
            f"{chr(10).join(' ' + one for one in paragraphs)}\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n"
        )
    return ('<!DOCTYPE lewis SYSTEM "lewis.dtd">\n' + "".join(records)).encode("utf-8")


def plain_export(numbers):
    """Return an export of records that begin with their date: a leading blank, blank lines inside."""
    records = []
    for number in numbers:
        place = PLACES[number % len(PLACES)].title()
        _, (first, *rest) = told(number)
        lead = first.partition(" — ")[2]
        day = 1 + number % 28
        text = "\n\n".join([f"{place}, June {day} (IANS) {lead}", *rest])
        records.append(f" date 2025-06-{day:02} {text}\n")
    return "".join(records).encode()


def ninjs(number, **changes):
    headline, paragraphs = told(number)
    values = {
        "uri": f"urn:newsml:dpa.com:20260302:quay-{number}",
        "type": "text",
        "version": "1",
        "versioncreated": START.isoformat(),
        "pubstatus": "usable",
        "language": "en",
        "headline": headline,
        "source": "dpa",
        "body_html": "".join(f"<p>{one}</p>" for one in paragraphs),
        **changes,
    }
    return json.dumps(values).encode()


def nitf(number):
    headline, paragraphs = told(number)
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        '<?xml version="1.0" encoding="utf-8"?><nitf><head><docdata management-status="usable">'
        f'<doc-id id-string="afp.com-quay-{number}" regsrc="AFP"/><date.issue norm="20260302T080000Z"/></docdata></head>'
        f"<body><body.head><hedline><hl1>{headline}</hl1></hedline></body.head>"
        f"<body.content>{text}</body.content></body></nitf>"
    ).encode()


def rss_with_texts(numbers):
    """Return a feed that carries its texts whole."""
    items = ""
    for number in numbers:
        headline, paragraphs = told(number)
        text = "".join(f"<p>{one}</p>" for one in paragraphs)
        items += (
            f"<item><title>{headline}</title><link>https://wire.example/2026/03/02/quay-{number}</link>"
            f"<pubDate>Mon, 02 Mar 2026 08:{number % 60:02}:00 GMT</pubDate><content:encoded><![CDATA[{text}]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Wire</title><link>https://wire.example/</link>{items}</channel></rss>"
    ).encode()


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
