#pragma once

#include <string>

namespace coach {

// What a failed or noisy build said, for the person who wrote `answer` (its path, absolute).
struct CompilerWords {
    std::string errors;            // those about the answer; where none is about it, what the build said, without the noise
    std::string warnings;          // about the answer
    bool about_the_answer = false; // the errors are in it, or a function is missing from it
};

// Shortens paths by `source`/. At most `most` errors; how many more there are is said.
CompilerWords compiler_words(const std::string& output, const std::string& answer, const std::string& source,
                             std::size_t most = 3);

} // namespace coach
