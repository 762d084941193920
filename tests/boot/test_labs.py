# SPDX-License-Identifier: GPL-2.0
"""The labs of docs/labs: with what a sheet gives to begin with its check fails, with the solution it passes."""
import re
import shlex
import shutil
import subprocess

import pytest

from edited_tree import BUILD_SECONDS, build_explore, copy_tree, replace
from stopgap import BUILD, TOP, qemu_run

LABS = TOP / "docs/labs"
SHEETS = ("letter", "wait", "own")   # those that are about the kernel itself
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


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A tree in which the kernel's labs have been begun."""
    folder = tmp_path_factory.mktemp("labs")
    copy_tree(folder)
    for sheet in SHEETS:
        for path, text in files(f"{sheet}.md").items():
            (folder / path).write_text(text)
    rules = folder / "tools/Makefile.explore"
    replace(rules, " kernel/race/lookup.c\n", " kernel/race/lookup.c kernel/race/letter.c\n")
    shutil.copystat(TOP / "tools/Makefile.explore", rules)     # what is built need not be built again
    return folder


@pytest.fixture(scope="module")
def begun(tree):
    out = build_explore(tree)
    return {sheet: qemu_run(checks(sheet)[0], O=str(out)).status for sheet in SHEETS}


@pytest.fixture(scope="module")
def done(tree, begun):
    for sheet in SHEETS:
        for path, text in files(f"{sheet}.md").items():
            (tree / path).write_text(solved(text, SOLUTIONS[path]))
    out = build_explore(tree)
    return {sheet: [qemu_run(words, O=str(out)).status for words in checks(sheet)] for sheet in SHEETS}


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_a_sheet_begins_with_does_not_pass(begun, sheet):
    assert begun[sheet] == 1


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_solution_passes(done, sheet):
    assert len(done[sheet]) > 2
    assert set(done[sheet]) == {0}


def check_module(sheet, folder, target, sources):
    """Build a lab's modules, {name: text}, and run its check. Return: the statuses."""
    for name, text in sources.items():
        (folder / f"{name}.c").write_text(text)
    (folder / "Kbuild").write_text("".join(f"obj-m += {name}.o\n" for name in sources))
    subprocess.run(["make", "-s", "-C", TOP, f"O={BUILD}", f"M={folder}", target], check=True,
                   stdin=subprocess.DEVNULL, timeout=BUILD_SECONDS)
    return [qemu_run([word.replace("my/", f"{folder}/") for word in words]).status for words in checks(sheet)]


def count_first(folder, text):
    return check_module("count", folder, "explore", dict.fromkeys(("foo_wrong", "foo_leak"), text))


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


def test_the_back_door(tmp_path):
    begun = files("door.md")["my/door.c"]
    assert check_module("door", tmp_path, "modules", {"door": begun}) == [1, 0]
    assert check_module("door", tmp_path, "modules", {"door": solved(begun, SOLUTIONS["my/door.c"])}) == [0, 0]
