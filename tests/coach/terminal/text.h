#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace coach {

std::string trimmed(std::string_view text); // without spaces and line ends at both ends
std::vector<std::string> lines_of(const std::string& text);

// The words of `text` in lines of at most `width` columns, each after `indent`; UTF-8 counts by character. A word that is
// longer stands alone. Ends with a line end.
std::string wrapped(const std::string& text, std::size_t width, const std::string& indent = "");

// A page of Markdown for a terminal: paragraphs and list items wrapped, code as it is, **strong** without its stars.
std::string readable(const std::string& markdown, std::size_t width, const std::string& indent = "");

// What `word` was probably meant to be: the candidate with the fewest letters changed, or one that begins with it. "" when none
// is near.
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

} // namespace coach
