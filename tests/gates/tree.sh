# shellcheck shell=bash disable=SC2120
# For the scripts in this folder: `. tree.sh` gives them a temporary folder, the files and tests of a source tree, a copy of it, and
# words for what is found.
set -u
export LC_ALL=C.UTF-8 NO_COLOR=1
unset "${!GIT_@}" # a commit hook sets some, and they mean another repository

scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" && rm -rf "$scratch"' EXIT

# files PATTERN...: the files of the source tree that we stand in, as git sees it: without what .gitignore names. The tree need not
# be a repository (it may be a copy or an archive, and may belong to another user), so an empty one is put beside it.
files()
{
    [[ -d $scratch/git ]] || git init -q "$scratch/git"
    git -c core.quotePath=false --git-dir="$scratch/git/.git" --work-tree=. ls-files -o --exclude-standard -- "$@"
}

# copy_tree FROM TO
copy_tree()
{
    mkdir -p "$2"
    (cd "$1" && files | xargs -rd '\n' cp --parents -p -t "$2")
}

# Sets is_test[10_echo_server.Works.SendsBackWhatItGets] for each test, as ctest names it.
declare -A is_test
read_tests()
{
    local line
    while read -r line; do
        [[ $line =~ ^tests/([^/]+)/[^:]*:TEST(_F|_P)?\(([^,]+),\ *([^\)]+) ]] &&
            is_test[${BASH_REMATCH[1]}.${BASH_REMATCH[3]}.${BASH_REMATCH[4]}]=1
    done < <(grep -oE '^TEST(_F|_P)?\([^)]+' tests/*/*.cpp)
}

findings=0
complain() # FILE WHAT...
{
    echo "$1: ${*:2}"
    findings=1
}

run_check() # FUNCTION TREE
{
    cd "$2" || exit 2
    declare -F "$1" >/dev/null || { echo "there is no function $1"; exit 2; }
    "$1"
    exit "$findings"
}

skip() # WHY...
{
    echo "skipped: $*"
    exit 77 # SKIP_RETURN_CODE in CMakeLists.txt
}

# For seeded failures.
replace() # OLD NEW: the first OLD in $file; no OLD, no seed
{
    local text
    text=$(<"${file:?}")
    [[ $text == *"$1"* ]] || { echo "There is no \"$1\" in $file."; exit 2; }
    printf '%s\n' "${text/"$1"/"$2"}" >"$file"
}

must_be_red() # CHECK
{
    local status=0
    ("$1") || status=$?
    [[ $status == 77 ]] && exit 77
    [[ $status == 1 ]] || { echo "$1 ended with $status on a seeded failure."; exit 1; }
}
