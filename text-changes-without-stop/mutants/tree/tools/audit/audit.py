#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Audit a module's source for unload races: audit.py [--locked SERVICE]... DIR|FILE.c... ("make audit M=DIR").

The task list of 2000, by machine: find the functions that others reach by name through a register_xxx() call
(services.txt), and see that they are entered under the big kernel lock, raise the use count before anything that may
sleep (sleepers.txt, and whatever in the same source calls such a function), and lower it again when they fail.
Coccinelle does the matching (facts.cocci, unload.cocci).

--locked SERVICE says that this kernel's SERVICE takes the big kernel lock, whatever services.txt says of 2000's.

Prints "file:line: message" for each finding. Status: 0 no finding, 1 some, 2 the audit could not be made, or
not of everything.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ATOMIC = ("GFP_ATOMIC", "GFP_NOWAIT")
SPATCH_SECONDS = 300


class Service(NamedTuple):
    """A member of a table that a module registers."""
    register: str
    locked: bool
    token: bool     # who was let in holds something that the use count must answer for


class Match(NamedTuple):
    """A line from Coccinelle."""
    kind: str
    file: str
    line: int
    fn: str
    words: tuple


class Unauditable(Exception):
    """Nothing can be said of the source."""


def table(name):
    """Yield the words of each line of a data file."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        words = line.partition("#")[0].split()
        if words:
            yield words


def read_services(locked):
    """Return: {(struct, member): Service}."""
    services = {(struct, member): Service(register, lock == "bkl" or register in locked, token == "token")
                for struct, member, register, lock, token in table("services.txt")}
    unknown = set(locked) - {service.register for service in services.values()}
    if unknown:
        raise Unauditable(f"--locked {', '.join(sorted(unknown))}: no such service")
    return services


def sources(paths):
    """Return: the C files meant by @paths."""
    files = []
    for path in map(Path, paths):
        if not path.exists():
            raise Unauditable(f"{path}: no such file or folder")
        found = sorted(path.rglob("*.c")) if path.is_dir() else [path]
        files += [file for file in found if not file.name.endswith(".mod.c")]
    if not files:
        raise Unauditable(f"{' '.join(map(str, paths))}: no C source there")
    return files


def spatch(*args):
    """Run Coccinelle. Return: its output."""
    try:
        done = subprocess.run(["spatch", *map(str, args)], capture_output=True, text=True, errors="replace",
                              timeout=SPATCH_SECONDS, check=False)
    except FileNotFoundError:
        raise Unauditable("spatch is not here: install the package coccinelle") from None
    except subprocess.TimeoutExpired:
        raise Unauditable(f"spatch has not ended after {SPATCH_SECONDS} s") from None
    if done.returncode:
        raise Unauditable(f"spatch: {done.stderr.strip() or done.returncode}")
    return done.stdout + done.stderr


def matches(rules, files):
    """Yield what the rules of one file match in the sources."""
    for line in spatch("--very-quiet", "--sp-file", HERE / rules, *files).splitlines():
        if line.startswith("\t"):
            kind, place, number, fn, *words = line[1:].split("\t")
            yield Match(kind, place, int(number), fn, tuple(words))


def unreadable(files):
    """Yield (file, line) of what Coccinelle cannot read. It leaves that out without a word, otherwise."""
    ours = set(map(str, files))     # and not Coccinelle's own table of macros
    for file, line in re.findall(r'^ *= File "(.+)", line (\d+),', spatch("--parse-c", *files), re.M):
        if file in ours:
            yield file, line


def sleeps(match, sleepers):
    """Whether a call may sleep."""
    callee, args = match.words[0], match.words[1] if len(match.words) > 1 else ""
    return callee in sleepers and not any(flag in args for flag in ATOMIC)


def all_sleepers(facts):
    """Return: the known sleepers, and the source's own functions that call one without counting themselves."""
    sleepers = {name for name, in table("sleepers.txt")}
    counting = {fact.fn for fact in facts if fact.kind == "counting"}
    calls = [fact for fact in facts if fact.kind == "called" and fact.fn not in counting]
    while True:
        more = {call.fn for call in calls if sleeps(call, sleepers)} - sleepers
        if not more:
            return sleepers
        sleepers |= more


def entries(facts, services):
    """Yield the facts that say how a function is reached by name, each with the service."""
    for fact in facts:
        service = services.get(fact.words) if fact.kind == "table" else None
        if service:
            yield fact, service


def findings(files, services):
    """Return: [(file, line, message)]."""
    facts = list(matches("facts.cocci", files))
    sleepers = all_sleepers(facts)
    reached = {(fact.file, fact.fn): service for fact, service in entries(facts, services)}
    found = {(fact.file, fact.line, f"{fact.fn}: entered without the big kernel lock, by name through "
              f"{service.register}(): its module may go before its first instruction")
             for fact, service in entries(facts, services) if not service.locked}
    for match in matches("unload.cocci", files):
        service = reached.get((match.file, match.fn))
        if not service:
            continue
        if match.kind == "early" and sleeps(match, sleepers):
            message = (f"{match.words[0]}() may sleep before MOD_INC_USE_COUNT: the big kernel lock is dropped with a "
                       f"use count of 0")
        elif match.kind == "leak":
            message = "fails without MOD_DEC_USE_COUNT: the module can never be unloaded"
        elif match.kind == "uncounted" and service.token:
            message = f"succeeds without MOD_INC_USE_COUNT: what {service.register}() gives out protects nothing"
        else:
            continue
        found.add((match.file, match.line, f"{match.fn}: {message}"))
    return sorted(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--locked", action="append", default=[], metavar="SERVICE")
    parser.add_argument("path", nargs="+")
    args = parser.parse_args()
    try:
        files = sources(args.path)
        skipped = list(unreadable(files))
        found = findings(files, read_services(args.locked))
    except Unauditable as why:
        print(f"audit: {why}", file=sys.stderr)
        return 2
    for file, line, message in found:
        print(f"{file}:{line}: {message}")
    for file, line in skipped:
        print(f"audit: {file}:{line}: Coccinelle cannot read this; not audited", file=sys.stderr)
    return 1 if found else 2 if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
