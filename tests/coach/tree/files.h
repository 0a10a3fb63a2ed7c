#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace coach {

// What is told to the person at the keyboard instead of doing what was asked; kata ends with 2.
struct Complaint : std::runtime_error {
    using std::runtime_error::runtime_error;
};

bool exists(const std::string& path);
std::optional<std::string> read_file(const std::string& path); // nothing: it cannot be read
std::string must_read(const std::string& path);                // throws Complaint that names it

// The whole file or the old one, never half of it; folders on the way are made. Throws Complaint that names it and says why.
void write_file(const std::string& path, const std::string& text);
// As write_file, but never over something that exists: false then, and nothing was changed.
bool create_file(const std::string& path, const std::string& text);

bool is_source(const std::string& name);                                // *.cpp, *.h
std::string inside(const std::string& folder, const std::string& name); // folder/name
std::vector<std::string> names_in(const std::string& folder); // sorted; without hidden ones; empty when there is no such folder

// A number that changes when one of the sources in `folder`, or below it, is saved, added or removed.
std::uint64_t stamp_of(const std::string& folder, bool with_subfolders);

} // namespace coach
