#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace lab {

// A line of the sequence diagram.
struct Row {
    std::int64_t time; // nanoseconds since the begin of the run
    std::string code, kernel, peer;
    std::size_t repeats = 1;
    bool deviates = false; // here the demand that failed first stood
    bool same_as(const Row& other) const
    {
        return code == other.code && kernel == other.kernel && peer == other.peer && !deviates && !other.deviates;
    }
};

// The rows in their order as text, `width` columns wide (no_limit: as wide as they are). Groups that come again are folded; the
// text ends soon after the row that deviates, and has at most 40 rows, that one among them.
std::string lay_out(std::vector<Row> rows, std::size_t width);

} // namespace lab
