// SPDX-License-Identifier: GPL-2.0
// First pass of "make audit": who calls whom, who raises the use count, and which functions stand in a table that a
// service is given. Each fact is a line of words, each behind a tab, for audit.py.

@initialize:python@
@@
def fact(kind, place, *words):
    print("\t" + "\t".join([kind, place[0].file, place[0].line, *map(str, words)]))

@called exists@
identifier fn, callee;
expression list args;
position p;
@@
fn(...) {
	... when any
	callee@p(args)
	... when any
}

@script:python@
fn << called.fn;
callee << called.callee;
args << called.args;
p << called.p;
@@
fact("called", p, fn, callee, args)

@counting exists@
identifier fn;
position p;
@@
fn@p(...) {
	... when any
	MOD_INC_USE_COUNT;
	... when any
}

@script:python@
fn << counting.fn;
p << counting.p;
@@
fact("counting", p, fn)

@table@
identifier kind, object, member, fn;
position p;
@@
struct kind object = { ..., .member = fn@p, ... };

@script:python@
kind << table.kind;
member << table.member;
fn << table.fn;
p << table.p;
@@
fact("table", p, fn, kind, member)
