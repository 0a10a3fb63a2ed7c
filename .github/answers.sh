#!/usr/bin/env bash
# answers.sh [FOLDER]: checks the answers of this checkout, or of FOLDER, and writes the board with the lessons to the file that
# $GITHUB_STEP_SUMMARY names, or else to standard output. Ends with 0 when nothing that was attempted is red: what is not written yet is
# not wrong. .github/workflows/answers.yml calls it; it runs anywhere.
set -u
source=$(cd "$(dirname "$0")/.." && pwd) || exit 2
answers=$(cd "${1:-$source}" && pwd) || exit 2
build=$source/build/practice

if [[ ! -x $build/kata ]]; then
    cmake -S "$source" -B "$build" -DCMAKE_BUILD_TYPE=Debug && cmake --build "$build" --target kata || exit 2
fi
"$build/kata" group --board answers="$answers"
status=$?
((status < 2)) || { echo "The answers could not be checked: kata ended with $status." >&2; exit "$status"; }
# GitHub takes a summary of 1 MiB; a longer one would be lost as a whole. Not by way of /dev/stdout: where that is a file, it would be
# opened a second time, and what is printed next would be written over the board.
[[ -z ${GITHUB_STEP_SUMMARY-} ]] || exec >>"$GITHUB_STEP_SUMMARY"
head -c 1000000 "$build/group/board.md"
exit "$status"
