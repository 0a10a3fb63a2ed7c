#include "lab/tell/diagram.h"
#include "lab/tell/rows.h"

#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace lab {

namespace {

constexpr std::size_t most_printed_lines = 12;

// What the learner printed itself: a sanitizer's report stands below the diagram.
std::string without_report(std::string output)
{
    for (const char* start : {"AddressSanitizer:DEADLYSIGNAL", "================="})
        output.resize(std::min(output.size(), output.find(start)));
    return output;
}

class Drawing {
public:
    Drawing(const Supervisor& run, std::uint32_t deviation)
        : run_{run},
          deviation_{deviation},
          arena_{run.arena()},
          ports_{run.ports()},
          output_{without_report(run.output())}
    {
        const std::uint32_t n = arena_.count;
        for (std::uint32_t i = 0; i < n; i = arena_.next(i))
            if (arena_.event(i).who == the_learner)
                threads_.emplace(arena_.event(i).thread, threads_.size() + 1);
            else if (arena_.event(i).who == the_frame)
                depth_[arena_.event(i).thread] = 0;
    }

    std::string text(std::size_t width)
    {
        add_rows();
        if (rows_.empty())
            return ""; // a function that makes no calls
        std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.time < b.time; });
        return lay_out(std::move(rows_), width);
    }

private:
    void add_rows()
    {
        const std::uint32_t n = arena_.count;
        for (std::uint32_t i = 0; i < n;) {
            const Event& e = arena_.event(i);
            add_printed(e.printed, e.began);
            if (e.who == the_learner)
                add_call(e);
            else if (e.who == the_clock)
                add(e.began, "", e.text);
            else if (e.who == the_frame)
                add_edge(e);
            else
                add_act(e);
            if (i == deviation_)
                rows_.back().deviates = true;
            const std::uint32_t next = arena_.next(i);
            if (next != i + 1)
                add(e.began, ".. " + std::to_string(next - i - 1) + " calls not kept ..");
            i = next;
        }
        add_printed(output_.size(), arena_.clock.now);
    }

    void add(std::int64_t time, std::string code, std::string kernel = "", std::string peer = "")
    {
        rows_.push_back({time - first_moment, std::move(code), std::move(kernel), std::move(peer)});
    }

    void add_act(const Event& e)
    {
        const std::string& actor = run_.peers()[e.who];
        add(e.began, "", "", actor + " " + e.text);
        rows_.back().actor = actor;
    }

    // "T2 " where there are several threads; and whose call it is, where the body names the call under test.
    std::string caller(const Event& e) const
    {
        const auto depth = depth_.find(e.thread);
        const bool is_named = depth != depth_.end();
        return thread(e) + (!is_named ? "" : depth->second > 0 ? std::string(depth->second * 2, ' ') : "the test: ");
    }

    std::string thread(const Event& e) const
    {
        const auto number = threads_.find(e.thread);
        return threads_.size() > 1 && number != threads_.end() ? "T" + std::to_string(number->second) + " " : "";
    }

    // The call under test, as the body names it.
    void add_edge(const Event& e)
    {
        std::size_t& depth = depth_[e.thread];
        const bool begins = e.args[0] == static_cast<long>(FrameEdge::begins);
        depth -= !begins && depth > 0 ? 1 : 0;
        add(e.began, thread(e) + std::string(depth * 2, ' ') + e.text);
        depth += begins ? 1 : 0;
    }

    void add_call(const Event& e)
    {
        const std::string who = caller(e);
        const std::string call = who + call_text(e, ports_);
        if (e.call == Call::wait_for_the_test) {
            add(e.began, thread(e) + "(waits for the test)");
            if (e.phase == Phase::returned)
                add(e.ended, thread(e) + "(goes on)");
            return;
        }
        const bool held = e.effect == Effect::pauses, late = e.effect == Effect::returns_late;
        if ((e.slept || held || late) && e.phase == Phase::returned) {
            add(e.began, call, held ? "      held by the test" : late ? "      done, and held by the test" : "zzz   it sleeps");
            add(e.ended, who + "... " + short_call(e), result_text(e, ports_));
        } else {
            add(e.began, call, result_text(e, ports_));
        }
    }

    // What the learner printed stands before the first call that came after it.
    void add_printed(std::uint64_t until, std::int64_t time)
    {
        until = std::min<std::uint64_t>(until, output_.size());
        if (until <= printed_)
            return;
        const std::string text = output_.substr(printed_, until - printed_);
        printed_ = until;
        std::size_t begin = 0;
        while (begin < text.size()) {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            if (++printed_lines_ == most_printed_lines)
                add(time, "prints more ..");
            else if (printed_lines_ < most_printed_lines && end > begin)
                add(time, "prints " + in_quotes(std::string_view{text}.substr(begin, end - begin), 60));
            begin = end + 1;
        }
    }

    const Supervisor& run_;
    const std::uint32_t deviation_;
    const Arena& arena_;
    PortNames ports_;
    std::string output_;
    std::map<int, std::size_t> threads_; // their numbers
    std::map<int, std::size_t> depth_;   // of threads on which the body names the call under test: inside how many it is
    std::vector<Row> rows_;
    std::uint64_t printed_ = 0;
    std::size_t printed_lines_ = 0;
};

} // namespace

std::string draw(const Supervisor& run, std::uint32_t deviation, std::size_t width)
{
    return Drawing{run, deviation}.text(width);
}

} // namespace lab
