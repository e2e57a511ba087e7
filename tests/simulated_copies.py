"""Simulated syndication: real wire stories, printed again by invented outlets as outlets do, with known truth.

Every edit operation is our own; only the stories come from outside, read at run time.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wirecopy.model import Item, Published

Rng = random.Random
Edit = Callable[[Rng, list[str]], list[str]]


@dataclass(frozen=True)
class Wire:
    """A story as the wire sent it."""

    headline: str
    dateline: str
    paragraphs: tuple[str, ...]
    at: datetime

    @property
    def words(self) -> int:
        return sum(len(p.split()) for p in self.paragraphs)


@dataclass(frozen=True)
class Printed:
    """What an outlet made of a story: `truth` names the story, `edits` what was done to it."""

    item: Item
    truth: str
    edits: tuple[str, ...] = ()


@dataclass
class Simulation:
    """All that was printed, and the pairs that must stay apart, by kind."""

    printed: list[Printed] = field(default_factory=list)
    apart: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    wires: list[Wire] = field(default_factory=list)


# --- stories ----------------------------------------------------------------------------------

_STORY = re.compile(r"<REUTERS.*?</REUTERS>", re.DOTALL)
_TAG = {tag: re.compile(rf"<{tag}>(.*?)</{tag}>", re.DOTALL) for tag in ("DATE", "TITLE", "DATELINE", "BODY")}


def read_wires(folder: Path) -> list[Wire]:
    """Return the stories of the SGML files in a folder, in order."""
    text = "".join(path.read_text("latin-1") for path in sorted(folder.glob("*.sgm")))
    return [wire for chunk in _STORY.findall(text) if (wire := _read_wire(chunk)) is not None]


def _read_wire(chunk: str) -> Wire | None:
    parts = {tag: html.unescape(m.group(1)) if (m := pattern.search(chunk)) else "" for tag, pattern in _TAG.items()}
    paragraphs = []
    for piece in re.split(r"\n(?= {4})", re.sub(r"[\x00-\x08\x0b-\x1f]", "", parts["BODY"])):
        line = " ".join(piece.split())
        if line and line.lower() not in {"reuter", "reuters", "reuter..."}:
            paragraphs.append(re.sub(r"\s+Reuters?$", "", line, flags=re.IGNORECASE))
    if not paragraphs:
        return None
    at = datetime.strptime(parts["DATE"].strip().partition(".")[0], "%d-%b-%Y %H:%M:%S").replace(tzinfo=UTC)
    return Wire(" ".join(parts["TITLE"].split()), " ".join(parts["DATELINE"].split()), tuple(paragraphs), at)


def recombine(rng: Rng, wires: list[Wire], count: int) -> list[Wire]:
    """Return `count` further stories: heads with paragraphs of others, figures and names made anew; or mosaics as they stand."""
    long = [wire for wire in wires if wire.words > 60]
    made = []
    for number in range(count):
        if number % _MOSAIC == 0:
            made.append(_mosaic(rng, long))
            continue
        one, other = rng.sample(long, 2)
        cut = max(1, len(one.paragraphs) // 2)
        paragraphs = list(one.paragraphs[:cut] + other.paragraphs[len(other.paragraphs) // 2 :])
        paragraphs = rename(rng, renumber(rng, paragraphs, 1.0), 1.0)
        paragraphs = [reword(rng, [p], 0.35)[0] for p in paragraphs]
        at = one.at + timedelta(days=rng.randint(0, 40))
        made.append(Wire(" ".join(rename(rng, [one.headline], 1.0)), one.dateline, tuple(paragraphs), at))
    return made


_MOSAIC = 3
_SENTENCE = 24


def _mosaic(rng: Rng, wires: list[Wire]) -> Wire:
    """Return a story of sentences that stand in others, each in its place there, with other figures."""
    sources = rng.sample(wires, rng.randint(6, 14))
    sentences = []
    for place, wire in enumerate(sources):
        found = re.split(r"(?<=[a-z]\.) +(?=[A-Z])", " ".join(wire.paragraphs))
        words = found[round(place / (len(sources) - 1) * (len(found) - 1))].split()
        sentences.append(" ".join(words[:_SENTENCE]))
    at = sources[0].at + timedelta(days=rng.randint(0, 40))
    headline = " ".join(rng.sample(" ".join(wire.headline for wire in sources).split(), 6))
    return Wire(headline, sources[0].dateline, tuple(renumber(rng, sentences, 1.0)), at)


# --- words of our own -------------------------------------------------------------------------

_SWAPS = [
    ("said", "stated"), ("company", "firm"), ("would", "will"), ("also", "too"), ("big", "large"), ("rise", "increase"),
    ("rose", "climbed"), ("fell", "dropped"), ("fall", "decline"), ("buy", "purchase"), ("about", "around"), ("but", "however"),
    ("because", "since"), ("government", "administration"), ("officials", "authorities"), ("talks", "negotiations"),
    ("plan", "scheme"), ("plans", "intends"), ("told", "informed"), ("need", "require"), ("help", "assist"), ("show", "indicate"),
    ("reported", "announced"), ("market", "marketplace"), ("agreed", "consented"), ("begin", "start"), ("began", "started"),
    ("major", "leading"), ("expected", "likely"), ("earlier", "previously"), ("today", "on the day"), ("shares", "stock"),
    ("price", "cost"), ("prices", "costs"), ("total", "sum"), ("trade", "commerce"), ("new", "fresh"), ("between", "among"),
    ("after", "following"), ("before", "ahead of"), ("high", "elevated"), ("low", "depressed"), ("many", "numerous"),
    ("more than", "over"), ("against", "versus"), ("each", "apiece"), ("year", "twelve months"), ("made", "carried out"),
    ("say", "maintain"), ("could", "might"), ("further", "additional"), ("part", "portion"), ("set", "fixed"), ("while", "as"),
]  # fmt: skip
_BRITISH = [
    ("labor", "labour"), ("program", "programme"), ("defense", "defence"), ("favor", "favour"), ("center", "centre"),
    ("organization", "organisation"), ("organize", "organise"), ("realize", "realise"), ("harbor", "harbour"), ("color", "colour"),
    ("honor", "honour"), ("analyze", "analyse"), ("check", "cheque"), ("traveled", "travelled"), ("canceled", "cancelled"),
    ("theater", "theatre"), ("neighbor", "neighbour"), ("privatization", "privatisation"), ("criticized", "criticised"),
]  # fmt: skip
_FILLERS = [
    "meanwhile",
    "in addition",
    "notably",
    "according to the statement",
    "on the whole",
    "as it turned out",
    "in effect",
]
_NAMES = [
    "Aldmere", "Brisko", "Cartwell", "Dunmore", "Eastvale", "Farrow", "Grenholm", "Hartley", "Ivanhoe", "Jarrold", "Kestrel",
    "Lindqvist", "Marchetti", "Norwood", "Ostrander", "Pemberton", "Quayle", "Rosenthal", "Stavanger", "Thorne", "Ulvaeus",
    "Vandermeer", "Westbrook", "Xavier", "Yardley", "Zimmer", "Ashdown", "Birchall", "Colquhoun", "Devereux",
]  # fmt: skip
_LOCAL = [
    "Residents of {a} said the news had reached the town hall of {b} by noon, where councillor {c} called a meeting.",
    "In {a}, about {n} people depend on the trade, according to the {b} chamber of commerce.",
    "{a} mayor {b} said the county of {c} would follow the matter closely.",
    "A spokesman for {a} County in {b} declined to comment when reached by this newspaper, said {c}.",
    "Local firm {a}, which employs {n} people at its plant in {b}, is not affected, its manager {c} said.",
    "Readers in {a} may recall a similar case in {b}, reported on these pages {n} weeks ago.",
]
_TOPS = [
    "{a} was reported to have reacted within hours, and a hearing in {b} was called for the evening, an aide said.",
    "In a new turn, {a} said late in the day that it would look into the matter together with {b}.",
    "A second statement, issued in {b}, put the number of those concerned at {n}, a spokesman for {a} said.",
]
_FOOTS = [
    "Copyright {o}. All rights reserved.",
    "Read more on {o}",
    "Sign up for the {o} newsletter and get the best stories every morning.",
    "Follow {o} on social media for breaking stories.",
    "Support local journalism: become a member of {o} today.",
]
_LONG_FOOTS = [
    "{g} is an independent publisher of regional and national titles. Our newsrooms follow the press code and correct mistakes promptly. "
    "If you have a complaint about editorial content which relates to inaccuracy or intrusion, please contact the readers' editor. "
    "Opinions in columns are those of their authors and do not reflect the position of {g} or of its advertisers.",
    "Shares quoted on this page are delayed by at least fifteen minutes. {g} gives no advice on investment, and accepts no "
    "liability for losses that follow from the use of the material on these pages. Past performance is no guide to the future. "
    "Ask a qualified adviser before acting on anything that you read here, and read the terms of use of {g} with care.",
    "You have reached the end of this free report. To go on reading the journalism of {g}, register or log in. Members enjoy access to "
    "the archive since the first edition, puzzles, a weekly letter from the editor in chief, and offers from our partners in the region. "
    "Membership can be cancelled at any time with one month of notice, and pays for reporters who attend the courts and councils near you.",
]
_HEADS = [
    "{o} | Home | World | Business | Sport",
    "Published by {o} staff, last changed a short while ago",
    "{o}: news you can use, every day of the week",
]
_OUTLETS = 48
_GROUPS = 5


# --- edit operations --------------------------------------------------------------------------


def renumber(rng: Rng, paragraphs: list[str], share: float) -> list[str]:
    """Put other figures in place of a share of the figures."""

    def other(found: re.Match[str]) -> str:
        if rng.random() > share:
            return found.group()
        digits = [str(rng.randint(1 if at == 0 else 0, 9)) if c.isdigit() else c for at, c in enumerate(found.group())]
        fresh = "".join(digits)
        return fresh if fresh != found.group() else fresh[:-1] + str((int(fresh[-1]) + 1) % 10)

    return [re.sub(r"\d+(?:[.,]\d+)*", other, p) for p in paragraphs]


def rename(rng: Rng, paragraphs: list[str], share: float) -> list[str]:
    """Put other names in place of a share of the capitalised words inside sentences, each name always by the same."""
    found = re.findall(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}", " ".join(paragraphs))
    fresh = {name: rng.choice(_NAMES) for name in sorted(set(found)) if rng.random() < share}
    return [re.sub(r"\b[A-Z][A-Za-z]{2,}\b", lambda m: fresh.get(m.group(), m.group()), p) for p in paragraphs]


def redate(rng: Rng, paragraphs: list[str]) -> list[str]:
    """Move days and months."""
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]

    def other(found: re.Match[str]) -> str:
        pool = days if found.group() in days else months
        return rng.choice([word for word in pool if word != found.group()])

    return [re.sub(rf"\b(?:{'|'.join(days + months)})\b", other, p) for p in paragraphs]


def reword(rng: Rng, paragraphs: list[str], share: float) -> list[str]:
    """Swap, drop and add words; figures and names stay."""
    swaps = dict(_SWAPS) | {b: a for a, b in _SWAPS if " " not in b}
    done = []
    for paragraph in paragraphs:
        words: list[str] = []
        for word in paragraph.split(" "):
            bare = word.strip(".,").lower()
            if bare in swaps and rng.random() < share * 3:
                words.append(word.lower().replace(bare, swaps[bare]))
            elif word.isalpha() and word.islower() and rng.random() < share * 0.25:
                words += rng.choice([[], [word, rng.choice(_FILLERS)], [rng.choice(_FILLERS), word]])
            else:
                words.append(word)
        done.append(" ".join(words))
    return done


def restyle(rng: Rng, paragraphs: list[str]) -> list[str]:
    """Spell, write figures and quote as another house does."""
    steps: list[tuple[str, str]] = []
    if rng.random() < 0.6:
        steps += [(rf"\b{a}", b) for a, b in _BRITISH]
    if rng.random() < 0.6:
        steps += [
            (r"\bpct\b", rng.choice(["percent", "per cent", "pc"])),
            (r"\bmln\b", "million"),
            (r"\bbillion\b", "bn"),
            (r"\bdlrs\b", "dollars"),
        ]
    if rng.random() < 0.5:
        steps += [(r"(?<=\d),(?=\d{3})", "")]
    if rng.random() < 0.3:
        steps += [(r"\$?(\d[\d.,]*\d|\d) (?:dlrs|dollars)", r"$\1"), (r" pct\b", "%")]
    if rng.random() < 0.3:
        steps += [
            (r"(?<![\d.,/-])2(?![\d.,/-]|\w)", "two"),
            (r"(?<![\d.,/-])3(?![\d.,/-]|\w)", "three"),
            (r"\bfive\b", "5"),
        ]
    done = []
    for paragraph in paragraphs:
        for pattern, put in steps:
            paragraph = re.sub(pattern, put, paragraph)
        done.append(paragraph.replace('"', "\u201d") if rng.random() < 0.5 else paragraph)
    return done


def mistype(rng: Rng, paragraphs: list[str], share: float = 0.02) -> list[str]:
    """Swap neighbouring letters in a share of the words."""

    def slip(word: str) -> str:
        if len(word) < 4 or not word.isalpha() or rng.random() > share:
            return word
        at = rng.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return [" ".join(slip(word) for word in p.split(" ")) for p in paragraphs]


_CONFUSED = {
    "l": "1",
    "o": "0",
    "e": "c",
    "c": "e",
    "h": "b",
    "m": "rn",
    "i": "l",
    "s": "5",
    "a": "u",
    "n": "u",
    "t": "f",
    "g": "9",
    "0": "O",
    "1": "l",
    "5": "S",
    "8": "B",
}


def scan(rng: Rng, paragraphs: list[str], share: float) -> list[str]:
    """Misread a share of the characters as a scanner does."""

    def misread(char: str) -> str:
        if rng.random() > share:
            return char
        if char == " ":
            return rng.choice(["", "  ", " ."])
        return rng.choice(
            [_CONFUSED.get(char.lower(), "i"), _CONFUSED.get(char.lower(), "t"), "", char + rng.choice("il.,")]
        )

    return ["".join(misread(char) for char in p) for p in paragraphs]


def cut(rng: Rng, paragraphs: list[str]) -> list[str]:
    """Keep the first 30 to 90 per cent of the words, up to a sentence's end where there is one."""
    words = " \n".join(paragraphs).split(" ")
    kept = " ".join(words[: max(12, int(len(words) * rng.uniform(0.3, 0.9)))])
    if (end := max(kept.rfind(". "), kept.rfind(".\n"))) > len(kept) * 0.6 and rng.random() < 0.7:
        kept = kept[: end + 1]
    return [p.strip() for p in kept.split("\n") if p.strip()]


def _filled(rng: Rng, template: str) -> str:
    a, b, c = rng.sample(_NAMES, 3)
    return template.format(a=a, b=b, c=c, n=rng.randint(12, 900))


def localise(rng: Rng, paragraphs: list[str]) -> list[str]:
    """Put one or two local paragraphs in."""
    done = list(paragraphs)
    for _ in range(rng.choice([1, 1, 2])):
        done.insert(rng.randint(1, len(done)), _filled(rng, rng.choice(_LOCAL)))
    return done


def update(rng: Rng, paragraphs: list[str]) -> list[str]:
    """Put a new top on, change a figure, cut the tail a little."""
    done = [_filled(rng, rng.choice(_TOPS)), *paragraphs]
    if len(done) > 4 and rng.random() < 0.5:
        done = done[:-1]
    return _one_figure(rng, done) if _words(paragraphs) > 120 and not is_template(paragraphs) else done


def correct(rng: Rng, paragraphs: list[str]) -> list[str]:
    """Change one figure, or one letter of a name, in prose."""
    if _words(paragraphs) < 100 or is_template(paragraphs):
        return mistype(rng, paragraphs, 0.05)
    return _one_figure(rng, paragraphs)


def _words(paragraphs: Iterable[str]) -> int:
    return sum(len(p.split()) for p in paragraphs)


def is_template(paragraphs: Iterable[str]) -> bool:
    """Say whether a text is so full of figures that one which differs makes another report, and no correction."""
    text = " ".join(paragraphs)
    return len(_FIGURE.findall(text)) >= 0.08 * len(text.split())


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def _one_figure(rng: Rng, paragraphs: list[str]) -> list[str]:
    at = [i for i, p in enumerate(paragraphs) if re.search(r"\d", p)]
    if not at:
        return paragraphs
    i = rng.choice(at)
    figure = rng.choice(re.findall(r"\d+(?:[.,]\d+)*", paragraphs[i]))
    (fresh,) = renumber(rng, [figure], 1.0)
    return [p.replace(figure, fresh, 1) if j == i else p for j, p in enumerate(paragraphs)]


def _few_figures(rng: Rng, paragraphs: list[str]) -> list[str]:
    """Change one to three figures."""
    for _ in range(rng.choice([1, 2, 3])):
        paragraphs = _one_figure(rng, paragraphs)
    return paragraphs


def retell(rng: Rng, paragraphs: list[str]) -> list[str]:
    """Tell the same event independently: the names and figures, in sentences of our own."""
    facts = re.findall(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}(?: [A-Z][A-Za-z]+)*|\d+(?:[.,]\d+)*", " ".join(paragraphs))[
        :24
    ] or ["nobody"]
    frames = [
        "Observers pointed to {} when asked what had happened.", "{} came up again and again in the course of the day.",
        "It was {} that set the tone, people close to the matter explained.", "Few had reckoned with {}, yet there it was.",
        "Asked about {}, a person familiar with events would not be drawn.", "The figure of the day was {}, to everyone's surprise.",
    ]  # fmt: skip
    return [" ".join(rng.choice(frames).format(fact) for fact in facts[at : at + 3]) for at in range(0, len(facts), 3)]


# --- printing ---------------------------------------------------------------------------------


def _edits(rng: Rng) -> list[tuple[str, Edit]]:
    """Draw what an outlet does to a story."""
    share, noise = rng.uniform(0.05, 0.3), rng.uniform(0.01, 0.05)
    table: list[tuple[float, str, Edit]] = [
        (0.18, "reworded", lambda r, p: reword(r, p, share)),
        (0.25, "restyled", restyle),
        (0.12, "mistyped", mistype),
        (0.30, "cut", cut),
        (0.20, "localised", localise),
        (0.08, "updated", update),
        (0.07, "corrected", correct),
        (0.12, "scanned", lambda r, p: scan(r, p, noise)),
    ]
    return [(name, edit) for chance, name, edit in table if rng.random() < chance]


class Press:
    """Outlets with their habits: headers, footers (some long, some shared in a group), dateline styles."""

    def __init__(self, rng: Rng) -> None:
        self.rng = rng
        self.printed = 0

    def print_story(self, wire: Wire, truth: str, *, outlet: int | None = None, plain: bool = False) -> Printed:
        rng = self.rng
        outlet = rng.randrange(_OUTLETS) if outlet is None else outlet
        edits = [] if plain else _edits(rng)
        paragraphs = list(wire.paragraphs)
        for _, edit in edits:
            paragraphs = edit(rng, paragraphs) or paragraphs
        headline = wire.headline
        if edits and rng.random() < 0.5:
            headline = " ".join(reword(rng, [headline.capitalize()], 0.8))
        return Printed(self._item(wire, headline, paragraphs, outlet), truth, tuple(name for name, _ in edits))

    def _item(self, wire: Wire, headline: str, paragraphs: list[str], outlet: int) -> Item:
        rng, name = self.rng, f"outlet{outlet:02}.example"
        lead = "\n\n".join(paragraphs)
        above, below = self._frame(outlet)
        dateline = rng.choice([wire.dateline, wire.dateline.upper(), "", wire.dateline.split(",")[0] + " (Wire) -"])
        body = "\n\n".join([*above, f"{dateline} {lead}".strip(), *below])
        at = wire.at + timedelta(minutes=rng.choice([0, 0, 5, 45, 300, 1500, 2600]))
        self.printed += 1
        return Item(
            item_key=f"{rng.getrandbits(40):010x}-{self.printed}",
            key_rule="url",
            outlet=name,
            headline=headline,
            body=body,
            lead=lead,
            text_hash=str(self.printed),
            rules_version="1",
            language="en",
            published=Published(at=at, on=at.date(), precision="second", source="simulated"),
        )

    def _frame(self, outlet: int) -> tuple[list[str], list[str]]:
        rng = self.rng
        name, group = f"The Outlet {outlet}", f"Group {outlet % _GROUPS} Media"
        above = [_HEADS[outlet % len(_HEADS)].format(o=name)] if outlet % 3 == 0 and rng.random() < 0.8 else []
        below = [_FOOTS[outlet % len(_FOOTS)].format(o=name)] if rng.random() < 0.7 else []
        if outlet % 2 == 0 and rng.random() < 0.8:
            below.append(_LONG_FOOTS[outlet % _GROUPS % len(_LONG_FOOTS)].format(g=group))
        return above, below


def simulate(wires: list[Wire], size: int, seed: int = 7) -> Simulation:
    """Return about `size` printed items: copies of a part of the stories, and the hard negatives beside them."""
    rng = Rng(seed)
    wires = _without_repeats(wires)
    press, made = Press(rng), Simulation(apart={"twin": [], "headline": [], "retold": []})
    if size > len(wires) * 3:
        wires = wires + recombine(rng, wires, size // 3 - len(wires))
    for number, wire in enumerate(rng.sample(wires, len(wires))):
        if len(made.printed) >= size:
            break
        _print_copies(rng, press, made, wire, f"story-{number}")
    made.apart["footer"] = _same_footer(rng, made.printed)
    return made


def _without_repeats(wires: list[Wire]) -> list[Wire]:
    """Leave out stories that the wire itself sent twice: half of their word triples are those of an earlier one."""
    kept: list[Wire] = []
    where: dict[tuple[str, ...], list[int]] = {}
    sizes: list[int] = []
    for wire in wires:
        words = re.findall(r"\w+", " ".join(wire.paragraphs).lower())
        triples = {tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2))}
        met: dict[int, int] = {}
        for triple in triples:
            for other in where.get(triple, ()):
                met[other] = met.get(other, 0) + 1
        if any(common >= 0.5 * min(sizes[other], len(triples)) for other, common in met.items()):
            continue
        for triple in triples:
            where.setdefault(triple, []).append(len(kept))
        sizes.append(len(triples))
        kept.append(wire)
    return kept


def _same_footer(rng: Rng, printed: list[Printed]) -> list[tuple[str, str]]:
    """Return pairs of different stories under one long footer."""
    under: dict[str, list[Printed]] = {}
    for copy in printed:
        last = copy.item.body.rpartition("\n\n")[2]
        if len(last) > 200 and last not in copy.item.lead:
            under.setdefault(last, []).append(copy)
    pairs = [tuple(rng.sample(found, 2)) for found in under.values() if len(found) > 1 for _ in range(200)]
    return [(one.item.item_key, other.item.item_key) for one, other in pairs if one.truth != other.truth]


def _print_copies(rng: Rng, press: Press, made: Simulation, wire: Wire, truth: str) -> None:
    first = press.print_story(wire, truth, plain=True)
    made.printed.append(first)
    made.wires.append(wire)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 3, 5, 8])):
        made.printed.append(press.print_story(wire, truth))
    draw = rng.random()
    if draw < 0.30 and (twin := _twin(rng, wire)) is not None:
        _print_apart(made, "twin", first, press.print_story(twin, f"{truth}-twin", plain=True))
    elif draw < 0.36:
        other = replace(wire, paragraphs=tuple(retell(rng, list(wire.paragraphs))), headline=wire.headline)
        printed = press.print_story(other, f"{truth}-retold", plain=True)
        if len(other.paragraphs) > 1:  # one sentence of ours is the same for any report
            _print_apart(made, "retold", first, printed)
    elif draw < 0.42 and len(made.printed) > 20:
        stranger = rng.choice(made.printed[:-1])
        if not stranger.truth.startswith(truth):
            text = tuple(stranger.item.lead.split("\n\n"))
            later = replace(
                wire,
                paragraphs=tuple(rename(rng, renumber(rng, reword(rng, list(text), 0.3), 1.0), 1.0)),
                at=wire.at + timedelta(days=rng.randint(1, 6)),
            )
            _print_apart(made, "headline", first, press.print_story(later, f"{truth}-day", plain=True))


def _print_apart(made: Simulation, kind: str, one: Printed, other: Printed) -> None:
    made.printed.append(other)
    made.apart[kind].append((one.item.item_key, other.item.item_key))


def _twin(rng: Rng, wire: Wire) -> Wire | None:
    """Return another story from the same template, with other figures, names or dates; None where it holds too few."""
    paragraphs = list(wire.paragraphs)
    if is_template(paragraphs):
        kind = rng.choice(["few", "figures", "figures", "both", "dates"])
        share = rng.choice([0.5, 0.8, 1.0]) if kind == "figures" else 0.9
        paragraphs = _few_figures(rng, paragraphs) if kind == "few" else renumber(rng, paragraphs, share)
    else:
        kind = "both"
        paragraphs = renumber(rng, paragraphs, 1.0)
    if kind == "both":
        paragraphs = rename(rng, paragraphs, 0.9)
    if kind == "dates":
        paragraphs = redate(rng, paragraphs)
    changed = sum(a != b for a, b in zip(" ".join(wire.paragraphs).split(), " ".join(paragraphs).split(), strict=False))
    if kind != "few" and changed < max(2, 0.03 * wire.words):
        return None
    return replace(wire, paragraphs=tuple(paragraphs), at=wire.at + timedelta(days=rng.choice([0, 1, 7])))
