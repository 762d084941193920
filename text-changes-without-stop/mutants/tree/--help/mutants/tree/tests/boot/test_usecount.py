# SPDX-License-Identifier: GPL-2.0
"""The run-time check of use counts: one report for each mistake, at its first execution, on one CPU; none without."""

import pytest

WRONG = [
    ("insmod foo_wrong.ko; open foo; close 3; open foo; close 3; rmmod foo_wrong",
     r"foo_wrong: open_foo\+0x[0-9a-f]+ sleeps in kmalloc with use count 0; the big kernel lock is dropped here$"),
    ("insmod foo_leak.ko; open foo; open foo; open foo; close 3",
     r"foo_leak: open_foo failed \(err -16\) and left the use count raised by 1$"),
    ("insmod inet6.ko; socket inet6; close 3; socket inet6; close 3; rmmod inet6",
     r"inet6: inet6_create entered by name through socket without the big kernel lock$"),
    ("insmod foo_dec.ko; open foo; close 3; open foo; close 3",
     r"foo_dec: release_foo\+0x[0-9a-f]+ lowers a use count that is 0: MOD_DEC_USE_COUNT without MOD_INC_USE_COUNT$"),
    ("insmod foo_uncounted.ko; open foo; rmmod foo_uncounted", r"foo_uncounted: unloaded with 1 token out$"),
    ("service close lock=none; insmod foo_right.ko; open foo; close 3; open foo; close 3; rmmod foo_right",
     r"foo_right: release_foo\+0x[0-9a-f]+ lowers the use count to 0 without the big kernel lock, "
     r"and has still to return$"),
]

RIGHT = ("insmod foo_right.ko; open foo; open foo; read 3; close 3; rmmod foo_right; insmod foo_rw.ko; open rw; "
         "write 3 a; read 3; close 3; rmmod foo_rw; insmod foo_lib.ko; insmod foo_user.ko; open user; read 3; close 3; "
         "insmod foofs.ko; statfs foo; mount foo a; umount a; rmmod foofs; service socket lock=bkl; insmod inet6.ko; "
         "socket inet6; write 3 a; read 3; close 3; rmmod inet6 foo_user foo_lib")


@pytest.mark.parametrize("commands, report", WRONG)
def test_a_mistake_is_reported_once(stopgap, commands, report):
    result = stopgap(f"era 2000; {commands}; usecount", cpus=1)
    assert result.lines(r"usecount: " + report)
    assert result.lines("^usecount: on, 1 reports$")
    assert len(result.lines("^.*Call Trace:")) == 1


@pytest.mark.parametrize("pressure", ["reclaim every=0", "reclaim every=1"])
def test_correct_modules_are_not_reported(stopgap, pressure):
    result = stopgap(f"era 2000; {pressure}; {RIGHT}; usecount", cpus=1)
    assert result.lines("^usecount: on, 0 reports$")


def test_a_caller_that_counts_makes_the_wrong_module_right(stopgap):
    result = stopgap("era 2003; insmod foo_wrong.ko; open foo; close 3; rmmod foo_wrong; insmod inet6.ko; socket inet6; "
                     "close 3; rmmod inet6; usecount", cpus=1)
    assert result.status == 0
    assert result.lines("^usecount: on, 0 reports$")


def test_correct_modules_under_stress(stopgap):
    """Without the big kernel lock let go in stop_machine() this does not end."""
    result = stopgap("callstress secs=1", cpus=4)
    assert result.status == 0
    assert result.lines(r"^callstress: [1-9]\d* opened, .* 0 still in use, 0 objects lost, 0 reports$")


def test_it_can_be_switched_off(stopgap):
    result = stopgap("era 2000; insmod foo_wrong.ko; open foo; close 3; usecount; usecount on; open foo; close 3; "
                     "usecount forget; open foo; close 3; usecount; usecount maybe", cpus=1, params="usecount.validate=0")
    assert result.lines("^usecount: off, 0 reports$")
    assert result.lines("^usecount: on, 2 reports$")
    assert result.lines("^usage: usecount")
