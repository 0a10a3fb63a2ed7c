#!/usr/bin/env bash
# steady.sh BUILD [TIMES [EXPRESSION]]: every wrong and every odd answer of a build folder with gates, TIMES times (10), while four
# processes burn the CPU. Each must end as its gate says, each time. Not for CI: it takes an hour.
set -uo pipefail
[[ -d ${1-} ]] || { sed -n '2,3p' "$0"; exit 2; }
burning=()
for _ in 1 2 3 4; do
    (while kill -0 $$ 2>/dev/null; do :; done) & # not longer than this script, whatever ends it
    burning+=($!)
done
ctest --test-dir "$1" -R "${3:-^gate\.(wrong|odd)\.}" -j4 --schedule-random --repeat "until-fail:${2:-10}" --output-on-failure |
    grep -vE '^ *(Test|Start) |  +Passed  +'
status=${PIPESTATUS[0]}
kill "${burning[@]}"
exit "$status"
