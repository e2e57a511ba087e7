"""When feeds are polled: by their rhythm, within the bounds, slowed by their wishes, never so slowly that items are lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.fetch.outcomes import RequestOutcome
from wirecopy.fetch.retry import PAUSES, next_try
from wirecopy.fetch.schedule import DISTRUSTED, JITTER, PollResult, _short, plan, request_for
from wirecopy.model import Feed, FeedState
from wirecopy.settings import Settings

SETTINGS = Settings(min_interval_seconds=300, max_interval_seconds=86_400)
START = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
URL = "https://wire.example/feed.xml"


def result(ids=("a", "b", "c"), **changes):
    made = PollResult(outcome="fetched", entry_ids=tuple(map(str, ids)), etag='"1"', content_hash=f"h{ids}")
    return replace(made, **changes)


def failed(outcome, **changes):
    return PollResult(outcome=outcome, reason=outcome, **changes)


def poll(state, answer, now):
    """Plan after an answer; new is what the window before did not hold."""
    held = set(state.window_ids)
    new = sum(hashed not in held for hashed in {_short(name) for name in answer.entry_ids or ()})
    return plan(state, replace(answer, new=new), now=now, settings=SETTINGS)


def wait(state):
    return (state.due_at - state.last_polled_at).total_seconds()


def follow(make_ids, *, days=3.0, state=None, start=START, **changes):
    """Poll a feed whenever it is due; `make_ids` gives its window at a number of hours."""
    state, now = state or FeedState(url=URL), start
    waits = []
    while now < start + timedelta(days=days):
        hours = (now - start).total_seconds() / 3600
        state = poll(state, result(make_ids(hours), **changes), now)
        waits.append(wait(state))
        now = state.due_at
    return state, waits


def window(per_hour, size):
    return lambda hours: range(int(hours * per_hour) + size, int(hours * per_hour), -1)


def test_a_new_feed_is_due_at_once_and_then_soon():
    state = poll(FeedState(url=URL), result(), START)
    assert FeedState(url=URL).due_at is None
    assert 900 <= wait(state) <= 900 * (1 + JITTER)


@pytest.mark.parametrize(
    ("per_hour", "size", "most_minutes"), [(60, 20, 7.4), (20, 100, 7), (2, 20, 18), (0.5, 20, 67)]
)
def test_a_feed_is_polled_by_its_rhythm(per_hour, size, most_minutes):
    _, waits = follow(window(per_hour, size))
    assert max(waits[len(waits) // 2 :]) <= most_minutes * 60


def test_a_silent_feed_is_polled_ever_more_rarely_down_to_the_bound():
    state, waits = follow(lambda _: range(20), days=20)
    assert waits[0] < waits[5] < waits[7] < 86_400 < waits[-1]
    assert max(waits) <= 86_400 * (1 + JITTER)
    assert state.gaps == 0


@pytest.mark.parametrize(("per_hour", "size"), [(10, 20), (100, 100), (30, 50), (3, 10), (1, 5)])
def test_nothing_scrolls_off_unseen_at_a_steady_rate(per_hour, size):
    assert follow(window(per_hour, size))[0].gaps == 0


@pytest.mark.parametrize("wish", [{"ttl_minutes": 1440}, {"skip_days": (0, 1, 2, 3, 4, 5)}])
def test_no_wish_of_a_feed_makes_items_scroll_off(wish):
    assert follow(window(10, 20), **wish)[0].gaps == 0


def test_a_window_without_overlap_is_a_gap_and_hurries_the_next_poll():
    state = poll(FeedState(url=URL), result(range(10)), START)
    state = poll(state, result(range(5, 15)), START + timedelta(hours=1))
    assert state.gaps == 0
    later = START + timedelta(hours=2)
    state = poll(state, result(range(100, 110)), later)
    assert (state.gaps, state.gap_at) == (1, later)
    assert wait(state) <= 300 * (1 + JITTER)


def test_what_is_pinned_to_the_top_hides_no_gap():
    """One entry stays where it was and all beneath it are new; an entry that moved down tells that none was missed."""
    state = poll(FeedState(url=URL), result(["pin", *range(20, 1, -1)]), START)
    assert poll(state, result(["pin", *range(99, 80, -1)]), START + timedelta(hours=1)).gaps == 1
    assert poll(state, result([*range(39, 20, -1), "pin"]), START + timedelta(hours=1)).gaps == 0
    assert poll(state, result(["pin", *range(38, 19, -1)]), START + timedelta(hours=1)).gaps == 0
    short = poll(FeedState(url=URL), result(["a"]), START)
    assert poll(short, result("abcdefgh"), START + timedelta(hours=1)).gaps == 0


def test_failures_are_no_reason_to_let_items_scroll_by():
    """While what stood in a feed may still stand there, it is asked at least thrice a window; afterwards ever more rarely."""
    state, _ = follow(window(4, 20), days=2)
    now = state.due_at
    lost_at = state.last_success_at + timedelta(hours=5)
    waits = []
    for _ in range(30):
        state = poll(state, failed("forbidden"), now)
        waits.append((now < lost_at, wait(state)))
        now = state.due_at
    assert all(seconds <= 2 * 3600 for early, seconds in waits if early)
    assert waits[-1][1] >= 80_000


def quiet(**wishes):
    """A feed known to bring little, polled last at `START`."""
    state, _ = follow(
        lambda hours: range(int(hours / 30), int(hours / 30) + 20), days=8, start=START - timedelta(days=9)
    )
    return poll(state, result(range(50), **wishes), START)


def test_what_is_usual_of_a_feed_outlasts_its_silence():
    busy, _ = follow(window(2, 20), days=2)
    quiet, _ = follow(lambda _: window(2, 20)(48), days=20, state=busy, start=START + timedelta(days=2))
    assert quiet.items_a_day < 1
    assert 30 < quiet.usual_a_day < 60


def test_ttl_and_freshness_hold_a_quiet_feed_back():
    state = quiet()._replace(observed_items=30.0, observed_seconds=86_400.0)
    assert wait(poll(state, result(range(50)), START)) < 3600
    assert wait(poll(state, result(range(50), ttl_minutes=180), START)) >= 3 * 3600
    fresh = START + timedelta(hours=4)
    assert poll(state, result(range(50), fresh_until=fresh), START).due_at == fresh


def test_wishes_of_a_feed_of_unknown_rhythm_are_granted_for_an_hour():
    assert wait(poll(FeedState(url=URL), result(ttl_minutes=60), START)) == 3600
    assert wait(poll(FeedState(url=URL), result(ttl_minutes=6000), START)) == 3600


def test_a_ttl_lasts_through_answers_without_a_feed():
    state = poll(FeedState(url=URL), result(ttl_minutes=60), START)
    state = poll(state, PollResult(outcome="not modified", conditional=True, etag='"1"'), state.due_at)
    assert wait(state) >= 3600


def test_skipped_hours_and_days_are_skipped():
    due = quiet().due_at
    skipped = tuple((due.hour + ahead) % 24 for ahead in range(3))
    assert quiet(skip_hours=skipped).due_at.hour == (due.hour + 3) % 24
    assert quiet(skip_days=(due.weekday(),)).due_at == datetime(due.year, due.month, due.day + 1, tzinfo=UTC)


def test_due_times_of_feeds_polled_together_spread():
    states = [poll(FeedState(url=f"{URL}?{number}"), result(), START) for number in range(50)]
    assert len({state.due_at for state in states}) == 50
    assert states == [poll(FeedState(url=f"{URL}?{number}"), result(), START) for number in range(50)]


@pytest.mark.parametrize("outcome", [word for word in RequestOutcome if word.reaction != "fine" and word != "gone"])
def test_no_failure_but_gone_ever_stops_a_feed(outcome):
    state, now = poll(FeedState(url=URL), result(), START), START
    for _ in range(200):
        now = state.due_at
        state = poll(state, failed(outcome), now)
        assert state.due_at > now
        assert wait(state) <= 86_400 * (1 + JITTER)
    assert state.retired_at is None
    assert (state.failures, state.reason) == (200, outcome)
    state = poll(state, result(), now)
    assert (state.failures, state.failure_weight, state.reason) == (0, 0.0, "")


def test_failures_weigh_by_their_class():
    def after(outcome):
        state = poll(FeedState(url=URL), result(), START)
        for _ in range(4):
            state = poll(state, failed(outcome), START)
        return wait(state)

    assert after("name failed") < after("server error") < after("forbidden") < after("bad address")


def test_gone_retires_a_feed_with_a_note():
    state = poll(FeedState(url=URL), failed("gone"), START)
    assert state.retired_at == START
    assert "410" in state.reason


def test_retry_after_is_kept():
    until = START + timedelta(hours=5)
    assert poll(FeedState(url=URL), failed("rate limited", retry_after=until), START).due_at == until


def moves(state, target, times):
    for number in range(times):
        state = poll(state, result(permanent_url=target), START + timedelta(hours=number))
    return state


@pytest.mark.parametrize(
    "target", ["https://wire.example/new.xml", "https://www.wire.example/f", "https://feeds.wire.example/f"]
)
def test_a_permanent_redirect_is_believed_when_repeated(target):
    assert moves(FeedState(url=URL), target, 2).url == URL
    state = moves(FeedState(url=URL), target, 3)
    assert (state.url, state.former_urls, state.moved_url) == (target, (URL,), None)


@pytest.mark.parametrize(
    "target", ["https://other.example/feed.xml", "http://wire.example/feed.xml", "https://evilwire.example/"]
)
def test_a_redirect_elsewhere_or_to_http_is_noted_but_never_believed(target):
    state = moves(FeedState(url=URL), target, 9)
    assert (state.url, state.moved_url, state.moved_seen) == (URL, target, 9)


def test_an_interrupted_redirect_counts_from_the_start():
    state = moves(FeedState(url=URL), "https://wire.example/a", 2)
    state = poll(state, result(), START)
    assert moves(state, "https://wire.example/a", 2).url == URL


def test_a_feed_is_asked_with_its_validators_and_now_and_then_without():
    state = poll(FeedState(url=URL), result(last_modified="Wed"), START)
    soon = request_for(Feed(url=URL), state, now=START + timedelta(minutes=15))
    assert (soon.etag, soon.last_modified) == ('"1"', "Wed")
    never_doubted = request_for(Feed(url=URL), state, now=START + timedelta(days=1))
    assert never_doubted.etag == '"1"'
    said_so = PollResult(outcome="not modified", conditional=True, etag='"1"', last_modified="Wed")
    state = poll(state, said_so, START + timedelta(minutes=15))
    later = request_for(Feed(url=URL), state, now=START + timedelta(days=1))
    assert (later.etag, later.last_modified) == (None, None)
    assert later.content_hash == state.content_hash


def test_a_feed_that_says_not_modified_for_ever_is_found_out():
    """The server never admits a change while validators are sent; its window moves on by two an hour."""
    state, now, seen = FeedState(url=URL), START, set()
    while now < START + timedelta(days=10):
        asked = request_for(Feed(url=URL), state, now=now)
        hours = int((now - START).total_seconds() / 3600)
        if asked.etag:
            answer = PollResult(
                outcome="not modified", conditional=True, etag=asked.etag, content_hash=asked.content_hash
            )
        else:
            ids = range(2 * hours, 2 * hours + 20)
            seen |= set(ids)
            answer = result(ids, etag=f'"{hours}"')
        state = poll(state, answer, now)
        now = state.due_at
    assert state.suspicion >= DISTRUSTED
    missed = set(range(2 * 240)) - seen
    assert len(missed) <= 40


def test_changed_bytes_under_the_same_validators_are_a_lie():
    state = poll(FeedState(url=URL), result("ab"), START)
    state = poll(state, result("bc"), START + timedelta(hours=1))
    assert state.suspicion == DISTRUSTED
    assert request_for(Feed(url=URL), state, now=START + timedelta(hours=1)).etag is None


def test_an_honest_feed_stays_trusted():
    state, now = poll(FeedState(url=URL), result("ab"), START), START
    for number in range(20):
        now += timedelta(minutes=30)
        state = poll(state, result(range(number, number + 5), etag=f'"{number}"', conditional=True), now)
    assert state.suspicion == 0


def test_an_unreadable_answer_leaves_the_validators_alone():
    state = poll(FeedState(url=URL), result(), START)
    broken = poll(state, PollResult(outcome="fetched", reason="a login page stands where the feed was"), START)
    assert (broken.etag, broken.content_hash, broken.failures) == (state.etag, state.content_hash, 1)


@given(
    st.lists(
        st.one_of(
            st.sets(st.integers(0, 30)).map(lambda ids: result(sorted(ids))),
            st.sampled_from(list(RequestOutcome)).map(failed),
            st.just(PollResult(outcome="not modified", conditional=True)),
        ),
        max_size=12,
    ),
    st.lists(st.integers(0, 200_000), min_size=12, max_size=12),
)
def test_any_history_leaves_a_state_that_is_stored_and_read_back(answers, gaps):
    state, now = FeedState(url=URL), START
    for answer, gap in zip(answers, gaps, strict=False):
        now += timedelta(seconds=gap)
        state = poll(state, answer, now)
        assert FeedState.from_json(state.to_json()) == state
        assert state.retired_at or now < state.due_at <= now + timedelta(days=9)


def test_pages_are_tried_again_ever_more_rarely_and_then_given_up():
    pauses = [next_try(attempts, now=START) for attempts in range(len(PAUSES))]
    assert pauses == sorted(pauses)
    assert next_try(len(PAUSES), now=START) is None
    until = START + timedelta(hours=1)
    assert next_try(0, now=START, retry_after=until) == until
