# SPDX-License-Identifier: GPL-2.0
"""What an exploration hits is shortened, and comes again from its replay string in another boot."""
import re

import pytest

from stopgap import batch


def explore(commands):
    return batch(commands, args=["--explore"])


@pytest.fixture(scope="module")
def find():
    done = explore("race explore kallsyms unlink=stop_machine_ipi dispatch=random n=50 expect=hit; trace story")
    assert done.status == 0
    return done.out


def command(find, start):
    return re.search(start + r": (race replay .*?)\r?$", find, re.M)[1]


def trace_hash(out):
    return re.search(r"^trace: .* hash (\w+)", out, re.M)[1]


def test_shortened(find):
    assert int(re.search(r"shortened to (\d+) preemptions", find)[1]) <= 2


def test_string_replays_the_same_trace(find):
    replayed = explore(command(find, "replay") + "; trace story")
    assert replayed.status == 0
    assert trace_hash(replayed.out) == trace_hash(find)


def test_every_replay_is_identical(find):
    """Recorded or not, point by point."""
    replayed = explore(command(find, "replay") + " n=100")
    assert "100 of 100 replays identical" in replayed.out
    assert replayed.status == 0


def test_recording_changes_nothing():
    """Remarks that only a recorded run makes are no steps of it."""
    find = explore("race explore klp race=going klp=notifier dispatch=pct n=100 until=hit")
    replayed = explore(command(find.out, "replay") + " n=3")
    assert "3 of 3 replays identical" in replayed.out
    assert replayed.status == 0


def test_places_replay_too(find):
    assert explore(command(find, "or by name")).status == 0


def test_mangled_string_is_refused(find):
    bad = command(find, "replay").replace("0.1-1", "0.1-0")
    done = explore(bad)
    assert done.status != 0
    assert "mangled" in done.out


def test_wrong_number_of_cpus_is_said(find):
    done = batch(command(find, "replay"), cpus=3, args=["--explore"])
    assert done.status != 0
    assert "found with 2 CPUs, here are 3" in done.out


@pytest.mark.parametrize("search", [
    "race explore kallsyms unlink=stop_machine_ipi dispatch=pos model=tso n=20",
    "race explore unload module=foo_wrong dispatch=rr n=20",
])
def test_what_happened_before_in_the_boot_does_not_matter(search):
    """Every point of every schedule, and so what any replay string means."""
    fresh = explore(search)
    later = explore(f"insmod hello.ko; kunit page_alloc; rmmod hello; {search}; {search}")
    hashes = re.findall(r"^explored .* hash (\w+)", fresh.out + later.out, re.M)
    assert len(hashes) == 3
    assert len(set(hashes)) == 1
