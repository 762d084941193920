# SPDX-License-Identifier: GPL-2.0
"""References of live patches to symbols that nobody exports: tools/klp-convert.c and the loader's side of it."""

import re
import subprocess

import pytest

import stopgap as host

SOURCE = """
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/kallsyms.h>

extern bool text_test(unsigned long addr) KLP_SYMBOL({object}, {name}, {pos});
extern struct list_head found KLP_SYMBOL(vmlinux, modules, 0);

static int __init klpsym_init(void)
{{
	return text_test((unsigned long)printk) && found.next == &THIS_MODULE->list ? 0 : -EPROTO;
}}
static void __exit klpsym_exit(void) {{ }}
module_init(klpsym_init);
module_exit(klpsym_exit);
MODULE_LICENSE("GPL");
{info}
"""
LIVEPATCH = 'MODULE_INFO(livepatch, "Y");'
IS_KERNEL_TEXT = {"object": "vmlinux", "name": "is_kernel_text", "pos": 0}

# What is wrong with it: what is changed, and what the kernel says.
WRONG = {
    "undeclared": ({"info": ""}, "livepatch symbol .klp.sym.vmlinux.* without modinfo livepatch=Y"),
    "unknown": ({"name": "no_such_symbol"}, "livepatch: vmlinux has no symbol no_such_symbol"),
    "position": ({"pos": 7}, "livepatch: vmlinux has 1 times the symbol is_kernel_text, not 7"),
    "ambiguous": ({"name": "setup"}, r"livepatch: vmlinux has \d+ times the symbol setup, .* does not say which"),
}


def build(folder, **changes):
    """Build klpsym.ko there. Return: its path."""
    (folder / "Kbuild").write_text("obj-m += klpsym.o\n")
    (folder / "klpsym.c").write_text(SOURCE.format(**{"info": LIVEPATCH, **IS_KERNEL_TEXT, **changes}))
    subprocess.run(["make", "-s", "-C", host.TOP, f"O={host.BUILD}", f"M={folder}", "modules"], check=True)
    return folder / "klpsym.ko"


def insert(stopgap, module):
    return stopgap(f"insmod {module.name}", args=["--module", module])


def test_unexported_symbols_are_found(stopgap, tmp_path):
    """A function and a variable. The file has what Linux expects of a live patch's file."""
    module = build(tmp_path)
    listing = subprocess.run(["powerpc64-linux-gnu-readelf", "-SsW", module], check=True, text=True,
                             stdout=subprocess.PIPE).stdout
    assert re.search(r" \.klp\.rela\.vmlinux\.\S*text +RELA ", listing)
    assert re.search(r"OS \[0xff20\] \.klp\.sym\.vmlinux\.is_kernel_text,0$", listing, re.MULTILINE)
    assert insert(stopgap, module).status == 0


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_references_are_refused_by_name(stopgap, tmp_path, wrong):
    changes, complaint = WRONG[wrong]
    result = insert(stopgap, build(tmp_path, **changes))
    assert result.lines(complaint)
    assert result.lines("insmod: can't insert")
    assert result.status == 1
