#include "coach/tests/small_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

TEST(Watch, BeginsWithTheFirstThatIsNotGreen)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.runs({"check", "1"});
    Terminal terminal = tree.types({"watch"});
    EXPECT_TRUE(terminal.sees("checking 02_two ..."));
    EXPECT_TRUE(terminal.sees("02_two:\033[0m not written yet."));
    EXPECT_TRUE(terminal.sees("h: hint  n: next  l: list  q: quit"));
    terminal.types("q");
    EXPECT_EQ(1, terminal.ends()); // it was not green
}

TEST(Watch, GivesOneMoreHintAtEachKey)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"watch", "10"});
    EXPECT_TRUE(terminal.sees("q: quit"));
    terminal.types("h");
    EXPECT_TRUE(terminal.sees("Think of it."));
    EXPECT_TRUE(terminal.sees("q: quit"));
    terminal.types("h");
    EXPECT_TRUE(terminal.sees("Read the page."));
}

TEST(Watch, ListsAndGoesOn)
{
    const SmallTree tree;
    Terminal terminal = tree.types({"watch"});
    EXPECT_TRUE(terminal.sees("q: quit"));
    terminal.types("l");
    EXPECT_TRUE(terminal.sees("01_one                junior  not written"));
    EXPECT_TRUE(terminal.sees("q: quit"));
    terminal.types("n");
    EXPECT_TRUE(terminal.sees("02_two:\033[0m not written yet."));
    EXPECT_TRUE(terminal.sees("q: quit"));
    terminal.types("n");
    EXPECT_TRUE(terminal.sees("10_ten:\033[0m not written yet."));
}

// Green: the way to the reference answer, and to the next exercise.
TEST(Watch, LeadsOnFromAGreenAnswer)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    Terminal terminal = tree.types({"watch"});
    EXPECT_TRUE(terminal.sees("01_one:\033[0m green, all 3 tests."));
    EXPECT_TRUE(terminal.sees("Compare with the reference answer:  build/practice/kata solution 01"));
    EXPECT_TRUE(terminal.sees("1 of 3 exercises are green. n: next  l: list  q: quit"));
    terminal.types("q");
    EXPECT_EQ(0, terminal.ends());
}

TEST(Watch, SaysWhenNoOtherIsLeft)
{
    const SmallTree tree;
    for (const char* exercise : {"01_one", "02_two", "10_ten"})
        tree.answer(exercise, green(3));
    tree.runs({"check"});
    Terminal terminal = tree.types({"watch"});
    EXPECT_TRUE(terminal.sees("q: quit"));
    terminal.types("n");
    EXPECT_TRUE(terminal.sees("No other exercise is left: 3 of 3 exercises are green."));
}

// Keys come without Enter, and the terminal is given back, also after Ctrl-C.
TEST(Watch, GivesTheTerminalBack)
{
    const SmallTree tree;
    for (const char* key : {"q", "\x03"}) {
        Terminal terminal = tree.types({"watch"});
        EXPECT_TRUE(terminal.sees("q: quit"));
        EXPECT_FALSE(terminal.echoes());
        terminal.types(key);
        EXPECT_EQ(*key == 'q' ? 1 : 130, terminal.ends());
        EXPECT_TRUE(terminal.echoes());
    }
}

// A lesson is drawn for a width, so another width asks for another drawing.
TEST(Watch, DrawsAgainForAnotherWidth)
{
    const SmallTree tree;
    tree.answer("01_one", red(1, 2, "01_one: drawn for $COLUMNS columns.")); // in quotes: the script must not read it
    std::string script = tree.read(tree.answer_file("01_one"));
    const std::size_t at = script.find("'01_one: drawn");
    script[at] = '"';
    script[script.find('\'', at)] = '"';
    tree.answer("01_one", script);
    Terminal terminal = tree.types({"watch"});
    EXPECT_TRUE(terminal.sees("drawn for 80 columns"));
    EXPECT_TRUE(terminal.sees("q: quit"));
    terminal.becomes_wide(132);
    EXPECT_TRUE(terminal.sees("drawn for 132 columns"));
}

// Without a terminal there are no keys, and no screen is cleared: an editor or a file may be listening.
TEST(Watch, WorksWithoutATerminal)
{
    const SmallTree tree;
    Terminal terminal{{"/bin/sh", "-c", tree.path("build/practice/kata") + " watch </dev/null | cat"}, tree.path(""), {}};
    EXPECT_TRUE(terminal.sees("01_one: not written yet."));
    EXPECT_TRUE(terminal.sees("Waiting for a save."));
    tree.answer("01_one", green(4));
    EXPECT_TRUE(terminal.sees("01_one: green, all 4 tests."));
    EXPECT_EQ(std::string::npos, terminal.screen().find('\033'));
    terminal.types("\x03");
    terminal.ends();
}
