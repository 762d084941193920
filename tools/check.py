#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Run every test and add up: check.py BUILD-FOLDER ("make check").

The host tests first, because they take seconds and say more exactly what broke; then the exported interface; then a
little fuzzing; then pytest, which boots QEMU. The last line of output, also left in BUILD-FOLDER/check.txt, is
"N passed, N failed". Status 0 only if none failed.
"""

import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
    sys.exit(__doc__)
BUILD = Path(sys.argv[1]).resolve()

UNIT_PASSED = re.compile(r"^ok \S+: (\d+) tests?\b", re.M)
UNIT_FAILED = re.compile(r"^not ok \S+: ", re.M)
PYTEST_COUNT = re.compile(r"(\d+) (passed|failed|errors?)\b")


def stream(title, command):
    """Run a command, show its output while it comes. Return: (status, output)."""
    print(f"== {title}", flush=True)
    lines = []
    with subprocess.Popen([str(word) for word in command], cwd=TOP, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace") as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return process.returncode, "".join(lines)


def unit_tests():
    """Run the host tests. Return: (tests of the programs that passed, programs that failed)."""
    status, output = stream("host tests", ["make", "-C", "tests/unit", "run", f"O={BUILD / 'unit'}"])
    passed = sum(int(tests) for tests in UNIT_PASSED.findall(output))
    # A build that fails runs no program, and is one failure.
    return passed, len(UNIT_FAILED.findall(output)) or int(status != 0)


def fuzz_tests():
    """Fuzz the module loader for a few seconds, the same way each time. Return: (passed, failed)."""
    status, output = stream("fuzzing", ["make", "-C", "tests/fuzz", "check", f"O={BUILD / 'fuzz'}",
                                        f"SEEDS={BUILD / 'modules'}"])
    return sum(int(tests) for tests in UNIT_PASSED.findall(output)), int(status != 0)


def abi_check():
    """Compare the exported interface with what was reviewed. Return: (passed, failed)."""
    status, _ = stream("exported interface", [sys.executable, "-B", "tools/abi.py", "check", BUILD])
    return int(status == 0), int(status != 0)


def boot_tests():
    """Run pytest. Return: (passed, failed)."""
    pytest = [sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider", "-q", "-ra", "--color=no", "tests/boot"]
    status, output = stream("boot tests", pytest)
    last_line = output.strip().rpartition("\n")[2]
    counts = {"passed": 0, "failed": 0, "error": 0}
    for number, what in PYTEST_COUNT.findall(last_line):
        counts[what.removesuffix("s")] += int(number)
    failed = counts["failed"] + counts["error"]
    return counts["passed"], failed or int(status != 0)


def main():
    results = [unit_tests(), abi_check(), fuzz_tests(), boot_tests()]
    passed, failed = (sum(column) for column in zip(*results))
    summary = f"{passed} passed, {failed} failed"
    (BUILD / "check.txt").write_text(summary + "\n", encoding="ascii")
    print(summary, flush=True)
    return int(failed != 0)


if __name__ == "__main__":
    sys.exit(main())
