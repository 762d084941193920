#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Put what this tree's explore image prints into the kallsyms lesson: lesson.py [PAGE] ("make lesson").

The matrix and its replay strings hold for one image, so they are made anew after a change of the kernel. They are the
fenced blocks of the page that follow the comments "<!-- lesson.py: table -->" and "<!-- lesson.py: strings -->". O= is
the build folder, as for qemu-run.sh.
"""

import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "docs/lessons/kallsyms-answers.md"
COMMAND = "race matrix kallsyms"
SECONDS = 1800   # for the boot; the matrix takes about one minute, several on a busy host

HEAD = re.compile(r"^ +random/sc .*$", re.M)
ROW = re.compile(r"^((?:unlink|op)=\S+(?: \w+=\w+)*) {2,}(\S.*)$", re.M)
COLUMNS = re.compile(r" {2,}")
STRING = re.compile(r"^(\S.*, \S.*/(?:sc|tso|pso)): .*\n(race replay '[^']*')$", re.M)
HEADING = re.compile(r"^# (.*)$", re.M)
IMAGE = re.compile(r"^race replay 'RX1:(?:[^:]*:){5}([0-9a-f]{8}):", re.M)


class Failure(Exception):
    """Why the page cannot be written, or is wrong."""


def block(page, name):
    """The fenced block of that name. Return: its place in the page, without the fences."""
    found = re.search(rf"^<!-- lesson\.py: {name} -->\n+```\n(.*?)^```$", page, re.M | re.S)
    if not found:
        raise Failure(f"the page has no block for the {name}")
    return found.span(1)


def failing_cells(table):
    """The cells of a matrix that were hit. Return: a list of "row, column"."""
    columns = COLUMNS.split(HEAD.search(table)[0].strip())
    return [f"{row}, {column}" for row, cells in ROW.findall(table)
            for column, cell in zip(columns, COLUMNS.split(cells.strip())) if not cell.startswith("none")]


def check(page):
    """Has each failing cell of the page's table a replay string, all of one image, and nothing else one?"""
    table, strings = (page[slice(*block(page, name))] for name in ("table", "strings"))
    if not HEAD.search(table):
        raise Failure("the block for the table has no matrix of the explore image")
    cells, headings = failing_cells(table), HEADING.findall(strings)
    if not cells or cells != headings:
        raise Failure(f"these cells or strings have no counterpart: {sorted(set(cells) ^ set(headings))}")
    images = set(IMAGE.findall(strings))
    if len(images) != 1 or f"`{images.pop()}`" not in page:
        raise Failure("the strings are not of one image, or the page does not name it")


def fill(page, console):
    """Return: the page with what the kernel has printed in its blocks."""
    head, strings = HEAD.search(console), STRING.findall(console)
    if not head or not strings:
        raise Failure(f"'{COMMAND}' printed no matrix:\n{console}")
    text = {
        "table": "\n".join(line.rstrip() for line in [head[0], *(m[0] for m in ROW.finditer(console))]) + "\n",
        "strings": "".join(f"# {cell}\n{string}\n" for cell, string in strings),
    }
    old = IMAGE.search(page[slice(*block(page, "strings"))])
    for name in text:
        start, end = block(page, name)
        page = page[:start] + text[name] + page[end:]
    return page.replace(f"`{old[1]}`", f"`{IMAGE.search(text['strings'])[1]}`") if old else page


def boot():
    """Return: what the explore image prints for the matrix."""
    command = [str(TOP / "qemu-run.sh"), "--explore", "--timeout", str(SECONDS), "-c", COMMAND]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    console = result.stdout.decode(errors="replace").replace("\r", "")
    if result.returncode:
        raise Failure(f"'{COMMAND}' failed:\n{console}")
    return console


def main():
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    try:
        page = fill(path.read_text(), boot())
        check(page)
    except (Failure, OSError) as why:
        sys.exit(f"lesson: {why}")
    path.write_text(page)


if __name__ == "__main__":
    main()
