#include "lab/tell/lesson.h"
#include "lab/tell/gtest_words.h"
#include "lab/words/numbers.h"

#include "lab/flight/flight.h"
#include "lab/inside/child.h"

#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <unistd.h>
#include <utility>
#include <vector>

#ifndef LAB_ANSWERS
#define LAB_ANSWERS "exercises"
#endif

namespace lab {

namespace {

std::optional<Story> story_of_test;
std::vector<std::string> circumstances_now;

struct Where {
    std::string root, exercise, file; // "/home/ann/kata/", "03_bind", "tests/03_bind/bind_test.cpp"
};

Where locate(const std::string& path)
{
    std::size_t tests = path.rfind("/tests/");
    if (tests != std::string::npos && tests > 0 && path.find('/', tests + 7) == std::string::npos)
        tests = path.rfind("/tests/", tests - 1); // the lab's own: tests/lab/tests/peers_test.cpp
    if (tests == std::string::npos)
        return {"", "", path};
    const std::size_t begin = tests + 7, end = path.find('/', begin);
    return {path.substr(0, tests + 1), path.substr(begin, end - begin), path.substr(tests + 1)};
}

bool has_colour() { return std::getenv("NO_COLOR") == nullptr && ::isatty(1) == 1; }
std::string strong(const std::string& text) { return has_colour() ? "\033[1m" + text + "\033[0m" : text; }

std::string indented(const std::string& text)
{
    std::string result = "  ";
    for (const char c : text)
        (result += c) += c == '\n' ? "  " : "";
    while (!result.empty() && (result.back() == ' ' || result.back() == '\n'))
        result.pop_back();
    return result + "\n";
}

void print_not_written(const Where& where)
{
    const std::string name = where.exercise.substr(where.exercise.find('_') + 1);
    std::printf("\n%s not written yet. Open %s/%s/%s.cpp; the task stands in exercises/%s/README.md.\n\n",
                strong(where.exercise + ":").c_str(), LAB_ANSWERS, where.exercise.c_str(), name.c_str(), where.exercise.c_str());
}

constexpr std::size_t line_width = 80;

// What was noticed in the recording, before the test's own words about it.
void print_remarks(const std::vector<Remark>& remarks)
{
    for (const Remark& remark : remarks) {
        const std::string text = "  note  " + remark.says;
        const bool fits = text.size() + 3 + remark.read.size() <= line_width;
        std::printf("%s%s%s\n", text.c_str(), fits ? "   " : "\n        ", remark.read.c_str());
    }
}

void print_lesson(const Where& where, const testing::TestInfo& test, const std::vector<testing::TestPartResult>& failures)
{
    const Story none;
    const Story& story = story_of_test ? *story_of_test : none;
    const std::string name = where.exercise.substr(where.exercise.find('_') + 1);
    const std::string rule = story.rule.empty() ? test.name() : story.rule;
    std::printf("\n%s %s\n", strong(where.exercise + ":").c_str(), story.cut_short ? story.verdict.c_str() : rule.c_str());
    if (!story.when.empty())
        std::printf("  when  %s\n", story.when.c_str());
    std::printf("%s%s\n", story.cut_short ? "  the rule of this test: " : "", story.cut_short ? (rule + "\n").c_str() : "");
    if (!story.unseen.empty())
        std::printf("  %s,\n  and what follows may be untrue of them.\n\n", story.unseen.c_str());
    std::printf("%s", indented(failures.front().message()).c_str());
    if (!story.diagram.empty())
        std::printf("\n%s", story.diagram.c_str());
    if (!story.verdict.empty())
        std::printf("        ==> your code: %s\n", story.verdict.c_str());
    if (!story.sanitizer.empty())
        std::printf("\n%s", indented(story.sanitizer).c_str());
    std::printf("\n");
    print_remarks(story.remarks);
    if (!story.why.empty())
        std::printf("  %s\n", story.why.c_str());
    if (where.exercise.find('_') == 2) { // an exercise; the lab and the questions have tests of their own
        std::printf("  open  %s/%s/%s.cpp", LAB_ANSWERS, where.exercise.c_str(), name.c_str());
        std::printf("%s%s\n", story.read.empty() ? "" : "     read  ", story.read.c_str());
        std::printf("  hints exercises/%s/HINTS.md%s%s\n", where.exercise.c_str(), story.ask.empty() ? "" : "     ask   ",
                    story.ask.c_str());
    }
    std::printf("  test  %s:%d", where.file.c_str(), failures.front().line_number());
    if (failures.size() > 1)
        std::printf("  (and %zu more, which follow from it)", failures.size() - 1);
    std::printf("\n\n");
}

// Prints what gtest prints, but for failures: they are kept until the test ends, and then told as one lesson.
class LessonPrinter : public testing::EmptyTestEventListener {
public:
    explicit LessonPrinter(testing::TestEventListener* rest) : rest_{rest} {}

    void OnTestProgramStart(const testing::UnitTest& program) override
    {
        if (program.test_to_run_count() == 1) // as ctest runs it: the lesson alone
            rest_ = std::make_unique<testing::EmptyTestEventListener>();
        rest_->OnTestProgramStart(program);
    }
    void OnTestIterationStart(const testing::UnitTest& program, int i) override { rest_->OnTestIterationStart(program, i); }
    void OnTestSuiteStart(const testing::TestSuite& suite) override { rest_->OnTestSuiteStart(suite); }
    void OnTestStart(const testing::TestInfo& test) override
    {
        failures_.clear();
        story_of_test.reset();
        rest_->OnTestStart(test);
    }
    void OnTestPartResult(const testing::TestPartResult& result) override
    {
        if (result.failed()) {
            const testing::TestPartResult ours{result.type(), result.file_name(), result.line_number(),
                                               in_our_words(result.message()).c_str()};
            if (is_the_child())
                keep_failure(ours);
            else
                failures_.push_back(ours);
        } else if (result.skipped() &&
                   result.message()[0] != '\0') { // after a failure gtest itself skips the rest, without a word
            std::printf("skipped: %s\n", result.message());
        }
    }
    void OnTestEnd(const testing::TestInfo& test) override
    {
        if (!failures_.empty()) {
            const Where where = locate(test.file());
            if (story_of_test && story_of_test->not_written)
                print_not_written(where);
            else
                print_lesson(where, test, failures_);
            std::fflush(stdout);
        }
        rest_->OnTestEnd(test);
    }
    void OnTestSuiteEnd(const testing::TestSuite& suite) override { rest_->OnTestSuiteEnd(suite); }
    void OnTestIterationEnd(const testing::UnitTest& program, int i) override { rest_->OnTestIterationEnd(program, i); }
    void OnTestProgramEnd(const testing::UnitTest& program) override { rest_->OnTestProgramEnd(program); }

private:
    std::unique_ptr<testing::TestEventListener> rest_;
    std::vector<testing::TestPartResult> failures_;
};

} // namespace

void add_failure(const char* file, int line, const std::string& expected, const std::string& came)
{
    GTEST_MESSAGE_AT_(file, line, (expected_mark + expected + "\n" + came_mark + came + number_remark(expected, came)).c_str(),
                      testing::TestPartResult::kNonFatalFailure);
}

void report_findings(Arena& arena)
{
    for (std::uint32_t i = 0; i < arena.failure_count; ++i) {
        Failure& failure = arena.failures[i];
        if (!std::exchange(failure.told, true))
            GTEST_MESSAGE_AT_(failure.file, failure.line, failure.message,
                              failure.fatal ? testing::TestPartResult::kFatalFailure : testing::TestPartResult::kNonFatalFailure);
    }
}

void tell(Story story)
{
    if (!story_of_test)
        story_of_test = std::move(story);
}

Circumstance::Circumstance(std::string words) { circumstances_now.push_back(std::move(words)); }
Circumstance::~Circumstance() { circumstances_now.pop_back(); }

std::string circumstances()
{
    std::string all;
    for (const std::string& one : circumstances_now)
        all += (all.empty() ? "" : ", and ") + one;
    return all;
}

void tell_remarks_of_green_run(const std::string& unseen, const std::vector<Remark>& remarks)
{
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    if (!unseen.empty())
        std::printf("remark on green %s.%s: %s\n", test->test_suite_name(), test->name(), unseen.c_str());
    for (const Remark& remark : remarks)
        std::printf("remark on green %s.%s: %s   %s\n", test->test_suite_name(), test->name(), remark.says.c_str(),
                    remark.read.c_str());
}

void install_lesson_printer()
{
    testing::TestEventListeners& listeners = testing::UnitTest::GetInstance()->listeners();
    listeners.Append(new LessonPrinter{listeners.Release(listeners.default_result_printer())});
}

} // namespace lab
