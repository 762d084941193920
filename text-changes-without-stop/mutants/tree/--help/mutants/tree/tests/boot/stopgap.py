# SPDX-License-Identifier: GPL-2.0
"""Driving the kernel from the host: batch runs, interactive sessions, and reading KTAP.

QEMU is only ever started through qemu-run.sh. Everything here is bounded in time and says, when it gives up, what
it waited for. The bounds are for a busy host: they end hangs, they measure nothing.
"""

import os
import re
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pexpect

TOP = Path(__file__).resolve().parents[2]
QEMU_RUN = str(TOP / "qemu-run.sh")
BUILD = Path(os.environ.get("O", TOP / "build")).absolute()
PROMPT = "stopgap# "

BATCH_SECONDS = 120     # for the guest; qemu-run.sh ends it then
GRACE_SECONDS = 30      # for qemu-run.sh after that
PROMPT_SECONDS = 60     # from QEMU's start, or from a command, to the next prompt


def environment(**changes):
    """What qemu-run.sh runs with: the kernel conftest.py has built, and no build of its own."""
    return {**os.environ, "O": str(BUILD), "NO_BUILD": "1", **changes}


def plain(text):
    """Console output as lines of text, without carriage returns."""
    return re.sub("\r+\n", "\n", text)


@dataclass
class Result:
    """How a run of qemu-run.sh ended."""

    command: list
    status: int
    out: str        # the guest's console
    err: str        # what the script and QEMU said

    def lines(self, pattern):
        """The console lines in which the regular expression is found."""
        return [line for line in self.out.splitlines() if re.search(pattern, line)]


def qemu_run(args, *, wait=BATCH_SECONDS + GRACE_SECONDS, **env):
    """Run qemu-run.sh with these arguments to its end. Return: a Result."""
    command = [QEMU_RUN, *map(str, args)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=environment(**env), start_new_session=True)
    try:
        out, err = process.communicate(timeout=wait)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        raise AssertionError(f"{command} did not end within {wait} s:\n{out!r}\n{err!r}") from None
    result = Result(command, process.returncode, plain(out.decode(errors="replace")), err.decode(errors="replace"))
    # pytest shows this only for a test that fails.
    print(f"$ {' '.join(command)}\n{result.out}{result.err}[status {result.status}]")
    return result


def batch(cmds, *, cpus=2, args=(), params="", timeout=BATCH_SECONDS):
    """Boot, run shell commands (a string, or a list of them), end. Return: a Result."""
    if not isinstance(cmds, str):
        cmds = "; ".join(cmds)
    options = ["-c", cmds, "-n", cpus, "--timeout", timeout]
    if params:
        options += ["-a", params]
    return qemu_run([*options, *args], wait=timeout + GRACE_SECONDS)


class Shell:
    """An interactive session: the shell at the other end of a pseudo terminal. wait_boot() comes first."""

    def __init__(self, cpus=2, args=("--vof",), params=""):
        options = ["-n", str(cpus), *args]
        if params:
            options += ["-a", params]
        self.child = pexpect.spawn(QEMU_RUN, options, env=environment(), encoding="utf-8", codec_errors="replace",
                                   timeout=PROMPT_SECONDS, dimensions=(25, 132))
        self.child.delaybeforesend = None
        self.log = []
        self.child.logfile_read = self

    def wait_boot(self):
        """Wait for the first prompt. Return: what came before it."""
        return self.wait_prompt("the first prompt")

    # The part of a file that pexpect's log needs.
    def write(self, text):
        self.log.append(text)

    def flush(self):
        pass

    def wait_for(self, pattern, what, timeout=PROMPT_SECONDS):
        """Wait for a regular expression. Return: the output before it."""
        found = self.child.expect([pattern, pexpect.TIMEOUT, pexpect.EOF], timeout=timeout)
        if found:
            how = "QEMU ended" if found == 2 else f"not within {timeout} s"
            raise AssertionError(f"waited for {what}: {how}; the last output was:\n{self.console()[-2000:]}")
        return plain(self.child.before)

    def wait_prompt(self, what, timeout=PROMPT_SECONDS):
        """Wait for the prompt at the start of a line. Return: the output before it."""
        return self.wait_for(r"(?:^|\n)" + re.escape(PROMPT), what, timeout)

    def send(self, text):
        """Type these characters."""
        self.child.send(text)

    def run(self, cmd, timeout=PROMPT_SECONDS):
        """Type a command. Return: its output, without the echo, up to the next prompt."""
        self.send(cmd + "\r")
        output = self.wait_prompt(f"the prompt after '{cmd}'", timeout)
        return output.partition("\n")[2]

    def wait_end(self, what="QEMU's end", timeout=PROMPT_SECONDS):
        """Wait for the end of the session. Return: qemu-run.sh's exit status."""
        if self.child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=timeout):
            raise AssertionError(f"waited for {what}: not within {timeout} s")
        self.child.close()
        return self.child.exitstatus

    def console(self):
        """All output so far."""
        return plain("".join(self.log))

    def close(self):
        """End the session, whatever state it is in."""
        self.child.close(force=True)


@dataclass
class KtapResult:
    """A test, or a suite of tests: one "ok" or "not ok" line and what was nested before it."""

    name: str
    ok: bool
    skipped: bool = False
    notes: list = field(default_factory=list)   # lines in between, which say why a case failed
    nested: list = field(default_factory=list)


_KTAP_LINE = re.compile(r"^(?P<indent> *)(?:"
                        r"(?P<version>KTAP version \d+)|1\.\.(?P<plan>\d+)|"
                        r"(?P<not>not )?ok \d+(?: -)? (?P<name>[^#]*?)(?: # ?(?P<directive>.*))?"
                        r")\s*$")
_TIMESTAMP = re.compile(r"^\[ *\d+\.\d+\] ")


def parse_ktap(text):
    """Read the first KTAP document in a console log. Return: (list of KtapResult, list of complaints)."""
    levels = []         # one per open document: [indent, plan, results, notes]
    complaints = []

    def close_level():
        indent, plan, results, notes = levels.pop()
        if plan is None:
            complaints.append(f"a document indented by {indent} has no plan")
        elif plan != len(results):
            complaints.append(f"{plan} results were planned, {len(results)} came: "
                              + ", ".join(result.name for result in results))
        return results, notes

    for line in text.splitlines():
        line = _TIMESTAMP.sub("", line)
        match = _KTAP_LINE.match(line)
        if not match:
            if levels:
                levels[-1][3].append(line.strip())
            continue
        indent = len(match["indent"])
        if match["version"]:
            if levels and indent == 0:
                break
            levels.append([indent, None, [], []])
        elif match["plan"] is not None:
            if levels:
                levels[-1][1] = int(match["plan"])
        elif levels:
            nested, notes = close_level() if indent < levels[-1][0] else ([], levels[-1][3])
            if not levels:
                complaints.append(f"'{line.strip()}' belongs to no document")
                break
            skipped = (match["directive"] or "").upper().startswith("SKIP")
            levels[-1][2].append(KtapResult(match["name"], not match["not"], skipped, list(notes), nested))
            levels[-1][3].clear()
    if not levels:
        return [], complaints + ["no KTAP document in the output"]
    while len(levels) > 1:
        complaints.append("the output ends inside " + " ".join(levels[-1][3][:1] or ["a suite"]))
        close_level()
    return close_level()[0], complaints
