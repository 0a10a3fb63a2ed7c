#include "coach/tests/small_tree.h"

#include "coach/tree/files.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace coach_tests {

namespace {

// Called as cmake is. -S SOURCE -B FOLDER -DKATA_ANSWERS=DIR: makes a build folder for the answers that are there. --build FOLDER
// --target NAME...: what the answer's first line says is what happens. Then no program is started: it is called for almost every
// test.
constexpr const char* builder = R"(#!/bin/sh
tab='	'
if [ "$1" = -S ]; then
    source=$2 build=$4 answers=${5#-DKATA_ANSWERS=}
    case $answers in *unconfigurable*) echo 'CMake Error: no'; exit 1 ;; esac
    mkdir -p "$build/coach" "$build/tests" "$build/bin" "$build/meets"
    {
        echo "source$tab$source"; echo "build$tab$build"; echo "answers$tab$answers"; echo "label$tab$answers"; echo "cmake$tab$0"
        for folder in "$source"/exercises/*; do
            name=${folder##*/}
            answer=$answers/$name/${name#*_}.cpp
            [ -f "$answer" ] || continue
            echo "exercise$tab$name${tab}1$tab$build/tests/$name"
            printf '#!/bin/sh\n. %s\n' "$answer" >"$build/tests/$name"
            chmod 755 "$build/tests/$name"
        done
    } >"$build/coach/exercises.txt"
    exit
fi
build=$2 status=0
while IFS=$tab read -r key value; do
    case $key in answers) answers=$value ;; esac
done <"$build/coach/exercises.txt"
shift 3
for name; do
    case $name in
    --) break ;;
    spot_*) file=$build/coach/spot/${name#spot_}.cpp ;;
    program_* | meets_*) file=$answers/${name#*_}/${name#*_*_}.cpp ;;
    *) file=$answers/$name/${name#*_}.cpp ;;
    esac
    echo "$name" >>"$build/builds"
    read -r first <"$file"
    echo '[1/2] Building CXX object'
    case $first in
    '# does not compile'*)
        echo 'FAILED: object.o'
        echo '/usr/bin/c++ -o object.o -c answer.cpp'
        echo "$file:7:5: error: expected ';' before '}' token"
        echo '    7 |     }'
        echo '      |     ^'
        echo 'ninja: build stopped: subcommand failed.'
        status=1
        ;;
    '# the build fails'*)
        echo "$first"
        status=1
        ;;
    *)
        # A program: the one that lies beside the answer.
        case $name in
        program_*) cp "$answers/${name#*_}/program" "$build/bin/${name#*_*_}" ;;
        meets_*) cp "$answers/${name#*_}/program" "$build/meets/${name#*_*_}" ;;
        esac
        ;;
    esac
done
exit $status
)";

constexpr const char* readme = R"(# Small

**Track 1: Steps**

| Exercise | What it is about | Minutes | Level | Questions |
|---|---|---|---|---|
| [01_one](exercises/01_one/README.md) | The first thing | 10 | junior | [Q1](QUESTIONS.md#q1) |
| [02_two](exercises/02_two/README.md) | The second thing | 10 | mid | |

**Track 2: Programs**

| Exercise | What it is about | Minutes | Level | Questions |
|---|---|---|---|---|
| [10_ten](exercises/10_ten/README.md) | The tenth thing | 10 | senior | |
)";

std::string question(int number, const std::string& level)
{
    const std::string n = std::to_string(number);
    return "### Q" + n + "\n\n**" + level + " · What is thing " + n + "?**\n\nIt is the answer to " + n + ", said aloud.\n\n" +
           "- *Asked next:* And what is thing " + n + " for?\n- *Fails:* \"Nothing " + n + ".\"\n- *Proved by:* `questions.Q" +
           n + ".Shows`, `01_one.Works.First` (observed: 1)\n- *Source:* thing(2) NOTES\n\n";
}

std::string starts(int total)
{
    return "#!/bin/sh\n[ ${GTEST_SHARD_INDEX:-0} = 0 ] || { echo '[==========] Running 0 tests from 0 test suites.'; exit; }\n"
           "echo '[==========] Running " +
           std::to_string(total) + " tests from 1 test suite.'\n";
}

} // namespace

SmallTree::SmallTree()
{
    char name[] = "/tmp/kata-tree-XXXXXX";
    if (::mkdtemp(name) == nullptr)
        throw std::runtime_error{"mkdtemp"};
    root_ = name;
    write("CMakeLists.txt", "");
    write("README.md", readme);
    write("QUESTIONS.md",
          "# Questions\n\n## Things\n\n" + question(1, "junior") + question(2, "mid") + question(3, "senior") +
              question(4, "senior") +
              "## One question a day\n\n| Days | One question for each day |\n|---|---|\n| 1 to 2 | [Q2](#q2) [Q1](#q1) |\n");
    std::string list = "source\t" + root_ + "\nbuild\t" + path("build/practice") + "\nanswers\t" + path("exercises") +
                       "\nlabel\texercises\ncmake\t" + path("build/cmake") + "\n";
    for (const std::string exercise : {"01_one", "02_two", "10_ten"}) {
        answer(exercise, unwritten(exercise));
        write("exercises/" + exercise + "/HINTS.md",
              "# Hints\n\n<details><summary>1. Mild</summary>\n\nThink of it.\n</details>\n\n"
              "<details><summary>2. Stronger</summary>\n\nRead the page.\n</details>\n");
        write("exercises/" + exercise + "/README.md", "# " + exercise + "\n");
        write("solutions/" + exercise + "/" + exercise.substr(3) + ".cpp", green(3));
        write("tests/" + exercise + "/" + exercise.substr(3) + "_test.cpp", "");
        write_program("build/practice/tests/" + exercise, "#!/bin/sh\n. " + path(answer_file(exercise)) + "\n");
        write_program("build/practice/tests/spot_" + exercise,
                      "#!/bin/sh\n. " + path("build/practice/coach/spot/" + exercise + ".cpp\n"));
        list += "exercise\t" + exercise + "\t" + (exercise[0] == '0' ? "1" : "2") + "\t" + path("build/practice/tests/") +
                exercise + "\n";
    }
    write("build/practice/coach/exercises.txt", list);
    write_program("build/cmake", builder);
    if (::link(KATA_PROGRAM, path("build/practice/kata").c_str()) != 0) // another file system
        shell("cp " KATA_PROGRAM " build/practice/kata");
}

SmallTree::~SmallTree() { std::filesystem::remove_all(root_); }

void SmallTree::write_program(const std::string& name, const std::string& script) const
{
    write(name, script);
    ::chmod(path(name).c_str(), 0755);
}

std::string SmallTree::read(const std::string& name) const { return coach::read_file(path(name)).value_or(""); }

void SmallTree::write(const std::string& name, const std::string& text) const
{
    if (!coach::create_file(path(name), text)) // makes the folders, too
        std::ofstream{path(name)} << text;
}

void SmallTree::rename_over(const std::string& name, const std::string& text) const { coach::write_file(path(name), text); }

std::string SmallTree::answer_file(const std::string& exercise) const
{
    return "exercises/" + exercise + "/" + exercise.substr(3) + ".cpp";
}
void SmallTree::answer(const std::string& exercise, const std::string& script) const { write(answer_file(exercise), script); }

std::vector<std::string> SmallTree::command(const std::vector<std::string>& words) const
{
    std::vector<std::string> command{path("build/practice/kata")};
    command.insert(command.end(), words.begin(), words.end());
    return command;
}

Environment SmallTree::environment() const { return {{"XDG_STATE_HOME", path("state")}, {"TZ", "UTC"}}; }

Terminal SmallTree::types(const std::vector<std::string>& words) const { return Terminal{command(words), root_, environment()}; }
Ended SmallTree::runs(const std::vector<std::string>& words) const { return run(command(words), root_, environment()); }

void SmallTree::shell(const std::string& command) const
{
    if (std::system(("cd " + root_ + " && " + command).c_str()) != 0)
        throw std::runtime_error{command};
}

std::size_t SmallTree::builds() const
{
    const std::string log = read("build/practice/builds");
    return static_cast<std::size_t>(std::count(log.begin(), log.end(), '\n'));
}

std::string green(int tests)
{
    std::string script = starts(tests);
    for (int i = 0; i < tests; ++i)
        script +=
            "echo '[ RUN      ] Works.T" + std::to_string(i) + "'\necho '[       OK ] Works.T" + std::to_string(i) + " (1 ms)'\n";
    return script + "echo '[  PASSED  ] " + std::to_string(tests) + " tests.'\n";
}

std::string red(int passed, int total, const std::string& lesson)
{
    std::string script = green(passed);
    script.erase(0, starts(passed).size());
    script.erase(script.rfind("echo")); // the last word is not that all passed
    return starts(total) + script + "echo '[ RUN      ] Robust.Fails'\necho\necho '" + lesson +
           "'\necho\necho '[  FAILED  ] Robust.Fails (1 ms)'\nexit 1\n";
}

std::string unwritten(const std::string& exercise)
{
    return red(0, 3,
               exercise + ": not written yet. Open exercises/" + exercise + "/" + exercise.substr(3) +
                   ".cpp; the task stands in the README.md.");
}

std::string broken() { return "# does not compile\n"; }

std::string hanging(const std::string& told, const std::string& until)
{
    return starts(1) + "echo '[ RUN      ] Works.Hangs'\necho $$ >" + told + "\ncat " + until + " >/dev/null\n";
}

} // namespace coach_tests
