"""Whatever is done to a wire file, only a ContentError of one sentence ever comes of it."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wire_samples import ANPA, END_7901, FULL, HEAD_7901, MAIL, ROW, SGML, TEXT_7901, g2, lines, newsml
from wirecopy.errors import ContentError
from wirecopy.formats import FORMATS, read_articles

NINJS = {"uri": "x:1", "version": "1", "versioncreated": "2024-03-05T10:15:00Z", "headline": "H", "body_html": "<p>A</p>", "subject": [{"code": "04000000"}],
         "associations": {"a": {"type": "picture", "uri": "p:1"}}, "urgency": 3, "keywords": ["a"]}  # fmt: skip
AP = {
    "data": {
        "item": {
            "altids": {"itemid": "a1"},
            "version": 0,
            "headline": "H",
            "bylines": [{"by": "By A"}],
            "datelinelocation": {"city": "Beni", "countrycode": "COD"},
        }
    }
}
SAMPLES = [
    g2().encode(),
    f"<newsMessage><itemSet>{g2()}{g2()}</itemSet></newsMessage>".encode(),
    newsml().encode(),
    json.dumps(NINJS).encode(),
    json.dumps([NINJS, NINJS]).encode(),
    json.dumps(AP).encode(),
    lines(ROW, ROW),
    b"Id;Headline;Body\n1;a;b\n",
    b" date 2024-03-05 Aveiro, March 5 (XYZ) Ships.\n\nMore.\n date 2024-03-06 x\n",
    SGML.format(n=1, kind="", text=FULL).encode(),
    (HEAD_7901 + TEXT_7901 + END_7901).encode(),
    ANPA.encode(),
    MAIL.encode(),
    b"ZCZC AAP\n#Harbour\n$Harbour reopens\nShips.\nNNNN\n",
]
JUNK = [
    b"\0",
    b"<",
    b">",
    b"&",
    b'"',
    b"\xff",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\x1f",
    b"{",
    b"}",
    b"[",
    b"]",
    b"^",
    b"&#0;",
    b"&x;",
    b"<!DOCTYPE a [",
    b"]]>",
    b"9" * 30,
    b"\n\n",
]


@st.composite
def mutated(draw):
    """A sample cut, with junk put in, a piece doubled or a byte changed."""
    data = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        kind = draw(st.sampled_from(["cut", "junk", "double", "byte"]))
        if kind == "cut":
            data = data[:at]
        elif kind == "junk":
            data[at:at] = draw(st.sampled_from(JUNK))
        elif kind == "double":
            data[at:at] = data[at : at + draw(st.integers(1, 200))] * draw(st.sampled_from([1, 30]))
        elif at < len(data):
            data[at] = draw(st.integers(0, 255))
    return bytes(data)


def consume(data, **given_):
    """Read to the end, past every error; return the errors' lines."""
    reader = read_articles(data, name="f", **given_)
    errors = []
    while True:
        try:
            article = next(reader)
            json.dumps([article.headline, article.body, article.extra], ensure_ascii=False).encode("utf-8")
        except StopIteration:
            break
        except ContentError as err:
            errors.append(str(err))
    assert all(line and "\n" not in line for line in errors)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_mutated_files_raise_content_errors_only(data):
    """Nothing else escapes, and every text can be written as UTF-8."""
    consume(data)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.sampled_from(FORMATS))
def test_a_wrongly_named_format_is_refused_or_read(data, name):
    """`--format` may be wrong: that is content too."""
    consume(data, format=name)


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda v: (
            st.lists(v, max_size=3)
            | st.dictionaries(
                st.sampled_from([*NINJS, "item", "data", "name", "code", "value", "bodies"]), v, max_size=5
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_read_or_refused(value):
    """Values of the wrong kind under known names do no harm."""
    consume(json.dumps(value).encode())
    consume(json.dumps(NINJS | {"subject": value, "associations": value, "bodies": value, "headline": value}).encode())
