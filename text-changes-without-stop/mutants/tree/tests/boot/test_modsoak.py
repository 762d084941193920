# SPDX-License-Identifier: GPL-2.0
"""Loading and unloading very often, on two CPUs: nothing is lost, nothing gets slower. Time counts instructions."""

import subprocess

import stopgap as host

ICOUNT = ("--icount", "0")
LEAKY = """
#include <linux/module.h>
#include <linux/slab.h>
static int __init leaky_init(void) { return kmalloc(64, GFP_KERNEL) ? 0 : -ENOMEM; }
static void __exit leaky_exit(void) { }
module_init(leaky_init);
module_exit(leaky_exit);
MODULE_LICENSE("GPL");
"""


def test_nothing_is_lost_and_nothing_gets_slower(stopgap):
    """make bench does this 100,000 times."""
    result = stopgap("modsoak empty.ko n=2000 slower=10", args=ICOUNT)
    assert result.status == 0
    assert result.lines(r"^modsoak: 2000 pairs of empty: first 1000 \d+ us, last 1000 \d+ us \([-+]\d\.\d %\), "
                        r"0 pages and 0 objects lost$")


def test_a_leak_is_noticed(stopgap, tmp_path):
    (tmp_path / "leaky.c").write_text(LEAKY)
    (tmp_path / "Kbuild").write_text("obj-m += leaky.o\n")
    make = ["make", "-s", "-C", host.TOP, f"O={host.BUILD}", f"M={tmp_path}", "modules"]
    subprocess.run(make, check=True, timeout=host.BATCH_SECONDS)
    result = stopgap("modsoak leaky.ko n=2000", args=[*ICOUNT, "--module", tmp_path / "leaky.ko"])
    assert result.status == 1
    assert result.lines(r"^modsoak: 2000 pairs of leaky: .*, \d+ pages and 3000 objects lost$")


def test_wrong_use_is_told(stopgap):
    assert stopgap("modsoak").lines(r"^usage: modsoak FILE \[n=PAIRS\] \[slower=PERCENT\]$")
    assert stopgap("modsoak nothing.ko").lines(r"^modsoak: nothing\.ko: no such file$")
