# SPDX-License-Identifier: GPL-2.0
"""Per-task consistency of live patches: a unit changes in one function and in the other, and nobody sees half of it."""

import re

PER_TASK = "set klp.consistency=per-task"
LOADED = f"{PER_TASK}; insmod livepatch_orbiter.ko; insmod livepatch_metric.ko"
WAITS = r"^livepatch_metric: enabling, threads that have yet to be switched: 1$"
CULPRIT = r"^  orbiter\[\d+\] is in correct_course \[livepatch_orbiter\]$"


def course(result):
    """What became of each correction: True if it was right."""
    return [line.endswith("on course") for line in result.lines(r"^pushed by \d+ Ns: (on course|lost)$")]


def test_immediate_mixes_old_and_new(stopgap):
    result = stopgap("insmod livepatch_orbiter.ko; insmod livepatch_metric.ko; cat /proc/orbiter; cat /proc/orbiter; "
                     "klp disable livepatch_metric; cat /proc/orbiter")
    assert course(result) == [False, True, False]
    assert result.lines("^pushed by 100 Ns") and result.lines("^pushed by 1980 Ns")


def test_per_task_does_not(stopgap):
    """As a boot parameter; and while the thread is in the middle, everybody knows whose fault it is."""
    result = stopgap("insmod livepatch_orbiter.ko; insmod livepatch_metric.ko; klp status; klp list; cat /proc/orbiter; "
                     "klp wait; klp list; cat /proc/orbiter; klp disable livepatch_metric; klp status; cat /proc/orbiter; "
                     "klp wait; rmmod livepatch_metric; cat /proc/orbiter", params="klp.consistency=per-task")
    assert course(result) == [True] * 4
    assert result.lines(WAITS) and result.lines(CULPRIT)
    assert result.lines(r"^  orbiter\[\d+\] is in correct_course_ns \[livepatch_metric\]$")
    assert result.lines("^livepatch_metric: enab") == ["livepatch_metric: enabling, threads that have yet to be switched: 1",
                                                       "livepatch_metric: enabling", "livepatch_metric: enabled"]
    assert result.status == 0


def test_the_caller_that_knows_the_old_value_must_be_in_the_patch(stopgap):
    result = stopgap(f"{PER_TASK}; insmod livepatch_orbiter.ko; insmod livepatch_metric.ko caller=n; klp wait; "
                     "cat /proc/orbiter; cat /proc/orbiter")
    assert course(result) == [False, True]
    assert result.status == 0


def test_a_patch_in_transition_stays_and_keeps_others_away(stopgap):
    result = stopgap(f"{LOADED}; insmod livepatch_p1.ko; rmmod livepatch_metric; klp disable livepatch_metric; klp wait; "
                     "rmmod livepatch_metric; insmod livepatch_p1.ko; cat /proc/orbiter; klp wait; klp call")
    assert result.lines("livepatch_p1: cannot be enabled: livepatch_metric is in transition")
    assert result.lines("insmod: can't insert 'livepatch_p1.ko': Device or resource busy")
    assert result.lines("Module livepatch_metric is in use")
    assert course(result) == [True] and result.lines(r"^a\(\) = 1$")


def test_a_transition_can_be_forced(stopgap):
    """And its patch stays forever, as somebody may still be in it."""
    result = stopgap(f"{LOADED}; klp force; klp list; cat /proc/orbiter; klp disable livepatch_metric; cat /proc/orbiter; "
                     "klp wait; rmmod livepatch_metric; klp force")
    assert result.lines(CULPRIT) and result.lines("^livepatch_metric: enabled, forced$")
    assert course(result)[0] is False
    assert result.lines("Module livepatch_metric is in use")
    assert result.lines("^no patch is in transition$")
    assert result.status == 1


def test_a_transition_waits_for_nobody_else(stopgap):
    """Not for a CPU that is busy all the time, nor for one that has nothing to do."""
    result = stopgap(f"{PER_TASK}; repeat 1000000000 true &; insmod livepatch_p1.ko; klp wait; klp disable livepatch_p1; "
                     "klp wait; rmmod livepatch_p1; klp call; poweroff", cpus=4)
    assert not result.lines("gave up")
    assert result.status == 0


def test_an_unknown_consistency_is_refused(stopgap):
    result = stopgap("set klp.consistency=later; params klp.consistency")
    assert result.lines("klp.consistency = immediate")
    assert result.lines("klp.consistency: cannot be set to 'later'")


def test_the_suite(stopgap):
    result = stopgap("kunit livepatch_transition")
    assert re.search(r"# Totals: pass:11 fail:0 skip:0", result.out)
    assert result.status == 0


# ---- the race ----

def explore(way, consistency, how):
    return f"race explore klp-consistency consistency={consistency} way={way} {how}"


def test_the_explorer_finds_the_mixture_and_only_where_it_is(stopgap):
    """Each schedule with up to one preemption, and deeper ones at random; a hit says which two versions have met."""
    deep = "dispatch=pct depth=3 n=300 expect=none"
    result = stopgap([explore("on", "immediate", "dispatch=pct depth=2 n=100 expect=hit"),
                      explore("off", "immediate", "dispatch=pct depth=2 n=100 expect=hit"),
                      *(explore(way, "per-task", how) for way in ("on", "off", "back")
                        for how in ("dispatch=bounded c=1 n=100000 expect=none", deep))], args=["--explore"])
    assert result.lines(r"^first hit, schedule \d+: b1\(\) has called a2\(\)")
    assert result.lines(r"^first hit, schedule \d+: b2\(\) has called a1\(\)")
    assert len(result.lines("^race: .*consistency=per-task.* none in .* exhausted c=1,")) == 3
    assert result.status == 0


def test_late_stores_do_not_make_a_mixture(stopgap):
    result = stopgap([explore(way, "per-task", "dispatch=pos model=pso n=200 expect=none") for way in ("on", "off", "back")],
                     args=["--explore"])
    assert result.status == 0


def test_modules_that_come_and_go_meet_a_transition(stopgap):
    """The races of 2015, with patches that take their time."""
    result = stopgap([f"race explore {race} consistency=per-task dispatch=pct depth=2 n=60 expect=none"
                      for race in ("klp-coming", "klp-going")], args=["--explore"])
    assert result.status == 0


def test_cpus_that_run_freely(stopgap):
    """And nothing of the rounds is left behind."""
    result = stopgap("race run klp-consistency consistency=per-task n=5; mem; "
                     "race run klp-consistency consistency=per-task n=150 expect=none; "
                     "race run klp-consistency consistency=per-task adversary=preempt preempt=full n=100 expect=none; mem; "
                     "race run klp-consistency consistency=immediate n=100 expect=hit; lsmod", args=["--icount", "3"])
    assert result.status == 0
    assert not result.lines(r"^livepatch_\w+ +\d")
    for what in ("kmalloc objects", "vmap areas"):
        before, after = result.lines(f"^{what}: ")
        assert before == after
