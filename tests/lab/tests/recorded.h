#pragma once

#include "outcome.h"

#include <string>
#include <unistd.h>
#include <vector>

// One call of the learner as the recorder must show it.
namespace lab {

struct RecordedCall {
    Call call;
    std::string rows; // of the diagram, for this call: without times, two spaces between columns
    std::function<void()> body;
    long result = 0; // of the last such call
    int error = 0;
    Scene scene{};
};
inline void PrintTo(const RecordedCall& recorded, std::ostream* out) { *out << name_of(recorded.call); }

// The tables, each in a file of its own.
std::vector<RecordedCall> calls_on_sockets();
std::vector<RecordedCall> calls_on_descriptors();
std::vector<RecordedCall> calls_that_read();
std::vector<RecordedCall> calls_that_write();
std::vector<RecordedCall> calls_that_wait();

inline void closes(int fd) { EXPECT_EQ(0, ::close(fd)); }
inline void closes_both(const int (&ends)[2])
{
    closes(ends[0]);
    closes(ends[1]);
}

// The rows of a diagram that contain `word`, each ended by a newline.
std::string rows_with(const std::string& word, const std::string& diagram);
inline std::string rows_of(const std::string& diagram) { return rows_with("", diagram); }

} // namespace lab
