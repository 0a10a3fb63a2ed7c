#include "coach/tests/group_tree.h"
#include "coach/tree/files.h"

#include <gtest/gtest.h>

using namespace coach_tests;

// .github/answers.sh, as a fork runs it at each push.

namespace {

Ended answers_script(const SmallTree& tree, const std::string& summary)
{
    tree.shell("mkdir -p .github && cp " KATA_SOURCE "/.github/answers.sh .github");
    return run({tree.path(".github/answers.sh")}, tree.path(""), {{"GITHUB_STEP_SUMMARY", summary}});
}

} // namespace

TEST(Answers, ARedOneEndsWithItsLessonInTheSummary)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    tree.answer("02_two", red(1, 3, "02_two: the second rule."));
    const Ended script = answers_script(tree, tree.path("summary.md"));
    EXPECT_EQ(1, script.status) << script.said;
    const std::string summary = tree.read("summary.md");
    for (const char* part : {"| 01_one | green |\n", "| 02_two | **1 of 3** |\n", "| 10_ten | not written |\n",
                             "\n### answers, 02_two\n\n````text\n02_two: the second rule.\n````\n"})
        EXPECT_NE(std::string::npos, summary.find(part)) << part << "\n" << summary;
}

TEST(Answers, WhatIsNotWrittenIsNotWrong)
{
    const SmallTree tree;
    tree.answer("01_one", green(3));
    EXPECT_EQ(0, answers_script(tree, tree.path("summary.md")).status);
}

// Without a summary the board comes on standard output, and what its caller prints behind it does not fall on it.
TEST(Answers, ShowsTheBoardWhereThereIsNoSummary)
{
    const SmallTree tree;
    tree.shell("mkdir -p .github && cp " KATA_SOURCE "/.github/answers.sh .github");
    tree.shell("{ GITHUB_STEP_SUMMARY= .github/answers.sh && echo 'and so on'; } >said");
    const std::string said = tree.read("said");
    EXPECT_NE(std::string::npos, said.find("\n# The group\n\n## The board\n")) << said;
    EXPECT_TRUE(said.ends_with("\nand so on\n")) << said;
}

TEST(Answers, SaysWhenTheyCouldNotBeChecked)
{
    const SmallTree tree;
    tree.shell("rm -r exercises");
    const Ended script = answers_script(tree, tree.path("summary.md"));
    EXPECT_EQ(2, script.status);
    EXPECT_NE(std::string::npos, script.said.find("The answers could not be checked")) << script.said;
}

// The form of the workflow: what a fork depends on is in it.
TEST(Answers, TheWorkflowCallsTheScript)
{
    const std::string workflow = coach::read_file(KATA_SOURCE "/.github/workflows/answers.yml").value_or("");
    for (const char* line :
         {"\non:\n  push:\n", "\n  cancel-in-progress: true\n", "\n    if: github.event.repository.fork\n",
          "\n      - uses: actions/checkout@v4\n", "\n      - run: .github/answers.sh\n", "\npermissions:\n  contents: read\n"})
        EXPECT_NE(std::string::npos, workflow.find(line)) << line;
    EXPECT_EQ(std::string::npos, workflow.find('\t')) << "YAML knows no tabs.";
}
