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
MUST_NOT = [
    ("<div class=author-bio>Ada Marsh covers ferries and bridges for Example and lives on the other bank.</div>", ""),
    ("<p><strong>Key points so far</strong></p>", ""),
    ("<div>River News | 18.03.2025</div>", ""),
    ("", "<p>Ada Marsh</p>"),
    ("", "<p><strong>What comes next</strong></p>"),
    ("<p><strong>New York</strong></p>", ""),
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
