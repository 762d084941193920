# SPDX-License-Identifier: GPL-2.0
"""qemu-run.sh itself: options, and how runs end."""

import os
import pty
import select
import shlex
import signal
import socket
import subprocess
import termios
import time

import pexpect
import pytest

import stopgap as host


@pytest.mark.parametrize("args", [
    ["--frobnicate"],
    ["stray"],
    ["-n", "0"], ["-n", "17"], ["-n", "two"], ["-n", ""], ["-n"],
    ["-m", "300"], ["-m", "0"], ["-m", "lots"],
    ["-c", ""], ["-c", " ; "],
    ["-a", "quiet -- poweroff"],
    ["--module", "/no/such/hello.ko"],
    ["--trace", "/no/such/folder/trace.json"], ["--trace", "/"],
    ["--icount", "99"],
    ["--timeout", "soon"], ["--timeout", "0"],
], ids=" ".join)
def test_wrong_usage_is_refused(qemu_run, args):
    result = qemu_run([*args, "--print"] if len(args) != 1 or args[0] != "-n" else args)
    assert result.status == 2
    assert result.out == ""
    assert f"'{args[-1]}'" in result.err or "needs a value" in result.err
    assert "usage: " in result.err


def test_help(qemu_run):
    result = qemu_run(["--help"])
    assert result.status == 0
    for option in ("-c", "-n", "-m", "-a", "--slof", "--vof", "--module", "--trace", "--icount", "--timeout", "--gdb",
                   "--print"):
        assert option in result.out


def printed(qemu_run, *args):
    result = qemu_run(["--print", *args])
    assert result.status == 0
    return shlex.split(result.out)


def value_of(words, option):
    assert words.count(option) == 1
    return words[words.index(option) + 1]


def test_print_shows_what_would_run(qemu_run):
    words = printed(qemu_run, "-n", "3", "-m", "1G", "-a", "a=1", "-a", "b=2", "--", "-d", "int")
    assert words[0] == "qemu-system-ppc64"
    assert value_of(words, "-smp") == "3"
    assert value_of(words, "-m") == "1024"
    assert value_of(words, "-append") == "a=1 b=2"
    assert words[-2:] == ["-d", "int"]


def test_firmware_defaults(qemu_run):
    assert "x-vof=on" not in value_of(printed(qemu_run), "-machine")
    assert "x-vof=on" in value_of(printed(qemu_run, "-c", "true"), "-machine")
    assert "x-vof=on" in value_of(printed(qemu_run, "--vof"), "-machine")
    assert "x-vof=on" not in value_of(printed(qemu_run, "--slof", "-c", "true"), "-machine")


def test_print_quotes_for_the_shell(qemu_run):
    command = """echo "a, b" 'c' 100% $HOME `x` \\ *; true"""
    assert value_of(printed(qemu_run, "-a", "key=v", "-c", command), "-append") == f"key=v -- {command}"


def test_print_needs_nothing_built(qemu_run, tmp_path):
    words = value_of(printed(lambda args: qemu_run(args, O=str(tmp_path))), "-kernel")
    assert words == f"{tmp_path}/vmlinux"
    assert not list(tmp_path.iterdir())


def test_too_long_a_command_line_is_refused(qemu_run):
    result = qemu_run(["--print", "-c", "true; " * 1000 + "true"])
    assert result.status == 2
    assert "the kernel takes 4095" in result.err


def test_poweroff_ends_with_0(stopgap):
    assert stopgap("poweroff").status == 0
    assert stopgap("true").status == 0


@pytest.mark.parametrize("cmds, said", [
    ("false", "a command failed"),
    ("false; true", "a command failed"),
    ("frobnicate", "frobnicate: command not found"),
    ("echo 'unclosed", "sh: "),
])
def test_a_failing_command_ends_with_1(stopgap, cmds, said):
    result = stopgap(cmds)
    assert result.status == 1
    assert said in result.out + result.err


def test_panic_ends_with_1(stopgap):
    result = stopgap("panic")
    assert result.status == 1
    assert result.lines("Kernel panic - not syncing")


def test_a_hang_ends_with_124_and_a_message(stopgap):
    result = stopgap("echo begun; sleep 1000", timeout=10)
    assert result.status == 124
    assert "qemu-run: no end after 10 s" in result.err
    assert "begun" in result.out


@pytest.mark.parametrize("command", [
    "echo a,b 100% %s --k=v",
    """echo 'single; "quoted"' "double; 'quoted'" """,
    "echo " + "x" * 1000,
])
def test_special_characters_reach_the_guest(stopgap, command):
    result = stopgap(command)
    assert result.status == 0
    assert shlex.join(shlex.split(command)[1:]).replace("'", "").replace('"', "") \
        in result.out.replace("'", "").replace('"', "")


def test_long_command_lines_reach_the_guest(stopgap):
    """3000 characters, of which the guest runs the last."""
    filler = "; ".join(f"echo step-{i:04}" for i in range(190))
    assert len(filler) > 3000
    for args in ([], ["--slof"]):
        result = stopgap(filler + "; echo the-end", args=args)
        assert result.status == 0
        assert result.lines("^step-0189$") and result.lines("^the-end$")


def test_batch_leaves_standard_input_alone():
    """A loop that reads commands from its own input must not lose them to QEMU."""
    script = f'while read -r word; do "{host.QEMU_RUN}" -c "echo got $word"; done'
    result = subprocess.run(["bash", "-c", script], input=b"one\ntwo\n", env=host.environment(), timeout=120,
                            stdout=subprocess.PIPE, check=True)
    out = host.plain(result.stdout.decode())
    assert "\ngot one\n" in out and "\ngot two\n" in out


def test_piped_input_reaches_the_shell():
    result = subprocess.run([host.QEMU_RUN, "--vof", "--timeout", "60"], input=b"echo piped 42\rpoweroff\r",
                            env=host.environment(), timeout=120, stdout=subprocess.PIPE, check=False)
    assert result.returncode == 0
    assert "\npiped 42\n" in host.plain(result.stdout.decode())


def processes_of(mark):
    """Processes with this word on their command line."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                if mark.encode() in file.read():
                    found.append(int(pid))
        except OSError:
            pass
    return found


def wait_gone(mark):
    for _ in range(300):
        if not processes_of(mark):
            return
        time.sleep(0.1)
    raise AssertionError(f"still there after 30 s: {processes_of(mark)}")


@pytest.mark.parametrize("how, status", [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)])
def test_no_process_outlives_a_killed_script(how, status):
    mark = f"killed-by-{how}-{os.getpid()}"
    process = subprocess.Popen([host.QEMU_RUN, "-c", "echo begun; sleep 1000", "-a", mark], env=host.environment(),
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True)
    try:
        while b"begun" not in process.stdout.readline():
            assert process.poll() is None, "it ended before its first command"
        os.kill(process.pid, how)
        assert process.wait(timeout=60) == status
        wait_gone(mark)
    finally:
        process.kill()
        process.stdout.close()


def test_control_c_ends_a_batch_run():
    mark = f"interrupted-{os.getpid()}"
    child = pexpect.spawn(host.QEMU_RUN, ["-c", "echo begun; sleep 1000", "-a", mark], env=host.environment())
    try:
        child.expect(r"\nbegun", timeout=host.PROMPT_SECONDS)
        sessions = {os.getsid(pid) for pid in processes_of(mark) if pid != child.pid}
        assert sessions and os.getsid(child.pid) not in sessions, "Ctrl-C would end QEMU, too, and QEMU says 0 then"
        child.sendintr()
        child.expect(pexpect.EOF, timeout=host.PROMPT_SECONDS)
        child.close()
        assert child.exitstatus == 130
        wait_gone(mark)
    finally:
        child.close(force=True)


def read_until(fd, text, what):
    """Read until this text has come."""
    output = b""
    while text not in output:
        assert select.select([fd], [], [], host.PROMPT_SECONDS)[0], f"waited for {what}; got {output!r}"
        output += os.read(fd, 4096)


def test_the_terminal_is_restored():
    """An interactive QEMU makes the terminal raw, and one that is killed cannot undo it."""
    mark = f"terminal-{os.getpid()}"
    terminal, console = pty.openpty()
    before = termios.tcgetattr(console)
    process = subprocess.Popen([host.QEMU_RUN, "--vof", "-a", mark], env=host.environment(), stdin=console,
                               stdout=console, stderr=console, start_new_session=True)
    try:
        read_until(terminal, host.PROMPT.encode(), "the prompt")
        assert termios.tcgetattr(console) != before
        # The last process of the three is QEMU.
        os.kill(max(processes_of(f"{mark}\0")), signal.SIGKILL)
        assert process.wait(timeout=60) == 137
        assert termios.tcgetattr(console) == before
    finally:
        process.kill()
        os.close(terminal)
        os.close(console)


def test_gdb_waits_for_a_debugger(tmp_path):
    """No instruction runs until a debugger says so; here it says so in gdb's remote protocol."""
    for name in ("vmlinux", "ramdisk.cpio"):
        (tmp_path / name).symlink_to(host.BUILD / name)
    path = tmp_path / "gdb.sock"
    command = [host.QEMU_RUN, "--gdb", "-c", "echo let go", "--timeout", "60"]
    process = subprocess.Popen(command, env=host.environment(O=str(tmp_path)), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with socket.socket(socket.AF_UNIX) as debugger:
        for _ in range(300):
            if path.exists() and debugger.connect_ex(str(path)) == 0:
                break
            time.sleep(0.1)
        debugger.settimeout(60)
        debugger.sendall(b"$?#3f")
        reply = b""
        while b"#" not in reply:
            reply += debugger.recv(100)
        assert b"$T" in reply
        debugger.sendall(b"+$c#63")
        out, err = process.communicate(timeout=90)
    assert process.returncode == 0
    assert b"\nlet go\r" in out
    assert b"make gdb" in err
    assert not path.exists()


def test_icount_repeats_bit_for_bit(stopgap):
    runs = [stopgap(["cpus", "ps", "mem", "dmesg"], args=["--icount", "3"]) for _ in range(2)]
    assert runs[0].status == 0
    assert runs[0].out == runs[1].out
