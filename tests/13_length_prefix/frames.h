#pragma once

#include "13_length_prefix/length_prefix.h"
#include "lab/lab.h"

#include <stdexcept>
#include <string>
#include <sys/mman.h>
#include <system_error>

constexpr std::uint32_t max_frame = 1 << 16;

// Pages of zeros that nobody wrote: they cost no memory, and the process that asked for them gives them back when it ends.
inline std::span<const std::byte> zeros(std::size_t size)
{
    void* pages = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (pages == MAP_FAILED)
        throw std::system_error{errno, std::generic_category(), "the test's own mmap"};
    return {static_cast<const std::byte*>(pages), size};
}

// What read_frame gives, or what it throws, in words.
inline std::string next_of(int fd, std::uint32_t max = max_frame)
{
    try {
        const auto frame = lab::calls("read_frame(" + std::to_string(fd) + ", at most " + std::to_string(max) + " bytes)",
                                      [&] { return kata::read_frame(fd, max); });
        return frame ? std::string{lab::text(*frame)} : "<the end>";
    } catch (const std::length_error&) {
        return "threw length_error";
    } catch (const std::system_error& e) {
        return e.code().value() == 0 ? "threw errno 0" : std::string{"threw "} + ::strerrorname_np(e.code().value());
    } catch (const std::runtime_error&) {
        return "threw runtime_error";
    }
}
