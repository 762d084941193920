# SPDX-License-Identifier: GPL-2.0
"""As much of an ELF file as the scripts here need. Big-endian 64-bit files only."""

import struct
from dataclasses import dataclass

SHN_UNDEF = 0
SHT_SYMTAB, SHT_RELA, SHT_NOBITS = 2, 4, 8


@dataclass
class Section:
    """A section header."""

    name: str
    kind: int
    addr: int
    offset: int
    size: int
    link: int
    info: int


class Elf:
    """An ELF file in memory, with its sections and symbols: (name, section index, value)."""

    def __init__(self, path):
        self.data = path.read_bytes()
        if self.data[:6] != b"\x7fELF\x02\x02":
            raise ValueError("not a big-endian 64-bit ELF file")
        self.relocatable = self.unpack(">H", 16) == (1,)
        shoff, = self.unpack(">Q", 40)
        count, names = self.unpack(">HH", 60)
        headers = [self.unpack(">IIQQQQIIQQ", shoff + 64 * i) for i in range(count)]
        strings = headers[names][4]
        self.sections = [Section(self.string(strings + h[0]), h[1], *h[3:8]) for h in headers]
        self.symbols = list(self.read_symbols())

    def section_name(self, index):
        """The name of a section; of a symbol that is in none, an empty one."""
        return self.sections[index].name if index < len(self.sections) else ""

    def contents(self, name):
        """The bytes of a section, none if it is not there."""
        found = [s for s in self.sections if s.name == name and s.kind != SHT_NOBITS]
        return self.data[found[0].offset:found[0].offset + found[0].size] if found else b""

    def unpack(self, form, offset):
        return struct.unpack_from(form, self.data, offset)

    def string(self, offset):
        return self.data[offset:self.data.index(b"\0", offset)].decode("ascii", "replace")

    def read_symbols(self):
        for table in (s for s in self.sections if s.kind == SHT_SYMTAB):
            strings = self.sections[table.link].offset
            for offset in range(table.offset, table.offset + table.size, 24):
                name, _, _, index, value, _ = self.unpack(">IBBHQQ", offset)
                yield self.string(strings + name), index, value

    def at(self, addr):
        """The place in a linked file of what will be at an address."""
        for s in self.sections:
            if s.addr and s.kind != SHT_NOBITS and s.addr <= addr < s.addr + s.size:
                return s.offset + addr - s.addr
        raise ValueError(f"nothing is at {addr:#x}")

    def relocations(self, index):
        """Relocations of a section: {offset: place in the file of what is pointed at}."""
        found = {}
        for s in self.sections:
            if s.kind != SHT_RELA or s.info != index:
                continue
            for entry in range(s.offset, s.offset + s.size, 24):
                offset, info, addend = self.unpack(">QQq", entry)
                _, target, value = self.symbols[info >> 32]
                if target < len(self.sections):
                    found[offset] = self.sections[target].offset + value + addend
        return found
