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
    local name short file suite line
    local -A seen opened closed # a grep for each exercise and word would be three seconds
    while IFS= read -r line; do
        seen[$line]=1
    done < <(grep -osE '^TEST(_F|_P)?\((Works|Robust|Hostile),' tests/[0-9]*/*_test.cpp | sed -E 's|^tests/([^/]*)/.*\((.*),$|\1 \2|' | sort -u
             grep -ls 'not_written()' exercises/[0-9]*/*.cpp
             grep -oE '^kata_exercise\([^ )]+' tests/CMakeLists.txt)
    while IFS=: read -r file line; do opened[$file]=$line; done < <(grep -cs '^<details>' exercises/*/HINTS.md)
    while IFS=: read -r file line; do closed[$file]=$line; done < <(grep -cs '^</details>' exercises/*/HINTS.md)
    for name in $(exercises); do
        short=${name#*_}
        for file in exercises/$name/{README.md,HINTS.md,$short.h,$short.cpp} solutions/$name/$short.cpp tests/$name/${short}_test.cpp; do
            [[ -f $file ]] || complain "$file" "is missing"
        done
        for file in "tests/$name"/*.cpp; do
            [[ $file == *_test.cpp || $file == */rest.cpp || ! -f $file ]] || complain "$file" "is not built: tests stand in files named *_test.cpp, and what wrong answers share in rest.cpp"
        done
        for suite in Works Robust Hostile; do
            [[ ${seen["$name $suite"]-} ]] || complain "tests/$name/${short}_test.cpp" "has no test in suite $suite"
        done
        file=exercises/$name/HINTS.md
        [[ ${opened[$file]-} == 3 && ${closed[$file]-} == 3 ]] || complain "$file" "must have three hints, each in <details> ... </details>"
        file=exercises/$name/$short.cpp
        [[ $name == 14_code_review || ${seen[$file]-} ]] || complain "$file" "a stub must call not_written()" # 14 is code to repair
        [[ ${seen["kata_exercise($name"]-} ]] || complain tests/CMakeLists.txt "has no line kata_exercise($name ...)"
    done
    grep '^kata_exercise(' tests/CMakeLists.txt | sort -Cu || complain tests/CMakeLists.txt "the lines kata_exercise(...) must stand in learning order"
}

# Each wrong answer says what is wrong and which test kills it, each odd one what is odd, and there are enough of both.
check_answers()
{
    local name file line
    local -A count
    read_tests
    while IFS= read -r file; do
        name=${file#tests/} name=${name%%/*}
        mapfile -t -n 3 line <"$file"
        if [[ $file != */odd/* ]]; then
            [[ ${line[0]-} =~ ^//\ Mistake:\ . && ${line[1]-} =~ ^//\ Caught\ by:\ . && ${line[2]-} =~ ^//\ Says:\ . ]] ||
                complain "$file" "must start with the three lines // Mistake:, // Caught by:, // Says:"
            [[ ${is_test[$name.${line[1]#// Caught by: }]-} ]] || complain "$file" "\"${line[1]#// }\" names no test of $name"
        else
            [[ ${line[0]-} =~ ^//\ Odd:\ . ]] || complain "$file" "must start with the line // Odd:"
        fi
        count[${file%/*}]=$((${count[${file%/*}]-0} + 1))
    done < <(files 'tests/[0-9]*/wrong/*.cpp' 'tests/[0-9]*/memory/*.cpp' 'tests/[0-9]*/races/*.cpp' 'tests/[0-9]*/odd/*.cpp')
    for name in $(exercises); do
        ((${count[tests/$name/wrong]-0} >= 8)) || complain "tests/$name/wrong" "holds ${count[tests/$name/wrong]-no} wrong answers; 8 are the least"
        ((${count[tests/$name/odd]-0} >= 3)) || complain "tests/$name/odd" "holds ${count[tests/$name/odd]-no} odd answers; 3 are the least"
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

# Each link in a *.md leads to a file of the tree that exists, and each #anchor to a heading that exists, in GitHub's spelling. In code,
# # is no heading, and brackets are no link.
check_links()
{
    local page what
    while IFS=$'\t' read -r page what; do
        complain "$page" "$what"
    done < <(files >"$scratch/tree"; files '*.md' | xargs -rd '\n' awk '
        FNR == NR { do exists[$0]; while (sub("/[^/]*$", "")); next } # each file, and the folders in which it stands
        FNR == 1 { in_block = 0; folder = FILENAME; if (!sub("/[^/]*$", "", folder)) folder = "" }
        /^```/ { in_block = !in_block }
        in_block { next }
        /^#/ {
            name = tolower($0); sub(/^#+ +/, "", name); gsub(/[^a-z0-9 _-]/, "", name); gsub(/ /, "-", name)
            anchor[FILENAME "#" name]
        }
        !/^#/ { gsub(/`[^`]*`/, "") }
        {
            for (rest = $0; match(rest, /\]\([^)]+\)/); rest = substr(rest, RSTART + RLENGTH))
                if ((link = substr(rest, RSTART + 2, RLENGTH - 3)) !~ /^[a-z]+:/) # https:, mailto:
                    links[++count] = FILENAME "\t" link "\t" target(link)
        }
        function target(link,    path, part, n, i, at) # from the root of the tree; out of it: "../"
        {
            path = link; sub(/#.*/, "", path)
            if (path == "") return FILENAME
            n = split(folder "/" path, part, "/"); at = ""
            for (i = 1; i <= n; i++)
                if (part[i] == "..") { if (!sub("(^|/)[^/]+$", "", at)) return "../" }
                else if (part[i] != "" && part[i] != ".") at = at (at == "" ? "" : "/") part[i]
            return at
        }
        END {
            for (i = 1; i <= count; i++) {
                split(links[i], is, "\t"); name = is[2] # is: page, link, target
                if (!(is[3] in exists)) print is[1] "\tlinks to " name ", which does not exist"
                else if (sub(/^[^#]*#/, "", name) && !((is[3] "#" name) in anchor)) print is[1] "\tlinks to " is[2] ", and there is no such heading"
            }
        }' "$scratch/tree")
}

run_check "$@"
