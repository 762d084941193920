# SPDX-License-Identifier: GPL-2.0
"""gdb commands that know the kernel's own data. Loaded by init.gdb."""

import struct
from pathlib import Path

import gdb

SHT_NOBITS = 8
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
# As kernel/module/layout.c has it.
NOT_LOADED = (".modinfo", "__versions")
THIS_MODULE, THIS_MODULE_ALIGN = ".gnu.linkonce.this_module", 128


def elf_sections(path):
    """The section headers of a big-endian ELF64 file, as (name, type, flags, size, alignment)."""
    image = path.read_bytes()
    table, = struct.unpack_from(">Q", image, 40)
    count, names_index = struct.unpack_from(">HH", image, 60)
    headers = [struct.unpack_from(">IIQQQQIIQQ", image, table + 64 * i) for i in range(count)]
    names = headers[names_index][4]
    for name, kind, flags, _, _, size, _, _, align, _ in headers:
        start = names + name
        yield image[start:image.index(b"\0", start)].decode(), kind, flags, size, align


def section_addresses(path, layout):
    """Where the loader puts a module's sections: (name, address), the text first."""
    sections = [section for section in elf_sections(path) if section[2] & SHF_ALLOC and section[0] not in NOT_LOADED]
    parts = [
        (0, lambda kind, flags: flags & SHF_EXECINSTR),
        (int(layout["text_size"]), lambda kind, flags: not flags & (SHF_EXECINSTR | SHF_WRITE)),
        (int(layout["ro_size"]), lambda kind, flags: flags & SHF_WRITE and kind != SHT_NOBITS),
        (None, lambda kind, flags: flags & SHF_WRITE and kind == SHT_NOBITS),
    ]
    offset = 0
    for start, belongs in parts:
        offset = offset if start is None else start
        for name, kind, flags, size, align in sections:
            if not belongs(kind, flags):
                continue
            align = THIS_MODULE_ALIGN if name == THIS_MODULE else max(align, 1)
            offset = -(-offset // align) * align
            yield name, int(layout["base"]) + offset
            offset += size


def loaded_modules():
    """The struct modules on the kernel's list."""
    head = gdb.parse_and_eval("&modules")
    module_type = gdb.lookup_type("struct module")
    list_offset = next(field.bitpos // 8 for field in module_type.fields() if field.name == "list")
    entry = head["next"]
    while entry != head:
        yield (entry.cast(gdb.lookup_type("char").pointer()) - list_offset).cast(module_type.pointer())
        entry = entry["next"]


class ModuleSymbols(gdb.Command):
    """Tell gdb about the loaded modules: module-symbols [FOLDER...]

Looks for NAME.ko.debug below the kernel's own folder and below each FOLDER, and adds its symbols where the kernel
has loaded the module. To be repeated when modules come and go."""

    def __init__(self):
        super().__init__("module-symbols", gdb.COMMAND_FILES)
        self.added = []     # what to take back next time: an address in each

    def invoke(self, argument, from_tty):
        vmlinux = Path(gdb.objfiles()[0].filename)
        folders = [vmlinux.parent, *map(Path, gdb.string_to_argv(argument))]
        while self.added:
            gdb.execute(f"remove-symbol-file -a {self.added.pop():#x}")
        for module in loaded_modules():
            name = module["name"].string()
            files = [file for folder in folders for file in folder.glob("**/*.ko.debug")
                     if file.name.replace("-", "_") == f"{name}.ko.debug"]
            if not files:
                print(f"{name}: no {name}.ko.debug below {', '.join(map(str, folders))}")
                continue
            places = list(section_addresses(files[0], module["core_layout"]))
            gdb.execute(f"add-symbol-file {files[0]} " + " ".join(f"-s {section} {address:#x}"
                        for section, address in places), to_string=True)
            self.added.append(places[0][1])
            print(f"{name}: {files[0]} at {int(module['core_layout']['base']):#x}")


ModuleSymbols()
