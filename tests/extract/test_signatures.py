"""Who wrote a report is found wherever pages print it: in microdata, beside the date, before and after the text."""

import pytest

from wirecopy.api import extract_article

SENTENCE = "The council voted on Monday to keep the old ferry running until the bridge across the river is open again."
TEXT = "".join(f"<p>{SENTENCE} Item {n} on the list was put off.</p>" for n in range(6))
TITLE = "<h1>Ferry stays another year</h1>"

DESIGNED = [
    ('<div class="byline">By <a rel="author">Ada Marsh</a></div>', "", ("Ada Marsh",)),
    (
        '<span itemprop="author" itemscope><meta itemprop="name" content="Ada Marsh"></span>',
        "",
        ("Ada Marsh",),
    ),
    (
        '<div class="people"><div class="author"><a>Ada Marsh</a></div><div class="author"><a>Ben Cole</a></div></div>',
        "",
        ("Ada Marsh", "Ben Cole"),
    ),
]
AS_PRINTED = [
    ("<div class=byline><span>Par</span> <b>Ada Marsh</b><span>Journaliste</span></div>", "", ("Ada Marsh",)),
    ("<div class=author><a>Ada Marsh</a><span>Madrid</span></div>", "", ("Ada Marsh",)),
    ("<div class=byline>By Ada Marsh, Senior Political Correspondent | Updated 18 March</div>", "", ("Ada Marsh",)),
    (
        "<ul class=authors><li><a>Ada Marsh</a><p>Reporter</p></li><li><a>Ben Cole</a></li></ul>",
        "",
        ("Ada Marsh", "Ben Cole"),
    ),
    ("<div><span>Ada Marsh</span> - <time>18.03.2025</time></div>", "", ("Ada Marsh",)),
    ("<p>Penulis: Ada Marsh | Editor: Ben Cole</p>", "", ("Ada Marsh",)),
    ("<div>Door <span><a>Ada Marsh</a></span> op di, 14/05/2024 - 08:30</div>", "", ("Ada Marsh",)),
    ("<p>By Ada Marsh May 14, 2024</p>", "", ("Ada Marsh",)),
    ("<p>Oleh: Ada Marsh</p>", "", ("Ada Marsh",)),
    ("<p>Автор: Анна Маршал</p>", "", ("Анна Маршал",)),
    ("<div>記者 王小明</div>", "", ("王小明",)),
    ("<div>Tue 18.03.25 | 14:07 | Von <span>Ada Marsh</span></div>", "", ("Ada Marsh",)),
    ('<div class="line">Tue 18.03.25 | Von <span class="authorname">Ada Marsh</span></div>', "", ("Ada Marsh",)),
    ("<div><span>Ada Marsh |</span> <span>18.03.2025</span></div>", "", ("Ada Marsh",)),
    ("<p><strong>Ada Marsh/Ben Cole</strong></p>", "", ("Ada Marsh", "Ben Cole")),
    ("", '<p style="text-align:right"><strong>Lê Phương</strong></p>', ("Lê Phương",)),
    ("", '<p style="text-align: right">Ada Marsh</p>', ("Ada Marsh",)),
    ('<div class="author">Ada Marsh</div>', '<div>Editor : <a class="author">Hari Edi</a></div>', ("Ada Marsh",)),
]
AROUND_THE_WORLD = [
    ("<div>Jo Lane, Associated Press</div>", ("Jo Lane",)),
    ("<p>By JO LANE and MO ADE<br>Associated Press</p>", ("JO LANE", "MO ADE")),
    ("<p>A summary of what the council decided on Monday, in one sentence of some length.</p><div><div>Por</div> <a>Ana Rui</a> - </div>", ("Ana Rui",)),
    ("<div><span>By</span> <b>Ana Rui</b><b>Staff Writer</b></div>", ("Ana Rui",)),
    ("<div><a href='/author/ana-rui'>Ana Rui</a></div>", ("Ana Rui",)),
    ("<div><a href='https://x.example/by/ana/'>Ana Rui</a> and <a href='https://x.example/by/jo/'>Jo Lane</a></div>", ("Ana Rui", "Jo Lane")),
    ("<div>Posted by Ana Rui on March 18, 2025</div>", ("Ana Rui",)),
    ("<div>Publié le 18/03/2025 à 07h30 par Claire Aubin</div>", ("Claire Aubin",)),
    ("<div>Rédigé par Claire Aubin le 18 mars 2025</div>", ("Claire Aubin",)),
    ("<div>Escrito por Ana Rui - 18 de marzo de 2025</div>", ("Ana Rui",)),
    ("<div>Анна Маршал / 18.03.2025</div>", ("Анна Маршал",)),
    ("<div><span>Haber: Deniz Altay</span> <span>Giriş: 18.03.2025 - 15:47</span></div>", ("Deniz Altay",)),
    ("<div>Πέμπτη, 20 Μαρτίου 2025 09:30 | Συντάκτης: <a>Νίκος Παπάς</a></div>", ("Νίκος Παπάς",)),
    ("<div>Του Νίκου Παπά</div>", ("Νίκου Παπά",)),
    ("<div><span>كتبت: منى عبد الله</span><span>الأربعاء، 19 مارس 2025 03:20 م</span></div>", ("منى عبد الله",)),
    ("<div>نویسنده: سارا کریمی</div>", ("سارا کریمی",)),
    ("<div>מאת: רונית אלמוג</div>", ("רונית אלמוג",)),
    ("<div>लेखक: रवि तिवारी</div>", ("रवि तिवारी",)),
    ("<div>Edited By: Neha Sinha</div><div>Written By: Ravi Tiwari</div>", ("Ravi Tiwari",)),
    ("<div>2025年03月18日 08:15  来源：城市日报  作者：周锦程</div>", ("周锦程",)),
    ("<div>記者周錦程／台北報導</div>", ("周錦程",)),
    ("<div>取材・文＝山田太郎</div>", ("山田太郎",)),
    ("<div><span>김하늘 기자</span><span>입력 2025.03.18 10:15</span></div>", ("김하늘",)),
    ("<div>Mwandishi: Juma Mosha</div>", ("Juma Mosha",)),
    ('<div class="footer"><time>18.03.2025</time> <span class="list-author">Von Petra Huber</span></div>', ("Petra Huber",)),
]  # fmt: skip
SENT_BY = [
    ("<div>Reuters</div>", "Reuters"),
    ("<div>Agência Lusa</div>", "Lusa"),
    ("<div>2025-03-18 08:15 来源：新华社</div>", "新华社"),
    ("<div>Источник: ТАСС</div>", "ТАСС"),
    ("<div class=source>Kaynak: Anadolu Ajansı</div>", "Anadolu Ajansı"),
    ("<p>JO LANE, Associated Press</p>", "Associated Press"),
    ("<div class=author>dpa/lni</div>", "dpa"),
    ("<div class=author>Mit Material der dpa</div>", "dpa"),
    ("<div class=author>Quelle: APA</div>", "APA"),
    ("<div class=byline>Staff and agencies</div>", "Staff and agencies"),
]
MUST_NOT = [
    ("<div class=author-bio>Ada Marsh covers ferries and bridges for Example and lives on the other bank.</div>", ""),
    ("<p><strong>Key points so far</strong></p>", ""),
    ("<div>River News | 18.03.2025</div>", ""),
    ("", "<p>Ada Marsh</p>"),
    ("", "<p><strong>What comes next</strong></p>"),
    ("<p><strong>New York</strong></p>", ""),
    ("<p>By Monday the boats were back.</p>", ""),
    ("<p>Source of the fire: a heater</p>", ""),
    ("<div>Marsh Harbour, March 18, 2025</div>", ""),
    ("<div><a href='/people/'>People and Places</a></div>", ""),
    ("<div>Text size: Large</div>", ""),
]


def read(before, after):
    page = f"<html><body><article>{TITLE}{before}{TEXT}{after}</article></body></html>"
    article = extract_article(page.encode(), "https://www.example.org/news/ferry-stays-123")
    assert article is not None
    return article


@pytest.mark.parametrize(("before", "after", "names"), DESIGNED + AS_PRINTED)
def test_those_who_sign_a_report_are_its_authors(before, after, names):
    article = read(before, after)
    assert article.authors == names
    assert not any(name in article.body for name in names)


@pytest.mark.parametrize(("before", "after"), MUST_NOT)
def test_other_short_lines_name_no_author(before, after):
    assert read(before, after).authors == ()


@pytest.mark.parametrize(("line", "names"), AROUND_THE_WORLD)
def test_a_byline_is_read_in_the_words_of_its_country(line, names):
    """Nothing marks it but its words, a date beside it, or a link to the author's page; and it is no part of the text."""
    article = read(line, "")
    assert article.authors == names
    assert article.body.startswith((SENTENCE, "A summary"))


@pytest.mark.parametrize(("line", "credit"), SENT_BY)
def test_a_line_that_names_the_agency_is_its_credit(line, credit):
    article = read(line, "")
    assert credit in (article.credit or "")
    assert article.body.startswith(SENTENCE)


def test_a_source_named_behind_the_text_is_its_credit():
    """In an element of its own, outside of the one that holds the text."""
    page = f"<article>{TITLE}<div class=text>{TEXT}</div><div class=foot>Kaynak: DHA</div></article>"
    article = extract_article(page.encode(), "https://www.example.org/news/ferry-stays-123")
    assert article is not None
    assert article.credit == "DHA"
    assert article.body.endswith("was put off.")


def test_the_entry_of_a_blog_names_its_author_and_date_behind_the_text():
    """In microformats, of a page that holds one entry."""
    foot = '<div class=post-footer>Posted by <span class="vcard"><span class="fn">Seun Bakare</span></span> at <abbr class="published" title="2025-03-18T21:14:00+01:00">21:14</abbr></div>'
    page = f'<div class="post hentry"><h3 class="entry-title">Ferry stays another year</h3><div class="entry-content">{TEXT}</div>{foot}</div>'
    article = extract_article(page.encode(), "https://www.example.org/2025/03/ferry-stays.html")
    assert article is not None
    assert article.authors == ("Seun Bakare",)
    assert article.published is not None
    assert article.published.at.isoformat() == "2025-03-18T21:14:00+01:00"
