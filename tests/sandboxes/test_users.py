"""Every sandbox has users of its own, none of whom is anybody else."""

from __future__ import annotations

from itertools import islice, pairwise
from random import Random

from sandboxes.users import EACH, SETS, Users, in_turn, passwd, subordinates


def test_no_user_is_in_two_sets_or_one_of_the_hosts():
    ranges = [range(users.root, users.root + EACH) for users in map(Users, range(SETS))]
    assert all(one.stop <= other.start for one, other in pairwise(ranges))
    watchers = {users.watcher for users in map(Users, range(SETS))}
    assert len(watchers) == SETS
    assert max(watchers) < ranges[0].start
    assert min(watchers) > 1 << 29
    assert ranges[-1].stop < 1 << 31


def test_a_process_gives_each_set_once_before_it_gives_one_again():
    given = list(islice(in_turn(Random(3)), SETS))
    assert len(set(given)) == SETS


def test_each_watcher_has_its_own_set_and_is_known_by_name():
    names = {int(line.split(":")[2]): line.split(":")[0] for line in passwd().splitlines()}
    have = {line.split(":")[0]: line.split(":")[1:] for line in subordinates().splitlines()}
    for users in map(Users, (0, 1, SETS - 1)):
        assert have[names[users.watcher]] == [str(users.root), str(EACH)]
