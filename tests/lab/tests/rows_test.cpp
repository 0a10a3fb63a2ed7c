// How rows become a diagram: folded, cut, in columns.
#include "lab/tell/rows.h"
#include "lab/tell/screen.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

using namespace lab;

namespace {

std::vector<Row> different_rows(std::size_t n)
{
    std::vector<Row> rows;
    for (std::size_t i = 1; i <= n; ++i)
        rows.push_back({static_cast<std::int64_t>(i), "call " + std::to_string(i), "", "", 1, false});
    return rows;
}

long lines_of(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

} // namespace

TEST(Rows, AreFoldedInGroupsOfUpToEight)
{
    for (std::size_t group = 1; group <= 8; ++group) {
        std::vector<Row> rows;
        for (int times = 0; times < 5; ++times)
            for (const Row& row : different_rows(group))
                rows.push_back(row);
        const std::string text = lay_out(rows, no_limit);
        EXPECT_EQ(static_cast<long>(group) + 1, lines_of(text)) << text;
        EXPECT_TRUE(has(text, "call 1  x5")) << text;
    }
}

// As each client of a server with threads makes them.
std::vector<Row> rows_of_clients(std::size_t n, std::size_t descriptor = 4)
{
    std::vector<Row> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const std::string name = "n" + std::to_string(i), fd = std::to_string(descriptor + i);
        rows.push_back({1, "", "", name + " connects", 1, false, name});
        rows.push_back({1, "T2 ... accept4(3)", fd + "     " + name, "", 1, false, ""});
        rows.push_back({1, "T" + fd + " recv(" + fd + ", 512 bytes)", "zzz   it sleeps", "", 1, false, ""});
    }
    return rows;
}

TEST(Rows, AreFoldedWhenManyPeersDoTheSame)
{
    const std::string text = lay_out(rows_of_clients(998), no_limit);
    EXPECT_EQ(1 + 3, lines_of(text)) << text;
    EXPECT_TRUE(has(text, " n0 (and 997 others) connects\n") && has(text, "T2 ... accept4(3)  x998 ")) << text;
}

TEST(Rows, AreFoldedWhicheverThreadIsFaster)
{
    std::vector<Row> rows = rows_of_clients(40);
    for (std::size_t i = 0; i + 2 < rows.size(); i += 9)
        std::swap(rows[i + 1], rows[i + 2]);
    const std::string text = lay_out(rows, no_limit);
    EXPECT_EQ(1 + 3, lines_of(text)) << text;
}

TEST(Rows, ShowAFewPeersOneByOne) { EXPECT_EQ(1 + 7 * 3, lines_of(lay_out(rows_of_clients(7), no_limit))); }

TEST(Rows, ShowThePeerWhoIsUnlikeTheOthers)
{
    std::vector<Row> rows = rows_of_clients(40);
    rows[20 * 3 + 1].kernel = "-1    EMFILE";
    const std::string text = lay_out(rows, no_limit);
    EXPECT_TRUE(has(text, "n0 (and 19 others) connects") && has(text, "n20 connects") && has(text, "EMFILE")) << text;
    EXPECT_TRUE(has(text, "n21 (and 18 others) connects")) << text;
    EXPECT_EQ(1 + 3 * 3, lines_of(text)) << text;
}

TEST(Rows, AreAtMostForty)
{
    EXPECT_EQ(1 + 39, lines_of(lay_out(different_rows(39), no_limit)));
    const std::string text = lay_out(different_rows(1000), no_limit);
    EXPECT_EQ(1 + 39, lines_of(text));
    EXPECT_TRUE(has(text, ".. 962 more rows ..") && has(text, "call 1000")) << text;
}

TEST(Rows, EndSoonAfterTheOneThatDeviates)
{
    for (const std::size_t at : {std::size_t{1}, std::size_t{20}, std::size_t{500}}) {
        std::vector<Row> rows = different_rows(1000);
        rows[at - 1].deviates = true;
        const std::string text = lay_out(rows, no_limit);
        EXPECT_LE(lines_of(text), 1 + 40);
        EXPECT_TRUE(has(text, "=> 0.00 ms  call " + std::to_string(at) + "\n")) << text;
        EXPECT_TRUE(has(text, "call " + std::to_string(at + 3) + "\n            .. it goes on ..\n")) << text;
        EXPECT_FALSE(has(text, "call " + std::to_string(at + 4) + "\n")) << text;
    }
}

// It is not folded away with others that look the same.
TEST(Rows, ShowTheOneThatDeviatesAmongItsLike)
{
    std::vector<Row> rows(10, Row{0, "recv(3)", "1", "", 1, false});
    rows[6].deviates = true;
    EXPECT_TRUE(has(lay_out(rows, no_limit), "\n=> 0.00 ms  recv(3) ")) << lay_out(rows, no_limit);
}

TEST(Rows, AreWideWhereThereIsRoomAndNarrowElsewhere)
{
    const std::vector<Row> rows{{0, "setsockopt(3, SO_REUSEADDR, 1)", "0", "", 1, false},
                                {1, "listen(3, 128)", "0     listening on 127.0.0.1:P", "", 1, false},
                                {2, "", "", "ann sends \"hello, world\" and is not heard", 1, false}};
    EXPECT_EQ(lay_out(rows, no_limit), lay_out(rows, 200));
    const std::string text = lay_out(rows, 80);
    EXPECT_EQ(R"(     ms  your code                       kernel               peers (the test)
   0.00  setsockopt(3, SO_REUSEADDR, 1)  0
   0.00  listen(3, 128)                  0 listening on
                                           127.0.0.1:P
   0.00                                                       ann sends "hello,
                                                                world" and is
                                                                not heard
)",
              text);
}

TEST(Screen, BreaksAtSpacesAndLosesNothing)
{
    EXPECT_EQ((std::vector<std::string>{"one two", "  three", "  four"}), wrapped("one two three four", 7, 2));
    EXPECT_EQ((std::vector<std::string>{"12345", " 6789", " 0"}), wrapped("1234567890", 5, 1));
    EXPECT_EQ((std::vector<std::string>{"你好你", "好"}), wrapped("你好你好", 3, 0));
    EXPECT_EQ((std::vector<std::string>{""}), wrapped("", 5, 2));
}
