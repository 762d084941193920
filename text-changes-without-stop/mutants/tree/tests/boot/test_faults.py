# SPDX-License-Identifier: GPL-2.0
"""Faults tell the truth: what an oops prints, what it kills, and how the run ends."""

import re

import pytest

SYMBOL = r"[A-Za-z_.][\w.]*\+0x[0-9a-f]+/0x[0-9a-f]+(?: \[\w+\])?"


def oops_of(result):
    """The console from the first "Oops:" to its end line."""
    begin = result.out.index("Oops: ")
    end = result.out.index("---[ end trace", begin)
    return [re.sub(r"^\[ *\d+\.\d+\] ", "", line) for line in result.out[begin:end].splitlines()]


def call_trace(report):
    """The lines of the stack walk, innermost frame first."""
    begin = report.index("Call Trace:") + 1
    frames = []
    for line in report[begin:]:
        if not re.match(r"\[[0-9a-f]{16}\] \[[0-9a-f]{16}\] |--- interrupt: | +LR \[", line):
            break
        frames.append(line)
    return frames


@pytest.mark.parametrize("kind, says", [
    ("null", "kernel NULL pointer dereference"),
    ("text", "write to a read-only page"),
    ("rodata", "write to a read-only page"),
    ("stack", "unmapped page"),
    ("execdata", "execute a no-execute page"),
    ("illegal", "illegal instruction"),
    ("bug", "kernel BUG"),
])
def test_a_fault_in_a_thread_kills_the_thread(stopgap, kind, says):
    """The shell goes on, the report is complete, and the run has failed."""
    result = stopgap(f"fault {kind}; echo still here")
    assert "\nstill here\n" in result.out
    assert result.status == 1
    report = oops_of(result)
    text = "\n".join(report)
    assert says in report[0]
    assert re.search(r"^CPU: \d+ PID: \d+ Comm: \S+", text, re.M)
    assert re.search(r"^TRAP: [0-9a-f]+ \([a-z -]+\)$", text, re.M)
    assert re.search(r"^NIP +\[[0-9a-f]{16}\] " + SYMBOL, text, re.M)
    assert re.search(r"^DAR: +[0-9a-f]{16} DSISR: [0-9a-f]{8}", text, re.M)
    assert len(re.findall(r"^GPR\d\d: (?:[0-9a-f]{16} ?){4}$", text, re.M)) == 8
    assert re.search(r"^Code:(?: [0-9a-f?]{8})* <[0-9a-f]{8}>", text, re.M)
    assert re.search(r"^Modules linked in:", text, re.M)


def test_every_frame_has_a_name(stopgap):
    """From the function that faulted down to the thread's first one."""
    frames = call_trace(oops_of(stopgap("fault null")))
    assert len(frames) >= 3
    for frame in frames:
        assert re.search(SYMBOL, frame), f"a frame without a symbol: {frame}"
    assert "ret_from_kernel_thread" in frames[-1]


def test_a_shell_survives_an_oops(shell):
    sh = shell()
    assert "Oops: " in sh.run("fault null")
    assert "still here" in sh.run("echo still here")
    sh.send("poweroff\r")
    assert sh.wait_end() == 0


def test_a_fault_in_an_interrupt_panics(stopgap):
    result = stopgap("fault irq; echo still here")
    assert result.status == 1
    assert result.lines("Kernel panic - not syncing: Fatal exception in interrupt")
    assert not result.lines("^still here")
    assert re.search(r"^NIP +\[[0-9a-f]{16}\] irq_victim\+0x", "\n".join(oops_of(result)), re.M)
    # The panic's own trace goes through the trap to what was interrupted.
    assert result.lines(r"--- interrupt: 300 \(data storage\) at irq_victim\+0x")


def test_a_warning_goes_on(stopgap):
    result = stopgap("fault warn; echo still here")
    assert result.lines("WARNING: ")
    assert result.lines("^still here")
    assert not result.lines("Oops: ")


def test_a_call_through_null_names_the_caller(stopgap):
    """There is no code at NIP to name, but the link register still tells who called."""
    text = "\n".join(oops_of(stopgap("fault callnull")))
    assert re.search(r"^NIP +\[0{16}\]", text, re.M)
    assert re.search(r"^LR +\[[0-9a-f]{16}\] fault_call_null\+0x", text, re.M)
    assert re.search(r"^Code:(?: \?{8})+ <\?{8}>|^Code:(?: \?{8})+$", text, re.M)


def test_a_report_without_a_stack_ends(stopgap):
    """The stack pointer leads nowhere: the report says so, and the thread dies all the same."""
    result = stopgap("fault badsp; echo still here")
    assert result.status == 1
    assert "no frame can be read" in "\n".join(oops_of(result))
    assert result.lines("^still here")


def test_a_fault_inside_a_report_ends(stopgap):
    """The first fault is told as far as it goes, the second in one line, and then the kernel stops."""
    result = stopgap("fault nested; echo still here")
    assert result.status == 1
    assert result.lines("Oops: kernel NULL pointer dereference")
    assert len(result.lines("Nested fault: ")) == 1
    assert result.lines("Kernel panic - not syncing: fault inside an oops")
    assert not result.lines("^still here")


@pytest.mark.parametrize("cpus", [1, 2, 4])
def test_the_watchdog_catches_a_lockup(stopgap, cpus):
    """The stuck CPU is named, and so is the function it is stuck in."""
    result = stopgap("fault lockup", cpus=cpus, params="watchdog.thresh=2")
    assert result.status == 1
    assert result.lines(r"watchdog: CPU \d+: hard LOCKUP: interrupts off for \d+ s")
    assert result.lines(r"^(?:\[ *\d+\.\d+\] )?NIP +\[[0-9a-f]{16}\] (?:spin_forever|fault_lockup)\+0x")
    assert result.lines("Kernel panic - not syncing: hard LOCKUP")
