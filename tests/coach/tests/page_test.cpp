#include "coach/group/table.h"
#include "coach/tests/group_tree.h"

#include <gtest/gtest.h>

using namespace coach_tests;

namespace {

coach::Table small_board()
{
    using coach::Mark;
    return {"The board",
            "",
            {"ann", "bob"},
            {{"03_bind",
              {{Mark::Kind::good, "green", "", ""}, {Mark::Kind::bad, "1 of 3", "a rule", "a <rule> & more | \"x\"\033[1m"}}},
             {"10_ten", {{Mark::Kind::none, "not written", "", ""}, {Mark::Kind::bad, "no build", "why", "one.cpp:7:5: error"}}}},
            {"bob's server works with nobody."}};
}

bool has_text(const std::string& page, const std::string& words) { return page.find(words) != std::string::npos; }

std::string browser()
{
    for (const char* name : {"chromium", "chromium-browser", "google-chrome"})
        if (std::system((std::string{"command -v "} + name + " >/dev/null").c_str()) == 0)
            return name;
    return "";
}

} // namespace

TEST(Pages, HtmlIsOneFileAndEscapesWhatItShows)
{
    const std::string page = coach::as_html({small_board()}, "The group", "A note.");
    EXPECT_TRUE(has_text(
        page,
        "<summary>1 of 3</summary><div><strong>bob, 03_bind</strong><pre>a &lt;rule&gt; &amp; more | &quot;x&quot;?[1m</pre>"))
        << page;
    for (const char* part : {"<script", "http:", "https:", "<link", "@import", "url("})
        EXPECT_FALSE(has_text(page, part)) << part;
    for (const char* part :
         {"prefers-color-scheme: dark", "name=\"viewport\"", "overflow-x: auto", "<p><strong>bob's server works with nobody."})
        EXPECT_TRUE(has_text(page, part)) << part;
}

TEST(Pages, MarkdownKeepsItsTables)
{
    coach::Table table = small_board();
    table.rows[0].marks[0].word = "a|b";
    const std::string page = coach::as_markdown(table);
    EXPECT_TRUE(has_text(
        page, "|  | ann | bob |\n|---|---|---|\n| 03_bind | a\\|b | **1 of 3** |\n| 10_ten | not written | **no build** |\n"))
        << page;
    EXPECT_TRUE(has_text(page, "\n### bob, 10_ten\n\n````text\none.cpp:7:5: error\n````\n")) << page;
}

// A real browser has each member, each exercise, each cell and each lesson, and paints them, at the width of a phone too.
TEST(Pages, ABrowserShowsEachCell)
{
    if (browser().empty())
        GTEST_SKIP() << "skipped: no chromium here";
    const SmallTree tree;
    tree.write("board.html", coach::as_html({small_board()}, "The group", "A note."));
    const std::string start =
        "HOME=" + tree.path("home") + " timeout 50 " + browser() +
        " --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir=" + tree.path("profile") + " ";
    const std::string page = "file://" + tree.path("board.html");
    tree.shell("mkdir home && " + start + "--window-size=390,800 --screenshot=" + tree.path("phone.png") + " --dump-dom '" +
               page + "' >dom 2>said");
    const std::string dom = tree.read("dom");
    for (const char* part : {"<th>ann</th>", "<th>bob</th>", "<th>03_bind</th>", "<th>10_ten</th>", ">green<", ">1 of 3<",
                             ">not written<", ">no build<", "a &lt;rule&gt; &amp; more", "one.cpp:7:5: error"})
        EXPECT_TRUE(has_text(dom, part)) << part << "\n" << dom;
}
