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
    assert re.search(r"# Totals: pass:10 fail:0 skip:0", result.out)
    assert result.status == 0
