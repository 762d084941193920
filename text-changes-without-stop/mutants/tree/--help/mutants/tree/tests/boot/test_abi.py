# SPDX-License-Identifier: GPL-2.0
"""make abi and make abi-check: what changes in the exported interface is noticed, and named."""

import os
import subprocess

import pytest

import stopgap as host

CC = os.environ.get("CROSS_COMPILE", "powerpc64-linux-gnu-") + "gcc"

SOURCE = """
#include <linux/export.h>
struct thing { int a; %s b; };
%s lend(struct thing *t) { return t->a; }
EXPORT_SYMBOL%s;
int keep(int x) { return x; }
EXPORT_SYMBOL(keep);
int other(int x) { return x; }
EXPORT_SYMBOL_NS_GPL(other, ELSEWHERE);
"""


@pytest.fixture
def tree(tmp_path):
    """tree(member, result, export): a build folder whose only module exports three functions. Return: abi.py on it."""
    (tmp_path / "build" / "modules").mkdir(parents=True)
    (tmp_path / "build" / "vmlinux").symlink_to(host.BUILD / "vmlinux")

    def make(member="int", result="int", export="(lend)"):
        source = tmp_path / "lender.c"
        source.write_text(SOURCE % (member, result, export))
        target = tmp_path / "build" / "modules" / "lender.ko.debug"
        subprocess.run([CC, "-mabi=elfv2", "-g", "-r", "-nostdlib", "-ffreestanding", "-DMODULE", "-Iinclude",
                        "-o", target, source], cwd=host.TOP, check=True)

        def abi(command):
            ran = subprocess.run(["/usr/bin/python3", "-B", host.TOP / "tools" / "abi.py", command, tmp_path / "build",
                                  tmp_path / "abi"], stdout=subprocess.PIPE, text=True, check=False)
            print(ran.stdout)
            return ran.returncode, ran.stdout
        return abi
    return make


def test_nothing_has_changed(tree):
    assert tree()("write")[0] == 0
    status, out = tree()("check")
    assert status == 0
    assert "are as reviewed" in out


def test_the_text_is_one_line_per_export(tree, tmp_path):
    tree()("write")
    lines = (tmp_path / "abi" / "exports.txt").read_text().splitlines()
    assert "lender\tlend\tEXPORT_SYMBOL\t-" in lines
    assert "lender\tother\tEXPORT_SYMBOL_GPL\tELSEWHERE" in lines
    assert "vmlinux\tkmalloc\tEXPORT_SYMBOL\t-" in lines
    assert "vmlinux\tsynchronize_rcu\tEXPORT_SYMBOL_GPL\t-" in lines


@pytest.mark.parametrize("change, says", [
    ({"export": "_GPL(lend)"}, "changed  lend (lender): EXPORT_SYMBOL -> EXPORT_SYMBOL_GPL"),
    ({"export": "_NS(lend, SOME)"}, "changed  lend (lender): EXPORT_SYMBOL -> EXPORT_SYMBOL SOME"),
    ({"member": "long"}, "type size changed from 64 to 128 (in bits)"),
    ({"result": "long"}, "return type changed"),
])
def test_a_change_is_named(tree, change, says):
    tree()("write")
    status, out = tree(**change)("check")
    assert status == 1
    assert says in out
    assert "run make abi and review the diff" in out


def test_added_and_removed(tree, tmp_path):
    tree()("write")
    path = tmp_path / "abi" / "exports.txt"
    path.write_text(path.read_text().replace("\tkeep\t", "\tgone\t"))
    status, out = tree()("check")
    assert status == 1
    assert "added    keep (lender): EXPORT_SYMBOL\n" in out
    assert "removed  gone (lender): EXPORT_SYMBOL\n" in out
    assert tree()("write")[0] == 0
    assert tree()("check")[0] == 0
