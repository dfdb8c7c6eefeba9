"""The warm pool: what is taken, made, thrown away, and who is told of a failure."""

from __future__ import annotations

import threading

import pytest

from sandboxes.effects import SandboxError
from sandboxes.pool import Pool

SOON = 10  # seconds that no test comes near


class Thing:
    def __init__(self) -> None:
        self.removed = threading.Event()

    def remove(self) -> None:
        self.removed.set()


class Factory:
    """Makes things when it is let, counts, and remembers how many were made at the same time."""

    def __init__(self) -> None:
        self.go, self.made, self.busy, self.most = threading.Semaphore(0), [], 0, 0
        self.failure: Exception | None = None
        self.lock, self.started = threading.Lock(), threading.Semaphore(0)

    def __call__(self) -> Thing:
        with self.lock:
            self.busy += 1
            self.most = max(self.most, self.busy)
        self.started.release()
        assert self.go.acquire(timeout=SOON)
        with self.lock:
            self.busy -= 1
            if self.failure:
                raise self.failure
            self.made.append(Thing())
            return self.made[-1]

    def allow(self, n: int) -> None:
        self.go.release(n)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def factory():
    return Factory()


def in_thread(call):
    """Run a call in a thread; the returned function gives its result or raises what it raised."""
    result = []

    def run() -> None:
        try:
            result.append((call(), None))
        except SandboxError as error:
            result.append((None, error))

    thread = threading.Thread(target=run)
    thread.start()

    def join():
        thread.join(SOON)
        [(value, error)] = result
        if error:
            raise error
        return value

    return join


def test_a_warm_one_is_handed_out_and_replaced(factory):
    pool = Pool(factory)
    factory.allow(2)
    pool.warm(1)
    first = pool.take(SOON)
    second = pool.take(SOON)
    assert first is not second
    assert {first, second} <= set(factory.made)
    factory.allow(9)
    pool.close()


def test_a_taken_one_is_replaced_only_after_the_pause(factory):
    waits = []
    pool = Pool(factory, pause=1.5, later=lambda seconds, action: waits.append((seconds, action)))
    factory.allow(9)
    pool.warm(1)
    with pool._changed:
        assert pool._changed.wait_for(lambda: pool._idle, SOON)
    pool.take(SOON)
    assert (pool.ready, len(factory.made), pool._making) == (0, 1, 0)
    [(seconds, restock)] = waits
    restock()
    with pool._changed:
        assert pool._changed.wait_for(lambda: pool._idle, SOON)
    assert (seconds, pool.ready, len(factory.made)) == (1.5, 1, 2)
    pool.close()


def test_who_finds_nothing_ready_need_not_wait_for_the_pause(factory):
    pool = Pool(factory, pause=SOON * 100)
    factory.allow(9)
    assert pool.take(SOON) in factory.made
    pool.close()


def test_at_most_two_are_made_at_a_time(factory):
    pool = Pool(factory, makers=2)
    takers = [in_thread(lambda: pool.take(SOON)) for _ in range(5)]
    factory.started.acquire(timeout=SOON)
    factory.started.acquire(timeout=SOON)
    factory.allow(5)
    things = {taker() for taker in takers}
    assert (len(things), len(factory.made), factory.most) == (5, 5, 2)
    pool.close()


def test_no_thing_is_handed_out_twice(factory):
    pool = Pool(factory)
    factory.allow(100)
    takers = [in_thread(lambda: pool.take(SOON)) for _ in range(20)]
    assert len({taker() for taker in takers}) == 20
    pool.close()


def test_a_failure_is_told_to_one_who_waits_and_to_no_one_later(factory):
    pool = Pool(factory)
    factory.failure = SandboxError("no room")
    factory.allow(1)
    with pytest.raises(SandboxError, match="no room"):
        pool.take(SOON)
    factory.failure = None
    factory.allow(1)
    assert pool.take(SOON) in factory.made
    pool.close()


def test_a_defect_in_making_is_a_failure_too(factory):
    pool = Pool(factory)
    factory.failure = ZeroDivisionError("oops")
    factory.allow(1)
    with pytest.raises(SandboxError, match="oops"):
        pool.take(SOON)
    pool.close()


def test_waiting_has_an_end(factory):
    pool = Pool(factory)
    with pytest.raises(SandboxError, match="No sandbox was ready"):
        pool.take(0.05)
    factory.allow(1)
    pool.close()


def test_what_waited_too_long_is_thrown_away_and_made_anew(factory):
    clock = Clock()
    pool = Pool(factory, idle_seconds=600, clock=clock)
    factory.allow(1)
    pool.warm(1)
    old = pool.take(SOON)  # proves that making works
    factory.allow(1)
    with pool._changed:
        assert pool._changed.wait_for(lambda: pool._idle, SOON)
    clock.now = 601
    factory.allow(1)
    pool.retire()
    assert factory.made[1].removed.is_set()
    assert pool.take(SOON) is factory.made[2]
    assert not old.removed.is_set()
    factory.allow(9)
    pool.close()


def test_wanting_fewer_throws_the_rest_away(factory):
    pool = Pool(factory)
    factory.allow(3)
    pool.warm(3)
    with pool._changed:
        assert pool._changed.wait_for(lambda: len(pool._idle) == 3, SOON)
    pool.warm(1)
    assert (pool.ready, sum(thing.removed.is_set() for thing in factory.made)) == (1, 2)
    pool.close()
    assert all(thing.removed.is_set() for thing in factory.made)


def test_what_is_made_when_the_pool_closes_is_thrown_away(factory):
    pool = Pool(factory)
    taker = in_thread(lambda: pool.take(SOON))
    assert factory.started.acquire(timeout=SOON)
    pool.close()
    with pytest.raises(SandboxError, match="closed"):
        taker()
    factory.allow(1)
    with pool._changed:
        assert pool._changed.wait_for(lambda: factory.made, SOON)
    assert factory.made[0].removed.wait(SOON)
