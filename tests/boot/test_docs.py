# SPDX-License-Identifier: GPL-2.0
"""What README and docs/ say can be run, can be run, and prints what they say.

There are two kinds of examples. A block of shell commands, each a ./qemu-run.sh, may have a block without a language
right behind it, which is what they print. And a block without a language that begins with the kernel's prompt is a
session. Run here are those that go the same way each time and are quick: with --icount or --explore, or without a race
at all, and of ROUNDS rounds or schedules at most. A command that is to fail says so behind it: "# status 1".

Numbers may differ, as they do whenever the kernel changes; what else was documented may not. Of a race that is its
score. "..." stands for anything.
"""

import re
import shlex
import sys

import pytest

from stopgap import PROMPT, TOP

sys.path.insert(0, str(TOP / "tools"))
import lesson  # noqa: E402 pylint: disable=wrong-import-position

PAGES = [TOP / "README.md", *sorted(TOP.glob("docs/**/*.md"))]
ROUNDS = 5000
DEFAULT_ROUNDS = {"run": 2000, "explore": 10000}
BLOCKS = re.compile(r"^```sh\n(?P<commands>(?:\./qemu-run\.sh [^\n]*\n)+)```\n(?:\n```\n(?P<output>.*?)^```$)?|"
                    rf"^```\n(?P<session>{PROMPT}.*?)^```$", re.M | re.S)
RACE = re.compile(r"\brace (run|explore) [^;']*")
NOISY = re.compile(r"\b(race|hv|bench|callstress|modsoak)\b")
NUMBER = re.compile(r"(?<!\bc=)(?<!seed=)(?:(?<=CPU)\d+|(?<![\w-])(?:0x)?[0-9a-f]*\d[0-9a-f]*(?!\w))")
PATH = re.compile(r"`((?:abi|arch|docs|include|kernel|lib|modules|tests|tools)/[\w./-]+\.\w+)`|\]\(([^)#:]+)[^)]*\)")


def examples(page):
    """(command lines, what they print) of each example of a page."""
    for block in BLOCKS.finditer(page.read_text(encoding="utf-8")):
        if block["commands"]:
            yield block["commands"].splitlines(), (block["output"] or "").splitlines()
        else:
            lines = block["session"].splitlines()
            typed = [line.removeprefix(PROMPT) for line in lines if line.startswith(PROMPT)]
            explored = "--explore " * any(line.startswith(("race explore", "race replay")) for line in typed)
            yield [f"./qemu-run.sh {explored}-c {shlex.quote('; '.join(typed))}"], lines


def words_of(line):
    return shlex.split(line, comments=True)[1:]


def rounds(lines, output):
    """How many rounds or schedules it takes: as documented, else as the commands say."""
    done = re.findall(r"^race: .*(?:none in|hits in) (\d+)", "\n".join(output), re.M)
    asked = [re.search(r" n=(\d+)|$", race[0])[1] or DEFAULT_ROUNDS[race[1]] for race in RACE.finditer("\n".join(lines))]
    return sum(map(int, done or asked))


def can_be_run(line):
    """Does it end by itself, the same way each time, with what is in the tree?"""
    words = words_of(line)
    same = "--explore" in words or "--icount" in words or not NOISY.search(line)
    return "-c" in words and not {"--gdb", "--module"} & {*words} and same and "race matrix" not in line


EXAMPLES = [example for page in PAGES for example in examples(page)]
# What two pages show is run once.
QUICK = dict.fromkeys((tuple(lines), tuple(output)) for lines, output in EXAMPLES
                      if all(map(can_be_run, lines)) and rounds(lines, output) <= ROUNDS)


def masked(line):
    """A line without the time before it, and without numbers, but for parameters and errors."""
    return " ".join(NUMBER.sub("#", re.sub(r"^\[ *\d+\.\d+\] ", "", line)).split())


def was_printed(line, printed):
    """A line as documented, in which "..." stands for anything."""
    pattern = re.compile(".*".join(map(re.escape, masked(line).split("..."))))
    return any(map(pattern.fullmatch, printed))


def test_there_are_examples():
    assert len(EXAMPLES) > 30
    assert len(QUICK) > 15


@pytest.mark.parametrize("lines, output", [pytest.param(*example, id=example[0][0].partition(" ")[2])
                                           for example in QUICK])
def test_an_example_ends_as_documented(qemu_run, tmp_path, lines, output):
    printed = set()
    for line in lines:
        words = words_of(line)
        if "--trace" in words:
            words[words.index("--trace") + 1] = tmp_path / "trace.json"
        result = qemu_run(words)
        assert result.status == int("# status 1" in line)
        printed.update(map(masked, result.out.splitlines()))
    raced = RACE.search("\n".join(lines))
    wanted = [line for line in output if not raced or line.startswith("race: ")]
    assert [line for line in wanted if not was_printed(line, printed)] == []


def test_files_named_in_the_docs_exist():
    for page in PAGES:
        for path, link in PATH.findall(page.read_text(encoding="utf-8")):
            assert (TOP / path if path else page.parent / link).exists(), f"{page.name}: {path or link}"


def test_each_failing_cell_of_the_lesson_has_its_replay_string():
    lesson.check(lesson.PAGE.read_text(encoding="utf-8"))


def test_what_the_matrix_prints_goes_into_the_lesson():
    table = "  random/sc  pct depth=2/sc\nunlink=rcu name=pointer  {}  none in 50\n"
    string = "unlink=rcu name=pointer, random/sc: it went wrong\nrace replay 'RX1:kallsyms:unlink=rcu:sc:2:3:{}:0.1-1:ffff'\n"
    page = ("from `01234567`\n<!-- lesson.py: table -->\n```\nold\n```\nand\n<!-- lesson.py: strings -->\n```\n"
            "# old\nrace replay 'RX1:a:b:c:2:3:01234567:0.1-1:ffff'\n```\n")
    with pytest.raises(lesson.Failure):
        lesson.check(page)
    filled = lesson.fill(page, f"stopgap# race matrix\n{table.format('2/50 @3')}\n{string.format('89abcdef')}")
    lesson.check(filled)
    assert "2/50 @3" in filled and "`89abcdef`" in filled and "old" not in filled
    for wrong in (filled.replace("none in 50", "1/50 @1"), filled.replace("`89abcdef`", "`x`")):
        with pytest.raises(lesson.Failure):
            lesson.check(wrong)
