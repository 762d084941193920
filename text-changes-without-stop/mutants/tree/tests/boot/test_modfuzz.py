# SPDX-License-Identifier: GPL-2.0
"""Damaged copies of every demo module, through the loader of the running kernel: see kernel/module/modfuzz.c."""

import os
import re

import pytest

import stopgap as host

# MODFUZZ_COPIES=5000 is what "make fuzz" asks for.
COPIES = int(os.environ.get("MODFUZZ_COPIES", "300"))
NEEDED = "exporter"     # loaded, so that those who use it get past their symbols


def test_damaged_modules_are_refused_or_load(stopgap):
    names = sorted(path.name for path in (host.BUILD / "modules").rglob("*.ko"))
    fuzz = {name: f"modfuzz {name} n={COPIES} seed=7" for name in names}
    # kunit loads a module and keeps it: before memory is counted.
    commands = [fuzz.pop(f"{NEEDED}.ko"), "kunit module_export", "mem", f"insmod {NEEDED}.ko", *fuzz.values(), f"rmmod {NEEDED}", "mem",
                "kunit module", "mem"]
    result = stopgap(commands, timeout=60 + len(names) * COPIES // 100)
    if "Oops" in result.out or result.status:
        pytest.fail(f"status {result.status}; the end of the console:\n" + result.out[-3000:], pytrace=False)
    score = re.findall(r"^modfuzz: \S+ seed=7: (\d+) refused, (\d+) loaded, 0 pages lost$", result.out, re.MULTILINE)
    assert len(score) == len(names)
    assert all(int(refused) + int(loaded) == COPIES for refused, loaded in score)
    free = set(re.findall(r"^free: +(\d+) kB", result.out, re.MULTILINE))
    assert len(free) == 1, "memory was lost"
