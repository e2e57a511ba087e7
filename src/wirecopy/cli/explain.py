"""`wirecopy explain`: why a dateline, a date or a copy was read as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from wirecopy.cli import show
from wirecopy.cli.options import App, Json, Warehouse, settings_for
from wirecopy.errors import SettingsError
from wirecopy.model import Dateline, DatelinePlace

group = App("explain", help="Why something was read as it was.")


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.add_typer(group)


@group.command()
def dateline(
    text: Annotated[str, typer.Argument(help="The head of a story as printed.")],
    *,
    sent: Annotated[str | None, typer.Option(help="When it was sent, YYYY-MM-DD: settles the year.")] = None,
    language: Annotated[str | None, typer.Option(help="Its language, two letters.")] = None,
    agency: Annotated[str | None, typer.Option(help="The agency whose wire it came over.")] = None,
    json: Json = False,
) -> None:
    """Tell how the dateline of a text is read: places, date, agency, lead, the rule and the doubts."""
    from wirecopy.normalise.dateline import disbelieved, parse_dateline

    found = parse_dateline(text, sent_at=_day(sent), language=language, agency=agency)
    if json:
        from dataclasses import asdict

        show.say_json(asdict(found) if found else None)
        return
    if found is None:
        show.say("No dateline: the text begins with the story itself.")
        if near := disbelieved(text, language=language):
            show.say(f"nearest     {near[0]!r} as {near[1]}: not believed, since stories open so too")
        return
    for name, value in _dateline_rows(found):
        show.say(f"{name:<11} {value}")


def _dateline_rows(found: Dateline) -> Iterator[tuple[str, str]]:
    """Yield what was read, and why, as (label, value)."""
    yield "dateline", f"{found.raw!r}, characters {found.start} to {found.end}"
    for one in found.places:
        yield "place", _place_line(one)
    if found.on or found.on_raw:
        yield "date", f"{found.on or 'not settled'} (printed {found.on_raw!r})"
    if found.agency:
        yield "agency", f"{found.agency} (printed {found.agency_raw!r})"
    if found.byline:
        yield "byline", found.byline
    yield "lead", found.lead[:80] + ("…" if len(found.lead) > 80 else "")
    yield "rule", f"{found.rule}, confidence {found.confidence:.2f}"
    for doubt in found.doubts:
        yield "doubt", f"{doubt.code} {doubt.detail}".strip()


def _place_line(one: DatelinePlace) -> str:
    written = f"{one.raw!r}" + (f" with {one.qualifier!r}" if one.qualifier else "")
    place = one.place
    if place is None:
        return f"{written}: not resolved"
    where = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    rivals = f", {len(place.rivals)} rivals" if place.rivals else ""
    found = f"({place.latitude:.2f}, {place.longitude:.2f}), GeoNames {place.geoname_id}, confidence {place.confidence:.2f}{rivals}"
    return f"{written}: {where} {found}"


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise SettingsError(f"{text!r} is no date", subject="--sent", remedy="write it as 2025-06-26") from err


_LABEL = len("modified as written")


@group.command("date")
def published(
    item: Annotated[str, typer.Argument(help="An item's key or address.")],
    warehouse: Warehouse = None,
    *,
    json: Json = False,
) -> None:
    """Tell where an item's publication date comes from, what else was found and what is doubted."""
    from wirecopy.pipeline.explain import date_rows

    rows = date_rows(settings_for(warehouse), item)
    if json:
        show.say_json(dict(rows))
        return
    for name, value in rows:
        for one in value if isinstance(value, list) else [value]:
            if one not in {None, ""}:
                show.say(f"{name:<{_LABEL}} {show.cell(one)}")


@group.command("copy")
def copies(
    a: Annotated[str, typer.Argument(help="An item: its key, address, or words of its headline.")],
    b: Annotated[str, typer.Argument(help="The other item.")],
    warehouse: Warehouse = None,
    *,
    json: Json = False,
) -> None:
    """Tell why two items were joined as copies of one story, or why not; shared passages are marked."""
    from dataclasses import asdict

    from wirecopy.dedupe.diff import shared_spans
    from wirecopy.pipeline.explain_copy import compare, verdict_lines

    compared = compare(settings_for(warehouse), a, b)
    if json:
        show.say_json(asdict(compared) | {"same_story": compared.same_story})
        return
    for line in verdict_lines(compared):
        show.say(line)
    show.side_by_side((compared.a.name, compared.b.name), shared_spans(compared.a.text, compared.b.text))
