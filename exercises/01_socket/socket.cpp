#include "01_socket/socket.h"

#include "kata.h"

namespace kata {

UniqueFd::UniqueFd(int /*fd*/) noexcept { not_written(); }

UniqueFd::UniqueFd(UniqueFd&& /*other*/) noexcept { not_written(); }

UniqueFd& UniqueFd::operator=(UniqueFd&& /*other*/) noexcept { not_written(); }

UniqueFd::~UniqueFd() { not_written(); }

int UniqueFd::get() const noexcept
{
    not_written();
    return fd_;
}

int UniqueFd::release() noexcept { not_written(); }

void UniqueFd::reset(int /*fd*/) noexcept { not_written(); }

UniqueFd::operator bool() const noexcept { not_written(); }

UniqueFd open_socket(int /*family*/, int /*type*/) { not_written(); }

} // namespace kata
