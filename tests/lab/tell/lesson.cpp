#include "lab/tell/lesson.h"
#include "lab/tell/gtest_words.h"
#include "lab/tell/screen.h"
#include "lab/words/numbers.h"

#include "lab/flight/flight.h"
#include "lab/inside/child.h"

#include <algorithm>
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
Place next_failure, deviation; // where the failure that is just reported, and the first of this test, stood

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

// Each line two columns in; what does not fit stands under "expected" and "came", or their like.
std::string indented(const std::string& text, std::size_t width)
{
    std::string result;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string line = text.substr(begin, end - begin);
        const bool is_ours = line.rfind(expected_mark, 0) == 0 || line.rfind(came_mark, 0) == 0;
        result += line.empty() ? "\n" : fitted("  " + line, width, is_ours ? 12 : 4) + "\n";
        begin = end + 1;
    }
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
void print_remarks(const std::vector<Remark>& remarks, std::size_t width)
{
    for (const Remark& remark : remarks) {
        const std::string text = "  note  " + remark.says;
        const bool fits = text.size() + 3 + remark.read.size() <= (width == no_limit ? line_width : width);
        if (fits)
            std::printf("%s   %s\n", text.c_str(), remark.read.c_str());
        else
            std::printf("%s\n%s\n", fitted(text, width, 8).c_str(), fitted("        " + remark.read, width, 8).c_str());
    }
}

void print_lesson(const Where& where, const testing::TestInfo& test, const std::vector<testing::TestPartResult>& failures)
{
    const Story none;
    const Story& story = story_of_test ? *story_of_test : none;
    const std::string name = where.exercise.substr(where.exercise.find('_') + 1);
    const std::size_t width = screen_width();
    const std::string rule = story.rule.empty() ? test.name() : story.rule;
    const std::string headline = fitted(where.exercise + ": " + (story.cut_short ? story.verdict : rule), width, 0);
    std::printf("\n%s%s\n", strong(where.exercise + ":").c_str(), headline.c_str() + where.exercise.size() + 1);
    if (!story.when.empty())
        std::printf("%s\n", fitted("  when  " + story.when, width, 8).c_str());
    std::printf("%s\n", story.cut_short ? (fitted("  the rule of this test: " + rule, width, 2) + "\n").c_str() : "");
    if (!story.unseen.empty())
        std::printf("%s\n\n", fitted("  " + story.unseen + ", and what follows may be untrue of them.", width, 2).c_str());
    std::printf("%s", indented(failures.front().message(), width).c_str());
    if (!story.diagram.empty())
        std::printf("\n%s", story.diagram.c_str());
    if (!story.verdict.empty())
        std::printf("%s\n", fitted("        ==> your code: " + story.verdict, width, 12).c_str());
    if (!story.sanitizer.empty())
        std::printf("\n%s", indented(story.sanitizer, width).c_str());
    std::printf("\n");
    print_remarks(story.remarks, width);
    if (!story.why.empty())
        std::printf("%s\n", fitted("  " + story.why, width, 2).c_str());
    if (where.exercise.find('_') == 2) { // an exercise; the lab and the questions have tests of their own
        const std::string file = "  open  " LAB_ANSWERS "/" + where.exercise + "/" + name + ".cpp";
        const std::string read = story.read.empty() ? "" : "     read  " + story.read;
        const bool is_long = width != no_limit && columns(file + read) > width;
        std::printf("%s%s\n", file.c_str(), is_long ? "" : read.c_str());
        if (is_long)
            std::printf("%s\n", fitted("  read  " + story.read, width, 8).c_str());
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
        next_failure = deviation = {};
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
            if (failures_.size() == 1)
                deviation = next_failure;
            next_failure = {};
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

void add_failure(const char* file, int line, const std::string& expected, const std::string& came, const Place& place)
{
    next_failure = place;
    GTEST_MESSAGE_AT_(file, line, (expected_mark + expected + "\n" + came_mark + came + number_remark(expected, came)).c_str(),
                      testing::TestPartResult::kNonFatalFailure);
}

void report_findings(Arena& arena)
{
    for (std::uint32_t i = 0; i < arena.failure_count; ++i) {
        Failure& failure = arena.failures[i];
        if (std::exchange(failure.told, true))
            continue;
        next_failure = {&arena, failure.at};
        GTEST_MESSAGE_AT_(failure.file, failure.line, failure.message,
                          failure.fatal ? testing::TestPartResult::kFatalFailure : testing::TestPartResult::kNonFatalFailure);
    }
}

Place last_act(const Arena& arena, std::uint16_t who)
{
    for (std::uint32_t n = arena.count, i = n; i > 0 && n - i < Arena::tail; --i)
        if (arena.event(i - 1).who == who)
            return {&arena, i - 1};
    return {};
}

std::uint32_t first_deviation(const Arena& arena) { return deviation.arena == &arena ? deviation.event : UINT32_MAX; }

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
