#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Fuzz until both a time and a number of runs are reached: campaign.sh SECONDS RUNS FUZZER [OPTION...]
#
# Rounds of at most a minute, each with a seed of its own; the corpus ($CORPUS) grows from round to round. Ends at the
# first finding, whose report is printed.

set -eu
seconds=$1
runs=$2
shift 2
log=$CORPUS.log
end=$(($(date +%s) + seconds))
done_runs=0
round=0

while [ "$done_runs" -lt "$runs" ] || [ "$(date +%s)" -lt "$end" ]; do
	round=$((round + 1))
	left=$((end - $(date +%s)))
	[ "$left" -gt 0 ] && [ "$left" -lt 60 ] || left=60
	if ! "$@" -seed="$round" -max_total_time="$left" "$CORPUS" >"$log" 2>&1; then
		cat "$log"
		echo "fuzz: a finding in round $round"
		exit 1
	fi
	new=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	done_runs=$((done_runs + new))
	echo "fuzz: round $round: $done_runs executions, $(find "$CORPUS" -type f | wc -l) files in the corpus"
done
echo "fuzz: $done_runs executions, no finding"
