# SPDX-License-Identifier: GPL-2.0
"""Live patches: calls really go to the newest version, the rules of 2015 hold, and the races are where they were."""

import json
import re

import pytest

A, B = r"^a\(\) = (\d+)$", r"^b\(\) = (\d+)"


def answers(result):
    """What "klp call" has printed, as pairs (a, b); b is None while module M is not loaded."""
    found = []
    for line in result.lines(rf"{A}|{B}|^b\(\) is not there"):
        if match := re.match(A, line):
            found.append([int(match[1]), None])
        elif match := re.match(B, line):
            found[-1][1] = int(match[1])
    return [tuple(pair) for pair in found]


def test_the_newest_patch_is_called(stopgap):
    """In the kernel and in a module, from before the module is loaded and after."""
    result = stopgap("klp call; insmod livepatch_m.ko; klp call; insmod livepatch_p1.ko; klp call; rmmod livepatch_m; "
                     "insmod livepatch_p2.ko; insmod livepatch_p3.ko; klp call; insmod livepatch_m.ko; klp call; "
                     "klp disable livepatch_p3; klp call; klp disable livepatch_p2; klp disable livepatch_p1; klp call")
    assert answers(result) == [(0, None), (0, 0), (1, 11), (3, None), (3, 33), (2, 22), (0, 0)]
    assert result.status == 0


def test_the_list_shows_patches_and_stacks(stopgap):
    result = stopgap("insmod livepatch_p1.ko; insmod livepatch_p2.ko start=0; insmod livepatch_p3.ko; klp list; "
                     "insmod livepatch_m.ko; klp list; klp disable livepatch_p3; klp list")
    assert result.lines(r"^livepatch_p1: enabled$")
    assert result.lines(r"^livepatch_p3: disabled$")
    assert result.lines(r"^  livepatch_m \(not loaded\): livepatch_b$")
    assert result.lines(r"^  livepatch_m:livepatch_b -> b3 \[livepatch_p3\], b1 \[livepatch_p1\]$")
    assert result.status == 0


@pytest.mark.parametrize("command, complaint", [
    ("rmmod livepatch_p2", "Module livepatch_p2 is in use"),
    ("klp disable livepatch_p1", "livepatch_p1: cannot be disabled: livepatch_p2, registered after it, is enabled"),
    ("klp enable livepatch_p2", "can't enable 'livepatch_p2': Invalid argument"),
    ("klp disable livepatch_p2; klp disable livepatch_p1; klp enable livepatch_p2",
     "livepatch_p2: cannot be enabled: livepatch_p1, registered before it, is not"),
    ("klp enable livepatch_p3", "livepatch_p3: no such patch"),
])
def test_the_rules_of_2015(stopgap, command, complaint):
    result = stopgap(f"insmod livepatch_p1.ko; insmod livepatch_p2.ko; {command}")
    assert result.lines(complaint)
    assert result.status == 1


def test_a_patch_that_is_disabled_can_go(stopgap):
    result = stopgap("mem; insmod livepatch_p1.ko; klp disable livepatch_p1; klp enable livepatch_p1; "
                     "klp disable livepatch_p1; rmmod livepatch_p1; klp list; klp call; lsmod")
    assert answers(result) == [(0, None)]
    assert not result.lines(r"^livepatch_p1 ")
    assert result.status == 0


def test_relocations_wait_for_their_module(stopgap):
    """A function and a variable of M that nobody exports, at wherever M is this time."""
    result = stopgap("insmod livepatch_reloc.ko; insmod livepatch_m.ko; klp call; rmmod livepatch_m; insmod hello.ko; "
                     "insmod livepatch_m.ko; klp call")
    assert answers(result) == [(0, 44), (0, 44)]
    assert result.status == 0


# What is wrong with the patch, and what the kernel says.
BAD = {
    "unknown_function": "vmlinux has no function no_such_function",
    "no_site": "memcpy of vmlinux has no site at its entry",
    "twice": "livepatch_a of vmlinux is patched twice",
    "two_names": "livepatch_a and livepatch_a of vmlinux are one function",
    "ambiguous": r"vmlinux has \d+ times the function setup, and the patch does not say which",
    "position": "vmlinux has 1 times the function livepatch_a, not 2",
    "no_new_func": "livepatch_a has no new_func",
    "no_old_name": "a function of vmlinux has no old_name",
    "no_funcs": "object livepatch_m has no funcs",
    "no_objs": "the patch has no objs",
    "no_module": "a patch without a module",
    "object_name": "'livepatch-m.ko' cannot be the name of a module",
    "object_twice": "object vmlinux is there twice",
    "itself": "livepatch_bad: patches itself",
    "unknown_in_m": "livepatch_m has no function no_such_function",
}


def test_bad_patches_are_refused_by_name(stopgap):
    """And nothing of them is enabled, or left behind."""
    inserts = [f"insmod livepatch_bad.ko defect={defect}; klp call" for defect in BAD]
    result = stopgap(["insmod livepatch_m.ko", *inserts, "klp list", "lsmod"])
    for complaint in BAD.values():
        assert result.lines(f"livepatch: .*{complaint}"), complaint
    assert answers(result) == [(0, 0)] * len(BAD)
    assert len(result.lines("insmod: can't insert 'livepatch_bad.ko'")) == len(BAD)
    assert not result.lines("^livepatch_bad|^stacks")


def test_an_oops_in_a_patched_function_shows_who_called(stopgap):
    """Through both redirections, from the patch's a() to M's b() in its replacement, and on; and the kernel goes on."""
    result = stopgap("insmod livepatch_m.ko; insmod livepatch_p1.ko; insmod livepatch_bad.ko defect=oops; klp call; mem")
    trace = re.findall(r"\] (\w+)\+0x", result.out[result.out.index("Call Trace:"):])
    assert result.lines(r"NIP \[\w+\] a_oops\+0x\w+/0x\w+ \[livepatch_bad\]")
    assert result.lines(r"LR  \[\w+\] b1\+0x\w+/0x\w+ \[livepatch_p1\]"), "who has called it, and not how it goes back"
    assert trace[:2] == ["livepatch_call", "klp_call"]
    assert result.lines("^free: ") and result.status == 1


def test_a_module_that_cannot_be_patched_is_not_loaded(stopgap):
    result = stopgap("insmod livepatch_bad.ko defect=unknown_in_m; insmod livepatch_m.ko; klp call")
    assert result.lines("livepatch_bad cannot be applied to livepatch_m .*, which is therefore not loaded")
    assert answers(result) == [(9, None)]


# ---- the races ----

# Scenario, policy: does the explorer find something?
FOUND = {
    "klp-coming": {"notifier": True, "alive": False, "live": True, "reject": False, "wait": False, "wait_locked": True,
                   "hold": False, "fixup": False, "state": False},
    "klp-going": {"notifier": True, "alive": False, "live": True, "reject": False, "wait": False, "wait_locked": True,
                  "hold": False, "fixup": True, "state": False},
    "klp-two": {"hold": True},
}


@pytest.mark.parametrize("scenario", FOUND)
def test_what_the_explorer_finds(stopgap, scenario):
    dispatch = "random" if scenario == "klp-two" else "pct depth=2"
    commands = [f"race explore {scenario} klp={policy} dispatch={dispatch} "
                + ("n=2000 until=hit expect=hit" if hit else "n=150 expect=none")
                for policy, hit in FOUND[scenario].items()]
    result = stopgap(commands, args=["--explore"], timeout=300)
    assert len(result.lines(rf"^race: {scenario} klp=")) == len(commands)
    assert not result.lines("^race: expected")


@pytest.mark.parametrize("policy", ["notifier", "fixup"])
def test_a_module_that_has_gone_is_remembered(stopgap, policy):
    """Nothing else is wrong: what P3 allocates in between, where something larger was, is not freed twice."""
    result = stopgap(f"race explore klp-going klp={policy} dispatch=pct depth=2 n=100 until=hit expect=hit",
                     args=["--explore"])
    assert result.lines(r"^first hit, schedule \d+: M is freed, and P3 still has its address")


def test_the_order_of_the_stack_is_told_as_in_the_text(stopgap):
    result = stopgap("race explore klp-coming klp=notifier dispatch=pct depth=2 n=100", args=["--explore"])
    assert result.lines(r"b2\(\) has called a3\(\)\. ops_a->func_stack: a3, a2, a1; ops_b->func_stack: b2, b1, b3")
    for remark in ("finds livepatch_m", "stack: b3", "stack: b1, b3", "stack: b2, b1, b3", r"\*\*\* b2\(\) has called"):
        assert result.lines(remark), remark
    assert result.lines(r"^vmlinux:livepatch_a +a3, a2, a1 +a3, a2, a1$"), "the right order beside the order it has"
    assert result.lines(r"^livepatch_m:livepatch_b +b2, b1, b3 +b3, b2, b1  <==$")


def test_a_deadlock_says_who_waits_for_whom(stopgap):
    result = stopgap("race explore klp-coming klp=wait_locked dispatch=pct depth=2 n=100", args=["--explore"])
    assert result.lines(r"deadlock: CPU0 waits for klp_mutex at .*, held by CPU1 since .*; "
                        r"CPU1 sleeps until livepatch_m is through at ")
    assert result.lines("waits for livepatch_m")


def test_two_patches_that_hold_each_other_up(stopgap):
    """Each is registered by the init of its own module, and waits for the other's."""
    result = stopgap("race explore klp-two klp=hold n=100 until=hit; race explore klp-two klp=alive n=100 expect=none",
                     args=["--explore"])
    assert result.lines(r"deadlock: CPU0 sleeps until livepatch_p\d is through at .*; "
                        r"CPU1 sleeps until livepatch_p\d is through at ")
    assert result.status == 0


def test_the_matrix_has_a_row_for_each_policy(stopgap):
    result = stopgap("race matrix klp klp=alive n=1 --json", args=["--explore"])
    cells = json.loads(result.out[result.out.index("{"):result.out.rindex("]}") + 2])["cells"]
    assert {cell["race"] for cell in cells} == {"coming", "going", "two", "consistency"}
    assert result.status == 0


# Where the thief stands, and what goes wrong there: before M's handler runs, while M's init or exit does, and after the
# handler, when M can still be found.
THEFTS = {
    "klp_module_notify": [("klp-coming klp=notifier", True), ("klp-coming klp=alive", False)],
    "livepatch_offer": [("klp-coming klp=live", True), ("klp-coming klp=alive", False),
                        ("klp-going klp=live", True), ("klp-going klp=alive", False)],
    "free_module": [("klp-going klp=notifier when=handled", True), ("klp-going klp=fixup when=handled", True),
                    ("klp-going klp=alive when=handled", False)],
}


@pytest.mark.parametrize("place", THEFTS)
def test_a_cpu_is_stolen_where_it_hurts(stopgap, place):
    """CPUs that run freely, and one place at which each is taken away: there no schedule has to be looked for."""
    races = [f"race run {race} n=20 adversary=none expect={'hit' if hit else 'none'}" for race, hit in THEFTS[place]]
    result = stopgap([f"hv steal at={place}+8 min=500 max=1000", *races], args=["--icount", "3"])
    assert result.status == 0
    assert len(result.lines("^race: klp-")) == len(races)


def test_cpus_stolen_at_random(stopgap):
    """Where luck is enough: the policy that is wrong most often, and the fix."""
    result = stopgap("race run klp-coming klp=live n=100 expect=hit; race run klp-coming klp=alive n=100 expect=none; "
                     "race run klp-going klp=alive n=100 expect=none", args=["--icount", "3"])
    assert result.status == 0


def test_a_module_under_three_patches_is_reloaded_while_all_cpus_call_it(stopgap):
    result = stopgap("race run klp-reload n=5; mem; race run klp-reload n=150 expect=none; mem", cpus=4,
                     args=["--icount", "3"])
    assert result.status == 0
    for what in ("free", "kmalloc objects", "vmap areas"):
        before, after = result.lines(f"^{what}: ")
        assert before == after


def test_enabling_against_a_reload_leaves_nothing_behind(stopgap):
    """M comes and goes on one of four CPUs while P3 is enabled and disabled on another, which also calls b()."""
    result = stopgap("race run klp-coming klp=alive n=5; mem; race run klp-coming klp=alive when=any n=200 expect=none; mem",
                     cpus=4, args=["--icount", "3"])
    assert result.status == 0
    for what in ("free", "kmalloc objects", "vmap areas"):
        before, after = result.lines(f"^{what}: ")
        assert before == after
