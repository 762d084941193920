# SPDX-License-Identifier: GPL-2.0
"""The kallsyms family of races: what each way of linking and unlinking lets happen, and what it does not.

A buggy variant is run until it has hit, in portions, so that a slow or busy host only makes the test longer. A fixed one
must survive one portion: enough to notice a bug that hits several times in a thousand rounds, and no rarer one.
"""

import json
import re

import pytest

ROUNDS = 1000       # of a portion
PORTIONS = 40       # a buggy variant that has not hit after so many is not buggy
SECONDS = 280

SCORE = re.compile(r"^race: kallsyms (?P<axes>\S+=\S+(?: \S+=\S+)*?) adversary=(?P<adversary>\w+) model=native: "
                   r"(?:(?P<hits>\d+) hits in (?P<n>\d+), first at (?P<first>\d+)|none in (?P<none>\d+)), "
                   r"seed=(?P<seed>\d+)$", re.MULTILINE)

# What goes wrong, and where the reader is when it does.
BUGGY = [
    ("unlink=spinlock", "steal", r"freed: hello|wrong"),
    ("unlink=spinlock reader=irq", "preempt", r"freed: hello|wrong"),
    ("unlink=stop_machine_ipi symbol=behind", "steal", r"module_address_lookup"),
    ("unlink=stop_machine name=pointer", "preempt", r"freed: hello|wrong"),
    ("unlink=stop_machine preempt=full", "preempt", r"freed: hello|wrong"),
    ("unlink=stop_machine reader=sprint name=pointer preempt=full", "preempt", r"freed: hello|wrong"),
    ("unlink=rcu reader=sprint name=pointer preempt=full", "preempt", r"freed: hello|wrong"),
]

FIXED = [
    ("unlink=stop_machine", "steal"),
    ("unlink=stop_machine symbol=behind", "steal"),
    ("unlink=stop_machine_ipi reader=irq", "steal"),
    ("unlink=stop_machine reader=irq preempt=full", "preempt"),
    ("unlink=stop_machine reader=sprint preempt=full", "preempt"),
    ("unlink=rcu", "steal"),
    ("unlink=rcu symbol=behind preempt=full", "preempt"),
    ("unlink=rcu reader=sprint preempt=full", "preempt"),
    ("unlink=rcu op=link symbol=behind preempt=full", "preempt"),
]


def scores(result):
    """The score lines of a run, as dictionaries."""
    return [match.groupdict() for match in SCORE.finditer(result.out)]


@pytest.mark.parametrize("axes, adversary, what", BUGGY)
def test_a_buggy_variant_hits(stopgap, axes, adversary, what):
    for seed in range(1, PORTIONS + 1):
        result = stopgap(f"race run kallsyms {axes} adversary={adversary} n={ROUNDS} seed={seed}", timeout=SECONDS)
        assert result.status == 0
        assert "Oops" not in result.out
        if scores(result)[0]["hits"]:
            assert re.search(f"^first hit, round \\d+: .*(?:{what})", result.out, re.MULTILINE)
            return
    pytest.fail(f"{axes} adversary={adversary}: none in {PORTIONS} x {ROUNDS}", pytrace=False)


@pytest.mark.parametrize("axes, adversary", FIXED)
def test_a_fixed_variant_does_not(stopgap, axes, adversary):
    result = stopgap(f"race run kallsyms {axes} adversary={adversary} n={ROUNDS} expect=none", timeout=SECONDS)
    assert result.status == 0
    assert scores(result)[0]["none"] == str(ROUNDS)


def test_the_score_names_the_axes_that_were_given(stopgap):
    result = stopgap(["race run kallsyms n=3", "race run kallsyms reader=irq op=link symbol=behind preempt=full n=3"])
    plain, given = scores(result)
    assert plain["axes"] == "unlink=stop_machine preempt=none"
    assert given["axes"] == "unlink=stop_machine op=link symbol=behind reader=irq preempt=full"


def test_axes_are_as_before_after_a_run(stopgap):
    result = stopgap(["race run kallsyms unlink=rcu preempt=full name=pointer n=3", "preempt", "race run kallsyms n=3"])
    assert result.lines("^none$")
    assert scores(result)[1]["axes"] == "unlink=stop_machine preempt=none"


@pytest.mark.parametrize("argument, message", [
    ("unlink=hope", r"race: unlink=hope: not one of .*stop_machine\|"),
    ("reader=nobody", r"race: reader=nobody: not one of thread\|irq\|sprint"),
    ("colour=red", r"race: colour=red: not understood"),
    ("adversary=rain", r"race: adversary=rain: no such adversary"),
    ("min=9 max=8", r"min=9 max=8: out of range"),
])
def test_bad_parameters_are_named(stopgap, argument, message):
    result = stopgap(f"race run kallsyms {argument}")
    assert result.status == 1
    assert result.lines(message)


def test_list_shows_every_axis(stopgap):
    result = stopgap("race list")
    for line in ("unlink=.*rcu.*stop_machine_ipi|unlink=.*stop_machine_ipi.*rcu", r"op=unlink\|link",
                 r"reader=thread\|irq\|sprint", r"name=copy\|pointer", r"preempt=none\|full"):
        assert result.lines(line), line


def test_the_matrix_is_aligned(stopgap):
    result = stopgap("race matrix kallsyms unlink=stop_machine_ipi n=5")
    assert result.status == 0
    head, *rows = result.lines(r"/native|^unlink=")
    columns = [match.start() for match in re.finditer(r"\w+/native", head)]
    assert [head[column:].split("/")[0] for column in columns] == ["none", "steal", "preempt", "irq"]
    assert len(rows) == 3
    for row in rows:
        for column in columns:
            assert row[column - 1] == " "
            assert re.match(r"\d+/5 @\d+|none in 5", row[column:])


def test_the_matrix_as_json(stopgap):
    result = stopgap("race matrix kallsyms unlink=rcu reader=sprint n=5 --json")
    assert result.status == 0
    text = result.out
    matrix = json.loads(text[text.index("{"):text.rindex("]}") + 2])
    assert matrix["scenario"] == "kallsyms"
    cells = matrix["cells"]
    assert len(cells) == 2 * 4
    assert {cell["name"] for cell in cells} == {"copy", "pointer"}
    for cell in cells:
        assert (cell["unlink"], cell["reader"], cell["n"], cell["model"]) == ("rcu", "sprint", 5, "native")
        assert (cell["first"] > 0) == (cell["hits"] > 0) == bool(cell["what"])


def test_one_cpu_is_not_enough(stopgap):
    result = stopgap("race run kallsyms", cpus=1)
    assert result.status == 1
    assert result.lines("race: kallsyms takes 2 CPUs, 1 online")
