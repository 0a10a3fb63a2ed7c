#pragma once

// The loopback laboratory: everything that a test file needs.
#include "lab/demands.h"
#include "lab/learner.h"
#include "lab/peers/host.h"
#include "lab/peers/peer.h"
#include "lab/sweep.h"
#include "lab/under_test.h"

#include <cerrno>
#include <cstddef>
#include <gtest/gtest.h>
#include <span>
#include <string>
#include <string_view>

namespace lab {

// Text as the bytes that the exercises' functions take; the text must outlive the span.
inline std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span{text}); }
// And back.
inline std::string_view text(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// An address of this machine that no other process of the tests uses: 127.x.y.z, made from the process number. For tests that
// bind a port a second time: nobody else can take it in between.
std::string private_loopback();

bool has_ipv6_loopback(); // for GTEST_SKIP() << "no ::1 on this machine"
// Whether a socket may have this address here. Also true of foreign ones where net.ipv4.ip_nonlocal_bind is set.
bool has_address(std::string_view ip);
long kernel_setting(const std::string& name); // "net/core/somaxconn", as a number; -1 where there is none

} // namespace lab
