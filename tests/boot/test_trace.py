# SPDX-License-Identifier: GPL-2.0
"""Traces: recorded, told on the console, exported to the host as JSON."""

import importlib.util
import re
import subprocess
import sys

import pytest

import stopgap as host

CHECKER = host.TOP / "tools" / "trace_check.py"


@pytest.fixture(scope="session")
def checker():
    """tools/trace_check.py as a module."""
    spec = importlib.util.spec_from_file_location("trace_check", CHECKER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["trace_check"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def export(stopgap, checker, tmp_path):
    """export(cmds, ...): run commands that end in "trace export". Return: (Result, trace_check.Trace)."""
    def run(cmds, args=(), **options):
        path = tmp_path / "trace.json"
        result = stopgap(cmds, args=("--trace", path, *args), **options)
        assert result.status == 0
        return result, checker.check(path.read_text())
    return run


def test_the_steals_of_a_race_run(export):
    result, trace = export(["trace on", "race run kallsyms n=40 adversary=steal", "trace off", "trace dump",
                            "trace export"])
    assert sorted(trace.tracks.values()) == ["CPU0", "CPU1"]
    stolen = trace.named("stolen")
    assert len(stolen) > 10
    assert {event["tid"] for event in stolen} == {0, 1}
    # A few of them in modules that are gone, which have no names any more.
    assert sum("+0x" in event["args"]["at"] for event in stolen) > len(stolen) / 2
    assert {"hello coming", "hello live", "hello going"} <= {event["name"] for event in trace.remarks}
    # The console's list is the same one.
    assert len(result.lines(r"^ *\d+ us  CPU\d  stolen \d+ us at ")) == len(stolen)


def test_a_recorded_run(export):
    result, trace = export(["kunit trace", "trace story", "trace export"])
    assert list(trace.tracks.values()) == ["CPU0 reader", "CPU1 writer"]
    (first, second), = trace.arrows
    assert (first["tid"], second["tid"]) == (1, 0)
    assert first["name"] == "write trace_test_word = 2" and second["name"] == "read  trace_test_word = 2"
    assert [event["tid"] for event in trace.named("stolen")] == [0, 1]
    story = result.out[result.out.index("trace story"):].splitlines()[1:]
    assert story[:1] + story[2:10] == [
        "race: step 3, CPU1: write trace_test_word = 2  at record_run+0xc",
        "      CPU0  reader                       CPU1  writer",
        "      record_run():",
        "   1    read  trace_test_word = 1",
        "      ---- stolen ----                     (1 more)",
        "                                         record_run():",
        "   3                                       write trace_test_word = 2  <==",
        "   4    read  trace_test_word = 2  <==   ---- stolen ----",
        "   5  *** TWO ANSWERS: trace_test_word",
    ]


EXPLORE = "race explore kallsyms unlink=spinlock n=50 seed=1 expect=hit"


@pytest.fixture
def explored(export):
    """Explore until the first hit, and tell it. Return: (Result, trace_check.Trace)."""
    return export([EXPLORE, "trace story", "trace export"], args=("--explore",))


def test_the_first_hit_of_an_exploration_is_told(explored):
    result, trace = explored
    story = result.out[result.out.index("trace story"):]
    assert re.search(r"^      CPU0  \S.*   CPU1  \S", story, re.MULTILINE)
    assert "---- stolen ----" in story
    # The list, the module's memory, and who pulled it away, by name.
    assert re.search(r"read  modules\.next -> hello\.list$", story, re.MULTILINE)
    assert re.search(r"free  hello, \d+ bytes  <==$", story, re.MULTILINE)
    assert re.search(r"\*\*\* USE AFTER FREE: hello[.+]", story)
    assert re.search(r"^race: step \d+, CPU0: free  hello, \d+ bytes  at vmap_free", story, re.MULTILINE)
    assert re.search(r"^ and: step \d+, CPU1: .* at \w+\+0x", story, re.MULTILINE)
    assert len(trace.tracks) == 2
    assert trace.named("stolen")
    (first, second), = trace.arrows
    assert (first["tid"], second["tid"]) == (0, 1)


def test_a_story_knows_nothing_of_the_time_after_it(stopgap):
    """What a run had taken is freed when its story is told, but was not when the run came there."""
    result = stopgap("race explore symtab switch=torn dispatch=bounded c=1", args=["--explore"])
    assert result.lines(r"^ +\d+ +write 0x[0-9a-f]+ -> symbols of core  <==$")
    assert "freed: " not in result.out


def test_a_modules_data_are_not_its_strings(stopgap):
    """They lie behind them, and are the module's at some offset."""
    result = stopgap("race explore socket lock=none dispatch=pct depth=2 n=50 until=hit", args=["--explore"])
    assert result.lines(r"read  families\+0x50 -> inet6\+0x[0-9a-f]+$")


def test_the_hash_of_an_exploration_repeats(stopgap):
    def hashes():
        result = stopgap([EXPLORE, "trace story", EXPLORE, "trace story"], args=("--explore",))
        assert result.status == 0
        return [re.search("hash ([0-9a-f]{16})", line)[1] for line in result.lines(r"^trace: \d+ events, hash")]
    one = hashes()
    assert len(one) == 2
    assert one[0] == one[1]
    assert hashes() == one


def test_the_hash_is_the_same_in_every_boot(stopgap):
    def hashes():
        result = stopgap(["insmod hello.ko", "kunit trace", "trace story"])
        assert result.status == 0
        line, = result.lines(r"^trace: 9 events, hash [0-9a-f]{16}$")
        return line
    assert hashes() == hashes()


@pytest.mark.parametrize("cmds, said", [
    ("trace export", "no second serial channel"),
    ("trace story", "no run has been recorded"),
    ("trace on; trace on", "trace: is on"),
    ("trace", "on, off, dump, story, all, export or function PATTERN?"),
    ("trace frobnicate", "on, off, dump, story, all, export or function PATTERN?"),
])
def test_what_cannot_be_is_refused(stopgap, cmds, said):
    result = stopgap(cmds)
    assert result.status == 1
    assert said in result.out


def test_nothing_to_export(stopgap, tmp_path):
    result = stopgap("trace export", args=("--trace", tmp_path / "trace.json"))
    assert result.status == 1
    assert "nothing has been recorded" in result.out


@pytest.mark.parametrize("text, complaint", [
    ("", "Expecting value"),
    ('{"traceEvents":[{"ph":"X","pid":0,"tid":0,"name":"a"}]}', "ts is missing"),
    ('{"traceEvents":[{"ph":"?"}]}', "phase '?'"),
    ('{"traceEvents":[{"ph":"i","pid":0,"tid":3,"name":"a","ts":1,"s":"t"}]}', "track without a name"),
])
def test_the_checker_complains(tmp_path, text, complaint):
    path = tmp_path / "bad.json"
    path.write_text(text)
    result = subprocess.run([CHECKER, path], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert complaint in result.stderr


def events_of(*slices):
    """A document with one track and these (ts, dur)."""
    track = {"ph": "M", "pid": 0, "tid": 0, "name": "thread_name", "args": {"name": "CPU0"}}
    return [track, *({"ph": "X", "pid": 0, "tid": 0, "name": "a", "cat": "a", "args": {}, "ts": ts, "dur": dur}
                     for ts, dur in slices)]


def test_the_checker_sees_what_overlaps(checker):
    checker.check_order(events_of((0, 1), (1, 2), (3, 7), (10, 5))[1:])
    for slices in ((0, 10), (5, 10)), ((0, 10), (1, 2)), ((1, 1), (1, 1)), ((0, 0),):
        with pytest.raises(ValueError, match="overlaps|no length"):
            checker.check_order(events_of(*slices)[1:])


RACES = {
    "kallsyms unlink=spinlock": 2,
    "kallsyms unlink=stop_machine preempt=full": 3,
    "unload module=foo_wrong": 2,
    "timer del=del_timer unlink=spinlock dispatch=pct": 2,
    "planted bug=list_twice": 2,
}


@pytest.mark.parametrize("race", RACES)
def test_export_of_a_race(export, race):
    """What Perfetto draws: a track for each CPU, steals with a length, an arrow between the two that race."""
    result, trace = export([f"race explore {race} n=100 until=hit expect=hit", "trace export"], args=("--explore",),
                           cpus=RACES[race])
    assert sorted(name.split()[0] for name in trace.tracks.values()) == [f"CPU{i}" for i in range(RACES[race])]
    assert all(" " in name for name in trace.tracks.values())
    stolen = trace.named("stolen")
    assert len(stolen) >= int(re.search(r"shortened to (\d+) preemptions", result.out)[1])
    # The arrow's ends are the accesses that the report calls the racing ones, on those CPUs.
    pair = re.findall(r"^(?:race| and): step (\d+), CPU(\d): (.*?)  at (.*)$", result.out, re.MULTILINE)
    (first, second), = trace.arrows
    drawn = [(str(end["args"]["step"]), str(end["tid"]), end["name"].strip(), end["args"]["at"]) for end in (first, second)]
    assert drawn == [(step, cpu, what.strip(), at) for step, cpu, what, at in pair]
