#!/bin/sh
# verdict.sh EXERCISE [ANSWERS]: how long a learner waits. Prints the seconds from a saved answer to its verdict, the median of
# seven, and those of the first build of one exercise in an empty folder. ANSWERS: solutions (default) or exercises.
set -eu
exercise=${1:?usage: verdict.sh EXERCISE [ANSWERS]}
source=$(cd "$(dirname "$0")/../.." && pwd)
short=${exercise#*_}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/answers"
cp -r "$source/${2:-solutions}/$exercise" "$work/answers/"
cmake -S "$source" -B "$work/build" -DKATA_ANSWERS="$work/answers" >"$work/log"

seconds() { # COMMAND...: its wall time; a red verdict is a verdict, too
    start=$(date +%s%N)
    "$@" >"$work/log" 2>&1 || true
    end=$(date +%s%N)
    awk "BEGIN { printf \"%.3f\\n\", ($end - $start) / 1e9 }"
}
verdict() {
    cmake --build "$work/build" --target "$exercise" && ctest --test-dir "$work/build" --stop-on-failure -R "^$exercise"
}

echo "first build of $exercise, after configure: $(seconds cmake --build "$work/build" --target "$exercise") s"
seconds verdict >/dev/null # ctest's first look at the tests is not what a learner waits for each time
for i in 1 2 3 4 5 6 7; do
    echo "// change $i" >>"$work/answers/$exercise/$short.cpp"
    seconds verdict
done | sort -n | sed -n 4p | sed "s/^/save to verdict of $exercise, median of seven: /;s/\$/ s/"
