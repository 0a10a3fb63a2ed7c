#pragma once

#include "06_recv/recv.h"
#include "lab/lab.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <system_error>

// What `call` gives: the text itself if it is short, else whether it is the pattern; or what it throws.
template <class Call>
std::string in_words(Call call)
{
    try {
        const std::string came = call(), size = std::to_string(came.size());
        return came.size() < 100 ? came : size + (came == lab::pattern(came.size()) ? " bytes, unchanged" : " bytes, some wrong");
    } catch (const std::length_error&) {
        return "threw length_error";
    } catch (const std::system_error& e) {
        return std::string{"threw "} + (e.code().value() == 0 ? "errno 0" : ::strerrorname_np(e.code().value()));
    }
}

// The same, of a call that was lent `fd`: it stays the caller's.
template <class Call>
std::string outcome(int fd, Call call)
{
    std::string came = in_words(call);
    lab::expects_open(fd, "whatever came of it");
    return came;
}

// What recv_exactly does with a span of `n` bytes. Four more bytes stand behind the span, and must stay as they are.
inline std::string exactly(int fd, std::size_t n)
{
    return outcome(fd, [&] {
        std::string room = std::string(n, '.') + "####";
        const std::size_t got = lab::calls("recv_exactly(" + std::to_string(fd) + ", " + std::to_string(n) + " bytes)", [&] {
            return kata::recv_exactly(fd, std::as_writable_bytes(std::span{room}.first(n)));
        });
        return room.substr(0, std::min(got, n)) + (got == n ? "" : ", the end after " + std::to_string(got)) +
               (room.substr(n) == "####" ? "" : ", and wrote beyond the span: " + room.substr(n));
    });
}

inline std::string until_eof(int fd, std::size_t max)
{
    const std::string most = max == SIZE_MAX ? "SIZE_MAX" : std::to_string(max);
    return outcome(fd, [&] {
        return std::string{lab::text(lab::calls("recv_until_eof(" + std::to_string(fd) + ", at most " + most + " bytes)",
                                                [&] { return kata::recv_until_eof(fd, max); }))};
    });
}
