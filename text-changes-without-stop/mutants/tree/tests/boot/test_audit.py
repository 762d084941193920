# SPDX-License-Identifier: GPL-2.0
"""make audit: each rule, on as little source as shows it, and on the demo modules."""

import re
import subprocess
import sys

import pytest

import stopgap as host

AUDIT = host.TOP / "tools" / "audit" / "audit.py"
DEMOS = host.TOP / "modules" / "unload"

MODULE = """
struct foo {{ int x; }} *foo;
{helpers}
static int open_foo(struct inode *inode, struct file *file)
{{
	int ret;
{body}
}}
static const struct file_operations foo_fops = {{ .read = read_foo, .open = open_foo }};
"""

# What open_foo() does, what else there is, and the finding, with the text of its line.
CASES = {
    "sleeps first": ("foo = kmalloc(8, GFP_KERNEL); //!\nMOD_INC_USE_COUNT;\nreturn 0;", "", "kmalloc() may sleep"),
    "sleeps in a condition": ("if (request_irq(5, f, 0, NULL, foo)) //!\nreturn -EBUSY;\nMOD_INC_USE_COUNT;\nreturn 0;",
                              "", "request_irq() may sleep"),
    "sleeps on one path": ("if (foo->x)\nmsleep(1); //!\nMOD_INC_USE_COUNT;\nreturn 0;", "", "msleep() may sleep"),
    "sleeps further down": ("ret = start(); //!\nMOD_INC_USE_COUNT;\nreturn 0;",
                            "static int lower(void) { mutex_lock(&m); return 0; }\n"
                            "static int start(void) { return lower(); }", "start() may sleep"),
    "does not sleep": ("foo = kmalloc(8, GFP_ATOMIC);\nMOD_INC_USE_COUNT;\nreturn 0;", "", None),
    "counts first": ("MOD_INC_USE_COUNT;\nfoo = kmalloc(8, GFP_KERNEL);\nreturn 0;", "", None),
    "counts in a helper": ("get_foo();\nreturn -EIO;",
                           "static void get_foo(void) { MOD_INC_USE_COUNT; msleep(1); }", None),
    "fails and keeps": ("MOD_INC_USE_COUNT;\nif (foo->x)\nreturn -EBUSY; //!\nreturn 0;", "",
                        "fails without MOD_DEC_USE_COUNT"),
    "fails by goto and keeps": ("MOD_INC_USE_COUNT;\nret = -ENOMEM;\nif (foo->x)\ngoto out;\nret = 0;\nout:\n"
                                "return ret; //!", "", "fails without MOD_DEC_USE_COUNT"),
    "passes on and keeps": ("MOD_INC_USE_COUNT;\nret = start();\nif (ret)\n{ release_it();\nreturn ret; //!\n}\n"
                            "return 0;", "", "fails without MOD_DEC_USE_COUNT"),
    "one failure of two keeps": ("MOD_INC_USE_COUNT;\nif (foo->x) {\nMOD_DEC_USE_COUNT;\nreturn -EBUSY;\n}\n"
                                 "if (start() < 0)\nreturn -EIO; //!\nreturn 0;", "",
                                 "fails without MOD_DEC_USE_COUNT"),
    "fails and gives back": ("MOD_INC_USE_COUNT;\nret = start();\nif (ret)\ngoto out;\nreturn 0;\nout:\n"
                             "MOD_DEC_USE_COUNT;\nreturn ret;", "", None),
    "never counts": ("return 0; //!", "", "succeeds without MOD_INC_USE_COUNT"),
}


def audit(*args):
    done = subprocess.run([sys.executable, AUDIT, *args], capture_output=True, text=True, check=False,
                          timeout=host.BATCH_SECONDS)
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The lines of each case's findings, from one audit of all."""
    folder = tmp_path_factory.mktemp("cases")
    for name, (body, helpers, _) in CASES.items():
        (folder / f"{name}.c").write_text(MODULE.format(body=body, helpers=helpers))
    status, lines, errors = audit(folder)
    assert (status, errors) == (1, "")
    return {name: [line for line in lines if line.startswith(f"{folder}/{name}.c:")] for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_rule(cases, name):
    body, helpers, message = CASES[name]
    source = MODULE.format(body=body, helpers=helpers)
    lines = cases[name]
    marked = [n for n, line in enumerate(source.splitlines(), 1) if line.endswith("//!")]
    assert bool(marked) == bool(message)
    assert [int(line.split(":")[1]) for line in lines] == marked
    assert all(f": open_foo: {message}" in line for line in lines)


def test_what_has_a_token_is_no_entry(tmp_path):
    source = tmp_path / "foo.c"
    source.write_text("static int read_foo(void) { msleep(1); return 0; }\n"
                      "static struct file_operations fops = { .read = read_foo };\n")
    assert audit(source) == (0, [], "")


def test_a_service_without_the_lock(tmp_path):
    source = tmp_path / "family.c"
    source.write_text("static int create(struct socket *sock, int protocol)\n{\n\tMOD_INC_USE_COUNT;\n\treturn 0;\n}\n"
                      "struct net_proto_family family = {\n\t.create = create,\n};\n")
    status, (line,), _ = audit(source)
    assert status == 1
    assert line.startswith(f"{source}:7: create: entered without the big kernel lock, by name through sock_register()")
    assert audit("--locked", "sock_register", source) == (0, [], "")


def test_demo_modules():
    """Every wrong one is found, where its comment says so, and no right one."""
    status, lines, _ = audit(DEMOS)
    assert status == 1
    found = {re.match(r".*/(\w+)\.c:", line)[1] for line in lines}
    assert found == {"foo_wrong", "foo_leak", "foo_dec", "foo_uncounted", "inet6"}
    for line in lines:
        place, number, _ = line.split(":", 2)
        assert place.startswith(str(DEMOS)) and int(number) > 1


@pytest.mark.parametrize("text, args, said", [
    (None, [], "no such file or folder"),
    ("int a(void) { return 1; }\nint b(int x) { if (x { return 2; } }\n", [], "foo.c:2: Coccinelle cannot read this"),
    ("int fine;\n", ["--locked", "nonsense"], "no such service"),
])
def test_what_cannot_be_audited(tmp_path, text, args, said):
    source = tmp_path / "foo.c"
    if text:
        source.write_text(text)
    status, lines, errors = audit(*args, source)
    assert (status, lines) == (2, [])
    assert errors.startswith("audit: ") and said in errors


def test_an_empty_folder_is_no_clean_one(tmp_path):
    assert audit(tmp_path)[0] == 2


def test_make_audit():
    make = ["make", "-s", "-C", host.TOP, "audit", f"M={DEMOS}"]
    done = subprocess.run(make, capture_output=True, text=True, check=False, timeout=host.BATCH_SECONDS)
    assert done.returncode == 2, "make's own status for a recipe that failed"
    assert "foo_wrong.c:" in done.stdout
