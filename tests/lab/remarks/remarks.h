#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lab {

struct Arena;

// What the rules may know of a run.
struct Run {
    const Arena& arena;
    const std::map<std::uint16_t, std::string>& ports; // of the peers, by number
    const std::string& verdict;
};

// Something strange in a recording, in one sentence, and the man page that says more.
struct Remark {
    std::string says, read;
};

// What an experienced colleague would notice in the learner's calls: at most `most` remarks, those that are nearest to the end,
// in the order of the diagram. The same rule speaks once.
std::vector<Remark> remarks_on(const Run& run, std::size_t most);

// The calls that are in no recording, in a sentence: more bytes went through the descriptors that the test handed over than the
// recorded calls moved. "" where there is no proof of any; a descriptor that is closed proves nothing.
std::string unseen_calls(const Run& run);

} // namespace lab
