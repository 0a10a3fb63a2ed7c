#pragma once

#include "12_line_framing/line_framing.h"
#include "lab/lab.h"

#include <stdexcept>
#include <string>
#include <system_error>

constexpr std::size_t max_line = 1024;

// What next() gives, or what it throws, in words.
inline std::string next_of(kata::LineReader& lines)
{
    try {
        return lab::calls("next()", [&] { return lines.next(); }).value_or("<the end>");
    } catch (const std::length_error&) {
        return "threw length_error";
    } catch (const std::system_error& e) {
        return e.code().value() == 0 ? "threw errno 0" : std::string{"threw "} + ::strerrorname_np(e.code().value());
    }
}
