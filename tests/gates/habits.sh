#!/usr/bin/env bash
# habits.sh FUNCTION TREE: as content.sh, for how our sources are written.
. "$(dirname "$0")/tree.sh"

# The code of the tests: not the lab, whose shims name the calls that others must not make, not the wrong answers, and not these
# checks. Lines that are nothing but a comment may name anything.
test_code() # PATTERN
{
    files 'tests/*.cpp' 'tests/*.h' 'tests/*.sh' 'tests/*.py' 'tests/*.cmake' ':!tests/lab' ':!tests/*/wrong/*' ':!tests/*/memory/*' ':!tests/*/races/*' ':!tests/gates' |
        xargs -rd '\n' grep -nHE "$1" | grep -vE '^[^:]+:[0-9]+: *(//|#)'
}

complain_about() # WHAT < FILE:LINE:TEXT
{
    local file line
    while IFS=: read -r file line _; do
        complain "$file:$line" "$1"
    done
}

# A test waits for events, never for time. An odd answer may: it is an answer, and its time is scripted.
check_no_sleep()
{
    complain_about "sleeps; wait for an event of the learner or of the kernel" < <(
        test_code '\<(u?sleep|sleep_for|sleep_until|(clock_)?nanosleep) *\(|\<p?poll\((nullptr|NULL), *0|\<sleep +[0-9]' | grep -v '^tests/[^/]*/odd/')
}

# A test lets the kernel choose its ports. 02_address reads and writes such texts; it never binds them.
check_no_fixed_port()
{
    local port='(10(2[4-9]|[3-9][0-9])|1[1-9][0-9]{2}|[2-9][0-9]{3}|[1-6][0-9]{4})'
    complain_about "fixes a port; bind port 0 and ask which one it became" < <(
        test_code "htons\\( *($port|0x[0-9A-Fa-f]+) *\\)|\"(127[0-9.]+|0\\.0\\.0\\.0|\\[::1?\\]|localhost):$port\"" | grep -v '^tests/02_address/')
}

# No test is switched off, and none is skipped without a reason.
check_no_disabled()
{
    complain_about "is disabled, or skipped without a reason" < <(test_code '\<DISABLED_|GTEST_SKIP\(\) *;')
}

# A bare condition tells a learner nothing: it has words of its own, or is one of the lab's, which has.
check_words()
{
    complain_about "asks for a bare condition; say in words what is expected" < <(
        files 'tests/[0-9]*_test.cpp' 'tests/[0-9]*.h' | xargs -rd '\n' awk '
            FNR == 1 { all = "" }
            all == "" && /(EXPECT|ASSERT)_(TRUE|FALSE)\(/ { first = FNR; all = " " }
            all != "" { all = all $0 }
            all != "" && /;/ {
                if (all !~ /<<|_TRUE\([a-z_]*\.(paused|asleep_in|interrupts)\(/)
                    print FILENAME ":" first ":" all
                all = ""
            }')
}

# Versions format and judge differently; one of them is ours.
llvm_tool() # NAME
{
    command -v "$1-14" || { "$1" --version 2>/dev/null | grep -q 'version 14\.' && echo "$1"; }
}

# Every source, wrong and odd answers and stubs too, is as clang-format writes it.
check_format()
{
    local tool file
    tool=$(llvm_tool clang-format) || skip "$1 needs clang-format, version 14"
    while IFS= read -r file; do
        complain "$file" "is not as clang-format -i would write it"
    done < <(files '*.cpp' '*.h' | xargs -rd '\n' -P2 -n50 "$tool" --dry-run -Werror 2>&1 | grep -oP '^[^:]+(?=:\d+:\d+: error:)' | sort -u)
}

# clang-tidy finds nothing in the lab, in kata, the reference answers and the programs (the rules: .clang-tidy). Needs no build folder.
in_one_piece() { sed "s|.*|#include \"$PWD/&\" // NOLINT(bugprone-suspicious-include)|" >"$scratch/$1.cpp"; }
check_tidy()
{
    local tool line
    tool=$(llvm_tool clang-tidy) || skip "$1 needs clang-tidy, version 14"
    [[ -f /usr/include/gtest/gtest.h ]] || skip "$1 needs GoogleTest in /usr/include"
    # The lab and kata in one piece each: that takes seconds, not minutes. Whole paths: HeaderFilterRegex knows those.
    files 'tests/lab/*.cpp' ':!tests/lab/tests/*' | in_one_piece lab
    files 'tests/coach/*.cpp' ':!tests/coach/tests/*' ':!tests/coach/kata.cpp' | in_one_piece kata
    while IFS= read -r line; do
        line=${line#"$PWD/"}
        complain "${line%%: error:*}" "${line#*: error: }"
    done < <({ find "$scratch" -name '*.cpp' -size +0; files 'solutions/*.cpp' 'exercises/*/main.cpp'; } |
             xargs -rd '\n' -P2 -I{} "$tool" --quiet --config-file=.clang-tidy {} -- -std=c++20 -Wall -pthread -Iexercises -Itests '-DLAB_ANSWERS=""' 2>/dev/null |
             grep ' error: ' | sort -u)
}

# The rooms of the lab and of kata (tests/lab/README.md, tests/coach/README.md): what a room may include, besides itself. The door, which
# is the files of tests/lab itself, may include every room, and no room includes the door.
declare -A may_include=([flight]='' [machine]='' [words]='flight' [remarks]='flight words' [inside]='flight machine' [watch]='flight machine words inside'
                        [tell]='flight words remarks inside watch' [peers]='flight machine words watch tell'
                        [script]='flight machine words remarks inside watch tell peers'
                        [terminal]='' [tree]='terminal' [judge]='terminal tree' [group]='terminal tree judge'
                        [commands]='terminal tree judge group')
check_rooms()
{
    local file line house room other
    while IFS=: read -r file line; do
        house=${file#tests/} house=${house%%/*}
        room=${file#tests/"$house"/} other=${line#*\""$house"/}
        [[ $room == */* ]] || continue
        room=${room%%/*}
        [[ ${may_include[$room]+known} ]] || { complain "$file" "stands in a room that tests/gates/habits.sh does not know"; continue; }
        [[ $other == */* ]] || { complain "$file" "includes the door of its house, ${other%\"*}"; continue; }
        other=${other%%/*}
        [[ " $room ${may_include[$room]} " == *" $other "* ]] || complain "$file" "stands in $room/, which may not include $other/"
    done < <(files 'tests/lab/*.cpp' 'tests/lab/*.h' 'tests/coach/*.cpp' 'tests/coach/*.h' ':!tests/lab/tests/*' ':!tests/coach/tests/*' |
             xargs -rd '\n' grep -HE '^#include "(lab|coach)/')
}

run_check "$@"
