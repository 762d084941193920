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
def twice(stopgap, compat):
    """twice(commands): run them two times in one boot. Return: the run, after checks that nothing was lost."""
    def do(turn):
        files = [arg for path in sorted(compat.glob("*.ko")) for arg in ("--module", path)]
        trees = ["ls /sys/module", "ls /proc", "ls /sys/class", "ls /sys/kernel", "ls /sys/kernel/debug", "ls /dev"]
        result = stopgap([*turn, "mem", *turn, "mem", "cat /proc/modules", "cat /proc/devices", *trees], args=files)
        assert "Oops" not in result.out and "WARNING" not in result.out
        free = re.findall(r"^free: (\d+) kB", result.out, re.MULTILINE)
        objects = re.findall(r"^kmalloc objects: (\d+)", result.out, re.MULTILINE)
        assert free[0] == free[1], "memory was lost"
        assert objects[0] == objects[1], "objects were lost"
        left = result.out.rpartition("# cat /proc/devices\n")[2]
        assert [line for line in left.splitlines() if not line.startswith("stopgap# ")] == [
            "Character devices:", "       0  modules", "       0  kallsyms", "       0  devices", "       0  debug/"]
        return result
    return do


@pytest.fixture
def run(twice):
    """run(name, commands): load a module twice, with the commands in between. Return: the run, after checks."""
    def do(name, between=(), insmod=""):
        result = twice([f"insmod {name}.ko {insmod}".strip(), *between, f"rmmod {name}"])
        assert result.status == 0
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


def answers(result, command):
    """What the shell printed after each time it was given a command, without the kernel's own lines."""
    parts = result.out.split(f"stopgap# {command}\n")[1:]
    texts = [part.partition("stopgap# ")[0] for part in parts]
    return ["".join(line for line in text.splitlines(True) if not line.startswith("[    ")) for text in texts]


def test_libraries_and_locks(twice):
    """Modules that need nothing but themselves: what each says, in one boot."""
    said = {
        "metronome": ["4 beats", "the timer was armed"],
        "atlas": ["Trier", "Jena", "Ulm", "Bonn", "Essen", "Bonn has 330000", "Essen has 582000", "ticket 100 is Ulm",
                  "ticket 102 is Trier", "ticket 103 is Essen", "ticket 104 is Jena", "number 3 is Essen", "closed"],
        "figures": ["word 'alpha'", "word ''", "word 'beta'", "major 6, minor 1", "part-007 has 8 letters", "bit 3",
                    "bit 99", "weight 2, mask 0xf0, order 12", "from -2 to 19", "crc cbf43926", "hash 375a0281",
                    "kstrtouint says -22, clamped to 100, at least 3"],
        "readers": ["0 differences"],
        "relay": ["sum 31020"],
    }
    result = twice([f"{command} {name}{ending}" for name in said
                    for command, ending in (("insmod", ".ko"), ("rmmod", ""))])
    assert result.status == 0
    for name, lines in said.items():
        assert says(result, name) == lines


def test_a_device_with_a_class_and_an_entry_in_dev(twice):
    result = twice(["insmod mailbox.ko", "ls /dev", "cat /dev/mailbox0", "echo a letter > /dev/mailbox0",
                    "cat /dev/mailbox0", "cat /sys/class/mail/mailbox0/waiting", "cat /proc/devices",
                    "open /dev/mailbox0", "cat /dev/mailbox0; rmmod mailbox", "close 3", "rmmod mailbox"])
    assert answers(result, "ls /dev")[0] == "255,   0  mailbox0\n"
    assert answers(result, "cat /dev/mailbox0")[:2] == ["", "a letter\n"]
    assert result.out.count("cat: /dev/mailbox0: Device or resource busy\n") == 2
    assert answers(result, "cat /sys/class/mail/mailbox0/waiting") == ["9\n"] * 2
    assert answers(result, "cat /proc/devices")[0] == "Character devices:\n255 mailbox\n"
    assert len(result.lines("mailbox: minor 0 opened, it is ours$")) == 2 * 4
    assert len(result.lines("Module mailbox is in use$")) == 2


def test_a_misc_device_over_a_queue(run):
    result = run("queue", ["echo -n abc >/dev/queue", "echo defg > /dev/queue", "cat /dev/queue"])
    assert answers(result, "cat /dev/queue") == ["abcdefg\n"] * 2


def test_attributes_in_sys(twice):
    wanted = "/sys/kernel/thermostat/wanted"
    result = twice(["insmod thermostat.ko", f"cat {wanted}", f"echo 25 > {wanted}", f"cat {wanted}",
                    "cat /sys/kernel/thermostat/limits/most", f"echo 50 > {wanted}", "rmmod thermostat"])
    assert answers(result, f"cat {wanted}") == ["20\n", "25\n"] * 2
    assert answers(result, "cat /sys/kernel/thermostat/limits/most") == ["30\n"] * 2
    assert result.out.count(f"echo: {wanted}: Result out of range") == 2


def test_parameters_are_seen_and_changed(twice):
    folder = "/sys/module/dials/parameters"
    wanted = {"level": "5", "label": "two words", "lit": "Y", "table": "7,8", "even": "4"}
    refused = {"level": "five", "table": "x", "names": "c,d", "even": "3", "lit": "maybe"}
    result = twice(["insmod dials.ko label=first", f"ls {folder}", f"cat {folder}/label", f"echo gone > {folder}/label",
                    *[f"echo {value} > {folder}/{name}" for name, value in wanted.items()],
                    *[f"echo {value} > {folder}/{name}" for name, value in refused.items()],
                    *[f"cat {folder}/{name}" for name in [*wanted, "names"]], "rmmod dials"])
    assert sorted(answers(result, f"ls {folder}")[0].split()[1::2]) == sorted([*wanted, "names"])
    assert answers(result, f"cat {folder}/label")[:2] == ["first\n", "two words\n"]
    for name, value in {**wanted, "names": "a,b"}.items():
        assert answers(result, f"cat {folder}/{name}")[-1] == value + "\n"
    for name in refused:
        assert result.out.count(f"echo: {folder}/{name}: ") == 2
    assert says(result, "dials") == ["level 5, label two words, lit 1, 2 in the table, hidden 7, even 4"]


def test_files_in_debugfs(twice):
    folder = "/sys/kernel/debug/gauges"
    result = twice(["insmod gauges.ko", f"echo 7 > {folder}/small", f"echo Y > {folder}/on", f"cat {folder}/report",
                    f"cat {folder}/large", f"cat {folder}/events", f"echo 10 > {folder}/double", f"cat {folder}/double",
                    f"echo 3 > {folder}/double", "rmmod gauges"])
    for name, text in (("report", "small 7, on 1"), ("large", "0x00c0ffee"), ("events", "-3"), ("double", "10")):
        assert answers(result, f"cat {folder}/{name}") == [text + "\n"] * 2
    assert result.out.count(f"echo: {folder}/double: Invalid argument") == 2


def test_the_old_names_of_init_and_exit(run):
    result = run("ancient", ["cat /proc/ancient"])
    assert answers(result, "cat /proc/ancient") == ["old but alive\n"] * 2
    assert says(result, "ancient") == ["loaded by somebody", "ancient read by a process", "gone"]


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
    ("cat /dev/nothing", "cat: /dev/nothing: No such file or directory"),
    ("mknod /dev/nobody c 77 0; cat /dev/nobody", "cat: /dev/nobody: No such device or address"),
    ("mknod /dev/twice c 77 0; mknod /dev/twice c 77 0", "mknod: /dev/twice: File exists (err -17)"),
    ("mknod nowhere c 77 0", "usage: mknod /dev/NAME c MAJOR MINOR"),
    ("mknod /dev/far c 77 4294967296", "usage: mknod /dev/NAME c MAJOR MINOR"),
])
def test_what_proc_cannot_do(stopgap, command, message):
    result = stopgap(command)
    assert result.status == 1
    assert message in result.out


def test_the_modules_know_only_linux():
    """No module here knows this kernel: each includes Linux's headers only."""
    for source in SOURCES.glob("*.c"):
        assert not re.search(r"#include <(?!linux/)", source.read_text()), os.path.basename(source)
