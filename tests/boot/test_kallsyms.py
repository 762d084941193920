# SPDX-License-Identifier: GPL-2.0
"""The symbol table against nm: every text symbol both ways, and a link that moves text fails."""

import os
import re
import subprocess
from collections import defaultdict, namedtuple

import pytest

import stopgap as host

CROSS = os.environ.get("CROSS_COMPILE", "powerpc64-linux-gnu-")
PER_LINE = 16   # addresses or names in one ksym command

Symbol = namedtuple("Symbol", "addr size type name")


def nm(path):
    """The symbols of an ELF file; size is None where nm gives none."""
    out = subprocess.run([f"{CROSS}nm", "-S", path], capture_output=True, text=True, check=True).stdout
    symbols = []
    for line in out.splitlines():
        fields = line.split()
        size = int(fields[1], 16) if len(fields) == 4 else None
        symbols.append(Symbol(int(fields[0], 16), size, fields[-2], fields[-1]))
    return symbols


def text_symbols():
    """What nm lists as text in the kernel under test."""
    symbols = [symbol for symbol in nm(host.BUILD / "vmlinux") if symbol.type in "tTwW"]
    assert len(symbols) > 100
    return symbols


def chunks(items):
    """Cut a list into pieces for one command each."""
    return [items[i:i + PER_LINE] for i in range(0, len(items), PER_LINE)]


def test_the_dump_lists_every_text_symbol_as_nm_does(stopgap):
    result = stopgap("kallsyms -s")
    assert result.status == 0
    dump = re.findall(r"^([0-9a-f]{16}) ([0-9a-f]{16}) (\S) (\S+)$", result.out, re.MULTILINE)
    listed = {(int(addr, 16), name): (int(size, 16), kind) for addr, size, kind, name in dump}
    for symbol in text_symbols():
        assert (symbol.addr, symbol.name) in listed, f"{symbol} is missing"
        size, kind = listed[symbol.addr, symbol.name]
        assert symbol.size in (None, size), f"{symbol} has size {size:#x} in the kernel"
        assert kind == symbol.type, f"{symbol} has type {kind} in the kernel"
    addresses = [int(line[0], 16) for line in dump]
    assert addresses == sorted(addresses)


def test_every_text_symbol_resolves_both_ways(shell):
    session = shell()
    at = defaultdict(set)
    for symbol in nm(host.BUILD / "vmlinux"):
        at[symbol.addr].add(symbol.name)
    starts = sorted(at)
    sized = [symbol for symbol in text_symbols() if symbol.size]
    inside = {start: following for start, following in zip(starts, starts[1:])}
    # The last byte belongs to the symbol unless a label lies in between.
    questions = {}
    for symbol in sized:
        questions[symbol.addr] = (symbol, 0)
        if inside[symbol.addr] >= symbol.addr + symbol.size:
            questions[symbol.addr + symbol.size - 1] = (symbol, symbol.size - 1)
    for chunk in chunks(sorted(questions)):
        answers = session.run("ksym " + " ".join(f"{addr:x}" for addr in chunk)).splitlines()
        assert len(answers) == len(chunk), answers
        for addr, answer in zip(chunk, answers):
            symbol, offset = questions[addr]
            match = re.fullmatch(r"([0-9a-f]{16}) (\S) (\S+)\+0x([0-9a-f]+)/0x([0-9a-f]+)", answer)
            assert match, answer
            assert int(match[1], 16) == addr
            assert match[3] in at[symbol.addr], f"{addr:x} is in {symbol}: {answer}"
            assert int(match[4], 16) == offset, answer
            if len(at[symbol.addr]) == 1:
                assert int(match[5], 16) == symbol.size, answer
    names = sorted({symbol.name for symbol in sized})
    for chunk in chunks(names):
        answers = session.run("ksym " + " ".join(chunk))
        for name in chunk:
            for symbol in sized:
                if symbol.name == name:
                    assert f"{symbol.addr:016x} " in answers, f"{symbol}: {answers}"


def test_unknown_symbols_are_refused(stopgap):
    assert stopgap("ksym no_such_symbol").status != 0
    result = stopgap("ksym 0x10")
    assert result.status != 0
    assert "0000000000000010 ? no symbol" in result.out
    assert stopgap("kallsyms no_such_*").status != 0


LINKER_SCRIPT = """
SECTIONS
{
	. = 0xc000000000400000 + %s;
	.text : { *(.text) }
	.data : { *(.data) }
	.kallsyms : { *(.kallsyms.rodata) _end = .; }
	%s
}
"""
SOURCE = """
	.abiversion 2
	.globl	_start
	.type	_start, @function
_start:	blr
	.size	_start, . - _start
	.section .text.last, "ax"
	.globl	last
last:	blr
"""


def link(folder, base, tail):
    """Link a tiny program, table and all, with this linker script. Return: the finished process."""
    folder.joinpath("a.lds").write_text(LINKER_SCRIPT % (base, tail))
    folder.joinpath("a.S").write_text(SOURCE)
    env = {**os.environ, "CC": f"{CROSS}gcc", "LD": f"{CROSS}ld", "NM": f"{CROSS}nm", "V": "1",
           "AFLAGS": "-m64 -mbig-endian -mabi=elfv2", "LDFLAGS": "-m elf64ppc -nostdlib"}
    subprocess.run([env["CC"], "-m64", "-mbig-endian", "-c", "-o", "a.o", "a.S"], cwd=folder, check=True)
    return subprocess.run(["sh", host.TOP / "tools/link-vmlinux.sh", folder / "vmlinux", "a.lds",
                           host.BUILD / "tools/kallsyms", "a.o"],
                          cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_a_link_leaves_the_kernel_and_its_map(tmp_path):
    result = link(tmp_path, "0", "/DISCARD/ : { *(.text.last) }")
    assert result.returncode == 0, result.stderr
    assert re.search(r"^kallsyms: \d+ symbols, \d+ bytes, [\d.]+ per symbol$", result.stdout, re.MULTILINE)
    assert "T _start" in (tmp_path / "System.map").read_text()
    assert (tmp_path / "vmlinux").exists()


@pytest.mark.parametrize("base, tail, message", [
    ("SIZEOF(.kallsyms)", "/DISCARD/ : { *(.text.last) }", r"kallsyms: _start\(\) moved from c0\w+ to c0\w+"),
    ("0", ".text.last : { *(.text.last) }", r"last lies behind \.kallsyms"),
])
def test_a_link_that_moves_text_fails(tmp_path, base, tail, message):
    result = link(tmp_path, base, tail)
    assert result.returncode != 0
    assert re.search(message, result.stderr), result.stderr
    assert not (tmp_path / "vmlinux").exists()
