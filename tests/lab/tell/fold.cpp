#include "lab/tell/fold.h"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace lab {

namespace {

constexpr std::size_t longest_group = 8; // of rows that are folded
constexpr std::size_t many_actors = 8;   // fewer are shown one by one

using Group = std::span<const Row>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_of_a_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Whose acts the rows show; "" when nobody's, or several people's.
std::string_view actor_of(Group group)
{
    std::string_view actor;
    for (const Row& row : group) {
        if (!actor.empty() && !row.actor.empty() && row.actor != actor)
            return "";
        actor = row.actor.empty() ? actor : std::string_view{row.actor};
    }
    return actor;
}

// A cell without what is another's for each client: his name, and the numbers of his thread and his descriptor.
std::string form_of(std::string_view cell, std::string_view actor)
{
    std::string form;
    for (std::size_t i = 0; i < cell.size();) {
        const bool begins = i == 0 || !is_of_a_word(cell[i - 1]),
                   ends = i + actor.size() >= cell.size() || !is_of_a_word(cell[i + actor.size()]);
        const bool numbers = is_digit(cell[i]) && (i == 0 || cell[i - 1] == '(' || (i == 1 && cell[0] == 'T'));
        if (begins && ends && cell.substr(i, actor.size()) == actor) {
            form += '@';
            i += actor.size();
        } else if (numbers) {
            form += '#';
            while (i < cell.size() && is_digit(cell[i]))
                ++i;
        } else {
            form += cell[i++];
        }
    }
    return form;
}

// Sorted: which of two threads is faster to fall asleep is no difference.
std::vector<std::string> forms_of(Group group, std::string_view actor)
{
    std::vector<std::string> forms;
    for (const Row& row : group)
        forms.push_back(form_of(row.code, actor) + '\t' + form_of(row.kernel, actor) + '\t' + form_of(row.peer, actor));
    std::sort(forms.begin(), forms.end());
    return forms;
}

bool deviates(Group group)
{
    return std::any_of(group.begin(), group.end(), [](const Row& row) { return row.deviates; });
}

// How often the group of `period` rows stands there, one behind the other; and for how many peers, if it is another's each time.
struct Repeats {
    std::size_t times = 1, others = 0;
};

Repeats repeats(Group rows, std::size_t period)
{
    const Group first = rows.first(period);
    Repeats found;
    const auto next = [&] { return rows.subspan(found.times * period); };
    const auto is_same = [](const Row& a, const Row& b) { return a.same_as(b); };
    while (next().size() >= period && std::equal(first.begin(), first.end(), next().begin(), is_same))
        ++found.times;
    const std::string_view actor = actor_of(first);
    if (found.times > 1 || actor.empty() || deviates(first))
        return found;
    const std::vector<std::string> forms = forms_of(first, actor);
    std::set<std::string_view> actors{actor};
    while (next().size() >= period) {
        const Group group = next().first(period);
        const std::string_view other = actor_of(group);
        if (other.empty() || deviates(group) || forms_of(group, other) != forms || !actors.insert(other).second)
            break;
        ++found.times;
    }
    return found.times < many_actors ? Repeats{} : Repeats{found.times, found.times - 1};
}

} // namespace

std::vector<Row> folded(const std::vector<Row>& rows)
{
    std::vector<Row> result;
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t period = 1;
        Repeats most;
        for (std::size_t p = 1; p <= std::min(longest_group, rows.size() - i); ++p) {
            const Repeats found = repeats(Group{rows}.subspan(i), p);
            if (found.times > 2 && (found.times - 1) * p > (most.times - 1) * period) {
                period = p;
                most = found;
            }
        }
        for (std::size_t k = 0; k < period; ++k) {
            result.push_back(rows[i + k]);
            result.back().repeats = most.times;
            result.back().others = most.others;
        }
        i += period * most.times;
    }
    return result;
}

} // namespace lab
