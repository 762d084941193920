# SPDX-License-Identifier: GPL-2.0
"""Fixtures of the boot tests: the kernel is built once, every QEMU a test started is gone after it."""

import os
import signal
import subprocess

import pytest

import stopgap as host


def heed_signals():
    """Under nohup, or in a script's background, signals are ignored, by all children too: some tests send them."""
    for ignored in (s for s in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT) if signal.getsignal(s) == signal.SIG_IGN):
        signal.signal(ignored, signal.SIG_DFL)


def pytest_sessionstart(session):
    """Build what the tests boot, unless a caller already did."""
    heed_signals()
    if session.config.option.collectonly or os.environ.get("NO_BUILD") == "1":
        return
    make = ["make", "-s", "-C", host.TOP, "-j2", f"O={host.BUILD}", "vmlinux", "ramdisk", "explore"]
    if subprocess.run(make, stdin=subprocess.DEVNULL, check=False).returncode:
        pytest.exit("the build failed", returncode=1)


@pytest.fixture
def stopgap():
    """stopgap(cmds, cpus=2, args=(), params="", timeout=...): run shell commands in a fresh boot. See host.batch()."""
    return host.batch


@pytest.fixture
def qemu_run():
    """qemu_run(args): run qemu-run.sh with these arguments. See host.qemu_run()."""
    return host.qemu_run


@pytest.fixture
def shell():
    """shell(cpus=2, args=("--vof",), params=""): an interactive session at its first prompt. See host.Shell."""
    sessions = []

    def start(**options):
        session = host.Shell(**options)
        sessions.append(session)
        session.wait_boot()
        return session

    yield start
    for session in sessions:
        session.close()
        print(session.console())
