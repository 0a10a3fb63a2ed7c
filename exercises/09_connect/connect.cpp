#include "09_connect/connect.h"

#include "kata.h"

namespace kata {

UniqueFd connect_any(std::span<const Endpoint> /*candidates*/) { not_written(); }

UniqueFd connect_to(std::string_view /*host*/, std::string_view /*service*/) { not_written(); }

} // namespace kata
