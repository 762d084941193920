# SPDX-License-Identifier: GPL-2.0
"""Function entry sites across modules, built outside the tree: calls that are sent elsewhere, and the function tracer."""

import re
import shutil
import subprocess

import pytest

import stopgap as host

SOURCES = host.TOP / "tests" / "boot" / "modules" / "ftrace"
FLAGS = {"power9": "", "small": "-mcmodel=small", "power10": "-mcpu=power10"}


def build(folder, flags):
    """Build the test modules with these flags. Return: the .ko files, by name."""
    shutil.copytree(SOURCES, folder, dirs_exist_ok=True)
    with open(folder / "Kbuild", "a", encoding="ascii") as kbuild:
        kbuild.write(f"ccflags-y := {flags}\n")
    make = ["make", "-s", "-j2", "-C", host.TOP, f"O={host.BUILD}", f"M={folder}", "modules"]
    subprocess.run(make, check=True, timeout=host.BATCH_SECONDS)
    return {ko.stem: ko for ko in folder.glob("*.ko")}


@pytest.fixture(scope="module", name="built")
def build_all(tmp_path_factory):
    return {name: build(tmp_path_factory.mktemp(name), flags) for name, flags in FLAGS.items()}


def module_args(modules):
    return [arg for ko in modules.values() for arg in ("--module", ko)]


CALL = "insmod fcaller.ko; rmmod fcaller"
ORIGINAL = "fcaller: 1001 2002 1055 marks 123"
PATCHED = "fcaller: 70001 71002 70055 marks 123"


@pytest.mark.parametrize("name", FLAGS)
def test_patched_calls_keep_both_tocs(stopgap, built, name):
    args = module_args(built[name])
    if name == "power10":
        args += ["--", "-cpu", "power10"]
    result = stopgap(f"insmod ftarget.ko; {CALL}; insmod fpatch.ko; {CALL}; rmmod fpatch; {CALL}", args=args)
    assert result.status == 0
    assert re.findall(r"fcaller: .*", result.out) == [ORIGINAL, PATCHED, ORIGINAL]


def test_an_ops_does_not_outlive_its_module(stopgap, built):
    result = stopgap(f"insmod ftarget.ko; insmod fforget.ko; rmmod fforget; {CALL}; rmmod ftarget",
                     args=module_args(built["power9"]))
    assert result.status == 0
    assert "fforget goes without having unregistered an ops" in result.out
    assert "WARNING" not in result.out
    assert ORIGINAL in result.out


def test_the_two_stacks_of_a_thread_do_not_meet_unseen(stopgap, built):
    result = stopgap("insmod fdeep.ko; mem", args=module_args(built["power9"]))
    assert result.status == 1
    assert re.search(r"the livepatch stack of \S+ has met its stack", result.out)
    assert re.search(r"deeper\+0x\w+/0x\w+ \[fdeep\]", result.out), "the call trace shows who called"
    assert re.search(r"^free: ", result.out, re.MULTILINE), "the kernel goes on"


def test_a_module_without_functions(stopgap, built):
    assert stopgap("insmod fempty.ko; rmmod fempty", args=module_args(built["power9"])).status == 0


def test_functions_are_traced_in_kernel_and_modules(stopgap, built):
    result = stopgap("insmod ftarget.ko; trace function ftarget_*; insmod fcaller.ko; trace function off; trace dump",
                     args=module_args(built["power9"]))
    assert result.status == 0
    assert "trace: 3 functions" in result.out
    calls = re.findall(r"CPU\d  (\w+)(?: \[ftarget\])? <- ", result.out)
    assert [c for c in calls if c.startswith("ftarget_")] == \
        ["ftarget_add", "ftarget_local", "ftarget_add", "ftarget_sum"]


def test_all_functions_are_traced_while_others_work(stopgap):
    result = stopgap("trace function *; insmod hello.ko; rmmod hello; ps; trace function off; trace function nosuch*", cpus=4)
    assert "no traced function matches 'nosuch*'" in result.out
    assert "Goodbye" in result.out and "Oops" not in result.out
