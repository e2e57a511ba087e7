"""JSON is read within bounds; small slips are mended, cut-off documents are not."""

import pytest

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.json import complete_members, parse_json


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'\xef\xbb\xbf{"a": 1}\n\0\0', {"a": 1}),
        (b'{"a": "line\nbreak \x01"}', {"a": "line\nbreak \x01"}),
        ('{"a": "the \\“quiet\\” street"}'.encode(), {"a": "the “quiet” street"}),
        (b'{"a": "C:\\\\new \\d"}', {"a": "C:\\new d"}),
        ('{"a": "é"}'.encode("cp1252"), {"a": "é"}),
    ],
)
def test_slips_of_senders_are_mended(data, value):
    """Raw control characters, needless backslashes, marks and padding do not lose an item."""
    assert parse_json(data) == value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b'{"a": "it was a da', "cut off"),
        (b'[{"a": 1}, {"a"', "cut off"),
        (b'{"a": 1} {"a": 2}', "markup unreadable"),
        (b"[" * 5000, "too deep"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "too deep"),
        (b"[" + b"1," * 1_600_000 + b"1]", "too large"),
        (b'{"a": ' + b"9" * 100_000 + b"}", "too large"),
    ],
)
def test_broken_and_oversized_json_is_refused(data, reason):
    """Each refusal has its reason."""
    with pytest.raises(MarkupUnreadable) as caught:
        parse_json(data)
    assert caught.value.reason == reason


def test_deep_brackets_inside_strings_are_text():
    """Only structure counts for the depth."""
    assert parse_json(b'{"a": "' + b"[{" * 500 + b'"}')


@pytest.mark.parametrize("text", ['[{"n": 1}, {"n": 2}, {"n": 3', '{"total": 3, "item": [{"n": 1}, {"n": 2}, {"n":'])
def test_whole_members_of_a_cut_list_are_found(text):
    """What is complete before the cut is yielded, in order."""
    assert list(complete_members(text)) == [{"n": 1}, {"n": 2}]
