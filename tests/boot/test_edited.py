# SPDX-License-Identifier: GPL-2.0
"""A failure by the names of its places comes again in a kernel that has been edited; its string says that it may not.

The edited kernels are built from a copy of the tree and of what has been built: one file is compiled, and the image
linked.
"""
import re

import pytest

from edited_tree import build_explore, copy_tree, replace
from stopgap import BUILD, qemu_run

# What is edited: file, text, what takes its place. Elsewhere: more accesses on the way of rmmod.
ELSEWHERE = ("kernel/module/notifier.c", "void module_notify(", """\
static unsigned int told;

static noinline void count(void)
{
	WRITE_ONCE(told, READ_ONCE(told) + 1);
}

void module_notify(""", "enum module_state state)\n{\n\tblocking", "enum module_state state)\n{\n\tcount();\n\tblocking")
# And in the very function that most schedules name, before the place that they name.
INSIDE = ("kernel/module/mod_kallsyms.c", "const char *module_address_lookup(", """\
static unsigned int lookups;

const char *module_address_lookup(""",
          "struct module *mod;\n\n\tlist_for_each_entry_rcu(mod, &modules, list) {\n\t\tif (within_module(addr, mod)) {",
          "struct module *mod;\n\n\tWRITE_ONCE(lookups, READ_ONCE(lookups) + 1);\n"
          "\tlist_for_each_entry_rcu(mod, &modules, list) {\n\t\tif (within_module(addr, mod)) {")

# What no instruction tells of. Last, nothing at all.
DATA = {
    "constant": (("kernel/main.c", "to watch modules race", "to watch modules fall"), True),
    "initial value": (("kernel/smp/stop_machine.c", "stop_timeout_ms = 10000;", "stop_timeout_ms = 10001;"), True),
    "nothing": (("kernel/smp/stop_machine.c", "stop_timeout_ms = 10000;", "stop_timeout_ms = 10000;"), False),
}

FAILURES = [
    "kallsyms unlink=spinlock",
    "kallsyms unlink=spinlock reader=irq",
    "kallsyms unlink=spinlock model=tso",
    "kallsyms unlink=spinlock model=pso dispatch=pct",
    "kallsyms unlink=stop_machine_ipi",
    "kallsyms unlink=stop_machine_ipi symbol=behind",
    "kallsyms unlink=stop_machine name=pointer",
    "kallsyms unlink=stop_machine preempt=full",
    "kallsyms unlink=stop_machine symbol=behind preempt=full",
    "kallsyms unlink=stop_machine reader=sprint name=pointer preempt=full",
    "kallsyms unlink=rcu reader=sprint name=pointer preempt=full",
    "symtab switch=torn",
    "timer del=del_timer unlink=spinlock",
]
# With a reader on each CPU but one: many steps, so last.
CROWD = "kallsyms unlink=stop_machine_ipi readers=3"


def explore(commands, cpus, build):
    return qemu_run(["--explore", "-n", cpus, "--timeout", 120, "-c", "; ".join(commands)], O=str(build))


def edited(tree, name, *texts):
    """An image from a tree, put into the folder tree, in one of whose files texts are replaced. Return: the build."""
    copy_tree(tree)
    replace(tree / name, *texts)
    return build_explore(tree)


@pytest.fixture(scope="module")
def edited_elsewhere(tmp_path_factory):
    return edited(tmp_path_factory.mktemp("elsewhere"), *ELSEWHERE)


@pytest.fixture(scope="module")
def edited_inside(tmp_path_factory):
    return edited(tmp_path_factory.mktemp("inside"), *INSIDE)


@pytest.fixture(scope="module", params=[2, 4])
def found(request):
    """Failures of the kernel as it is. Return: (CPUs, [(report, form by name)], a replay string)."""
    failures = FAILURES + ([CROWD] if request.param > 2 else [])
    done = explore([f"race explore {what} dispatch=pos n=400 until=hit expect=hit" if "dispatch=" not in what else
                    f"race explore {what} n=400 until=hit expect=hit" for what in failures], request.param, BUILD)
    assert done.status == 0
    reports = re.findall(r"^shortened to .*? ms: (.*)$", done.out, re.M)
    names = re.findall(r"^or by name: (.*)$", done.out, re.M)
    assert len(names) == len(reports) == len(failures)
    return request.param, list(zip(reports, names)), re.search("^replay: (.*)$", done.out, re.M)[1]


def normal(report):
    """A report without what an edit changes: addresses, offsets, lines."""
    report = re.sub(r"address [0-9a-f]{16}(?: \([^)]*\))?", "address", report)
    return re.sub(r"\+0x[0-9a-f]+(?:/0x[0-9a-f]+)?|:\d+\)|\d+ bytes", "", report)


def check_all(found, build, most=None):
    """Each failure, or so many, comes again by name. Return: the console."""
    cpus, failures, _ = found
    failures = failures[:most]
    done = explore([name for _, name in failures], cpus, build)
    assert done.status == 0
    assert "did not follow" not in done.out
    again = re.findall(r"^race: replay \w+: (.*)$", done.out, re.M)
    assert [normal(report) for report in again] == [normal(report) for report, _ in failures]
    return done.out


def test_edits_elsewhere_do_not_matter(found, edited_elsewhere):
    check_all(found, edited_elsewhere)


def test_code_that_was_moved_is_found(found, edited_inside):
    """In the function itself, as long as what was there is there still, and the steps are few."""
    out = check_all(found, edited_inside, len(FAILURES))
    moves = re.findall(r"^race: step \d+: nothing comes of it at (\w+)\+0x\w+; taken at (\w+)\+0x\w+, which is near$",
                       out, re.M)
    assert len(moves) > len(FAILURES) / 2
    assert set(moves) == {("module_address_lookup", "module_address_lookup")}


def test_a_string_says_that_the_image_differs(found, edited_elsewhere):
    """And what can be done; by name, there is a string for this image."""
    cpus, failures, string = found
    done = explore([failures[0][1]], cpus, edited_elsewhere)
    assert done.status == 0
    here = re.search("^replay: (.*)$", done.out, re.M)[1]
    done = explore([here + " n=5"], cpus, edited_elsewhere)
    assert done.status == 0
    assert "it may go another way" not in done.out
    assert "5 of 5 replays identical" in done.out
    done = explore([string], cpus, edited_elsewhere)
    was, now = (text.split(":")[6] for text in (string, here))
    assert f"found on image {was}, this is {now}: it may go another way" in done.out
    assert re.search("form by name .* or find it again: race explore kallsyms unlink=spinlock .* model=sc$", done.out, re.M)


@pytest.fixture(scope="module")
def first_string():
    """A replay string for the kernel as it is."""
    done = explore(["race explore kallsyms unlink=spinlock dispatch=pct until=hit"], 2, BUILD)
    return re.search("^replay: (.*)$", done.out, re.M)[1]


@pytest.mark.parametrize("name", DATA)
def test_data_belong_to_the_image(first_string, tmp_path, name):
    """Where it was built, and when, do not."""
    edit, differs = DATA[name]
    done = explore([first_string], 2, edited(tmp_path, *edit))
    assert ("it may go another way" in done.out) == differs
    assert re.search("^race: replay kallsyms: use after free", done.out, re.M)
