"""The text of a page is found in the layouts of many content systems, beside teasers that hold as much text as it."""

import pytest

from wirecopy.api import extract_article

TEXT = (
    "The council of Marsh Harbour voted on Monday to keep the old ferry running until the bridge is open again.",
    "Its chair, Ada Bright, said that nobody who works on the other bank should have to drive for an hour to get home.",
    "Short one, she added.",
    "The bridge was closed in March after a barge struck its second pier, and engineers found cracks in it.",
    "Fishermen are less patient: the detour costs them fuel, and the market at Low Quay opens at five.",
    "A decision on the budget is due in May, when the region's assembly meets for the last time before the election.",
    "Until then the ferry will run every half hour, and every hour after ten at night, at no charge for pedestrians.",
)
TITLE = "<h1>Ferry stays another year</h1>"


def each(template, texts=TEXT):
    return "\n".join(template.format(text) for text in texts)


LAYOUTS = {
    "tables": f"<table><tr><td>{TITLE}<font>{'<br><br>'.join(TEXT)}</font></td></tr></table>",
    "rows": f"<table><tr><td>{TITLE}</td></tr>{each('<tr><td>{}</td></tr>')}</table>",
    "line breaks": f"{TITLE}<div class=txt>{'<br>'.join(TEXT)}</div>",
    "indented lines": f"{TITLE}<div>{'<br>&nbsp;&nbsp;'.join(TEXT)}</div>",
    "divisions": f"<div>{TITLE}<div>{each('<div>{}</div>')}</div></div>",
    "spans": f"<div>{TITLE}<div class=rich>{each('<div><span>{}</span></div><div><br></div>')}</div></div>",
    "post body": f"<div class='post hentry'>{TITLE}<div class='post-body entry-content'>{'<br/><br/>'.join(TEXT)}</div></div>",
    "sections": f"<article>{TITLE}<section><div>{each('<p class=x>{}</p>', TEXT[:4])}</div></section>"
    f"<section><div>{each('<p class=x>{}</p>', TEXT[4:])}</div></section></article>",
    "amp": f"<main><article>{TITLE}{each('<p>{}</p>', TEXT[:4])}<amp-ad></amp-ad>{each('<p>{}</p>', TEXT[4:])}</article></main>",
    "fields": f"<article>{TITLE}<div class='field field--name-body field__item'>{each('<p>{}</p>')}</div></article>",
    "field items": f"<article>{TITLE}<div class=field__items>"
    f"{each('<div class=field__item><div class=paragraph><p>{}</p></div></div>')}</div></article>",
    "deep divisions": "<div>" * 6
    + TITLE
    + each("<div type=paragraph><p class=aujb><span>{}</span></p></div>")
    + "</div>" * 6,
    "blocks": f"<article>{TITLE}<div class=row><div class='sqs html'><div class=content>{each('<p>{}</p>', TEXT[:3])}</div>"
    f"</div><div class='sqs html'><div class=content>{each('<p>{}</p>', TEXT[3:])}</div></div></div></article>",
    "cards": f"<div class=card><div class=card-body>{TITLE}<div class=card-text>{each('<p>{}</p>')}</div></div></div>",
    "list": f"<main>{TITLE}<div class=c><ul>{each('<li>{}</li>')}</ul></div></main>",
    "unclosed": f"<center>{TITLE}</center><font size=2>{each('<p align=justify><font>{}</font>')}</font>",
    "walls": f"<article>{TITLE}{each('<div class=paywall><p>{}</p></div><div class=ad-slot>Advertisement</div>')}</article>",
}
TEASERS = "".join(
    f"<div class=item><a href=/n{n}><h3>Another story number {n} of the day</h3></a>"
    f"<p>A line about that other story which says in one longer sentence what it is about, number {n}.</p></div>"
    for n in range(5)
)
FOOT = "<div id=bottom><p>Example Media Ltd, 1 Quay Street. Write to the address above to have an error put right.</p></div>"


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_text_is_found_beside_teasers(layout):
    page = f"<html><head><title>Ferry stays another year</title></head><body>{layout}<div>{TEASERS}</div>{FOOT}</body></html>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert tuple(article.body.split("\n\n")) == TEXT


# What stands amid or behind the text in boxes whose names say nothing, or have none.
FURNITURE = {
    "an offer": "<div class=x8dk><h4>Harbour letter</h4><p>Five stories that matter, in your inbox before breakfast, free of charge.</p></div>",
    "other stories": "<div><span>Elsewhere</span><ul><li><a href=/a>Oranges cost twice what they did in autumn</a></li></ul></div>",
    "a show": "<section><p>Hear two reporters explain in twelve minutes what moved the city on this day.</p><a href=/s>12:03</a></section>",
}
BEHIND = {
    "who wrote it": "<div class=zz1><h4>Ada Marsh</h4><p>Ada Marsh has covered ports for eleven years and lives on the coast with two dogs.</p></div>",
    "comments": "<div><h3>Comments (2)</h3><div><b>Otto</b><p>I have lived here for forty years and never saw a council take so long.</p></div>"
    + "<div><b>Ines</b><p>First the bridge, then the school, then the pool. What will they close next year?</p></div>"
    * 9
    + "</div>",
}


@pytest.mark.parametrize("box", FURNITURE.values(), ids=FURNITURE)
def test_a_box_amid_the_paragraphs_is_no_text_whatever_it_is_called(box):
    page = f"<body><h1>Ferry stays another year</h1><div>{each('<p>{}</p>', TEXT[:4])}{box}{each('<p>{}</p>', TEXT[4:])}</div></body>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert tuple(article.body.split("\n\n")) == TEXT


@pytest.mark.parametrize("place", ["in the same element", "beside it"])
@pytest.mark.parametrize("box", BEHIND.values(), ids=BEHIND)
def test_what_stands_behind_the_last_paragraph_is_no_text(box, place):
    inside, outside = (box, "") if place == "in the same element" else ("", box)
    page = f"<body><h1>Ferry stays another year</h1><div>{each('<p>{}</p>')}{inside}</div>{outside}</body>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert tuple(article.body.split("\n\n")) == TEXT


def test_subheads_quotations_and_lists_in_elements_of_their_own_are_text():
    quote, subhead, listed = (
        "“Nobody asked us,” he said.",
        "What the bridge costs",
        "Four million crowns in the first year.",
    )
    wrapped = (
        f"<div><blockquote>{quote}</blockquote></div><div><h2>{subhead}</h2></div><div><ul><li>{listed}</li></ul></div>"
    )
    page = f"<body><h1>Ferry stays another year</h1><div>{each('<p>{}</p>', TEXT[:4])}{wrapped}{each('<p>{}</p>', TEXT[4:])}</div></body>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert tuple(article.body.split("\n\n")) == (*TEXT[:4], quote, subhead, listed, *TEXT[4:])


AMID = {
    "a post": "<blockquote><p>The ferry never left on time when I was young.</p>&mdash; Otto (@otto) <a href=/t>March 18, 2025</a></blockquote>",
    "a pull quote": f"<blockquote>{TEXT[1][:70]}</blockquote>",
    "a pull quote in a paragraph": f"<p class=zitat>„{TEXT[1][:70]}“</p>",
    "a pull quote in line": f"<q class=pull>{TEXT[1][20:90]}</q>",
    "what stands in for a frame": "<amp-iframe><p placeholder>Tap here to load the map of the ferry's old and new piers.</p></amp-iframe>",
    "a caption with its credit": "<p><img src=/i.jpg><br>The ferry at its pier on Monday. Photo by Ana Rui</p>",
    "a shortcode": '<p>[banner group="3" place="text"]</p>',
    "a wall": "<div><p>This article is for subscribers</p><ul><li>All stories, every day.</li><li>The crossword, too.</li></ul></div>",
    "a paragraph again": f"<div class=print><p>{TEXT[1]}</p></div>",
    "a caption": "<p><img src=/i.jpg></p><p style='text-align: center'>The ferry in the morning of a cold day</p>",
}


@pytest.mark.parametrize("aside", AMID.values(), ids=AMID)
def test_what_is_no_part_of_the_text_by_its_own_words_is_left_out(aside):
    page = f"<body><h1>Ferry stays another year</h1><div>{each('<p>{}</p>', TEXT[:4])}{aside}{each('<p>{}</p>', TEXT[4:])}</div></body>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert tuple(article.body.split("\n\n")) == TEXT


@pytest.mark.parametrize("attribute", ["rel=sponsored", "rel=follow", "class=related-link"])
def test_a_link_amid_the_words_of_a_paragraph_is_part_of_it(attribute):
    linked = TEXT[0].replace("the old ferry", f"<a {attribute} href=/f>the old ferry</a>")
    page = f"<body><h1>Ferry stays another year</h1><div>{each('<p>{}</p>', (linked, *TEXT[1:]))}</div></body>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert tuple(article.body.split("\n\n")) == TEXT


STANDING = {
    "a time": ("<p>{} The council meets on <time datetime=2025-03-25>25 March</time> in the town hall.</p>", "{} The council meets on 25 March in the town hall."),
    "a name": ("<p>{} The engineer <span class=author>Ben Cole</span> found the first of the cracks.</p>", "{} The engineer Ben Cole found the first of the cracks."),
    "a term": ("<p>{} A barge is a <span class=tooltip>flat boat<span class=tooltip-text>See there</span></span> for heavy loads.</p>", "{} A barge is a flat boat for heavy loads."),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "words"), STANDING.values(), ids=STANDING)
def test_what_is_marked_amid_the_words_of_a_paragraph_is_part_of_it(markup, words):
    """Dates, names and terms bear the class names of bylines and boxes."""
    page = f"<body><h1>Ferry stays another year</h1><div>{each('<p>{}</p>', TEXT[:4])}{markup.format(TEXT[4])}{each('<p>{}</p>', TEXT[5:])}</div></body>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert tuple(article.body.split("\n\n")) == (*TEXT[:4], words.format(TEXT[4]), *TEXT[5:])


def test_subheads_in_plain_divisions_and_verses_are_text():
    amid = (
        "<div class=crosshead>What the bridge costs</div>",
        "<blockquote>The river is low,<br>the ferry is slow,<br>and where shall we go</blockquote>",
    )
    page = f"<body><h1>Ferry stays another year</h1><div>{each('<p>{}</p>', TEXT[:4])}{''.join(amid)}{each('<p>{}</p>', TEXT[4:])}</div></body>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert "What the bridge costs" in article.body.split("\n\n")
    assert "the ferry is slow" in article.body


PARTS = {
    "a quotation": f"<blockquote>{'<br><br>'.join(TEXT[1:6])}</blockquote>",
    "a list": f"<ul>{each('<li>{}</li>', TEXT[1:6])}</ul>",
    "a numbered list of paragraphs": f"<ol>{each('<li><p>{}</p></li>', TEXT[1:6])}</ol>",
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_text_that_is_mostly_a_quotation_or_a_list_has_its_frame(part):
    """A statement printed in full, a list of what is known: the sentences before and behind it belong to the text."""
    page = f"<body><div class=c><h1>Ferry stays another year</h1><p>This is what the chair said:</p>{part}<p>She left at seven.</p></div></body>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert tuple(article.body.split("\n\n")) == ("This is what the chair said:", *TEXT[1:6], "She left at seven.")


@pytest.mark.parametrize(
    "line", ["Home / News / Harbour and coast of the county", "دوشنبه ۲۷ اسفند ۱۴۰۳ - ۱۰:۳۵ کد خبر: 1402233", "LOCAL"]
)
def test_lines_above_the_headline_are_no_text(line):
    page = f"<body><div><div><span>{line}</span></div><h1>Ferry stays another year</h1>{each('<div>{}</div>')}</div></body>"
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-stays-123")
    assert article is not None
    assert tuple(article.body.split("\n\n")) == TEXT


def test_a_flash_is_its_one_sentence():
    """Its headline is none of its text, however short that is."""
    page = '<meta property="og:type" content="article"><h1>URGENT Ferry runs aground</h1><p>The ferry ran aground off Low Quay at noon.</p>'
    article = extract_article(page.encode(), "https://www.example.org/news/2025/ferry-aground-124")
    assert article is not None
    assert article.body == "The ferry ran aground off Low Quay at noon."
