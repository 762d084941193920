# SPDX-License-Identifier: GPL-2.0
"""The symbol table against nm: every text symbol both ways, and a link that moves text fails."""

import os
import re
import subprocess
import sys
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


ANSWER = re.compile(r"^([0-9a-f]{16}) (\S) (\S+)\+0x([0-9a-f]+)/0x([0-9a-f]+)\r*$", re.MULTILINE)


def ask(session, words):
    """Resolve words with ksym. Return: a tuple (address, name, offset, size) for each answer."""
    # The echo of a long command is several lines, none of which looks like an answer.
    output = session.run("ksym " + " ".join(words))
    return [(int(addr, 16), name, int(offset, 16), int(size, 16))
            for addr, _, name, offset, size in ANSWER.findall(output)]


def ask_in_chunks(session, words):
    """All answers to all words, a few at a time."""
    return [answer for i in range(0, len(words), PER_LINE) for answer in ask(session, words[i:i + PER_LINE])]


def test_every_text_symbol_s_addresses_resolve(shell):
    names_at = defaultdict(set)
    for symbol in nm(host.BUILD / "vmlinux"):
        names_at[symbol.addr].add(symbol.name)
    starts = sorted(names_at)
    following = dict(zip(starts, starts[1:]))
    questions = []
    for symbol in text_symbols():
        if symbol.size:
            questions.append((symbol, 0))
            # The last byte belongs to the symbol unless a label lies in between.
            if following[symbol.addr] >= symbol.addr + symbol.size:
                questions.append((symbol, symbol.size - 1))
    answers = ask_in_chunks(shell(), [f"{symbol.addr + offset:x}" for symbol, offset in questions])
    assert len(answers) == len(questions)
    for (symbol, offset), answer in zip(questions, answers):
        addr, name, found_offset, size = answer
        assert (addr, found_offset, size) == (symbol.addr + offset, offset, symbol.size), f"{symbol}: {answer}"
        assert name in names_at[symbol.addr], f"{symbol}: {answer}"


def test_every_text_symbol_s_name_resolves(shell):
    symbols = [symbol for symbol in text_symbols() if symbol.size]
    answers = ask_in_chunks(shell(), sorted({symbol.name for symbol in symbols}))
    found = {(addr, size) for addr, _, offset, size in answers if offset == 0}
    for symbol in symbols:
        assert (symbol.addr, symbol.size) in found, f"{symbol} is not found by name"


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
                           host.BUILD / "tools", "a.o"],
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


def test_many_long_names_take_little_room(tmp_path):
    """36,000 names of 22 characters, as in the image of "make bench": at most 20 bytes each, index and all."""
    source, vmlinux = tmp_path / "symbols.S", tmp_path / "vmlinux"
    with source.open("w", encoding="ascii") as file:
        subprocess.run([sys.executable, host.TOP / "tools/bench_symbols.py", "36000"], stdout=file, check=True)
    names = re.findall(r'^"(.*)":$', source.read_text(encoding="ascii"), re.MULTILINE)
    assert len(set(names)) == 36000
    assert 21 <= sum(map(len, names)) / len(names) <= 24
    subprocess.run([f"{CROSS}gcc", "-m64", "-mbig-endian", "-nostdlib", "-static", "-Wl,-e,0,--build-id=none",
                    "-o", vmlinux, source], check=True)
    table = subprocess.run([host.BUILD / "tools/kallsyms", "-v", "-o", "/dev/null", vmlinux], capture_output=True,
                           text=True, check=True).stdout
    assert float(re.fullmatch(r"kallsyms: 360\d\d symbols, \d+ bytes, ([\d.]+) per symbol\n", table)[1]) <= 20


def test_lookups_in_modules_can_be_measured(stopgap):
    assert stopgap("bench 'in modules'").lines("skipped$")
    result = stopgap(["insmod hello.ko", "bench 'in modules'"])
    assert result.status == 0
    assert len(result.lines(r"^kallsyms_lookup\S* in modules +[\d.]+ ns ")) == 2
