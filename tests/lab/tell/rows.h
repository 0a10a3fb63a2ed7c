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
    bool deviates = false;  // here the demand that failed first stood
    std::string actor{};    // the peer whose act it is: with that name `peer` begins
    std::size_t others = 0; // who did the same, one after another
    bool same_as(const Row& other) const
    {
        return code == other.code && kernel == other.kernel && peer == other.peer && !deviates && !other.deviates;
    }
};

// The rows in their order as text, `width` columns wide (no_limit: as wide as they are). Groups that come again are folded, also
// those that differ only in the peer whose act they show, if these are many: "ann (and 37 others) connects". The text ends soon
// after the row that deviates, and has at most 40 rows, that one among them.
std::string lay_out(std::vector<Row> rows, std::size_t width);

} // namespace lab
