"""Python's collector rests while a note is read, and never longer."""

from __future__ import annotations

import gc

import pytest

from notes.collector import uncollected


def test_the_collector_rests_within_only():
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_a_failure():
    with pytest.raises(ZeroDivisionError), uncollected():
        1 / 0  # noqa: B018
    assert gc.isenabled()
