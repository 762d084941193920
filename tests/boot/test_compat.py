# SPDX-License-Identifier: GPL-2.0
"""Modules in the style of Linux's tutorials: built outside the tree, loaded, used, and gone without a trace."""

import os
import re
import shutil
import subprocess

import pytest

import stopgap as host

SOURCES = host.TOP / "modules" / "compat"


@pytest.fixture(scope="module")
def compat(tmp_path_factory):
    """The modules, built with make M= from a copy outside the tree. Return: their folder."""
    folder = tmp_path_factory.mktemp("compat")
    for source in SOURCES.iterdir():
        shutil.copy(source, folder)
    make = ["make", "-s", "-C", host.TOP, f"O={host.BUILD}", "WERROR=1", f"M={folder}", "modules"]
    subprocess.run(make, check=True, timeout=host.BATCH_SECONDS, stdin=subprocess.DEVNULL)
    return folder


@pytest.fixture
def run(stopgap, compat):
    """run(name, commands): load a module twice, with the commands in between. Return: the run, after checks."""
    def do(name, between=(), insmod=""):
        turn = [f"insmod {name}.ko {insmod}".strip(), *between, f"rmmod {name}"]
        files = [arg for path in sorted(compat.glob("*.ko")) for arg in ("--module", path)]
        result = stopgap([*turn, "mem", *turn, "mem", "cat /proc/modules", "ls /proc"], args=files)
        assert result.status == 0
        assert "Oops" not in result.out and "WARNING" not in result.out
        free = re.findall(r"^free: (\d+) kB", result.out, re.MULTILINE)
        objects = re.findall(r"^kmalloc objects: (\d+)", result.out, re.MULTILINE)
        assert free[0] == free[1], "memory was lost"
        assert objects[0] == objects[1], "objects were lost"
        assert result.out.partition("# ls /proc\n")[2].split() == ["0", "modules", "0", "kallsyms"]
        return result
    return do


def says(result, name):
    """What a module printed, in its two lives, which must be alike. Return: the lines of the first."""
    lines = [line.partition(f"{name}: ")[2] for line in result.lines(rf"(^|\] ){name}: (?!loading out-of-tree)")]
    assert lines[:len(lines) // 2] == lines[len(lines) // 2:]
    return lines[:len(lines) // 2]


@pytest.mark.parametrize("name, lines", [
    ("macros", ["the answer is 42", "over"]),
    ("startstop", ["started", "stopped"]),
    ("worker", ["worker/7 begins", "stopped"]),
    ("ticker", ["3 ticks", "the timer was armed"]),
    ("locks", ["800 800 800 800"]),
    ("phonebook", ["1906 is Grace", "forgets Ada", "forgets Grace"]),
    ("strings", ["RED", "GREEN", "BLUE", "product 42",
                 "00000000: 64 75 6d 70                                      dump", "straight to the terminal", "gone"]),
])
def test_a_module_says_what_it_should(run, name, lines):
    between = ["sleep 0.1"] if name == "worker" else []
    assert says(run(name, between), name) == lines


def test_parameters_of_all_kinds(run):
    assert says(run("arguments", insmod='small=-3 large=123456789012 text="hi you" pair=1'), "arguments") == [
        "small -3, number 420, large 123456789012, text hi you", "pair[0] = 1", "pair[1] = 420",
        "1 of the pair were given"]


def test_a_file_in_proc_is_read_and_written(run):
    result = run("procfile", ["cat /proc/greeting", "echo the world > /proc/greeting", "cat /proc/greeting"])
    assert result.lines("^hello, ") == ["hello, nobody; read 1 times", "hello, the world; read 2 times"] * 2


def test_an_iterator_in_a_directory(run):
    result = run("oldproc", ["ls /proc/sky", "cat /proc/sky/planets"])
    assert result.out.count("Mercury\nVenus\nEarth\nMars\n") == 2


def test_deferred_work_of_all_kinds(run):
    assert sorted(says(run("deferred", ["sleep 0.1"]), "deferred")) == [
        "repeated work ran", "tasklet ran", "work done"]


def test_threads_that_shake_hands(run):
    assert says(run("handshake"), "handshake") == ["turn the crank", "the wheel spins", "over"]


def test_a_notifier_hears_of_other_modules(run):
    result = run("watcher", ["insmod macros.ko", "rmmod macros"])
    assert says(result, "watcher") == ["watcher is here", "macros is here", "macros leaves"]


def test_a_sleeper_is_woken_from_the_shell(run):
    assert says(run("sleeper", ["echo 3 > /proc/alarm", "sleep 0.1"]), "sleeper") == ["woken by 3"]


def test_proc_modules_and_kallsyms(stopgap, compat):
    result = stopgap(["insmod exporter.ko", "insmod user.ko", "insmod macros.ko", "cat /proc/modules",
                      "cat /proc/kallsyms", "rmmod user exporter macros", "cat /proc/modules"],
                     args=["--module", compat / "macros.ko"])
    assert result.status == 0
    assert result.lines(r"^exporter \d+ 1 user, Live 0xc008[0-9a-f]{12}$")
    assert result.lines(r"^macros \d+ 0 - Live 0xc008[0-9a-f]{12} \(O\)$")
    assert result.lines(r"^c0000000[0-9a-f]{8} [Tt] start_kernel$")
    assert result.lines(r"^c008[0-9a-f]{12} t macros_exit\t\[macros\]$")
    assert result.out.rstrip().endswith("# cat /proc/modules")


@pytest.mark.parametrize("command, message", [
    ("cat /proc/nothing", "cat: /proc/nothing: No such file or directory"),
    ("cat /proc", "cat: /proc: Is a directory"),
    ("ls /proc/nothing", "ls: /proc/nothing: No such file or directory"),
    ("echo 1 > /proc/modules", "echo: /proc/modules: Permission denied"),
])
def test_what_proc_cannot_do(stopgap, command, message):
    result = stopgap(command)
    assert result.status == 1
    assert message in result.out


def test_the_modules_know_only_linux():
    """No module here knows this kernel: each includes Linux's headers only."""
    for source in SOURCES.glob("*.c"):
        assert not re.search(r"#include <(?!linux/)", source.read_text()), os.path.basename(source)
