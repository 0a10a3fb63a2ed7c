#!/usr/bin/env bash
# questions.sh FUNCTION TREE: one check on QUESTIONS.md in the source tree TREE. Prints "FILE: what is wrong" for each finding and then
# ends with 1. Each function check_NAME here is the test gate.content.NAME.
. "$(dirname "$0")/tree.sh"

last=150 # question

# Q1 to the last in order, each complete, each proof a test that exists; and every Q that an exercise names is there.
check_questions()
{
    local line at='' bullets='' expected=1 file key
    local -A is_question caught
    read_tests
    while IFS=: read -r file _ line; do
        caught[$file]=${line# }
    done < <(files 'tests/[0-9]*/wrong/*.cpp' | xargs -rd '\n' grep -H '^// Caught by: ')
    while IFS= read -r line; do
        if [[ $line =~ ^###\ Q([0-9]+)$ || $line == 'the end' ]]; then
            for key in 'Asked next' Fails 'Proved by' Source; do
                [[ $at == '' || $bullets == *"($key)"* ]] || complain QUESTIONS.md "Q$at has no line \"- *$key:*\""
            done
            at=${BASH_REMATCH[1]-$((last + 1))} bullets=''
            [[ $at == "$expected" ]] || complain QUESTIONS.md "Q$at stands where Q$expected should"
            expected=$((at + 1)) is_question[Q$at]=1
        elif [[ $line =~ ^-\ \*([A-Z][a-z ]+):\*\ . ]]; then
            bullets+="(${BASH_REMATCH[1]})"
            [[ ${BASH_REMATCH[1]} == 'Proved by' ]] && look_up_proof "$at" "$line"
        fi
    done < <(cat QUESTIONS.md; echo 'the end')
    while IFS=: read -r file key; do
        [[ ${is_question[$key]-} ]] || complain "$file" "names $key, which is not in QUESTIONS.md"
    done < <(files 'exercises/*.md' 'tests/[0-9]*/*_test.cpp' | xargs -rd '\n' grep -oHwE 'Q[0-9]+' | sort -u)
}

# NUMBER LINE: the tests that stand in backticks exist, and there is one, or the reason why there is none. A wrong answer that stands
# there exists, and one of these tests kills it.
look_up_proof()
{
    local rest=$2 proofs=' ' name file
    while [[ $rest =~ \`(([0-9][0-9]_[a-z0-9_]+|questions)\.[^\`]+)\`(.*) ]]; do
        rest=${BASH_REMATCH[3]} proofs+="${BASH_REMATCH[1]} "
        [[ ${is_test[${BASH_REMATCH[1]}]-} ]] ||
            complain QUESTIONS.md "Q$1 is proved by ${BASH_REMATCH[1]}, and there is no such test"
    done
    [[ $proofs != ' ' || $2 == *'annot be shown without privileges'* ]] ||
        complain QUESTIONS.md "Q$1 is proved by no test (in backticks: \`10_echo_server.Works.SendsBackWhatItGets\`)"
    rest=$2
    while [[ $rest =~ \`tests/([^/\`]+)(/wrong/[^\`]+)\`(.*) ]]; do
        rest=${BASH_REMATCH[3]} name=${BASH_REMATCH[1]} file=tests/${BASH_REMATCH[1]}${BASH_REMATCH[2]}
        [[ $proofs == *" $name.${caught[$file]-} "* ]] ||
            complain QUESTIONS.md "Q$1 names $file, which no test that it names is said to kill"
    done
}

# An answer can be said in one breath: one paragraph of 75 words at most, of which the first sentence, the answer, has 20 at most. A few
# questions, of which each interview asks one, go on after it.
check_breath()
{
    local finding
    while IFS= read -r finding; do
        complain QUESTIONS.md "$finding"
    done < <(awk '
        /^### Q/ { question = $2; part = "title"; next }
        part == "" || !NF { next }
        part == "title" { part = "answer"; next }
        part == "answer" {
            if ($0 ~ /^- /) print question " has no answer"
            if (NF > 75) print question " is answered in " NF " words; 75 are the most"
            first = match($0, /[.?!]["”)]*( |$)/) ? substr($0, 1, RSTART) : $0
            words = split(first, word, /[ \t]+/)
            if (words > 20) print question " begins with a sentence of " words " words; 20 are the most"
            part = "rest"
            next
        }
        part == "rest" {
            if ($0 !~ /^- / && question !~ /^Q(1|2|92|93)$/) print question " goes on after its answer; that belongs under *Asked next*"
            part = ""
        }' QUESTIONS.md)
}

# The rows under Contents, and the plan, list each question: under its topic and its level, and under the exercises that name it.
check_contents()
{
    local number level topic name
    local -A of_topic of_level of_exercise
    while IFS=$'\t' read -r number level topic; do
        of_topic[$topic]+="$number " of_level[$level]+="$number "
    done < <(awk '/^## / { topic = substr($0, 4) }
        /^### Q/ { question = $2 }
        question && /^\*\*/ { print question "\t" substr($1, 3) "\t" topic; question = "" }' QUESTIONS.md)
    while IFS=/: read -r _ name _ number; do
        of_exercise[$name]+="${number##*:} "
    done < <(files 'exercises/[0-9]*/*.md' 'tests/[0-9]*/*_test.cpp' | xargs -rd '\n' grep -oHwE 'Q[0-9]+')

    read_section '### By topic'
    for topic in "${!of_topic[@]}"; do
        must_list "By topic: $topic" "$(row_with "[**$topic**](")" "${of_topic[$topic]}"
    done
    read_section '### By level'
    for level in "${!of_level[@]}"; do
        must_list "By level: $level" "$(row_with "- **$level** ")" "${of_level[$level]}"
        number=$(wc -w <<<"${of_level[$level]}")
        [[ $(row_with "- **$level** ") == *"($number, "* ]] || complain QUESTIONS.md "By level: $level: there are $number"
    done
    read_section '## One question a day'
    must_list 'One question a day' "${section[*]}" "${of_topic[*]}" sorted
    read_section '### By exercise'
    for name in exercises/[0-9]*/; do
        name=$(basename "$name")
        must_list "By exercise: $name" "$(row_with "[$name](")" "${of_exercise[$name]-}"
    done
}

read_section() # HEADING: sets section to the lines below it, to the next heading
{
    mapfile -t section < <(awk -v heading="$1" '/^##/ { on = $0 == heading; next } on' QUESTIONS.md)
}
row_with() # TEXT: the row of section
{
    local row
    for row in "${section[@]}"; do
        [[ $row == *"$1"* ]] && echo "$row"
    done
}

must_list() # WHERE TEXT QUESTIONS [sorted]: TEXT has links to the questions, in this order; sorted: in any order
{
    local rest=$2 listed='' sorted=() wanted=() question
    for question in $3; do
        wanted[${question#Q}]=$question
    done
    while [[ $rest =~ \[(Q([0-9]+))\](.*) ]]; do
        listed+=" ${BASH_REMATCH[1]}" sorted[BASH_REMATCH[2]]=${BASH_REMATCH[1]} rest=${BASH_REMATCH[3]}
    done
    [[ ${4-} == '' ]] || listed=" ${sorted[*]}"
    [[ $listed == " ${wanted[*]}" || $listed == "${wanted[*]}" ]] || complain QUESTIONS.md "$1: must list ${wanted[*]}"
}

run_check "$@"
