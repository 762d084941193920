# SPDX-License-Identifier: GPL-2.0
"""A bug of each kind that the explorer has an oracle for is found, named on both sides, shortened, and replayed."""
import re

import pytest

from stopgap import batch

PLACE = r"\w[\w.]*\+0x\w+/0x\w+ \([\w/.]+:\d+\)"

REPORTS = {
    "lost_update": r"lost update: 1",
    "use_after_free": rf"use after free: \d+ bytes inside \d+ bytes of kmalloc, freed on CPU 1 at {PLACE} called from free_item\S+ "
                      r".*; CPU0 writes at look_at_item",
    "per_cpu": rf"use after free: 0 bytes inside 8 bytes .* at {PLACE} called from free_counter.*; CPU0 \w+ at count",
    "double_free": rf"double free: 0 bytes inside .* at kfree\S+ \S+ called from free_item.*; CPU\d writes at {PLACE} called from free_item",
    "list": rf"list corruption: adds behind items, but a neighbour does not know the other, changed on CPU 1 at "
            rf"add_second{PLACE[2:]}; CPU0 at add_first{PLACE[2:]}",
    "list_walk": rf"list poison: the entry was deleted from its list on CPU 1 at delete_first{PLACE[2:]}; "
                 rf"CPU0 writes 110 at walk_items{PLACE[2:]}",
    "list_twice": rf"list corruption: deletes listed, but a neighbour does not know the other, changed on CPU 1 at "
                  rf"delete_if_there{PLACE[2:]}; CPU0 at delete_if_there{PLACE[2:]}",
    "spinlocks": rf"deadlock: CPU0 waits for lock_b at {PLACE}, held by CPU1 since {PLACE}; CPU1 waits for lock_a at {PLACE}, "
                 rf"held by CPU0 since {PLACE}; circle: CPU0 -> lock_b -> CPU1 -> lock_a -> CPU0",
    "mutexes": rf"deadlock: CPU0 waits for mutex_b at {PLACE}, held by CPU1 since {PLACE}; CPU1 waits for mutex_a at {PLACE}, "
               rf"held by CPU0 since {PLACE}; circle: CPU0 -> mutex_b -> CPU1 -> mutex_a -> CPU0",
    "inversion": rf"lock order inversion: takes lock_a, and holds lock_b since {PLACE}, but the first was held since {PLACE} on "
                 rf"the way to the other at {PLACE}; CPU0 at {PLACE}",
    "atomic": rf"sleeping in atomic context, holds lock_a since {PLACE}; CPU0 at {PLACE}",
    "crash": rf"NULL pointer; CPU0 \w+ 10 at follow{PLACE[2:]}",
}

# Who wrote what went wrong, and who read it, where the report knows one side alone.
PAIRS = {
    "lost_update": r"CPU\d: write sum = 1  at add_one", "list": "CPU1: write .*  at add_second",
    "crash": "CPU1: write shared_item = 0  at clear_and_set",
}

# Whose other side is a lock that is held, and who took it: there are no two accesses that race.
ONE_SIDED = ("spinlocks", "mutexes", "inversion", "atomic")

FREED = rf", freed on CPU 0 at vmap_free{PLACE[2:]} called from free_module_memory{PLACE[2:]}"
# Code and data of modules that are gone by the time they are told of.
GONE = {
    "kallsyms unlink=stop_machine name=pointer dispatch=pos":
        rf"trap 300 at strcmp{PLACE[2:]}, address \w+ \(freed: hello\){FREED}",
    "unload module=foo_wrong":
        rf"trap 400 at open_foo\+0x\w+/0x\w+ \[foo_wrong\] \(modules/unload/foo_wrong.c:\d+\), "
        rf"address \w+ \(freed: foo_wrong\){FREED}",
    "unload module=foo_right lock=none dispatch=pos":
        rf"use after free: .*{FREED[2:]}; CPU1 reads at simple_read_from_buffer{PLACE[2:]} "
        r"called from read_foo\S+ \[foo_right\] \(modules/unload/foo_right.c:\d+\)",
}


@pytest.fixture(scope="module", params=REPORTS)
def bug(request):
    find = f"race explore planted bug={request.param}"
    done = batch(f"{find} n=200 expect=hit; {find} fixed=yes n=200 expect=none", args=["--explore"])
    return request.param, done


def test_is_reported_with_both_sides(bug):
    name, done = bug
    assert re.search(f"^first hit, schedule \\d+: {REPORTS[name]}", done.out, re.M)


def test_is_told_with_both_sides(bug):
    """Where there are two: each line of the racing pair names one, with its line of source."""
    name, done = bug
    pair = done.lines(r"^race: step \d+, CPU|^ and: step \d+, CPU")
    assert len(pair) == (0 if name in ONE_SIDED else 2)
    assert all(re.search(r" at \w[\w.]*\+0x\w+ \([\w/.]+:\d+\)$", line) for line in pair)


def pair_below(pattern, done):
    """The two lines below that of the regular expression, but for addresses and values; None if these are others."""
    pair = re.search(rf"^{pattern}.*\n(race: step \d+, .*\n and: step \d+, .*)$", done.out, re.M)
    return pair and re.sub("0x[0-9a-f]{16}( = \\S+)?", "somewhere", pair[1])


def test_both_sides_are_below_the_report(bug):
    name, done = bug
    pair = pair_below("shortened to ", done)
    assert bool(pair) == (name not in ONE_SIDED)
    assert re.search(PAIRS.get(name, ""), pair or "")


def test_is_shortened(bug):
    assert int(re.search(r"^shortened to (\d+) preemptions", bug[1].out, re.M)[1]) <= 2


def test_is_not_there_when_fixed(bug):
    assert bug[1].status == 0


def test_replays(bug):
    name, done = bug
    command = re.search(r"^replay: (race replay .*?)\r?$", done.out, re.M)[1]
    again = batch(f"{command} n=20", args=["--explore"])
    assert re.search(f"^race: replay planted: {REPORTS[name]}", again.out, re.M)
    assert "20 of 20 replays identical" in again.out
    assert again.status == 0
    assert pair_below("race: replay planted: ", again) == pair_below("shortened to ", done)


@pytest.fixture(scope="module")
def gone():
    return batch("; ".join(f"race explore {what} n=50 until=hit expect=hit" for what in GONE), args=["--explore"])


@pytest.mark.parametrize("what", GONE)
def test_names_what_was_in_a_module_that_is_gone(gone, what):
    report = gone.out[gone.out.index(f"race explore {what} n=50"):]
    assert re.search(f"^first hit, schedule \\d+: {GONE[what]}", report, re.M)
    story = re.search(r"^ and: .*", report, re.M)[0]
    assert re.search(r" at \w+\+0x\w+(?: \[\w+\])? \([\w/.]+:\d+\)$", story)


def test_names_a_store_that_comes_too_late():
    """CPU 0 is left when it has stored, and is about to be done: the store is still its own, for some of the seeds."""
    places = "cpu0@player_thread+0x10#1 -> cpu1"
    done = batch("; ".join(f"race replay planted bug=use_after_free model=pso seed={seed} {places}" for seed in range(1, 9)),
                 args=["--explore"])
    assert re.search(rf"^race: replay planted: use after free: .* at kfree\S+ \S+ called from free_item{PLACE[2:]}; a delayed "
                     rf"store of CPU0 lands there, made at look_at_item{PLACE[2:]}$", done.out, re.M)
