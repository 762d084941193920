# SPDX-License-Identifier: GPL-2.0
"""From firmware to the shell."""

import re

import pytest


def boot_line(result):
    """The kernel's own words on how it came up: (firmware, CPUs)."""
    found = re.search(r"boot: (\w+), (\d+) CPUs?, \d+ us from entry to shell", result.out)
    assert found, "no 'boot:' line on the console"
    return found[1], int(found[2])


@pytest.mark.parametrize("cpus", [1, 2, 3, 8, 16])
def test_vof_boots_on_any_number_of_cpus(stopgap, cpus):
    result = stopgap("cpus", cpus=cpus)
    assert result.status == 0
    assert boot_line(result) == ("VOF", cpus)
    assert len(result.lines(r"^ *\d+ +\d+ yes ")) == cpus


def test_slof_boots(stopgap):
    result = stopgap("cpus", args=["--slof"])
    assert result.status == 0
    assert boot_line(result) == ("SLOF", 2)


@pytest.mark.parametrize("size", ["256", "2G"])
def test_memory_sizes(stopgap, size):
    result = stopgap("mem", args=["-m", size])
    assert result.status == 0
    total = int(re.search(r"^total: (\d+) kB", result.out, re.M)[1])
    asked = {"256": 256, "2G": 2048}[size] * 1024
    assert 0.95 * asked < total <= asked


def test_parameters_reach_the_kernel(stopgap):
    result = stopgap("params watchdog.thresh", params="watchdog.thresh=37")
    assert result.status == 0
    assert result.lines(r"watchdog\.thresh\b.*\b37\b")


def test_reboot_ends_the_run(stopgap):
    """qemu-run.sh gives QEMU -no-reboot."""
    assert stopgap("reboot").status == 0


def test_interactive_session(shell):
    sh = shell()
    assert "hello" in sh.run("echo hello")
    sh.send("poweroff\r")
    assert sh.wait_end() == 0


def test_interactive_slof(shell):
    sh = shell(args=["--slof"])
    assert "SLOF" in sh.console()
    sh.send("panic\r")
    assert sh.wait_end() == 1


def test_a_failed_command_does_not_end_a_session(shell):
    sh = shell()
    assert "command not found" in sh.run("frobnicate")
    assert "still here" in sh.run("echo still here")
