# SPDX-License-Identifier: GPL-2.0
"""Explore images from edited sources: a copy of the tree and of what has been built, so that only the edit is compiled."""
import os
import shutil
import subprocess

from stopgap import BUILD, TOP

BUILD_SECONDS = 300
SOURCES = ("arch", "include", "kernel", "tools", "Makefile", "Kbuild", "linker.ld")


def copy_tree(tree):
    """Copy sources, and the explore image, to the folder tree. Modules stay as they were built."""
    for source in SOURCES:
        copy = shutil.copytree if (TOP / source).is_dir() else shutil.copy2
        copy(TOP / source, tree / source)
    shutil.copytree(BUILD / "explore", tree / "build" / "explore", ignore=shutil.ignore_patterns("modules", "lib"))


def replace(path, *texts):
    """Replace texts (old, new, old, new...) in a file, each of which is there once."""
    text = path.read_text()
    for old, new in zip(texts[::2], texts[1::2]):
        assert text.count(old) == 1, f"{path.name} is not what it was: {old}"
        text = text.replace(old, new)
    path.write_text(text)


def build_explore(tree):
    """Bring the image up to date. Return: the build folder, as qemu-run.sh wants it in O."""
    env = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    subprocess.run(["make", "-s", "-j2", "O=build/explore", "EXPLORE=1", "WERROR=1", "vmlinux"], cwd=tree, env=env,
                   check=True, stdin=subprocess.DEVNULL, timeout=BUILD_SECONDS)
    return tree / "build"
