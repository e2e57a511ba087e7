"""Exports as interfaces, databases and dataframes write them: the rows are found wherever they lie."""

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wirecopy.formats import read_articles

URL = "https://n.example/a"
ROW = {"url": URL, "title": "Harbour reopens", "text": "Ships came back.", "date": "2024-03-05T10:15:00Z"}
OTHER = ROW | {"url": URL + "2", "title": "Ferry sails"}
TOLD = ("Harbour reopens", "Ships came back.", URL, "2024-03-05T10:15:00Z")


def told(article):
    """Return what every layout has to tell of the row."""
    return article.headline, article.body, article.url, article.dates[0].raw


@pytest.mark.parametrize(
    "document",
    [
        {name: [ROW[name], OTHER[name]] for name in ROW},
        {name: {"0": ROW[name], "1": OTHER[name]} for name in ROW},
        {"0": ROW, "1": OTHER},
        {"columns": list(ROW), "index": [0, 1], "data": [list(ROW.values()), list(OTHER.values())]},
        [list(ROW), list(ROW.values()), list(OTHER.values())],
        {"schema": {"fields": [{"name": "url"}]}, "data": [ROW, OTHER]},
        {"response": {"status": "ok", "results": [ROW, OTHER]}},
        {"hits": {"total": {"value": 2}, "hits": [{"_id": "1", "_source": ROW}, {"_id": "2", "_source": OTHER}]}},
        {"data": [{"type": "articles", "id": "1", "attributes": ROW}, {"type": "articles", "attributes": OTHER}]},
        {"data": {"articles": {"edges": [{"node": ROW}, {"node": OTHER}]}}},
        [{"doc": {"meta": {k: row[k] for k in ("url", "title", "date")}, "content": row}} for row in (ROW, OTHER)],
        [{"text": row["text"], "meta": {k: row[k] for k in ("url", "title", "date")}} for row in (ROW, OTHER)],
    ],
    ids=lambda document: json.dumps(document)[:40],
)
def test_rows_are_found_in_every_layout(document):
    """Columns, orients, answers of interfaces and envelopes give the rows that a plain list gives."""
    first, second = read_articles(json.dumps(document).encode())
    assert told(first) == TOLD
    assert second.headline == "Ferry sails"


def test_what_belongs_to_others_in_a_row_is_not_taken_for_its_own():
    """Who commented, and what is said elsewhere, fills no field of the article; it is kept."""
    row = {"title": "Harbour reopens", "text": "Ships came back.", "user": {"name": "Bo", "url": "https://bo.example"}}
    (article,) = read_articles(json.dumps([row]).encode())
    assert (article.headline, article.url, article.extra) == ("Harbour reopens", None, (("user", "Bo"),))


def test_texts_written_as_objects_are_read_and_greenwich_is_believed():
    """A weblog's interface renders its fields, and tells the hour at Greenwich beside its own."""
    post = {
        "id": 12,
        "date": "2024-03-05T11:15:00",
        "date_gmt": "2024-03-05T10:15:00",
        "link": URL,
        "title": {"rendered": "Harbour &#8211; reopens"},
        "content": {"rendered": "<p>Ships came back.</p>"},
    }
    (article,) = read_articles(json.dumps([post]).encode())
    assert told(article) == ("Harbour – reopens", "Ships came back.", URL, "2024-03-05T10:15:00Z")


def test_a_parquet_row_of_objects_is_opened():
    """What a data set keeps under `metadata` is found in every row."""
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": [ROW["text"]], "metadata": [{k: ROW[k] for k in ("url", "title", "date")}]}), sink)
    (article,) = read_articles(sink.getvalue())
    assert told(article) == TOLD


def test_a_column_within_a_column_can_be_mapped():
    """`--map meta.h1=headline` reaches into an object."""
    line = json.dumps({"id": 1, "meta": {"h1": "Harbour reopens"}, "words": "Ships came back."})
    (article,) = read_articles(line.encode(), mapping={"meta.h1": "headline", "words": "body"})
    assert (article.headline, article.body) == ("Harbour reopens", "Ships came back.")


def test_lines_of_a_crawler_are_paragraphs():
    """news-please parts paragraphs by a single line end, however short they are."""
    row = {"title": "H", "url": URL, "maintext": "The harbour reopened after the repairs on Monday.\nShips came back."}
    (article,) = read_articles(json.dumps([row | {"date_publish": "2024-03-05"}]).encode())
    assert article.body == "The harbour reopened after the repairs on Monday.\n\nShips came back."
