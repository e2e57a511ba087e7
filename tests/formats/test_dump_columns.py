"""Tables as people export them: columns named in many languages, every way of quoting, cells of databases and dataframes."""

import json

import pytest

from wirecopy.errors import ContentError, SettingsError
from wirecopy.formats import read_articles


def read(data, **given):
    """Return the articles, and the messages of errors in their turn."""
    reader, found = read_articles(data if isinstance(data, bytes) else data.encode(), **given), []
    while True:
        try:
            found.append(next(reader))
        except StopIteration:
            return found
        except ContentError as err:
            found.append(err.message)


@pytest.mark.parametrize(
    "header",
    [
        "Titel;Text;Datum;Autor;Quelle;URL",
        "Título,Cuerpo,Fecha de publicación,Autor,Medio,Enlace",
        "Titre\tContenu\tDate de publication\tAuteur\tSource\tLien",
        "Titolo,Testo,Data,Autore,Fonte,Link",
        "titulo,texto,data,autor,fonte,url",
        "Rubrik;Innehåll;Publicerad;Författare;Källa;Länk",
        "Заголовок;Текст;Дата;Автор;Источник;Ссылка",
        "标题,正文,发布时间,作者,来源,链接",
        "articleTitle,articleBody,publishedAt,authorName,sourceName,articleUrl",
        "HEADLINE|BODY TEXT|PUBLICATION DATE|BYLINE|NEWS SOURCE|WEB-URL",
    ],
)
def test_columns_are_known_in_the_languages_of_dumps(header):
    """Case, accents, blanks and humps do not count, nor a word that says what the table is of."""
    mark = max(",;\t|", key=header.count)
    (article,) = read(
        header + "\n" + mark.join(["Harbour", "Ships.", "2024-03-05", "Ana Reis", "Example", "x.example/a"]) + "\n"
    )
    assert (article.headline, article.body, article.outlet, article.byline) == (
        "Harbour",
        "Ships.",
        "Example",
        "Ana Reis",
    )
    assert [date.raw for date in article.dates] == ["2024-03-05"]


@pytest.mark.parametrize(
    ("table", "headlines"),
    [
        ('id,title,text\r\n1,"He said ""no""","One.\r\n\r\nTwo."\r\n2,B,C\r\n', ['He said "no"', "B"]),
        ('id,title,text\n1,"He said \\"no\\", twice","C"\n2,B,C\n', ['He said "no", twice', "B"]),
        ("id,title,text\n1,'A, b','C, d'\n2,B,C\n", ["A, b", "B"]),
        ("id,title,text\n1,It's,C\n2,B's,C\n", ["It's", "B's"]),
        ("sep=;\nid;title;text\n1;A;C\n", ["A"]),
        ("# exported\n\nid,title,text\n1,A,C\n", ["A"]),
        ("\ufeffid,title,text,\n1,A,C,\n", ["A"]),
        ("id,title,text\n1,A,C,,\n\n,,\n2,B,C\n", ["A", "B"]),
        ("title,title,text\nA,B,C\n", ["A"]),
        (",title,text\n0,A,C\n", ["A"]),
        ("id\ttitle\ttext\n1\tA\tC\n".encode("utf-16"), ["A"]),
    ],
)
def test_every_way_of_quoting_is_seen_in_the_table_itself(table, headlines):
    """The way under which most rows have the header's number of cells is taken."""
    assert [article.headline for article in read(table)] == headlines


def test_a_quote_that_never_closes_costs_its_own_row():
    """Reading goes on at the line after the broken row's first, and every error names its line."""
    table = 'id,title,text\n1,"A ""q""","Body\nof two lines"\n2,"open,B\n3,"C, c",C\n4,short\n5,E,E\n'
    first, second, third, fourth, fifth = read(table)
    assert (first.headline, third.headline, fifth.headline) == ('A "q"', "C, c", "E")
    assert second.startswith("the row of line 4:")
    assert fourth == "the row of line 6: it has 2 cells where the header has 3"


def test_the_first_column_that_says_something_gives_the_field():
    """Exports fill one of two columns; the other one is kept where it says something else."""
    row = {"text": None, "maintext": "Ships.", "title": "H", "title_rss": "nan", "date_publish": "2024-03-05 10:15:00"}
    (article,) = read(json.dumps(row))
    assert (article.body, article.format, article.extra) == ("Ships.", "newsplease", ())
    (article,) = read(json.dumps({"title": "H", "text": "A text.", "content": "Another."}))
    assert (article.body, article.extra) == ("A text.", (("content", "Another."),))


def test_cells_of_databases_and_dataframes_are_values():
    """Extended JSON, numbers that became fractions, times in milliseconds, names in objects."""
    row = {"_id": {"$oid": "65e6"}, "title": "H", "body": "B.", "date": {"$date": 1709633700000}, "source": {"id": None, "name": "X"},
           "author": [{"name": "Ana Reis"}, {"name": "Bo Li"}], "tags": "['a', 'b']"}  # fmt: skip
    (article,) = read(json.dumps(row))
    assert (article.dump_id, article.outlet, article.byline, article.keywords) == (
        "65e6",
        "X",
        "Ana Reis, Bo Li",
        ("a", "b"),
    )
    assert article.dates[0].raw == "2024-03-05T10:15:00+00:00"


def test_a_crawlers_export_with_its_text_in_sections_is_read():
    """Fundus writes a text as an object of sections, and where the page came from beside it."""
    body = {"summary": ["In short."], "sections": [{"headline": ["Sub"], "paragraphs": ["One.", "Two."]}]}
    row = {"title": "H", "publishing_date": "2024-03-05 10:15:00+01:00", "body": body, "publisher": "X",
           "html": {"requested_url": "https://x.example/a", "content": "<html>"}, "lang": "en"}  # fmt: skip
    (article,) = read(json.dumps([row]))
    assert (article.format, article.url, article.body) == (
        "fundus",
        "https://x.example/a",
        "In short.\n\nSub\n\nOne.\n\nTwo.",
    )


def test_a_mapping_makes_a_dump_of_columns_that_nobody_knows():
    """`--map` is enough to tell a table; a table without the mapped columns says which it has."""
    table = "a,b,c,d\n1,T,Body text.,2024-03-05\n"
    (article,) = read(table, mapping={"b": "title", "c": "text", "d": "date", "a": "id"})
    assert (article.dump_id, article.headline, article.body, article.extra) == ("1", "T", "Body text.", ())
    assert read(table, mapping={"zz": "title"}) == ["the table has none of the mapped columns zz: it has a, b, c, d"]
    with pytest.raises(SettingsError, match="no field 'colour'"):
        read(table, mapping={"a": "colour"})


def test_lines_of_a_cell_are_its_paragraphs_unless_they_are_wrapped():
    """Crawlers part paragraphs by one line end, teletypes wrap theirs."""
    told = [
        "The ships came back to the harbour on Tuesday after the storm.",
        "Nobody was hurt, the mayor said on Tuesday night.",
        "They sail again.",
    ]
    (article,) = read(json.dumps({"title": "H", "text": "\n".join(told)}))
    assert article.body == "\n\n".join(told)
    wrapped = "The ships came back to the harbour on Tuesday after the storm,\nthe mayor said on Tuesday night, and they sail again on Friday."
    (article,) = read(json.dumps({"title": "H", "text": wrapped}))
    assert article.body == wrapped.replace("\n", " ")
