#!/usr/bin/env bash
# verdict.sh [-f CMAKE_FLAG]... [EXERCISE...]   how long a learner waits, for each exercise (default: all of them): from a saved answer to its
# verdict, in milliseconds, once with the stub and once with the reference answer; the median of seven. Of that: the compiler, the
# linker, a start of the executable that only lists its tests, and the tests up to the first red one. Needs Ninja; run it on an idle machine.
set -euo pipefail
tree=$(cd "$(dirname "$0")/../.." && pwd)
flags=()
while [[ ${1-} == -f ]]; do
    flags+=("$2")
    shift 2
done
[[ $# == 0 ]] && mapfile -t exercises < <(cd "$tree/exercises" && ls -d [0-9]*) || exercises=("$@")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build=$work/build

now() { date +%s%3N; }
median() { sort -n | sed -n 4p; }
ninja_log() { tail -n 9 "$build/.ninja_log" | awk -v part="$1" -F'\t' '$4 ~ part { took = $2 - $1 } END { print took + 0 }'; }

one() # ANSWERS EXERCISE: seven rows of milliseconds: compiler, linker, start, tests, all
{
    local file=$work/answers/$2/${2#*_}.cpp program=$build/tests/$2 begin built listed end
    cp "$tree/$1/$2/${2#*_}.cpp" "$file"
    cmake --build "$build" --target "$2" >"$work/log"
    for _ in 1 2 3 4 5 6 7; do
        echo "// saved" >>"$file"
        begin=$(now)
        cmake --build "$build" --target "$2" >"$work/log"
        built=$(now)
        "$program" --gtest_fail_fast >"$work/log" 2>&1 || true # a red verdict is a verdict, too
        end=$(now)
        "$program" --gtest_list_tests >"$work/log"
        listed=$(now)
        echo "$(ninja_log 'cpp[.]o$') $(ninja_log "tests/$2\$") $((listed - end)) $((end - built)) $((end - begin))"
    done
}

mkdir "$work/answers"
for exercise in "${exercises[@]}"; do
    cp -r "$tree/solutions/$exercise" "$work/answers/"
done
cmake -G Ninja -S "$tree" -B "$build" -DKATA_ANSWERS="$work/answers" "${flags[@]}" >"$work/log"
begin=$(now)
cmake --build "$build" --target "${exercises[0]}" >"$work/log"
echo "first build, after configure, of ${exercises[0]}: $(($(now) - begin)) ms"
cmake --build "$build" --target "${exercises[@]}" >"$work/log"
printf '%-22s %-10s %9s %7s %6s %6s %6s\n' exercise answer compiler linker start tests all
for exercise in "${exercises[@]}"; do
    for answers in exercises solutions; do
        one "$answers" "$exercise" >"$work/rows"
        printf '%-22s %-10s' "$exercise" "$answers"
        for column in 1 2 3 4 5; do
            printf ' %*s' "$((column == 1 ? 9 : column == 2 ? 7 : 6))" "$(cut -d' ' -f"$column" "$work/rows" | median)"
        done
        echo
    done
done
