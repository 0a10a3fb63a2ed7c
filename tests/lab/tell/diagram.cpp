#include "lab/tell/diagram.h"

#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace lab {

namespace {

constexpr std::size_t code_width = 44, kernel_width = 32;
constexpr std::size_t head_rows = 36, tail_rows = 24; // of a long diagram
constexpr std::size_t most_printed_lines = 12;

struct Row {
    std::int64_t time; // of the learner's clock
    std::string code, kernel, peer;
    std::size_t repeats = 1;
    bool same_as(const Row& other) const { return code == other.code && kernel == other.kernel && peer == other.peer; }
};

std::size_t columns(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t width)
{
    const std::size_t now = columns(text);
    return text + std::string(now < width ? width - now : 1, ' ');
}

// What the learner printed itself: a sanitizer's report stands below the diagram.
std::string without_report(std::string output)
{
    for (const char* start : {"AddressSanitizer:DEADLYSIGNAL", "================="})
        output.resize(std::min(output.size(), output.find(start)));
    return output;
}

class Drawing {
public:
    explicit Drawing(const Supervisor& run)
        : run_{run},
          arena_{run.arena()},
          ports_{run.ports()},
          output_{without_report(run.output())}
    {
        const std::uint32_t n = arena_.count;
        for (std::uint32_t i = 0; i < n; i = arena_.next(i))
            if (arena_.event(i).who == the_learner)
                threads_.emplace(arena_.event(i).thread, threads_.size() + 1);
    }

    std::string text()
    {
        add_rows();
        if (rows_.empty())
            return ""; // a function that makes no calls
        std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.time < b.time; });
        fold();
        std::string result =
            "      time  " + padded("your code", code_width) + padded("kernel", kernel_width) + "peers (the test)\n";
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (rows_.size() > head_rows + tail_rows && i == head_rows) {
                result += "            .. " + std::to_string(rows_.size() - head_rows - tail_rows) + " more rows ..\n";
                i = rows_.size() - tail_rows;
            }
            result += line(rows_[i]);
        }
        return result;
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
                rows_.push_back({e.began, "", e.text, ""});
            else
                rows_.push_back({e.began, "", "", run_.peers()[e.who] + " " + e.text});
            const std::uint32_t next = arena_.next(i);
            if (next != i + 1)
                rows_.push_back({e.began, ".. " + std::to_string(next - i - 1) + " calls not kept ..", "", ""});
            i = next;
        }
        add_printed(output_.size(), arena_.clock.now);
    }

    void add_call(const Event& e)
    {
        const std::string who = threads_.size() > 1 ? "T" + std::to_string(threads_.at(e.thread)) + " " : "";
        const std::string call = who + call_text(e, ports_);
        if (e.call == Call::wait_for_the_test) {
            rows_.push_back({e.began, who + "(waits for the test)", "", ""});
            if (e.phase == Phase::returned)
                rows_.push_back({e.ended, who + "(goes on)", "", ""});
            return;
        }
        const bool held = e.effect == Effect::pauses;
        if ((e.slept || held) && e.phase == Phase::returned) {
            rows_.push_back({e.began, call, held ? "      held by the test" : "zzz   it sleeps", ""});
            rows_.push_back({e.ended, who + "... " + short_call(e), result_text(e, ports_), ""});
        } else {
            rows_.push_back({e.began, call, result_text(e, ports_), ""});
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
                rows_.push_back({time, "prints more ..", "", ""});
            else if (printed_lines_ < most_printed_lines && end > begin)
                rows_.push_back({time, "prints " + in_quotes(std::string_view{text}.substr(begin, end - begin), 60), "", ""});
            begin = end + 1;
        }
    }

    // One to six rows that come again and again become one set of rows with a count.
    void fold()
    {
        std::vector<Row> folded;
        for (std::size_t i = 0; i < rows_.size();) {
            std::size_t period = 1, times = 1;
            for (std::size_t p = 1; p <= 6; ++p) {
                const std::size_t n = repeats(i, p);
                if (n > 2 && (n - 1) * p > (times - 1) * period) {
                    period = p;
                    times = n;
                }
            }
            for (std::size_t k = 0; k < period; ++k) {
                folded.push_back(rows_[i + k]);
                folded.back().repeats = times;
            }
            i += times > 1 ? period * times : 1;
        }
        rows_ = std::move(folded);
    }

    std::size_t repeats(std::size_t at, std::size_t period) const
    {
        std::size_t n = 1;
        while (at + (n + 1) * period <= rows_.size() &&
               std::equal(rows_.begin() + static_cast<long>(at), rows_.begin() + static_cast<long>(at + period),
                          rows_.begin() + static_cast<long>(at + n * period),
                          [](const Row& a, const Row& b) { return a.same_as(b); }))
            ++n;
        return n;
    }

    std::string line(const Row& row) const
    {
        char time[24];
        std::snprintf(time, sizeof time, "%7.2f ms  ", static_cast<double>(row.time - first_moment) / 1e6);
        const std::string code = row.code + (row.repeats > 1 ? "  x" + std::to_string(row.repeats) : "");
        std::string text = time + padded(code, code_width) + padded(row.kernel, kernel_width) + row.peer;
        text.erase(text.find_last_not_of(' ') + 1);
        return text + "\n";
    }

    const Supervisor& run_;
    const Arena& arena_;
    PortNames ports_;
    std::string output_;
    std::map<int, std::size_t> threads_;
    std::vector<Row> rows_;
    std::uint64_t printed_ = 0;
    std::size_t printed_lines_ = 0;
};

} // namespace

std::string draw(const Supervisor& run) { return Drawing{run}.text(); }

} // namespace lab
