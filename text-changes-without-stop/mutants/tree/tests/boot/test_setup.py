# SPDX-License-Identifier: GPL-2.0
"""tools/setup.sh on a machine that lacks something."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

import stopgap as host

NOBODY = 65534


@pytest.fixture
def tools():
    """A copy of the script, to be given package lists of its own, that every user may read."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        shutil.copy(host.TOP / "tools/setup.sh", folder)
        yield Path(folder)


def run_setup(folder, packages, *groups):
    """Run setup.sh as someone who may not install packages."""
    (folder / "packages.txt").write_text(packages, encoding="ascii")
    user = ["setpriv", f"--reuid={NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
    return subprocess.run([*user, "sh", str(folder / "setup.sh"), *groups], env={"PATH": "/usr/bin:/bin"}, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


def test_nothing_is_said_when_all_is_there(tools):
    result = run_setup(tools, "# comment\nbase sh /bin/sh\ngdb missing-debugger /no/such/file\n")
    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("sudo") is not None and os.getuid() != 0, reason="might install packages")
def test_the_line_to_run_is_said_and_the_status_is_2(tools):
    packages = "base one /no/such/file\nbase sh /bin/sh\nbase two /no/such/file\ngdb three /no/such/file\n"
    result = run_setup(tools, packages)
    assert result.returncode == 2
    assert "\n    apt-get install --no-install-recommends one two\n" in result.stdout
    assert run_setup(tools, packages, "base", "gdb").stdout.endswith(" one two three\n")


def test_every_package_of_the_list_is_named_with_its_file():
    lines = (host.TOP / "tools/packages.txt").read_text(encoding="ascii").splitlines()
    entries = [line.split() for line in lines if line and not line.startswith("#")]
    assert all(len(entry) == 3 and entry[2].startswith("/") for entry in entries)
    assert len({entry[1] for entry in entries}) == len(entries) > 10
