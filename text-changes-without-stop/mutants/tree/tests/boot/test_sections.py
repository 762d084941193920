# SPDX-License-Identifier: GPL-2.0
"""Modules of unusual shape: what is too much is refused by name and costs nothing, what is much is loaded."""

import subprocess

import pytest

import stopgap as host

FRAME = """
#include <linux/module.h>
{body}
static int __init shape_init(void) {{ return {init}; }}
static void __exit shape_exit(void) {{ }}
module_init(shape_init);
module_exit(shape_exit);
MODULE_LICENSE("GPL");
"""
SYMBOLS = 5000
# Where the branches of assembly lead to, read from the instructions as they are in memory.
CALLS = ('asm(".pushsection .text; shape_1: bl printk; nop; shape_2: bl kfree; nop; shape_3: bl printk; nop; .popsection");'
         'extern unsigned int shape_1[], shape_2[], shape_3[];'
         'static char *to(unsigned int *insn) { return (char *)insn + ((int)(*insn << 6) >> 6 & ~3); }')
TOC_ENTRIES = 9000      # of 8 bytes each: more than 16 bits reach
# Assembly that uses the TOC pointer behind the compiler's back; the anchor makes it load the pointer.
LAST = ('asm(".section .toc,\\"aw\\"; .fill %d,8,1; last: .quad 77; .previous"); int shape_anchor;'
        'static long get(void) {{ long v; asm("{code}" : "=b" (v) : "r" (&shape_anchor)); return v; }}' % TOC_ENTRIES)

# Name: flags, source, expression for init.
SHAPES = {
    "percpu": ("", '#include <linux/percpu.h>\nDEFINE_PER_CPU(char[30000], mine);', "0"),
    "common": ("-fcommon", "int shape_common[10]; int *shape_use = shape_common;", "0"),
    "huge": ("", "static char huge[255 << 20]; char *shape_use = huge;", "0"),
    "toobig": ("", "static char huge[300 << 20]; char *shape_use = huge;", "0"),
    "tocsmall": ("-mcmodel=small", LAST.format(code="ld %0,last@toc(2)"), "get() == 77 ? 0 : -EINVAL"),
    "toclarge": ("", LAST.format(code="addis %0,2,last@toc@ha; ld %0,last@toc@l(%0)"), "get() == 77 ? 0 : -EINVAL"),
    "got": ("", 'int shape_datum = 5;'
            'static int *get(void) { int *p; asm("ld %0,shape_datum@got(2)" : "=r" (p)); return p; }',
            "get() == &shape_datum && *get() == 5 ? 0 : -EINVAL"),
    "shared": ("", CALLS, "to(shape_1) == to(shape_3) && to(shape_1) != to(shape_2) ? 0 : -EINVAL"),
    "far": ("", 'static int wide(void) { asm volatile("cmpd 3,3; beq printk"); return 0; }', "wide()"),
    "tail": ("", 'void shape_tail(void); asm(".globl shape_tail; shape_tail: b printk; .type shape_tail,@function");'
             'void (*shape_use)(void) = shape_tail;', "0"),
    "many": ("", "\n".join(f"int shape_{i}(int x); int shape_{i}(int x) {{ return x + {i}; }}" for i in range(SYMBOLS)),
             "shape_7(1) == 8 ? 0 : -EINVAL"),
}


@pytest.fixture(scope="module")
def shapes(tmp_path_factory):
    """The modules, by name."""
    folder = tmp_path_factory.mktemp("shapes")
    kbuild = []
    for name, (flags, body, init) in SHAPES.items():
        (folder / f"{name}.c").write_text(FRAME.format(body=body, init=init))
        kbuild += [f"obj-m += {name}.o", f"CFLAGS_{name}.o := -O1 -Wno-error {flags}"]
    (folder / "Kbuild").write_text("\n".join(kbuild) + "\n")
    make = ["make", "-s", "-j2", "-C", host.TOP, f"O={host.BUILD}", f"M={folder}", "modules"]
    subprocess.run(make, check=True, timeout=host.BATCH_SECONDS)
    return {name: folder / f"{name}.ko" for name in SHAPES}


@pytest.mark.parametrize("name, message, err", [
    ("percpu", "percpu: Could not allocate 30000 bytes percpu data", -12),
    ("common", "common: common symbol shape_common: compile with -fno-common", -8),
    ("huge", "can't insert 'huge.ko'", -12),
    ("toobig", "module: section .bss is too large: 0x12c00000 bytes", -8),
    ("tocsmall", "tocsmall: R_PPC64_TOC16_DS to .toc out of range", -8),
    ("far", "far: R_PPC64_REL14 to printk out of range", -8),
    ("tail", "tail: R_PPC64_REL24 to printk: no nop after the call to restore the TOC", -8),
])
def test_refused_by_name(stopgap, shapes, name, message, err):
    ko = shapes[name]
    insmod = f"insmod {ko.name}"
    result = stopgap([insmod, "mem", insmod, insmod, "mem"], args=["-m", 256, "--module", ko])
    assert result.status == 1
    assert message in result.out
    assert len(result.lines(rf"^insmod: can't insert '{ko.name}': .* \(err {err}\)$")) == 3
    before, after = result.lines("^free: ")
    assert before == after, "memory was lost"


def test_loaded(stopgap, shapes):
    names = ["toclarge", "got", "shared", "many"]
    args = [arg for name in names for arg in ("--module", shapes[name])]
    commands = [f"insmod {name}.ko" for name in names] + ["ksym shape_4999", "rmmod " + " ".join(names)]
    result = stopgap(commands, args=args)
    assert result.status == 0
    assert result.lines(r"shape_4999.*\[many\]")
