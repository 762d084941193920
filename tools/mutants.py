#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Break the kernel on purpose and see that a test notices: mutants.py BUILD-FOLDER [NAME...] ("make mutants").

Each mutant of tools/mutants.toml is one piece of text, replaced in a copy of the tree; the copy is built, and the
mutant's own test run in it. A mutant is killed if that test fails, and fails as it should: the console must say what
the mutant foretells, so that a kernel that does not even boot proves nothing. First the same tests must pass on the
unchanged copy. One line each, then the tally; status 0 only if all are killed.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
TABLE = TOP / "tools/mutants.toml"
RUN_SECONDS = 120   # for one boot, in the guest; QEMU is ended then
BUILD_SECONDS = 900


class Failure(Exception):
    """What makes a mutant's verdict worthless."""


def copy_tree(tree):
    """Have in tree what git knows of this one, as it is now, and no more. Files that are the same keep their time."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, check=True, stdout=subprocess.PIPE, text=True).stdout
    names = [name for name in filter(None, listing.split("\0")) if (TOP / name).is_file()]
    for gone in {path for path in tree.rglob("*") if path.is_file()} - {tree / name for name in names}:
        gone.unlink()
    for name in names:
        source, copy = TOP / name, tree / name
        if copy.is_file() and copy.read_bytes() == source.read_bytes():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
        copy.chmod(source.stat().st_mode)


def command_of(mutant):
    """The test of a mutant: a boot, or cases of pytest."""
    if "pytest" in mutant:
        return [sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider", "-q", *shlex.split(mutant["pytest"])]
    return ["./qemu-run.sh", "--timeout", str(RUN_SECONDS), *shlex.split(mutant["run"])]


class Lab:
    """A copy of the tree, and its build folder."""

    def __init__(self, folder):
        self.tree = folder / "tree"
        self.env = {**os.environ, "O": str(folder / "build"), "NO_BUILD": "1"}
        for variable in "MAKEFLAGS", "MFLAGS", "MAKELEVEL":
            self.env.pop(variable, None)
        copy_tree(self.tree)

    def command(self, words, seconds):
        """Run a command in the tree. Return: (status, what it wrote)."""
        result = subprocess.run(words, cwd=self.tree, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, timeout=seconds, check=False)
        return result.returncode, result.stdout.decode(errors="replace").replace("\r", "")

    def build(self):
        """Bring both images up to date."""
        make = ["make", "-s", f"-j{os.cpu_count()}", f"O={self.env['O']}", "vmlinux", "ramdisk", "explore"]
        status, output = self.command(make, BUILD_SECONDS)
        if status:
            raise Failure("does not build:\n" + output)

    def test(self, mutant):
        """Run a mutant's test. Return: (status, console)."""
        return self.command(command_of(mutant), RUN_SECONDS + 30)

    def try_mutant(self, mutant):
        """Apply, build, test, restore. Return: (whether it was killed, why)."""
        path = self.tree / mutant["file"]
        original = path.read_text(encoding="utf-8")
        if original.count(mutant["text"]) != 1:
            raise Failure(f"its text is {original.count(mutant['text'])} times in {mutant['file']}, not once")
        try:
            path.write_text(original.replace(mutant["text"], mutant["by"]), encoding="utf-8")
            self.build()
            status, output = self.test(mutant)
        finally:
            path.write_text(original, encoding="utf-8")
        found = re.search(mutant["says"], output, re.MULTILINE)
        if status and found:
            return True, found[0]
        if status:
            raise Failure(f"status {status}, but nothing like '{mutant['says']}':\n" + output[-2000:])
        return False, f"the test passes: {shlex.join(command_of(mutant))}"


def check_unchanged(lab, mutants):
    """All tests must pass before anything is broken. Return: whether they do."""
    lab.build()
    passed = True
    for words, mutant in {tuple(command_of(mutant)): mutant for mutant in mutants}.items():
        status, output = lab.test(mutant)
        if status:
            print(f"unchanged  status {status}: {shlex.join(words)}\n{output[-2000:]}", flush=True)
            passed = False
    return passed


def choose(names):
    """The mutants with these names, or all."""
    mutants = tomllib.loads(TABLE.read_text(encoding="utf-8"))["mutant"]
    unknown = set(names) - {mutant["name"] for mutant in mutants}
    if unknown:
        sys.exit(f"mutants: no such mutant: {' '.join(sorted(unknown))}")
    return [mutant for mutant in mutants if not names or mutant["name"] in names]


def main():
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__.splitlines()[0])
    mutants = choose(sys.argv[2:])
    lab = Lab(Path(sys.argv[1]).resolve() / "mutants")
    try:
        passed = check_unchanged(lab, mutants)
    except (Failure, subprocess.TimeoutExpired) as failure:
        sys.exit(f"mutants: the unchanged tree: {failure}")
    if not passed:
        sys.exit("mutants: the unchanged tree does not pass; nothing was tried")
    killed = 0
    for mutant in mutants:
        try:
            dead, why = lab.try_mutant(mutant)
            verdict = "killed" if dead else "SURVIVED"
        except (Failure, subprocess.TimeoutExpired) as failure:
            dead, verdict, why = False, "UNCLEAR", failure
        killed += dead
        print(f"{verdict:<9} {mutant['name']:<24} {why}", flush=True)
    print(f"{killed} of {len(mutants)} mutants killed")
    return int(killed != len(mutants))


if __name__ == "__main__":
    sys.exit(main())
