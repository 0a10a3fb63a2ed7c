#!/usr/bin/env bash
# content_is_alive.sh FUNCTION TREE: breaks one thing in a copy of TREE, and demands that the check on it goes red and names the file.
# Each function seed_NAME here is the test gate.content_is_alive.NAME.
. "$(dirname "$0")/tree.sh"
gates=$(realpath "$(dirname "$0")")

one=10_echo_server # the exercise that is broken
short=${one#*_}
test=tests/$one/${short}_test.cpp
wrong=tests/$one/wrong/closes_the_listener.cpp
odd=tests/$one/odd/polls_first.cpp

breaks() # CHECK FILE: which check must go red, and which file it must name
{
    check=$1 file=$2
}
add() { printf '%s\n' "$@" >>"$file"; }
leave_only() # FILE...: for the checks that take long
{
    (files | grep -vxF "$(printf '%s\n' "$@")") | xargs -d '\n' rm
}

seed_exercise_without_prompt() { breaks exercises "exercises/$one/README.md" && rm "$file"; }
seed_exercise_with_two_hints() { breaks exercises "exercises/$one/HINTS.md" && replace '<details>' ''; }
seed_exercise_without_contract() { breaks exercises "exercises/$one/$short.h" && rm "$file"; }
seed_exercise_without_solution() { breaks exercises "solutions/$one/$short.cpp" && rm "$file"; }
seed_exercise_without_a_suite() { breaks exercises "$test" && sed -i '/^TEST(Robust, /d' "tests/$one"/*_test.cpp; }
seed_exercise_with_a_file_that_is_not_built() { breaks exercises "tests/$one/more.cpp" && add '// never built'; }
seed_exercise_that_cmake_does_not_know() { breaks exercises tests/CMakeLists.txt && replace "kata_exercise($one " "# "; }
seed_exercise_that_only_cmake_knows() { breaks exercises exercises/34_nothing/nothing.h && file=tests/CMakeLists.txt add 'kata_exercise(34_nothing)'; }
seed_exercise_out_of_order() { breaks exercises tests/CMakeLists.txt && add 'kata_exercise(01_again)' && cp -r tests/$one tests/01_again; }
seed_stub_that_is_written() { breaks exercises "exercises/$one/$short.cpp" && replace 'not_written()' 'std::abort()'; }

seed_wrong_answer_without_a_mistake() { breaks answers "$wrong" && replace '// Mistake:' '// Something:'; }
seed_wrong_answer_that_says_nothing() { breaks answers "$wrong" && replace '// Says:' '//'; }
seed_wrong_answer_that_no_test_catches() { breaks answers "$wrong" && replace '// Caught by: Works.' '// Caught by: Works.Not'; }
seed_odd_answer_without_a_word() { breaks answers "$odd" && replace '// Odd:' '//'; }
seed_too_few_wrong_answers() { breaks answers "tests/$one/wrong" && rm "$file"/[b-z]*.cpp; }
seed_too_few_odd_answers() { breaks answers "tests/$one/odd" && rm "$file"/[b-z]*.cpp; }

seed_question_twice() { breaks questions QUESTIONS.md && replace '### Q7' '### Q6'; }
seed_question_left_out() { breaks questions QUESTIONS.md && replace '### Q150' '### R150'; }
seed_question_without_source() { breaks questions QUESTIONS.md && replace '- *Source:*' '- *Sauce:*'; }
seed_question_without_proof() { breaks questions QUESTIONS.md && replace '- *Proved by:*' $'- *Proved by:* nothing\n-'; }
seed_question_proved_by_a_ghost() { breaks questions QUESTIONS.md && replace '- *Proved by:*' "- *Proved by:* \`$one.Works.Ghost\`"; }
seed_question_that_names_no_wrong_answer() { breaks questions QUESTIONS.md && replace wrong/never_closes_the_client wrong/never_was; }
seed_question_with_the_wrong_answer_of_another_test() { breaks questions QUESTIONS.md && replace wrong/never_closes_the_client wrong/counts_with_strlen; }
seed_exercise_that_asks_a_ghost() { breaks questions "$test" && replace '.ask = "Q' '.ask = "Q900, Q'; }
seed_prompt_that_asks_a_ghost() { breaks questions "exercises/$one/README.md" && add 'Q900'; }
seed_answer_of_many_words() { breaks breath QUESTIONS.md && replace 'Each of these calls can fail.' "$(seq -s ' ' 76)."; }
seed_answer_that_begins_slowly() { breaks breath QUESTIONS.md && replace '`poll()` with the time left,' "$(seq -s ' ' 8) \`poll()\` with the time left,"; }
seed_answer_that_goes_on() { breaks breath QUESTIONS.md && replace '- *Asked next:* Do you convert' $'And more.\n\n- *Asked next:* Do you convert'; }
seed_question_without_answer() { breaks breath QUESTIONS.md && replace $'**\n\nSocket, bind' $'**\n\n- Socket, bind'; }
seed_question_that_no_topic_lists() { breaks contents QUESTIONS.md && replace '[Q7](#q7) ' ''; }
seed_question_of_another_level() { breaks contents QUESTIONS.md && replace '**junior · What is the backlog' '**mid · What is the backlog'; }
seed_question_that_no_day_has() { breaks contents QUESTIONS.md && replace ' [Q119](#q119) |' ' |'; }
seed_exercise_that_is_not_in_the_contents() { breaks contents QUESTIONS.md && file="exercises/$one/HINTS.md" add 'Q117'; }

seed_dead_link() { breaks links "exercises/$one/README.md" && replace '(HINTS.md)' '(HINT.md)'; }
seed_dead_anchor() { breaks links "exercises/$one/README.md" && replace '#q1)' '#q1000)'; }
seed_link_out_of_the_tree() { breaks links QUESTIONS.md && add '[here](../../../../../../../../etc/passwd)'; }

seed_stray_file() { breaks top_level notes.txt && add 'remember the milk'; }
seed_long_file() { breaks sizes "$test" && add $(seq 251); }
seed_long_contract() { breaks sizes "exercises/$one/$short.h" && add $(seq 60); }
seed_long_solution() { breaks sizes "solutions/$one/$short.cpp" && add $(seq 120); }
seed_readme_with_another_command() { breaks commands README.md && replace '--preset solutions' '--preset gates'; }
seed_ci_with_another_command() { breaks commands .ci/run && replace "' README.md" "' /dev/null"; }

seed_sleep() { breaks no_sleep "$test" && add 'void wait() { std::this_thread::sleep_for(1ms); }'; }
seed_sleep_in_poll() { breaks no_sleep "$test" && add 'void wait() { ::poll(nullptr, 0, 100); }'; }
seed_fixed_port() { breaks no_fixed_port "$test" && add 'const auto port = htons(8080);'; }
seed_fixed_address() { breaks no_fixed_port "$test" && add 'const char* at = "127.0.0.1:8080";'; }
seed_disabled_test() { breaks no_disabled "$test" && replace 'TEST(Works, ' 'TEST(Works, DISABLED_'; }
seed_skip_without_reason() { breaks no_disabled "$test" && add 'TEST(Works, Later) { GTEST_SKIP(); }'; }
seed_bare_condition() { breaks words "$test" && add 'TEST(Works, Bare) { EXPECT_TRUE(1 + 1 == 2); }'; }
seed_include_against_the_way() { breaks rooms tests/lab/words/text.cpp && add '#include "lab/watch/supervisor.h"'; }
seed_include_against_the_way_of_kata() { breaks rooms tests/coach/tree/files.cpp && add '#include "coach/judge/check.h"'; }
seed_include_of_the_door() { breaks rooms tests/lab/peers/peer.cpp && add '#include "lab/lab.h"'; }
seed_unknown_room() { breaks rooms tests/lab/attic/trunk.cpp && mkdir tests/lab/attic && add '#include "lab/flight/flight.h"'; }
seed_untidy_format() { breaks format "$wrong" && leave_only .clang-format "$wrong" && add 'int  one ;'; }
seed_untidy_code()
{
    breaks tidy "solutions/01_socket/socket.cpp" && leave_only .clang-tidy "$file" exercises/01_socket/socket.h && add 'int* seed() { return 0; }'
}
seed_untidy_code_of_kata()
{
    breaks tidy tests/coach/terminal/text.cpp && leave_only .clang-tidy "$file" tests/coach/terminal/text.h && add 'int* seed() { return 0; }'
}

copy=$scratch/copy # two thousand small files: in memory, where there is room
[[ $(df --output=avail -m /dev/shm 2>/dev/null | tail -n 1) -gt 1000 ]] && copy=$(mktemp -d -p /dev/shm) && trap 'rm -rf "$copy" "$scratch"' EXIT
copy_tree "$2" "$copy" && cd "$copy" || exit 2
"$1" || { echo "$1 could not be sown."; exit 2; }
said=$(bash "$(grep -l "^check_$check()" "$gates"/*.sh)" "check_$check" .)
status=$?
echo "$said"
[[ $status != 77 ]] || exit 77
[[ $status == 1 && $'\n'$said == *$'\n'"$file:"* ]] || { echo "gate.content.$check ended with $status and did not name $file."; exit 1; }
