#include "coach/commands/command.h"
#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

TEST(Help, NamesEachCommand)
{
    const SmallTree tree;
    const Ended help = tree.runs({"help"});
    EXPECT_EQ(0, help.status);
    for (const coach::Command& command : coach::commands()) {
        EXPECT_NE(std::string::npos, help.said.find("\n  kata " + std::string{command.name})) << command.name;
        const Ended more = tree.runs({"help", command.name});
        EXPECT_EQ(0, more.status);
        EXPECT_EQ(0U, more.said.find("kata " + std::string{command.name}));
        EXPECT_EQ(more.said, tree.runs({command.name, "--help"}).said);
        for (const std::string& option : command.options)
            EXPECT_NE(std::string::npos, more.said.find(option.substr(0, option.find('=')))) << option;
    }
    EXPECT_EQ(help.said, tree.runs({"--help"}).said);
}

TEST(Help, FitsEightyColumns)
{
    const SmallTree tree;
    std::size_t width = 0;
    for (const char c : tree.runs({"help"}).said + tree.runs({"help", "watch"}).said) {
        width = c == '\n' ? 0 : width + 1;
        EXPECT_LE(width, 80U);
    }
}

TEST(Help, SuggestsWhatWasMeant)
{
    const SmallTree tree;
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{"wacth"}, "There is no command \"wacth\"; did you mean watch?\n"},
        {{"hnt"}, "There is no command \"hnt\"; did you mean hint?\n"},
        {{"xyzzy"}, "There is no command \"xyzzy\". \"kata help\" shows all of them.\n"},
        {{"check", "tow"}, "There is no exercise \"tow\"; did you mean 02_two?\n"},
        {{"check", "33"}, "There is no exercise \"33\". \"kata list\" shows all of them.\n"},
        {{"mock", "--sed", "7"}, "\"kata mock\" has no option --sed; did you mean --seed?\n"},
        {{"list", "--all"}, "\"kata list\" has no option --all. \"kata help list\" says what it takes.\n"},
        {{"mock", "--seed"}, "--seed wants a value.\n"},
        {{"mock", "--seed", "x"}, "--seed wants a number, and \"x\" is none.\n"},
        {{"reset"}, "Which exercise?\n"},
        {{"list", "01"}, "\"kata list\" does not know what to do with \"01\". It is typed:  kata list\n"},
    };
    for (const auto& [words, answer] : cases) {
        const Ended run = tree.runs(words);
        EXPECT_EQ(2, run.status);
        EXPECT_EQ(answer, run.said);
    }
}

TEST(Project, SaysWhatToDoWhenTheSourcesHaveMoved)
{
    const SmallTree tree;
    tree.shell("mkdir moved && mv CMakeLists.txt README.md exercises moved");
    const Ended list = tree.runs({"list"});
    EXPECT_EQ(2, list.status);
    EXPECT_EQ("The sources were in " + tree.path("").substr(0, tree.path("").size() - 1) +
                  " when this kata was built, and are not there now. Go to the folder where they are, and type\n"
                  "    rm -r build\n    cmake --workflow --preset practice\n",
              list.said);
}

TEST(Project, SaysWhatToDoWhenTheBuildFolderHasMoved)
{
    const SmallTree tree;
    tree.shell("mkdir other && cp -r build/practice other && rm -r build");
    const Ended list = run({tree.path("other/practice/kata"), "list"}, tree.path(""), {});
    EXPECT_EQ(2, list.status);
    EXPECT_NE(std::string::npos, list.said.find("    cmake --workflow --preset practice\n")) << list.said;
}

TEST(Project, SaysWhatItIsWhenItStandsAlone)
{
    const SmallTree tree;
    tree.shell("cp build/practice/kata alone");
    const Ended list = run({tree.path("alone"), "list"}, tree.path(""), {});
    EXPECT_EQ(2, list.status);
    EXPECT_NE(
        std::string::npos,
        list.said.find("that is no build folder.\nIn the folder of the sources, type\n    cmake --workflow --preset practice\n"))
        << list.said;
}
