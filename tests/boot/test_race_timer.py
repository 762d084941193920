# SPDX-License-Identifier: GPL-2.0
"""Time in explored runs: a timer that rings on one CPU while another unloads its module."""
import re

import pytest

from stopgap import batch


def explore(*commands):
    return batch(list(commands), args=["--explore"])


@pytest.fixture(scope="module")
def hit():
    done = explore("race explore timer unlink=spinlock del=del_timer dispatch=pct n=300 expect=hit until=hit; trace story")
    assert done.status == 0
    return done.out


def trace_hash(out):
    return re.search(r"^trace: .* hash (\w+)", out, re.M)[1]


def test_del_timer_lets_the_function_run_on(hit):
    """Stolen in the middle of the timer's function; when it goes on, the module is gone."""
    assert int(re.search(r"shortened to (\d+) preemptions", hit)[1]) == 1
    assert re.search(r"^ +\d+ +timer rings", hit, re.M)
    assert re.search(r"race: step \d+, CPU1: free  blinker", hit)


def test_replay_is_identical(hit):
    """The clock is in the schedule, by its own number; in another boot, too."""
    command = re.search(r"^replay: (race replay '.*-8.*')", hit, re.M)[1]
    again = explore(f"{command}; trace story", f"{command} n=50")
    assert again.status == 0
    assert trace_hash(again.out) == trace_hash(hit)
    assert "50 of 50 replays identical" in again.out


def test_del_timer_sync_waits_for_it():
    done = explore("race explore timer unlink=spinlock del=del_timer_sync dispatch=bounded c=1 n=20000 expect=none")
    assert re.search(r"none in \d+, exhausted c=1", done.out)
    assert done.status == 0


@pytest.mark.parametrize("unlink", ["stop_machine", "rcu"])
def test_unlinking_may_wait_for_it(unlink):
    done = explore(f"race explore timer unlink={unlink} del=del_timer dispatch=pct n=200 expect=none")
    assert done.status == 0


def test_a_forgotten_timer_rings_later():
    """No preemption is needed; and the machine has survived it."""
    done = explore("race explore timer unlink=stop_machine del=none dispatch=pct n=20 expect=hit", "lsmod", "sleep 0.1")
    assert re.search(r"shortened to 0 preemptions", done.out)
    assert done.status == 0


def test_matrix():
    done = batch("race matrix timer unlink=spinlock n=6", args=["--explore"])
    rows = dict(re.match(r"(.*?)  +(.*)", line).groups() for line in done.lines("^unlink=.*(@|none in)"))
    assert "@" in rows["unlink=spinlock del=del_timer"]
    assert "@" not in rows["unlink=spinlock del=del_timer_sync"]
    assert rows["unlink=spinlock del=none"].startswith("6/6 @1")
    # As many as the search may take are all that there are; and where they are not, it says so.
    columns = re.split("  +", rows["unlink=spinlock del=del_timer_sync"].strip())
    assert (columns[3], columns[6]) == ("none, exhausted c=1", "none in 120 of c=1")
    assert done.status == 0


def test_ordinary_image_has_no_such_scenario():
    """There a fault in an interrupt handler is the end of the machine."""
    assert "no such scenario" in batch("race run timer").out
