# SPDX-License-Identifier: GPL-2.0
"""What an exploration hits is shortened, and comes again from its replay string in another boot."""
import re

import pytest

from stopgap import BUILD, batch


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


def test_modules_belong_to_the_image(find, tmp_path):
    """Those in the ramdisk, however they came there."""
    same = BUILD / "explore/modules/basics/hello.ko"
    edited = tmp_path / "hello.ko"
    edited.write_bytes(same.read_bytes() + b"\0")
    for module, differs in (same, False), (edited, True):
        replayed = batch(command(find, "replay"), args=["--explore", "--module", module])
        assert replayed.status == 0
        assert ("it may go another way" in replayed.out) == differs


def test_where_modules_lie_does_not_matter():
    """They come to lie somewhere else in each search."""
    searches = "klp-going klp=state", "klp-consistency consistency=per-task"
    done = explore([f"race explore {search} n=1" for search in searches for _ in range(40)])
    hashes = re.findall(r"^explored .* hash (\w+)", done.out, re.M)
    assert len(hashes) == 80
    assert len(set(hashes[:40])) == len(set(hashes[40:])) == 1


def test_recording_changes_nothing():
    """Remarks that only a recorded run makes are no steps of it."""
    find = explore("race explore klp race=going klp=notifier dispatch=pct n=100 until=hit")
    replayed = explore(command(find.out, "replay") + " n=3")
    assert "3 of 3 replays identical" in replayed.out
    assert replayed.status == 0


def test_places_replay_too(find):
    assert explore(command(find, "or by name")).status == 0


def test_nothing_is_found_where_it_is_fixed(find):
    """Nor at the places next to it."""
    replayed = explore(command(find, "or by name").replace("unlink=stop_machine_ipi", "unlink=stop_machine"))
    assert replayed.status != 0
    assert re.search("^race: replay kallsyms: no hit", replayed.out, re.M)


@pytest.mark.parametrize("place", ["replay", "or by name"])
def test_time_does_not_matter(find, place):
    """Neither how fast the machine is, nor what it counts time in."""
    replayed = batch(command(find, place) + "; trace story", args=["--explore", "--icount", "3"])
    assert replayed.status == 0
    assert trace_hash(replayed.out) == trace_hash(find)


def check(string):
    """A replay string without its last field, and that: FNV-1a."""
    h = 0x811c9dc5
    for byte in string.encode():
        h = (h ^ byte) * 0x01000193 & 0xffffffff
    return f"{string}:{(h ^ h >> 16) & 0xffff:04x}"


def forge(old, new):
    """A string that somebody has edited, and not forgotten the check."""
    return lambda string: check(string.replace(old, new, 1).rpartition(":")[0])


NOT_STRINGS = {
    "step": (lambda s: s.replace("0.1-1", "0.1-0"), "has been mangled"),
    "letter": (lambda s: s.replace("kallsyms", "kallsyns"), "has been mangled"),
    "cut": (lambda s: s[:-6], "has been mangled"),
    "half": (lambda s: s[:len(s) // 2], "has been mangled"),
    "head": (lambda s: s[4:], "is none: RX1:SCENARIO:"),
    "version": (lambda s: s.replace("RX1", "RX2"), "is none: RX1:SCENARIO:"),
    "other scenario": (forge("kallsyms", "symtab"), "unlink=stop_machine_ipi"),
    "no scenario": (forge("kallsyms", "nothing"), "no such scenario"),
    "model": (forge(":sc:", ":sd:"), "model=sd: sc, tso or pso?"),
    "parameter": (forge("symbol=own", "symbol=mine"), "symbol=mine: not one of own|behind"),
    "name": (forge("kallsyms", "k" * 60), "is too long"),
    "steps": (forge(":0.1-1", ":" + "0.1-1," * 513 + "0.1-1"), "is too long"),
    "actor": (forge(":0.1-1", ":0.1-9"), "is none: RX1:SCENARIO:"),
    "cpu": (forge(",1.", ",5."), "race: step 2: here are 2 CPUs"),
    "clock": (forge(":0.1-1", ":8.1-1"), "race: step 1: the clock did not come to its point 1"),
}


@pytest.fixture(scope="module")
def refused(find):
    """What is said of strings that are wrong."""
    string = command(find, "replay").split("'")[1]
    said = {}
    for name, (change, _) in NOT_STRINGS.items():
        done = explore(f"race replay '{change(string)}'; lsmod")
        assert done.status != 0
        said[name] = done.out
    return said


@pytest.mark.parametrize("name", NOT_STRINGS)
def test_a_string_that_is_wrong_is_refused(refused, name):
    assert NOT_STRINGS[name][1] in refused[name]


PLACES = "race replay kallsyms unlink=stop_machine_ipi model=sc seed=1 "
NOT_PLACES = {
    "cpu0@no_such_function+0x10#1 -> cpu1":
        'step 1, "cpu0@no_such_function+0x10#1 -> cpu1": this kernel has no such function',
    "cpu0@start#1 -> cpu1, cpu1@__unlink_module+0x10#1 -> cpu0":
        'step 2, "cpu1@__unlink_module+0x10#1 -> cpu0": several functions are called that; say which, as FILE.c:FUNCTION',
    "cpu0@hello:no_such_function+0x10#1 -> cpu1": "this kernel has no such function",
    "cpu0@start#1 -> cpu5": 'step 1, "cpu0@start#1 -> cpu5": here are 2 CPUs',
    "cpu0@start -> cpu1": 'step 1, "cpu0@start -> cpu1": it does not read as cpu0@FUNCTION+0x24#2 -> cpu1',
    "cpu0@start#1 -> clok": "it does not read as cpu0@FUNCTION",
    "cpus=3 cpu0@start#1 -> cpu1": "found with 3 CPUs, here are 2",
    "cpus=9999999999 cpu0@start#1 -> cpu1": "cpus=9999999999: bad value",
    "cpu0@start#1 -> cpu1, cpu1@kallsyms_lookup+0x0#1 -> cpu0, cpu1@kfree_never+0#1 -> cpu0": "step 3",
    # These are read, and then not met.
    "clock@tick#1 -> cpu1": "step 1, clock@tick#1 -> cpu1: the clock did not come there",
    "cpu0@start#1 -> cpu1, cpu0@klp_init+0x10#1 -> cpu1":
        "step 2, cpu0@klp_init+0x10#1 -> cpu1: CPU 0 was nowhere in this function",
    "cpu0@start#1 -> cpu1, cpu1@module_address_lookup+0x1cc#99 -> cpu0":
        "step 2, cpu1@module_address_lookup+0x1cc#99 -> cpu0: came there ",
    "cpu0@start#1 -> cpu1, cpu0@stop_machine_ipi.c:__unlink_module+0x1#1 -> clock":
        "step 2, cpu0@stop_machine_ipi.c:__unlink_module+0x1#1 -> clock: CPU 0 was not there, but at "
        "stop_machine_ipi.c:__unlink_module+0x",
}


@pytest.fixture(scope="module")
def not_places():
    return explore("; ".join(PLACES + places for places in NOT_PLACES))


@pytest.mark.parametrize("places", NOT_PLACES)
def test_places_that_are_wrong_are_told(not_places, places):
    said = not_places.out.split("stopgap# ")[1:]
    assert NOT_PLACES[places] in said[list(NOT_PLACES).index(places)]


def test_wrong_number_of_cpus_is_said(find):
    done = batch(command(find, "replay"), cpus=3, args=["--explore"])
    assert done.status != 0
    assert "found with 2 CPUs, here are 3" in done.out


@pytest.mark.parametrize("search", [
    "race explore kallsyms unlink=stop_machine_ipi dispatch=pos model=tso n=20",
    "race explore unload module=foo_wrong dispatch=rr n=20",
    "race explore klp-two klp=hold dispatch=pct n=3",
])
def test_what_happened_before_in_the_boot_does_not_matter(search):
    """Every point of every schedule, and so what any replay string means."""
    fresh = explore(search)
    later = explore(f"insmod hello.ko; kunit page_alloc; rmmod hello; {search}; {search}")
    hashes = re.findall(r"^explored .* hash (\w+)", fresh.out + later.out, re.M)
    assert len(hashes) == 3
    assert len(set(hashes)) == 1


def test_control_c_ends_replays(shell):
    session = shell(args=("--explore", "--vof"))
    found = session.run("race explore planted bug=lost_update until=hit")
    session.send(re.search(r"^replay: (race replay .*)$", found, re.M)[1] + " n=100000000\r")
    session.wait_for("race replay", "the echo")
    session.send("\x03")
    output = session.wait_prompt("the prompt after ^C")
    assert "race: step" in output and "[-4: Interrupted]" in output


def test_control_c_ends_shortening(shell):
    """Which takes many seconds here; what has come of it so far is told."""
    session = shell(cpus=4, args=("--explore", "--vof"))
    session.send("race explore klp-two klp=hold dispatch=pct until=hit\r")
    session.wait_for(r"explored \d+ schedules", "the end of the search")
    session.send("\x03")
    output = session.wait_prompt("the prompt after ^C")
    assert int(re.search(r"^shortened to .* in (\d+) runs", output, re.M)[1]) < 900
    assert re.search("^race: klp-two .* 1 hits in .*, replay 'RX1:", output, re.M)
