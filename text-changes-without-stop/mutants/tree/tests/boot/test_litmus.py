# SPDX-License-Identifier: GPL-2.0
"""The memory models of the explore image show what they promise, no less and no more."""
import pytest

from stopgap import batch


@pytest.mark.parametrize("model", ["sc", "tso", "pso"])
def test_litmus(model):
    done = batch(f"race litmus model={model} n=500", cpus=4, args=["--explore"])
    assert done.status == 0
    assert "WRONG" not in done.out
    assert "IRIW" in done.out
