# SPDX-License-Identifier: GPL-2.0
"""Files over the serial line, sent by the real sb."""

import os
import random
import re
import select
import subprocess
import time
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


def begin(line):
    """Start rx."""
    line.send("rx\r")
    line.expect_exact(b"sb -k FILE...")


def send(line, *paths):
    """Send files to the kernel's rx. Return: sb's status and what it said. It ends in throwing away what came in."""
    begin(line)
    done = subprocess.run(["sb", "-k", "-vv", *paths], stdin=line.child_fd, stdout=line.child_fd,
                          stderr=subprocess.PIPE, timeout=host.PROMPT_SECONDS, check=False)
    return done.returncode, done.stderr.decode(errors="replace")


class Cable:
    """A cable between sb, which gets a pseudo terminal of its own, and the kernel: all bytes go through functions."""

    def __init__(self, line, path):
        self.kernel = line.child_fd
        self.end, far = os.openpty()
        tty.setraw(far)
        self.sb = subprocess.Popen(["sb", "-q", path], stdin=far, stdout=far, stderr=subprocess.DEVNULL)
        os.close(far)
        self.sent = 0

    def carry(self, to_kernel=lambda data, at: data, to_sb=lambda data: data, until=None):
        """Carry bytes until sb ends or more than so many bytes have been sent. Return: sb's status, if it has one."""
        end = time.monotonic() + host.PROMPT_SECONDS
        while self.sb.poll() is None and (until is None or self.sent < until):
            assert time.monotonic() < end, "sb neither ends nor sends"
            ready, _, _ = select.select([self.end, self.kernel], [], [], 0.1)
            if self.kernel in ready:
                os.write(self.end, to_sb(os.read(self.kernel, 4096)))
            if self.end in ready:
                try:
                    data = os.read(self.end, 256)
                except OSError:     # sb has closed the other end
                    continue
                os.write(self.kernel, to_kernel(data, self.sent))
                self.sent += len(data)
        return self.sb.poll()

    def cut(self):
        """Kill sb without a word."""
        self.sb.kill()
        self.sb.wait()
        os.close(self.end)


def text_file(path, size, seed=1):
    """A file of random lines. Return: its path."""
    path.write_text("".join(random.Random(seed).choices("abcdefgh\n", k=size - 1)) + "\n")
    return path


def has_come(line, path):
    """Whether the kernel has this file, the same bytes."""
    return command(line, f"cat {path.name}").replace("\r", "").strip() == path.read_text().strip()


def test_sb_sends_a_module_and_a_large_file(line, tmp_path):
    large = text_file(tmp_path / "large.txt", 200 * 1024)
    module = tmp_path / "sent.ko"
    module.write_bytes((host.BUILD / "modules" / "basics" / "hello.ko").read_bytes())
    status, said = send(line, large, module)
    assert status == 0
    assert re.search(r"Bytes Sent: *204800", said), "no progress at the sender"
    assert "Hello, world" in command(line, "insmod sent.ko")
    assert "Goodbye" in command(line, "rmmod hello")
    assert re.search(r"204800  large.txt", command(line, "ls large.txt"))


def test_noise_on_the_line_is_repaired(line, tmp_path):
    """Bytes changed, lost, and added on the way to the kernel; an answer lost on the way back."""
    path = text_file(tmp_path / "noisy.txt", 8 * 1024)
    damage = {1000: lambda data: b"\x04" + data[1:], 2000: lambda data: data[3:], 3000: lambda data: b"x" + data,
              4000: lambda data: data[:60] + b"\x18\x18\x18" + data[63:]}
    lost = []

    def to_kernel(data, at):
        if damage and min(damage) <= at:
            data = damage.pop(min(damage))(data)
        return data

    def to_sb(data):
        if cable.sent > 6000 and not lost:
            lost.append(data)
            return b""
        return data

    begin(line)
    cable = Cable(line, path)
    assert cable.carry(to_kernel, to_sb) == 0
    assert not damage and lost
    assert has_come(line, path)


def test_a_sender_that_died_starts_again(line, tmp_path):
    """kill -9 in the middle of a packet; rx waits, and the next sb sends the file from its beginning."""
    path = text_file(tmp_path / "again.txt", 12 * 1024)
    begin(line)
    cable = Cable(line, path)
    assert cable.carry(until=5000) is None
    cable.cut()
    assert Cable(line, path).carry() == 0
    assert has_come(line, path)


@pytest.mark.parametrize("keys, reason", [("\x03", "interrupted"), ("\x18\x18", "called off by the sender")])
def test_ending_a_broken_transfer(line, tmp_path, keys, reason):
    """From the keyboard, in the middle of a packet or before it; nothing is left of the file, and rx works again."""
    path = text_file(tmp_path / "broken.txt", 4096)
    begin(line)
    if keys == "\x03":
        cable = Cable(line, path)
        assert cable.carry(until=1500) is None
        cable.cut()
    for _ in range(5):  # what comes right behind the data is taken for data
        line.send(keys)
        if line.expect([f"rx: 0 files received: {reason}".encode(), pexpect.TIMEOUT], timeout=1.5) == 0:
            break
    else:
        pytest.fail(f"rx goes on after {keys!r}")
    line.expect_exact(host.PROMPT.encode())
    assert "No such file" in command(line, f"cat {path.name}")
    assert send(line, path)[0] == 0
    assert has_come(line, path)
