# SPDX-License-Identifier: GPL-2.0
"""Tests that come in modules: the kernel's own, which is linked against one image, and anybody's."""

import re
import subprocess

import pytest

import stopgap as host

IMAGE_LIMIT = 512 * 1024

SUITE = """
#include <linux/module.h>
#include <kunit/test.h>

static void adds(struct kunit *test) { KUNIT_EXPECT_EQ(test, 1 + 1, 2); }
static void fails(struct kunit *test) { KUNIT_EXPECT_EQ(test, 1 + 1, 3); }
static struct kunit_case sums_cases[] = { KUNIT_CASE(adds), KUNIT_CASE(fails), {} };
static struct kunit_suite sums_suite = { .name = "sums", .test_cases = sums_cases };
kunit_test_suite(sums_suite);
MODULE_LICENSE("GPL");
"""

# A kernel function under its own name, at an address where it is not, in no kernel.
STALE = """
#include <linux/module.h>
asm(".globl sprint_symbol; .set sprint_symbol, 0x123456");
MODULE_LICENSE("GPL");
"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kunit")
    (folder / "sums.c").write_text(SUITE)
    (folder / "stale.c").write_text(STALE)
    (folder / "Kbuild").write_text("obj-m += sums.o stale.o\n")
    make = ["make", "-s", "-j2", "-C", host.TOP, f"O={host.BUILD}", f"M={folder}", "modules"]
    subprocess.run(make, check=True, timeout=host.BATCH_SECONDS)
    return {name: folder / f"{name}.ko" for name in ("sums", "stale")}


def test_image_is_small():
    """Text, data and symbols, as they are loaded."""
    sizes = subprocess.run(["powerpc64-linux-gnu-size", "-A", host.BUILD / "vmlinux"], check=True, text=True,
                           capture_output=True, timeout=host.BATCH_SECONDS).stdout
    loaded = re.findall(r"^\.(?:text|rodata|data|kallsyms) +(\d+)", sizes, re.M)
    assert len(loaded) == 4
    assert sum(map(int, loaded)) <= IMAGE_LIMIT


def test_a_module_brings_a_suite(stopgap, modules):
    result = stopgap(["insmod sums.ko", "kunit sums.adds", "kunit sums", "lsmod", "rmmod sums", "kunit sums"],
                     args=["--module", modules["sums"]])
    assert "Totals: pass:1 fail:0 skip:0 total:1" in result.out
    assert "Totals: pass:1 fail:1 skip:0 total:2" in result.out
    assert re.search(r"^sums +\d+ +0\b", result.out, re.M)       # no reference is left
    assert 'kunit: no test matches "sums"' in result.out
    assert result.status == 1


def test_a_module_linked_against_another_image_is_refused(stopgap, modules):
    result = stopgap(["insmod stale.ko", "lsmod"], args=["--module", modules["stale"]])
    assert "stale: linked against another kernel: sprint_symbol is not at 0000000000123456" in result.out
    assert result.status == 1
    assert not re.search(r"^stale ", result.out, re.M)
