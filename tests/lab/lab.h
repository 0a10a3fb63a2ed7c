#pragma once

// The loopback laboratory: everything that a test file needs.
#include "lab/inside/kernel.h"
#include "lab/peers/host.h"
#include "lab/peers/peer.h"
#include "lab/script/demands.h"
#include "lab/script/here.h"
#include "lab/script/learner.h"
#include "lab/script/sweep.h"
#include "lab/script/under_test.h"

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

} // namespace lab
