# SPDX-License-Identifier: GPL-2.0
"""The race of a lookup by name: an address into a module that is gone, unless the module is held."""

import json
import re

import pytest

ICOUNT = ["--icount", "3"]
EXPLORE = ["--explore"]


def test_free_running(stopgap):
    """CPUs that run by themselves, with time counted in instructions: the same each time."""
    result = stopgap(["race run lookup get=none n=300 expect=hit", "race run lookup get=symbol_get n=300 expect=none",
                      "lsmod"], args=ICOUNT)
    assert result.status == 0
    assert result.lines(r"^first hit, round \d+: trap 400 at 0x\w+, address \w+ \(freed: exporter\)")
    assert not result.lines(r"^exporter ")


@pytest.mark.parametrize("axes", ["unlink=stop_machine", "unlink=rcu", "call=at_once unlink=stop_machine preempt=full",
                                  "call=at_once unlink=rcu preempt=full"])
def test_nothing_held(stopgap, axes):
    """A hit, and the string of it hits again."""
    found = stopgap(f"race explore lookup get=none {axes} dispatch=pct depth=2 n=300 expect=hit", args=EXPLORE)
    assert found.status == 0
    assert "USE AFTER FREE" in found.out
    replay = re.search(r"race replay 'RX1:[^']*'", found.out)
    assert replay, "no replay string"
    assert "USE AFTER FREE" in stopgap(replay[0], args=EXPLORE).out


@pytest.mark.parametrize("axes", ["unlink=spinlock", "unlink=stop_machine", "unlink=rcu",
                                  "unlink=stop_machine preempt=full"])
def test_module_held(stopgap, axes):
    """By symbol_get(): all schedules with one preemption have been run, and none is wrong."""
    result = stopgap(f"race explore lookup get=symbol_get {axes} dispatch=bounded c=1 expect=none", args=EXPLORE)
    assert result.status == 0
    assert result.lines(r"none in \d+, exhausted c=1")


@pytest.mark.parametrize("unlink", ["stop_machine", "rcu"])
def test_on_loan(stopgap, unlink):
    """Nothing is held, but neither a stop nor a grace period fits between the lookup and the call."""
    result = stopgap(f"race explore lookup get=none call=at_once unlink={unlink} dispatch=bounded c=1 expect=none",
                     args=EXPLORE)
    assert result.status == 0
    assert result.lines(r"none in \d+, exhausted c=1")


def test_matrix(stopgap):
    result = stopgap("race matrix lookup unlink=stop_machine preempt=none n=50 --json", args=EXPLORE)
    assert result.status == 0
    cells = json.loads(re.search(r"^\{.*^\]\}$", result.out, re.MULTILINE | re.DOTALL)[0])["cells"]
    assert {(cell["get"], cell["call"]) for cell in cells} == {("none", "later"), ("none", "at_once"),
                                                              ("symbol_get", "later")}
    for cell in cells:
        unsafe = cell["get"] == "none" and cell["call"] == "later"
        if cell["hits"]:
            assert unsafe and cell["replay"].startswith("RX1:"), cell
    assert any(cell["hits"] for cell in cells)
