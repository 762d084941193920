# SPDX-License-Identifier: GPL-2.0
"""Files over the serial line, sent by the real sb."""

import os
import random
import re
import subprocess
import tty

import pexpect
import pexpect.fdpexpect
import pytest

import stopgap as host


@pytest.fixture
def line():
    """A booted kernel's serial line: its pseudo terminal as a pexpect child, at the first prompt."""
    run = pexpect.spawn(host.QEMU_RUN, ["--pty", "--vof"], env=host.environment(), encoding="utf-8",
                        timeout=host.PROMPT_SECONDS)
    run.expect(r"redirected to (/dev/\S+)")
    fd = os.open(run.match[1], os.O_RDWR | os.O_NOCTTY)
    tty.setraw(fd)
    child = pexpect.fdpexpect.fdspawn(fd, timeout=host.PROMPT_SECONDS)
    child.send("\r")
    child.expect_exact(host.PROMPT.encode())
    yield child
    child.close()
    run.close(force=True)


def command(line, cmd):
    """Type a command. Return: what it printed."""
    line.send("\r")
    line.expect(rb"# $")
    line.send(cmd + "\r")
    line.expect_exact(b"\n")
    line.expect(rb"\nstopgap# $")
    return line.before.decode(errors="replace")


def send(line, *paths):
    """Send files to the kernel's rx. Return: sb's status. When it ends, sb throws away what has just come in."""
    line.send("rx\r")
    line.expect_exact(b"sb FILE...")
    done = subprocess.run(["sb", "-q", *paths], stdin=line.child_fd, stdout=line.child_fd, stderr=subprocess.DEVNULL,
                          timeout=host.PROMPT_SECONDS, check=False)
    return done.returncode


def test_sb_sends_a_module_and_a_large_file(line, tmp_path):
    large = tmp_path / "large.txt"
    large.write_text("".join(random.Random(1).choices("abcdefgh\n", k=200 * 1024)))
    module = tmp_path / "sent.ko"
    module.write_bytes((host.BUILD / "modules" / "basics" / "hello.ko").read_bytes())
    assert send(line, large, module) == 0
    assert "Hello, world" in command(line, "insmod sent.ko")
    assert "Goodbye" in command(line, "rmmod hello")
    assert re.search(r"204800  large.txt", command(line, "ls large.txt"))
