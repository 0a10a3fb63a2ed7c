#include "lab/script/learner.h"

#include "lab/machine/proc.h"
#include "lab/machine/tcp_bytes.h"
#include "lab/peers/peer.h"
#include "lab/peers/wiring.h"
#include "lab/script/sweep.h"
#include "lab/tell/diagram.h"
#include "lab/tell/lesson.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lab {

Learner::Learner(const Lesson& lesson, const Limits& limits) : run_{std::make_unique<Supervisor>(limits)}, lesson_{lesson} {}

Learner::~Learner()
{
    const bool running = run_->is_running();
    run_->stop();
    leave_sweep(*run_);
    for (const int fd : handed_)
        ::close(fd);
    if (listener_ >= 0)
        ::close(listener_);
    if (run_->was_started() && !judged_ && !testing::Test::HasFailure())
        ADD_FAILURE() << "This test never judged its learner: it must end with finishes() or keeps_serving().";
    const Run run{run_->arena(), run_->ports(), run_->verdict_text()};
    if (run_->was_started() && !testing::Test::HasFailure() && std::getenv("KATA_REMARKS") != nullptr)
        tell_remarks_of_green_run(unseen_calls(run), remarks_on(run, SIZE_MAX));
    if (!testing::Test::HasFailure() || !run_->was_started())
        return;
    const std::string verdict = run_->verdict_text().empty() && running ? "was stopped by the test" : run_->verdict_text();
    tell({circumstances(), lesson_.rule, lesson_.why, lesson_.read, lesson_.ask,
          draw(*run_, first_deviation(run_->arena()), screen_width()), sanitizer_report(run_->output()), verdict,
          remarks_on(run, 2), unseen_calls(run), run_->was_cut_short() && run_->arena().failure_count == 0,
          run_->verdict() == Verdict::not_written});
}

void Learner::hand_over(int fd)
{
    if (run_->was_started())
        throw std::logic_error{"wires are laid before run()"};
    // It does nothing while nobody is the owner (fcntl(2), F_SETOWN). But who puts "the" mode back, and not the one that was
    // there, clears it, and the learner is told.
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_ASYNC);
    handed_.push_back(fd);
}

void Learner::run(const std::function<void()>& body)
{
    join_sweep(*run_);
    run_->start(body, handed_);
    for (const int fd : handed_) // the learner's ends are the learner's: a copy here would hide its close()
        ::close(fd);
    handed_.clear();
}

void Learner::resume()
{
    run_->lets_arrive();
    Arena& arena = run_->arena();
    for (std::uint32_t i = 0; i < arena.fault_count; ++i)
        if (arena.faults[i].effect == Effect::pauses || arena.faults[i].effect == Effect::returns_late) {
            arena.faults[i].gate = 1;
            syscall(SYS_futex, &arena.faults[i].gate, FUTEX_WAKE, INT32_MAX, nullptr, nullptr, 0);
        }
    run_->release();
}

void Learner::settles() { run_->settle(); }

void Learner::gets_signal(int signal)
{
    run_->settle();
    if (!run_->is_running())
        return;
    const char* name = ::sigabbrev_np(signal);
    run_->note(run_->add_peer("the test"), "sends SIG" + std::string{name != nullptr ? name : "?"});
    ::kill(run_->process(), signal);
}

void Learner::judge(const std::string& expected, const char* file, int line)
{
    judged_ = true;
    report_findings(run_->arena());
    if (run_->verdict() != Verdict::none)
        add_failure(file, line, expected, run_->verdict_text());
}

void Learner::finishes(const char* file, int line)
{
    run_->await([&] {
        run_->release(); // the test has seen all that it wanted to see
        return false;
    });
    judge("your function returns, and leaves nothing behind", file, line);
}

void Learner::is_killed()
{
    run_->settle();
    run_->note(run_->add_peer("the test"), "kills your process");
    run_->stop();
    judged_ = true;
}

bool Learner::is_done()
{
    run_->settle();
    return !run_->is_running() || run_->arena().returned != 0;
}

void Learner::keeps_serving(const char* file, int line)
{
    run_->settle();
    const auto waits_for_a_client = [&](const Event& e) {
        if (!run_->is_asleep(e)) // first: a server that polls is awake again before a long story is searched for origins
            return false;
        const Family family = family_of(e.call);
        return family == Family::accepting || family == Family::waiting ||
               (family == Family::reading && origin_call(run_->arena(), e.fd) == Call::socket);
    };
    const bool waits = run_->await([&] { return any_call(run_->arena(), waits_for_a_client); });
    if (!waits)
        run_->judge(Verdict::exited, "returned, although a server serves for ever");
    for (const int fd : open_descriptors())
        if (const Call origin = origin_call(run_->arena(), fd); family_of(origin) == Family::accepting)
            run_->judge(Verdict::leaked, "waits for the next client, but never closed descriptor " + std::to_string(fd) +
                                             origin_of(run_->arena(), fd));
    judge("your server waits for the next client and holds no old one", file, line);
    run_->stop();
}

std::vector<CallRecord> Learner::calls() const
{
    std::vector<CallRecord> records;
    any_call(run_->arena(), [&](const Event& e) {
        records.push_back(
            {e.call, e.fd, {e.args[0], e.args[1], e.args[2]}, e.result, e.error, e.slept, e.phase == Phase::returned});
        return false;
    });
    return records;
}

int Learner::count(Call call) const
{
    const auto all = calls();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const CallRecord& r) { return r.call == call; }));
}

int Learner::count(Family family) const
{
    const auto all = calls();
    return static_cast<int>(
        std::count_if(all.begin(), all.end(), [&](const CallRecord& r) { return family_of(r.call) == family; }));
}

std::size_t Learner::bytes_taken() const
{
    long sum = 0;
    any_call(run_->arena(), [&](const Event& e) {
        const bool takes = family_of(e.call) == Family::reading && e.result > 0 && (e.args[1] & MSG_PEEK) == 0;
        sum += takes ? e.result : 0;
        return false;
    });
    return static_cast<std::size_t>(sum);
}

std::size_t Learner::bytes_given(int fd) const
{
    return run_->is_running() ? static_cast<std::size_t>(tcp_bytes(run_->process(), fd, 1).given) : 0;
}

std::vector<int> Learner::open_descriptors() const
{
    std::vector<int> all = run_->is_running() ? proc::descriptors(run_->process()) : std::vector<int>{};
    all.erase(all.begin(), std::find_if(all.begin(), all.end(), [](int fd) { return fd > 2; }));
    return all;
}

std::string Learner::printed() const { return run_->output(); }
std::string Learner::diagram() const { return draw(*run_); }
std::string Learner::verdict() const { return run_->verdict_text(); }

} // namespace lab
