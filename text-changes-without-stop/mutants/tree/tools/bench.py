#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Measure: from QEMU's start to the prompt, the kernel's share of it, and what its own "bench" command measures.

Each line is "name value unit (median, min..max, n)". Boots are timed here, from the start of the QEMU process to the
first byte of the prompt; the guest's figures are its own. Other load on the host shows in min..max.
"""

import os
import re
import select
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tty
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
QEMU_RUN = str(TOP / "qemu-run.sh")
PROMPT = b"stopgap# "
BOOTS = 11
TRANSFERS = 5
CPUS = 2
LOADED = 32         # modules that are there while another one is loaded,
LOADED_MANY = 64    # and while symbols are looked up in the kernel with very many of them
SECONDS = 300   # for one boot, or for the guest's benchmarks
SOAK_SECONDS = 1800


def show(name, values, unit):
    """Print one line of results."""
    print(f"{name:<32} {statistics.median(values):>10.3f} {unit:<3} "
          f"(median, {min(values):.3f}..{max(values):.3f}, n={len(values)})", flush=True)


def qemu_command():
    """The QEMU command, without qemu-run.sh's own start-up around it."""
    printed = subprocess.run([QEMU_RUN, "--print", "--vof", "-n", str(CPUS)], check=True, stdout=subprocess.PIPE)
    return shlex.split(printed.stdout.decode())


def boot_once(command):
    """Boot to the prompt, then end QEMU. Return: (ms to the prompt, ms of the kernel's own)."""
    start = time.monotonic()
    bounded = ["timeout", "-k", "2", str(SECONDS), *command]
    with subprocess.Popen(bounded, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as qemu:
        console = b""
        while PROMPT not in console:
            some = qemu.stdout.read1()
            if not some:
                sys.exit(f"bench: no prompt within {SECONDS} s; the console was:\n{console.decode(errors='replace')}")
            console += some
        end = time.monotonic()
        qemu.terminate()    # timeout passes it on
    share = re.search(rb"(\d+) us from entry to shell", console)
    if not share:
        sys.exit("bench: the kernel did not say how long it took")
    return (end - start) * 1000, int(share[1]) / 1000


def bench_boot():
    """Time boots with VOF."""
    command = qemu_command()
    boots = [boot_once(command) for _ in range(BOOTS)]
    show("boot: QEMU start to prompt", [total for total, _ in boots], "ms")
    show("boot: entry to prompt", [kernel for _, kernel in boots], "ms")


def build_modules(folder):
    """Build the modules of tests/bench in an empty folder. Return: (the .ko files of its Kbuild, the fillers)."""
    shutil.copytree(TOP / "tests" / "bench", folder, dirs_exist_ok=True)
    names = [f"filler{i:02}" for i in range(LOADED_MANY)]
    with open(Path(folder) / "Kbuild", "a", encoding="ascii") as kbuild:
        for name in names:
            shutil.copy(Path(folder) / "filler.c", Path(folder) / f"{name}.c")
            kbuild.write(f"obj-m += {name}.o\nCFLAGS_{name}.o := -DKBUILD_PREFIX={name}\n")
    output = os.environ.get("O", TOP / "build")
    make = ["make", "-s", "-C", TOP, f"O={output}", f"M={folder}", "modules"]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
    fillers = [Path(folder) / f"{name}.ko" for name in names]
    return sorted(set(Path(folder).glob("*.ko")) - set(fillers)), fillers


def run_guest(commands, modules, image=None, options=()):
    """Boot, run commands, and print what the last one says. Return: the exit status."""
    command = [QEMU_RUN, "-n", str(CPUS), "--timeout", str(SECONDS), *options, "-c", "; ".join(commands)]
    for ko in modules:
        command += ["--module", str(ko)]
    env = {**os.environ, **({"O": str(image)} if image else {})}
    result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=env, check=False)
    console = result.stdout.decode(errors="replace").replace("\r", "")
    print(console.partition(f"stopgap# {commands[-1]}\n")[2], end="", flush=True)
    return result.returncode


def bench_guest():
    """Pass on what the guest's own benchmarks print. Return: the exit status."""
    output = Path(os.environ.get("O", TOP / "build"))
    with tempfile.TemporaryDirectory() as folder:
        modules, fillers = build_modules(folder)
        status = run_guest(["bench"], modules)
        print(f"-- with {LOADED} other modules loaded", flush=True)
        insmods = [f"insmod {ko.name}" for ko in fillers]
        status |= run_guest([*insmods[:LOADED], "bench insmod+rmmod"], modules + fillers[:LOADED])
        print(f"-- in a kernel with very many symbols, with {LOADED_MANY} modules loaded", flush=True)
        subprocess.run([output / "tools" / "kallsyms", "-v", "-o", "/dev/null", output / "bench" / "vmlinux"], check=True)
        status |= run_guest([*insmods, "bench kallsyms"], fillers, image=output / "bench")
    return status


def bench_soak():
    """Load and unload a module very often, in time that counts instructions. Return: the exit status."""
    return run_guest(["modsoak empty.ko slower=10"], [], options=["--icount", "0", "--timeout", str(SOAK_SECONDS)])


def wait_for(fd, text):
    """Read a serial line until some text comes; when nothing does for a second, press return."""
    console = b""
    for _ in range(SECONDS):
        while select.select([fd], [], [], 1)[0]:
            console += os.read(fd, 4096)
            if text in console:
                return
        os.write(fd, b"\r")
    sys.exit(f"bench: no {text!r} within {SECONDS} s")


def serial_line(qemu):
    """The pseudo terminal of a kernel started with --pty, at its prompt."""
    for said in qemu.stdout:
        named = re.search(rb"redirected to (/dev/\S+)", said)
        if named:
            break
    else:
        sys.exit("bench: QEMU names no pseudo terminal")
    fd = os.open(named[1], os.O_RDWR | os.O_NOCTTY)
    tty.setraw(fd)
    wait_for(fd, PROMPT)
    return fd


def send_once(line, path):
    """Send a file to rx. Return: the seconds it took."""
    os.write(line, b"rx\r")
    wait_for(line, b"FILE...")
    start = time.monotonic()
    subprocess.run(["sb", "-k", "-q", path], stdin=line, stdout=line, stderr=subprocess.DEVNULL, check=True)
    seconds = time.monotonic() - start
    wait_for(line, PROMPT)
    return seconds


def bench_rx():
    """Send 200 KiB over the serial line."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(os.urandom(200 << 10))
        file.flush()
        command = [QEMU_RUN, "--pty", "--vof", "--timeout", str(SECONDS)]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT) as qemu:
            line = serial_line(qemu)
            show("rx: 200 KiB from sb -k", [send_once(line, file.name) for _ in range(TRANSFERS)], "s")
            os.write(line, b"\rpoweroff\r")
            qemu.wait()
            os.close(line)


def bench_image():
    """Show the size of what is loaded: text and data, as size(1) counts them."""
    command = qemu_command()
    vmlinux = command[command.index("-kernel") + 1]
    sizes = subprocess.run(["size", vmlinux], check=True, stdout=subprocess.PIPE, text=True).stdout
    text, data = sizes.splitlines()[1].split()[:2]
    print(f"{'image: text + data':<32} {(int(text) + int(data)) / 1024:>10.1f} KiB")


if __name__ == "__main__":
    bench_image()
    bench_boot()
    subprocess.run([sys.executable, TOP / "tools" / "bench_explore.py"], check=True)
    bench_rx()
    sys.exit(bench_guest() | bench_soak())
