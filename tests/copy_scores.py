"""Simulated copies through the whole stage, scored: pairs, B-cubed, hard negatives, speed."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from simulated_copies import Printed, Simulation
from wirecopy.dedupe.boilerplate import (
    EMPTY,
    Boilerplate,
    Carrier,
    is_frequent,
    learn,
    learnable_hashes,
    read_paragraphs,
)
from wirecopy.dedupe.fingerprint import comparable, with_words
from wirecopy.dedupe.match import match
from wirecopy.dedupe.sketch import BYTES, worth_comparing
from wirecopy.dedupe.story import stories
from wirecopy.model import Comparable, Fingerprint, Match


@dataclass
class Run:
    """What the stage made of a simulation."""

    group: dict[str, str]
    matches: list[Match]
    comparables: dict[str, Comparable]
    candidates: list[tuple[str, str]]
    seconds: dict[str, float] = field(default_factory=dict)


def learn_from(printed: Iterable[Printed]) -> Boilerplate:
    """Return the boilerplate of all that was printed, as settling does."""
    carriers: dict[int, list[Carrier]] = defaultdict(list)
    items: Counter[str] = Counter()
    for copy in printed:
        item = copy.item
        items[item.outlet] += 1
        for hashed in learnable_hashes(read_paragraphs(item.body)):
            carriers[hashed].append(Carrier(item.outlet, hashed, item.item_key, item.body))
    return learn(
        c for found in carriers.values() if is_frequent(Counter(c.outlet for c in found), items) for c in found
    )


def pairs(fingerprints: Iterable[Fingerprint]) -> list[tuple[str, str]]:
    """Return every pair of keys (lesser first) that meets in a band or in equal text and is worth comparing, once."""
    prints = list(fingerprints)
    place = {print_.item_key: at for at, print_ in enumerate(prints)}
    met = _meeting(prints)
    sketches = np.frombuffer(bytes.fromhex("".join(print_.sketch for print_ in prints)), dtype="<u8").reshape(
        -1, BYTES // 8
    )
    one, other = (sketches[[place[pair[side]] for pair in met]] for side in (0, 1))
    worth = worth_comparing(one, other, np.array(list(met.values())))
    return [pair for pair, kept in zip(met, worth, strict=True) if kept]


def _meeting(fingerprints: Iterable[Fingerprint]) -> Counter[tuple[str, str]]:
    """Return every pair of keys that meets, with how often it does."""
    held: dict[int, list[str]] = defaultdict(list)
    found: Counter[tuple[str, str]] = Counter()
    for print_ in fingerprints:
        met: Counter[str] = Counter()
        for band in print_.bands:
            met.update(held[band])
            held[band].append(print_.item_key)
        del met[print_.item_key]
        found.update({(min(key, print_.item_key), max(key, print_.item_key)): often for key, often in met.items()})
    return found


def run(simulation: Simulation, *, settled: bool = True) -> Run:
    """Take every item through the stage, with learnt boilerplate or with known lines only."""
    seconds: dict[str, float] = {}
    clock = time.process_time

    def timed(name: str, since: float) -> float:
        now = clock()
        seconds[name] = now - since
        return now

    at = clock()
    boilerplate = learn_from(simulation.printed) if settled else EMPTY
    at = timed("learn", at)
    comparables = {copy.item.item_key: comparable(copy.item, boilerplate) for copy in simulation.printed}
    at = timed("comparable", at)
    made = with_words(list(comparables.values()))
    comparables = {news.item_key: news for news, _ in made}
    prints: list[Fingerprint] = [print_ for _, print_ in made]
    at = timed("fingerprint", at)
    candidates = pairs(prints)
    at = timed("search", at)
    matches = [m for a, b in candidates if (m := match(comparables[a], comparables[b])) is not None]
    at = timed("match", at)
    found = stories(comparables.values(), matches)
    timed("stories", at)
    group = {member.item_key: story.key for story in found for member in story.members}
    return Run(group, matches, comparables, candidates, seconds)


def score(simulation: Simulation, group: dict[str, str]) -> dict[str, float]:
    """Return pairwise precision and recall, B-cubed, and the share of hard negatives joined."""
    truth = {copy.item.item_key: copy.truth for copy in simulation.printed}
    joint = Counter((truth[key], group[key]) for key in truth)
    real, made = Counter(truth.values()), Counter(group[key] for key in truth)
    both = _pairs(joint.values())
    precision, recall = both / (_pairs(made.values()) or 1), both / (_pairs(real.values()) or 1)
    cubed_p = sum(n * n / made[g] for (_, g), n in joint.items()) / len(truth)
    cubed_r = sum(n * n / real[t] for (t, _), n in joint.items()) / len(truth)
    scores = {
        "pair_precision": precision,
        "pair_recall": recall,
        "bcubed_f1": 2 * cubed_p * cubed_r / (cubed_p + cubed_r),
        "largest_group": float(max(made.values())),
    }
    for kind, apart in simulation.apart.items():
        scores[f"{kind}_joined"] = sum(group[a] == group[b] for a, b in apart) / (len(apart) or 1)
    return scores | _found_by_edit(simulation, group)


def _pairs(counts: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts)


def _found_by_edit(simulation: Simulation, group: dict[str, str]) -> dict[str, float]:
    """Return, for each edit, the share of copies so edited that are in one story with their source."""
    source = {copy.truth: copy.item.item_key for copy in reversed(simulation.printed)}
    found: dict[str, list[bool]] = defaultdict(list)
    for copy in simulation.printed:
        first = source[copy.truth]
        if copy.item.item_key != first:
            for edit in copy.edits or ("none",):
                found[f"found_{edit}"].append(group[copy.item.item_key] == group[first])
    return {name: sum(hits) / len(hits) for name, hits in sorted(found.items())}
