// What the recorder shows of each call. The calls stand in recorder_*_calls.cpp.
#include "recorded.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace lab {

std::string rows_with(const std::string& word, const std::string& diagram)
{
    std::istringstream lines{diagram};
    std::string line, rows;
    std::getline(lines, line); // the names of the columns
    while (std::getline(lines, line)) {
        const std::size_t time = line.find(" ms  ");
        line = line.substr(time == std::string::npos ? 0 : time + 5);
        std::string row;
        for (const char c : line.substr(std::min(line.find_first_not_of(' '), line.size())))
            if (c != ' ' || row.size() < 2 || row.compare(row.size() - 2, 2, "  ") != 0)
                row += c;
        if ((" " + row).find(word) != std::string::npos)
            rows += row + "\n";
    }
    return rows;
}

namespace {

std::vector<RecordedCall> all_calls()
{
    std::vector<RecordedCall> all;
    for (auto table : {calls_on_sockets, calls_on_descriptors, calls_that_read, calls_that_write, calls_that_wait})
        for (RecordedCall& recorded : table())
            all.push_back(std::move(recorded));
    return all;
}

class Recorder : public testing::TestWithParam<RecordedCall> {};

std::string name_of_call(const testing::TestParamInfo<RecordedCall>& info) { return name_of(info.param.call); }

} // namespace

// Every call is in the diagram, with its arguments, its result and its error, and in calls() with the same.
TEST_P(Recorder, Shows)
{
    const RecordedCall& expected = GetParam();
    const std::string name = name_of(expected.call);
    CallRecord last{};
    Scene scene = expected.scene;
    scene.before = [before = scene.before](Learner& you) {
        for (const char* what : {"O_NONBLOCK", "FD_CLOEXEC", "SO_KEEPALIVE", "TCP_NODELAY", "SO_LINGER", "SO_RCVTIMEO"})
            you.may_change(what);
        if (before)
            before(you);
    };
    scene.judged = [&](Learner& you) {
        for (const CallRecord& record : you.calls())
            if (record.call == expected.call)
                last = record;
    };
    const Outcome outcome = outcome_of(expected.body, scene);
    EXPECT_EQ("", outcome.verdict);
    EXPECT_EQ("", outcome.failures);
    EXPECT_EQ(expected.rows, rows_with(" " + name + "(", outcome.diagram)) << outcome.diagram;
    EXPECT_EQ(expected.result, expected.call == Call::fork && last.result > 0 ? 0 : last.result); // a process number
    EXPECT_EQ(expected.error, last.error);
    EXPECT_TRUE(last.returned);
}

INSTANTIATE_TEST_SUITE_P(Each, Recorder, testing::ValuesIn(all_calls()), name_of_call);

// A call that somebody adds to the lab must get its row here.
TEST(Recorder, IsTestedWithEveryCall)
{
    // hostile_leaving_test.cpp; the peers' and the body's own; the names that a test scripts
    std::set<Call> tested{Call::exit, Call::_exit, Call::quick_exit, Call::note, Call::wait_for_the_test, Call::getaddrinfo};
    tested.insert(Call::pthread_create); // sweep_test.cpp
    for (const RecordedCall& recorded : all_calls())
        tested.insert(recorded.call);
#define LAB_CHECK(name, family) EXPECT_TRUE(tested.count(Call::name)) << #name;
    LAB_CALLS(LAB_CHECK)
#undef LAB_CHECK
}

} // namespace lab
