// SPDX-License-Identifier: GPL-2.0
// Second pass of "make audit": the rules for a function that others reach by name, under the big kernel lock. Matches
// in all functions are printed, a line of words each behind a tab; audit.py knows which functions count and which
// calls may sleep.

@initialize:python@
@@
def match(rule, place, *words):
    print("\t" + "\t".join([rule, place[0].file, place[0].line, *map(str, words)]))

// A call that can be reached before the use count has risen.
@early exists@
identifier fn, callee;
expression list args;
position p;
@@
fn(...) {
	... when != MOD_INC_USE_COUNT;
	    when any
	callee@p(args)
	... when any
}

@script:python@
fn << early.fn;
callee << early.callee;
args << early.args;
p << early.p;
@@
match("early", p, fn, callee, args)

// A success without a use.
@uncounted exists@
identifier fn;
position p;
@@
fn(...) {
	... when != MOD_INC_USE_COUNT;
	    when any
	return@p 0;
}

@script:python@
fn << uncounted.fn;
p << uncounted.p;
@@
match("uncounted", p, fn)

// A failure that keeps the use: an errno returned as it stands,
@direct exists@
identifier fn;
expression e;
position p;
@@
fn(...) {
	... when any
	MOD_INC_USE_COUNT;
	... when != MOD_DEC_USE_COUNT;
	    when any
(
	return@p -e;
|
	return@p ERR_PTR(...);
|
	return@p NULL;
)
}

@script:python@
fn << direct.fn;
p << direct.p;
@@
match("leak", p, fn)

// or put into a variable first,
@assigned exists@
identifier fn, ret;
expression e, other;
position p;
@@
fn(...) {
	... when any
	MOD_INC_USE_COUNT;
	... when != MOD_DEC_USE_COUNT;
	    when any
	ret = -e
	... when != MOD_DEC_USE_COUNT;
	    when != ret = other
	    when any
	return@p ret;
}

@script:python@
fn << assigned.fn;
p << assigned.p;
@@
match("leak", p, fn)

// or passed on from below.
@passed exists@
identifier fn, ret;
expression other;
position p;
@@
fn(...) {
	... when any
	MOD_INC_USE_COUNT;
	... when != MOD_DEC_USE_COUNT;
	    when any
(
	if (ret) {
		... when != MOD_DEC_USE_COUNT;
		    when != ret = other
		return@p ret;
	}
|
	if (ret < 0) {
		... when != MOD_DEC_USE_COUNT;
		    when != ret = other
		return@p ret;
	}
)
	... when any
}

@script:python@
fn << passed.fn;
p << passed.p;
@@
match("leak", p, fn)
