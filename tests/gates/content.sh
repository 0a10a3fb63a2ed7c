#!/usr/bin/env bash
# content.sh FUNCTION TREE: one check on the content of the source tree TREE. Prints "FILE: what is wrong" for each finding and then
# ends with 1; with 77 when the check was skipped. Each function check_NAME here is the test gate.content.NAME.
. "$(dirname "$0")/tree.sh"

# The exercises that any of the three trees or tests/CMakeLists.txt knows.
exercises()
{
    { files 'exercises/[0-9]*/*' 'solutions/[0-9]*/*' 'tests/[0-9]*/*' | cut -d/ -f2
      grep -oE '^kata_exercise\([^ )]+' tests/CMakeLists.txt | cut -d'(' -f2; } | sort -u
}

# Each exercise is complete, and the three trees and tests/CMakeLists.txt know the same exercises.
check_exercises()
{
    local name short file suite
    for name in $(exercises); do
        short=${name#*_}
        for file in exercises/$name/{README.md,HINTS.md,$short.h,$short.cpp} solutions/$name/$short.cpp tests/$name/${short}_test.cpp; do
            [[ -f $file ]] || complain "$file" "is missing"
        done
        for file in "tests/$name"/*.cpp; do
            [[ $file == *_test.cpp || $file == */rest.cpp || ! -f $file ]] || complain "$file" "is not built: tests stand in files named *_test.cpp, and what wrong answers share in rest.cpp"
        done
        for suite in Works Robust Hostile; do
            grep -qsE "^TEST(_F|_P)?\($suite, " "tests/$name"/*_test.cpp || complain "tests/$name/${short}_test.cpp" "has no test in suite $suite"
        done
        [[ $(grep -cs '^<details>' "exercises/$name/HINTS.md") == 3 && $(grep -cs '^</details>' "exercises/$name/HINTS.md") == 3 ]] ||
            complain "exercises/$name/HINTS.md" "must have three hints, each in <details> ... </details>"
        [[ $name == 14_code_review ]] || grep -qs 'not_written()' "exercises/$name/$short.cpp" || # 14 is code to repair
            complain "exercises/$name/$short.cpp" "a stub must call not_written()"
        grep -qE "^kata_exercise\(${name}[ )]" tests/CMakeLists.txt || complain tests/CMakeLists.txt "has no line kata_exercise($name ...)"
    done
    grep '^kata_exercise(' tests/CMakeLists.txt | sort -Cu || complain tests/CMakeLists.txt "the lines kata_exercise(...) must stand in learning order"
}

# Each wrong answer says what is wrong and which test kills it, each odd one what is odd, and there are enough of both.
check_answers()
{
    local name file count line
    read_tests
    for name in $(exercises); do
        count=(0 0)
        for file in $(files "tests/$name/wrong/*.cpp"); do
            mapfile -t -n 3 line <"$file"
            [[ ${line[0]-} =~ ^//\ Mistake:\ . && ${line[1]-} =~ ^//\ Caught\ by:\ . && ${line[2]-} =~ ^//\ Says:\ . ]] ||
                complain "$file" "must start with the three lines // Mistake:, // Caught by:, // Says:"
            [[ ${is_test[$name.${line[1]#// Caught by: }]-} ]] || complain "$file" "\"${line[1]#// }\" names no test of $name"
            count[0]=$((count[0] + 1))
        done
        for file in $(files "tests/$name/odd/*.cpp"); do
            mapfile -t -n 1 line <"$file"
            [[ ${line[0]-} =~ ^//\ Odd:\ . ]] || complain "$file" "must start with the line // Odd:"
            count[1]=$((count[1] + 1))
        done
        ((count[0] >= 8)) || complain "tests/$name/wrong" "holds ${count[0]} wrong answers; 8 are the least"
        ((count[1] >= 3)) || complain "tests/$name/odd" "holds ${count[1]} odd answers; 3 are the least"
    done
}

# The top level holds what the design names, and nothing else.
check_top_level()
{
    local name
    for name in $(files | cut -d/ -f1 | sort -u); do
        case $name in
        CMakeLists.txt | CMakePresets.json | LICENSE | README.md | QUESTIONS.md | exercises | solutions | tests | .*) ;;
        *) complain "$name" "does not belong to the top level" ;;
        esac
    done
}

# A file is short enough to be read: 250 lines, a contract 60, a reference answer 120.
check_sizes()
{
    local file lines most
    while read -r lines file; do
        case $file in
        total) continue ;;
        exercises/*/*.h) most=60 ;;
        solutions/*) most=120 ;;
        *) most=250 ;;
        esac
        ((lines <= most)) || complain "$file" "has $lines lines; $most are the most"
    done < <(files '*.cpp' '*.h' '*.cmake' '*CMakeLists.txt' '*.sh' .ci/run | xargs -rd '\n' wc -l)
}

# The README shows two commands, and the second is, word by word, the one that .ci/run runs.
check_commands()
{
    local line in_block='' shown=()
    while IFS= read -r line; do
        [[ $line == '```'* ]] && in_block=${line#'```'}
        [[ $in_block == sh && $line == *'cmake --workflow --preset '* ]] && shown+=("$line")
    done <README.md
    [[ ${#shown[@]} == 2 && ${shown[0]} == *'--preset practice' && ${shown[1]} == *'--preset solutions' ]] ||
        complain README.md "must show two commands in blocks of sh: one with --preset practice, then one with --preset solutions"
    line=$(.ci/run --command)
    [[ ${shown[1]-} == "$line" ]] || complain .ci/run "runs \"$line\", and not the second command of README.md"
}

# Each link in a *.md leads to a file of the tree that exists, and each #anchor to a heading that exists.
check_links()
{
    local page rest link target path
    while IFS= read -r page; do
        while IFS= read -r rest; do
            while [[ $rest =~ \]\(([^\)]+)\)(.*) ]]; do
                link=${BASH_REMATCH[1]} rest=${BASH_REMATCH[2]}
                [[ $link =~ ^[a-z]+: ]] && continue # https:, mailto:
                path=${link%%#*}
                target=$page
                [[ $path == '' ]] || target=$(realpath -m --relative-to=. "$(dirname "$page")/$path")
                if [[ ! -e $target || $target == ..* ]]; then
                    complain "$page" "links to $link, which does not exist"
                elif [[ $link == *'#'* ]]; then
                    read_anchors "$target"
                    [[ ${anchors[$target]} == *" ${link#*#} "* ]] || complain "$page" "links to $link, and there is no such heading"
                fi
            done
        done < <(prose "$page")
    done < <(files '*.md')
}

prose() # PAGE: its headings and the lines with links, without code, in which # is no heading and brackets are no link
{
    local line in_block=0
    while IFS= read -r line; do
        [[ $line == '```'* ]] && in_block=$((1 - in_block))
        [[ $in_block == 0 && ($line == '#'* || $line == *']('*) ]] || continue
        while [[ $line =~ ^([^\`]*)\`[^\`]*\`(.*) && $line != '#'* ]]; do
            line=${BASH_REMATCH[1]}${BASH_REMATCH[2]}
        done
        echo "$line"
    done <"$1"
}

declare -A anchors
read_anchors() # PAGE: sets anchors[PAGE] to those of its headings, as GitHub makes them
{
    local line name
    [[ ${anchors[$1]-} ]] && return
    anchors[$1]=' '
    while IFS= read -r line; do
        [[ $line =~ ^#+\ +(.*) ]] || continue
        name=${BASH_REMATCH[1],,}
        name=${name//[^[:alnum:] _-]/}
        anchors[$1]+="${name// /-} "
    done < <(prose "$1")
}

run_check "$@"
