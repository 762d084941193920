# SPDX-License-Identifier: GPL-2.0
"""The kernel's own tests, run at several CPU counts; and the reader of what they print."""

import re

import pytest

from stopgap import parse_ktap

GOOD = """\
[    0.012345] boot: VOF
KTAP version 1
1..2
    KTAP version 1
    # Subtest: sums
    1..2
    ok 1 adds
    ok 2 carries # SKIP no carry on this CPU
ok 1 sums
    KTAP version 1
    # Subtest: strings
    1..1
    # copies: EXPECTATION FAILED at kernel/core/string_test.c:12
    not ok 1 copies
not ok 2 strings
"""


def test_ktap_reader_takes_suites_apart():
    suites, complaints = parse_ktap(GOOD)
    assert complaints == []
    assert [(suite.name, suite.ok) for suite in suites] == [("sums", True), ("strings", False)]
    assert [(case.name, case.skipped) for case in suites[0].nested] == [("adds", False), ("carries", True)]
    assert "EXPECTATION FAILED" in suites[1].nested[0].notes[-1]


@pytest.mark.parametrize("cut", range(2, len(GOOD.splitlines())))
def test_ktap_reader_complains_of_a_truncated_log(cut):
    assert parse_ktap("\n".join(GOOD.splitlines()[:cut]))[1]


def test_ktap_reader_complains_of_no_log():
    assert parse_ktap("stopgap# kunit\nkunit: command not found\n") == ([], ["no KTAP document in the output"])


@pytest.mark.parametrize("cpus", [1, 2, 4, 8])
def test_kunit(stopgap, cpus):
    """Every in-kernel suite passes; the exit status says the same."""
    result = stopgap("kunit", cpus=cpus, timeout=600)
    suites, complaints = parse_ktap(result.out)
    assert complaints == []
    assert suites, "kunit ran no suite"
    cases = [(f"{suite.name}.{case.name}", case) for suite in suites for case in suite.nested]
    failed = [name + "".join(f"\n    {note}" for note in case.notes) for name, case in cases if not case.ok]
    failed += [f"{suite.name} (suite)" for suite in suites if not suite.ok and all(case.ok for case in suite.nested)]
    if failed:
        pytest.fail(f"{len(failed)} of {len(cases)} in-kernel tests failed:\n" + "\n".join(failed), pytrace=False)
    assert result.status == 0


def test_kunit_loses_no_memory(stopgap):
    """The first time loads the tests, and whatever else comes when first used."""
    result = stopgap(["kunit", "echo first", "mem", "kunit", "echo second", "mem"], timeout=600)
    assert result.status == 0
    first, second = (re.findall(r"^(kmalloc objects|vmap|vmap areas|per-CPU): (.*)$", part, re.M)
                     for part in result.out.partition("\nfirst\n")[2].split("\nsecond\n"))
    assert first == second and len(first) == 4
