#!/usr/bin/env bash
# build.sh FUNCTION TREE FOLDER: one check on how TREE configures and builds. FOLDER keeps the lab compiled between the checks that build
# it. Each function check_NAME here is the test gate.build.NAME. Generator and compiler come as CMAKE_GENERATOR and CXX.
. "$(dirname "$0")/tree.sh"
tree=$2 kept=$3

fail()
{
    echo "$*"
    exit 1
}
refuses() # WHAT COMMAND...: it must fail, and say WHAT
{
    local said
    said=$("${@:2}" 2>&1) && fail "It must be refused: ${*:2}"
    echo "$said"
    said=$(tr -s ' \n' ' ' <<<"$said") # cmake wraps its messages
    [[ $said == *"$1"* ]] || fail "It must say: $1"
}
# Root may write anywhere; then somebody else tries it.
unprivileged()
{
    if ((EUID == 0)); then
        chmod a+rx "$scratch"
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

check_refuses_the_source_folder()
{
    copy_tree "$tree" "$scratch/copy"
    refuses "cmake --workflow --preset practice" cmake -S "$scratch/copy" -B "$scratch/copy"
}

# Nor must a name have no space in it.
check_needs_no_right_to_write_in_the_tree()
{
    copy_tree "$tree" "$scratch/a copy"
    chmod -R a+rX,a-w "$scratch/a copy"
    mkdir -m 777 "$scratch/a build"
    unprivileged touch "$scratch/a copy/new" 2>/dev/null && skip "chmod does not bind here"
    unprivileged cmake -S "$scratch/a copy" -B "$scratch/a build" -DKATA_ANSWERS=solutions &&
        unprivileged cmake --build "$scratch/a build" --target "reference_$first"
}

check_names_a_missing_folder_of_answers() { refuses "KATA_ANSWERS names no folder: $scratch/nowhere" cmake -S "$tree" -B "$scratch/build" -DKATA_ANSWERS="$scratch/nowhere"; }
check_names_an_unknown_sanitizer() { refuses 'KATA_SANITIZE is "nonsense"; it can be' cmake -S "$tree" -B "$scratch/build" -DKATA_SANITIZE=nonsense; }
check_names_a_missing_compiler() { CXX=/nonexistent refuses "/nonexistent" cmake -S "$tree" -B "$scratch/build"; }

check_names_a_build_folder_that_is_closed()
{
    copy_tree "$tree" "$scratch/copy"
    chmod -R a+rX "$scratch/copy"
    mkdir -m 555 "$scratch/closed"
    unprivileged touch "$scratch/closed/new" 2>/dev/null && skip "chmod does not bind here"
    refuses "$scratch/closed" unprivileged cmake -S "$scratch/copy" -B "$scratch/closed/build"
}

check_says_where_ninja_builds_everything_again()
{
    local said
    [[ $CMAKE_GENERATOR == Ninja ]] || skip "the generator is not Ninja"
    copy_tree "$tree" "$scratch/ann's"
    said=$(cmake -S "$scratch/ann's" -B "$scratch/build" 2>&1 | tr -s ' \n' ' ')
    [[ $said == *"builds everything again each time"* ]] || fail "It says nothing about the name of the folder: $said"
}

# The answers are compiled by way of a launcher of ours; the user's own, such as ccache, comes after it.
check_keeps_a_compiler_launcher()
{
    cmake -S "$tree" -B "$scratch/build" -DCMAKE_CXX_COMPILER_LAUNCHER=env >"$scratch/log" || fail "$(<"$scratch/log")"
    grep -rq "drop_stale.sh [^ ]*/$first env " "$scratch/build" || fail "The launcher \"env\" does not run."
}

# Configures $kept for the answers in $1, without sanitizers, and with GoogleTest's sources where the machine has them: what a
# machine without libgtest-dev does after the download.
configure_kept()
{
    local googletest=()
    [[ -d /usr/src/googletest ]] && googletest=(-DCMAKE_DISABLE_FIND_PACKAGE_GTest=ON -DFETCHCONTENT_SOURCE_DIR_GOOGLETEST=/usr/src/googletest)
    cmake -S "$tree" -B "$kept" -DKATA_SANITIZE=none -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DKATA_LAB_TESTS=OFF -DKATA_ANSWERS="$1" "${googletest[@]}"
}
test_kept() { ctest --test-dir "$kept" --no-tests=error -R "^($1)"; }
put_answers() # FOLDER: the first two exercises, answered as in solutions/
{
    mkdir -p "$1" && cp -r "$tree/solutions/$first" "$tree/solutions/$second" "$1"
}
answers=$kept.answers # one place for all checks: the lab knows its name, and would be compiled again for another
clear_answers() { rm -rf "$answers" && mkdir -p "$answers"; }

check_builds_googletest_when_it_is_absent()
{
    [[ -d /usr/src/googletest ]] || skip "the sources of GoogleTest are not in /usr/src/googletest (Debian: googletest)"
    clear_answers && put_answers "$answers"
    configure_kept "$answers" && cmake --build "$kept" --target "$first" && test_kept "$first"
}

# An answer that does not compile leaves its own exercise red, and only that; never is its last executable tested in its place.
check_keeps_a_broken_answer_to_its_exercise()
{
    local said keep_going='-k'
    [[ $CMAKE_GENERATOR == Ninja ]] && keep_going='-k 0'
    clear_answers && put_answers "$answers"
    configure_kept "$answers" && cmake --build "$kept" && test_kept "$first|$second" || fail "Two good answers must be green."
    echo 'this is not C++' >>"$answers/$first/${first#*_}.cpp"
    # shellcheck disable=SC2086
    cmake --build "$kept" -- $keep_going && fail "A broken answer was built."
    said=$(test_kept "$first|$second")
    echo "$said"
    grep -q " $first.* Passed " <<<"$said" && fail "A stale executable of $first was tested."
    [[ ! -e $kept/bin/${first#*_} ]] || fail "A stale program of $first is left."
    grep -q " ${first}_NOT_BUILT .*Not Run" <<<"$said" || fail "$first is not red."
    [[ $second == "$first" ]] || test_kept "$second" || fail "$second must stay green."
}

# What a learner does first, with the real build and the real tests: the lesson is the last thing on the screen, then it becomes green.
check_kata_leads_from_the_stub_to_green()
{
    local said kata=$kept/kata
    clear_answers && cp -r "$tree/exercises/$first" "$answers"
    configure_kept "$answers" || exit 1
    said=$(cmake --build "$kept" --target lesson) || fail "It must end well, although the exercise is not green: $said"
    [[ $said == *"
$first: not written yet. Open "*"

0 of 1 exercises are green. Next, type:  "*"/kata watch" ]] || fail "The lesson must be the last thing on the screen: $said"
    said=$("$kata" spot "$first" --seed 1) || fail "A wrong answer must be red: $said"
    [[ $said == *"Caught by: "*"
  test  tests/$first/"* ]] || fail "It must end with a lesson: $said"
    put_answers "$answers"
    "$kata" check "$first" || fail "A good answer must be green."
    echo 'this is not C++' >>"$answers/$first/${first#*_}.cpp"
    said=$("$kata" check "$first") && fail "A broken answer is green."
    [[ $said == *"$first: does not compile."*"${first#*_}.cpp:"*": error: "* ]] || fail "It must show the compiler's words: $said"
}

check_takes_the_root_of_a_checkout()
{
    put_answers "$scratch/mate/exercises"
    configure_kept "$scratch/mate" && cmake --build "$kept" --target "$first" || exit 1
    grep -q "$scratch/mate/exercises/$first" "$kept/compile_commands.json" || fail "It built something else."
    test_kept "$first"
}

sow() # FILE OLD NEW: a copy of the tree in which one thing is broken
{
    copy_tree "$tree" "$scratch/seeded"
    tree=$scratch/seeded file=$tree/$1
    replace "$2" "$3"
}
seed_source_folder()
{
    sow CMakeLists.txt 'FATAL_ERROR "Do not build' 'STATUS "Do not build'
    must_be_red check_refuses_the_source_folder
}
seed_tree_that_is_written_to()
{
    sow CMakeLists.txt 'enable_testing()' 'file(WRITE ${PROJECT_SOURCE_DIR}/log "")'
    must_be_red check_needs_no_right_to_write_in_the_tree
}
seed_any_folder_of_answers()
{
    sow tests/CMakeLists.txt 'FATAL_ERROR "KATA_ANSWERS' 'STATUS "KATA_ANSWERS'
    must_be_red check_names_a_missing_folder_of_answers
}
seed_any_sanitizer()
{
    sow CMakeLists.txt 'FATAL_ERROR "KATA_SANITIZE' 'STATUS "KATA_SANITIZE'
    must_be_red check_names_an_unknown_sanitizer
}

seed_silence_about_ninja()
{
    sow CMakeLists.txt 'message(WARNING "Ninja' 'message(DEBUG "Ninja'
    must_be_red check_says_where_ninja_builds_everything_again
}
seed_launcher_of_ours_alone()
{
    sow tests/CMakeLists.txt ' ${CMAKE_CXX_COMPILER_LAUNCHER}' ''
    must_be_red check_keeps_a_compiler_launcher
}

mapfile -t exercises < <(grep -oP '^kata_exercise\(\K[^ )]+' "$tree/tests/CMakeLists.txt")
first=${exercises[0]} second=${exercises[1]-$first}
"$1"
