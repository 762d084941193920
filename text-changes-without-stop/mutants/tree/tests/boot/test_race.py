# SPDX-License-Identifier: GPL-2.0
"""The 2005 race between kallsyms and rmmod: it happens with the old code, it does not with the patch.

Most runs count time in instructions (--icount): the same rounds and the same steals whatever else the host does. What
CPUs running freely do is tried with a steal at one exact place, which does not depend on luck.
"""

import re

import pytest

ICOUNT = ["--icount", "3"]
SCORE = re.compile(r"^race: kallsyms unlink=(?P<unlink>\w+) preempt=(?P<preempt>\w+) adversary=(?P<adversary>\w+) "
                   r"model=native: (?:(?P<hits>\d+) hits in (?P<n>\d+), first at (?P<first>\d+)|none in (?P<none>\d+)), "
                   r"seed=(?P<seed>\d+)$", re.M)


def score(result):
    """The one line a race run ends with."""
    found = SCORE.search(result.out)
    assert found, "no score line"
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_the_old_code_hits(stopgap, seed):
    """unlink=spinlock is 2.6.10: the reader walks into freed module memory, and the kernel lives on."""
    result = stopgap(f"race run kallsyms unlink=spinlock adversary=steal n=2000 seed={seed} expect=hit; lsmod; uptime",
                     args=ICOUNT)
    assert result.status == 0
    found = score(result)
    assert int(found["hits"]) > 0
    assert int(found["n"]) == 2000
    assert int(found["seed"]) == seed
    assert result.lines(r"^first hit, round \d+: (?:trap \d+ at \w+\+0x\w+/0x\w+, address [0-9a-f]{16}|wrong )")
    assert not result.lines("Oops")


@pytest.mark.parametrize("cpus", [2, 4])
def test_the_patch_does_not(stopgap, cpus):
    result = stopgap("race run kallsyms unlink=stop_machine adversary=steal n=2000 expect=none", cpus=cpus, args=ICOUNT)
    assert result.status == 0
    assert score(result)["none"] == "2000"


def test_the_patch_is_the_default(stopgap):
    assert score(stopgap("race run kallsyms n=10"))["unlink"] == "stop_machine"


def test_the_boot_parameter_chooses_the_policy(stopgap):
    result = stopgap("race run kallsyms n=5", params="kallsyms.unlink=spinlock preempt=full")
    assert score(result)["unlink"] == "spinlock"
    assert score(result)["preempt"] == "full"


def test_one_exact_steal_hits(stopgap):
    """Stolen just before it reads the module's layout, the reader finds it gone; with the patch it never does."""
    place = "hv steal at=module_address_lookup+0x34 min=500 max=1000"
    old = stopgap(f"{place}; race run kallsyms unlink=spinlock adversary=none n=400 expect=hit")
    assert old.status == 0
    fixed = stopgap(f"{place}; race run kallsyms unlink=stop_machine adversary=none n=200 expect=none")
    assert fixed.status == 0


@pytest.mark.parametrize("expect, unlink", [("none", "spinlock"), ("hit", "stop_machine")])
def test_an_unmet_expectation_fails(stopgap, expect, unlink):
    result = stopgap(f"race run kallsyms unlink={unlink} n=2000 expect={expect}", args=ICOUNT)
    assert result.status == 1
    assert result.lines(f"^race: expected {expect}$")


def test_icount_repeats_itself(stopgap):
    """With time counted in instructions, two runs are alike to the last byte, time stamps included."""
    cmds = "race run kallsyms unlink=spinlock n=500; hv status; uptime"
    runs = [stopgap(cmds, args=ICOUNT) for _ in range(2)]
    assert score(runs[0])["hits"]
    assert runs[0].out == runs[1].out


@pytest.mark.parametrize("args, says", [
    ("", "which scenario"),
    ("nosuch", "nosuch: no such scenario"),
    ("kallsyms unlink=nosuch", "unlink=nosuch: not one of"),
    ("kallsyms adversary=nosuch", "adversary=nosuch: no such adversary"),
    ("kallsyms preempt=maybe", "preempt=maybe"),
    ("kallsyms expect=maybe", "expect=maybe"),
    ("kallsyms n=many", "n=many: bad value"),
    ("kallsyms colour=red", "colour=red: not understood"),
    ("kallsyms min=5 max=2", "out of range"),
])
def test_bad_parameters_are_refused(stopgap, args, says):
    result = stopgap(f"race run {args}; echo still here")
    assert result.status == 1
    assert says in result.out
    assert result.lines("^still here")


def test_one_cpu_is_not_enough(stopgap):
    result = stopgap("race run kallsyms", cpus=1)
    assert result.status == 1
    assert result.lines("takes 2 CPUs, 1 online")


def test_a_loaded_target_is_not_touched(stopgap):
    result = stopgap("insmod hello.ko; race run kallsyms; lsmod")
    assert result.lines("hello is loaded; rmmod it first")
    assert result.lines(r"^hello +\d+ +0")


def test_control_c_ends_a_run(shell):
    sh = shell()
    sh.send("race run kallsyms n=100000000\r")
    sh.wait_for("race run", "the echo")
    sh.send("\x03")
    assert SCORE.search(sh.wait_prompt("the prompt after ^C"))
    assert "still here" in sh.run("echo still here")


def test_steals_are_counted_and_shown(stopgap):
    result = stopgap("hv steal rate=2000 min=10 max=50 seed=3; sleep 0.2; hv status; hv steal off; hv status")
    assert result.status == 0
    assert result.lines("stealing at random: rate=2000 min=10 max=50 seed=3")
    rows = result.lines(r"^ +\d+ +\d+ +\d+ +\d+ +\d+$")
    assert len(rows) == 4
    assert any(int(row.split()[1]) > 0 for row in rows[:2])
    assert result.lines("stealing nothing")


def test_gaps_grow_when_stolen_from(stopgap):
    """Two adjacent stores are parted by steals, which only stepping can do: interrupts come between blocks of code.

    About one steal in ten falls between the clock readings on either side of the stores. What the host's scheduler
    does there, in that long a run, is one or two in a hundred.
    """
    result = stopgap("hv reset; hv gaps n=1000000 rate=20000 min=1000 max=1500; hv status")
    rows = [re.findall(r"\d+", line) for line in result.lines(r"^ +\d+ ns \.\. +\d+ ns")]
    assert sum(int(row[2]) for row in rows) == 1000000
    assert sum(int(row[3]) for row in rows) == 1000000
    long_gaps = [sum(int(row[column]) for row in rows if int(row[0]) >= 1 << 19) for column in (2, 3)]
    steals = max(int(line.split()[1]) for line in result.lines(r"^ +\d+ +\d+ +\d+ +\d+ +\d+$"))
    assert steals >= 20
    assert long_gaps[1] - long_gaps[0] >= steals / 30


@pytest.mark.parametrize("args, says", [
    ("steal rate=1000000", "out of range"),
    ("steal at=nosuch", "nosuch: no such symbol"),
    ("steal at=printk+1", "cannot steal at"),
    ("steal sideways", "sideways: not understood"),
    ("nosuch", "steal, status, gaps or reset"),
])
def test_bad_hv_arguments_are_refused(stopgap, args, says):
    result = stopgap(f"hv {args}")
    assert result.status == 1
    assert says in result.out
