# SPDX-License-Identifier: GPL-2.0
"""Modules that are called by name: what keeps them loaded, and what does not."""

import re

import pytest

SECONDS = 120

SCORE = re.compile(r"^race: (?P<scenario>unload|socket) (?P<axes>\S+=\S+(?: \S+=\S+)*?) "
                   r"(?:adversary|dispatch)=\w+ model=\w+: "
                   r"(?:(?P<hits>\d+) hits in \d+, first at (?P<first>\d+)|none in (?P<none>\d+)"
                   r"(?:, exhausted c=(?P<exhausted>\d+))?)", re.MULTILINE)

# Axes, and what the first hit says.
WRONG = [
    ("unload module=foo_wrong", r"trap 400 at \S+, address \S+ \(freed: foo_wrong\)"),
    ("unload module=foo_wrong lock=none", r"(?:trap [34]00 at .*\(freed: foo_wrong\)|use after free: )"),
    ("unload module=foo_right lock=none", r"(?:trap [34]00 at .*\(freed: foo_right\)|use after free: )"),
    ("unload module=foo_leak", r"foo_leak: use count \d+, and nobody uses it"),
    ("unload module=foo_leak get=owner", r"foo_leak: use count \d+, and nobody uses it"),
]

RIGHT = [
    "unload module=foo_right",
    "unload module=foo_wrong get=owner",
    "unload module=foo_wrong get=owner lock=none",
    "unload module=foo_right get=owner lock=none",
]


def score(result):
    """The last score of a run."""
    return list(SCORE.finditer(result.out))[-1].groupdict()


@pytest.mark.parametrize("axes, what", WRONG)
def test_wrong_ones_hit_while_cpus_run_freely(stopgap, axes, what):
    result = stopgap(f"race run {axes} n=1000 expect=hit", args=["--icount", "3"], timeout=SECONDS)
    assert result.status == 0
    assert result.lines(rf"^first hit, round \d+: {what}")


def test_right_ones_do_not(stopgap):
    result = stopgap([f"race run {axes} n=500 expect=none" for axes in RIGHT], args=["--icount", "3"], timeout=SECONDS)
    assert result.status == 0
    assert "Oops" not in result.out


@pytest.mark.parametrize("axes, what", WRONG)
def test_wrong_ones_are_found_and_told(stopgap, axes, what):
    result = stopgap(f"race explore {axes} dispatch=pct depth=2 n=100 expect=hit", args=["--explore"], timeout=SECONDS)
    assert result.status == 0
    assert result.lines(rf"^first hit, schedule \d+: {what}")
    assert result.lines(r"^replay: race replay 'RX1:")


@pytest.mark.parametrize("axes", RIGHT)
def test_right_ones_are_exhausted(stopgap, axes):
    result = stopgap(f"race explore {axes} dispatch=bounded c=1 n=100000 expect=none", args=["--explore"],
                     timeout=SECONDS)
    assert result.status == 0
    assert score(result)["exhausted"] == "1"


def test_the_story_ends_in_text_that_is_gone(stopgap):
    result = stopgap("race explore unload module=foo_wrong dispatch=pct depth=2 n=100", args=["--explore"],
                     timeout=SECONDS)
    assert result.lines(r"free  foo_wrong, \d+ bytes  <==")
    assert result.lines(r"USE AFTER FREE: foo_wrong\+0x[0-9a-f]+  <==")


def test_a_device_is_used_from_the_shell(stopgap):
    result = stopgap("era 2000; insmod foo_right.ko; open foo; read 3; write 3 x; open foo; rmmod foo_right; "
                     "close 3; close 3; rmmod foo_right; open foo")
    assert result.lines("^foo: fd 3$")
    assert result.lines("^foo$")
    assert result.lines(r"^write: 3: .*\(err -22\)")
    assert result.lines(r"^open: foo: .*\(err -16\)")
    assert result.lines("Module foo_right is in use")
    assert result.lines(r"^close: 3: .*\(err -9\)")
    assert result.lines(r"^open: foo: .*\(err -6\)")
    assert "Oops" not in result.out


def test_an_open_that_failed_keeps_foo_leak_for_ever(stopgap):
    result = stopgap("era 2000; insmod foo_leak.ko; open foo; open foo; close 3; lsmod; rmmod foo_leak")
    assert result.lines(r"^foo_leak +\d+  1$")
    assert result.lines(r"rmmod: can't unload module 'foo_leak'")
