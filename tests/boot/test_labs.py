# SPDX-License-Identifier: GPL-2.0
"""The labs of docs/labs: with what a sheet gives to begin with its check fails, with the solution it passes."""
import re
import shlex
import subprocess

import pytest

from edited_tree import BUILD_SECONDS, build_explore, copy_tree, replace
from stopgap import BUILD, TOP, qemu_run

LABS = TOP / "docs/labs"
SHEETS = ("letter", "wait")
BLOCK = re.compile(r"^\*\*(\S+)\*\*:\n\n```c\n(.*?)^```$", re.M | re.S)
FUNCTION = re.compile(r"^static [^\n]*?\b(\w+)\([^\n]*\)\n\{\n.*?^\}\n", re.M | re.S)


def files(page):
    """{path: text} of the code in a page."""
    return dict(BLOCK.findall((LABS / page).read_text(encoding="utf-8")))


SOLUTIONS = files("solutions.md")


def solved(text, solution):
    """A file as in the solution; where that has functions only, with these in place of its own."""
    if solution.startswith("// SPDX"):
        return solution
    for function in FUNCTION.finditer(solution):
        own = next(match[0] for match in FUNCTION.finditer(text) if match[1] == function[1])
        text = text.replace(own, function[0])
    return text


def checks(sheet):
    """The commands that a sheet ends with: the arguments of each ./qemu-run.sh, without where modules come from."""
    section = (LABS / f"{sheet}.md").read_text(encoding="utf-8").partition("\n## Check\n")[2].partition("\n## ")[0]
    return [shlex.split(line)[1:] for line in section.splitlines() if line.startswith("./qemu-run.sh ")]


def statuses(sheet, out):
    return [qemu_run(words, O=str(out)).status for words in checks(sheet)]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A tree in which the kernel's labs have been begun."""
    folder = tmp_path_factory.mktemp("labs")
    copy_tree(folder)
    for sheet in SHEETS:
        for path, text in files(f"{sheet}.md").items():
            (folder / path).write_text(text)
    replace(folder / "tools/Makefile.explore", " kernel/race/lookup.c\n", " kernel/race/lookup.c kernel/race/letter.c\n")
    return folder


@pytest.fixture(scope="module")
def begun(tree):
    return {sheet: statuses(sheet, build_explore(tree)) for sheet in SHEETS}


@pytest.fixture(scope="module")
def done(tree, begun):
    for sheet in SHEETS:
        for path, text in files(f"{sheet}.md").items():
            (tree / path).write_text(solved(text, SOLUTIONS[path]))
    return {sheet: statuses(sheet, build_explore(tree)) for sheet in SHEETS}


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_a_sheet_begins_with_does_not_pass(begun, sheet):
    assert begun[sheet][0] == 1


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_solution_passes(done, sheet):
    assert len(done[sheet]) > 2
    assert set(done[sheet]) == {0}


def count_first(folder, text):
    """Build the module of the lab "Count first", under both its names, and check it. Return: the statuses."""
    for name in "foo_wrong", "foo_leak":
        (folder / f"{name}.c").write_text(text)
    (folder / "Kbuild").write_text("obj-m += foo_wrong.o\nobj-m += foo_leak.o\n")
    subprocess.run(["make", "-s", "-C", TOP, f"O={BUILD}", f"M={folder}", "explore"], check=True,
                   stdin=subprocess.DEVNULL, timeout=BUILD_SECONDS)
    return [qemu_run([word.replace("my/", f"{folder}/") for word in words]).status for words in checks("count")]


def test_count_first(tmp_path):
    wrong = (TOP / "modules/unload/foo_wrong.c").read_text()
    assert set(count_first(tmp_path, wrong)) == {1}
    right = solved(wrong, SOLUTIONS["my/foo_wrong.c"])
    assert count_first(tmp_path, right) == [0, 0, 0]


def test_half_a_solution_of_count_first_leaks(tmp_path):
    """What the third check is for."""
    wrong = (TOP / "modules/unload/foo_wrong.c").read_text()
    half = solved(wrong, SOLUTIONS["my/foo_wrong.c"].replace("\t\tMOD_DEC_USE_COUNT;\n", ""))
    assert count_first(tmp_path, half) == [0, 0, 1]
