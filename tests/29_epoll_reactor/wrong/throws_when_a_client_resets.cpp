// Mistake: throws what recv() says, out of the turn of all
// Caught by: Hostile.SurvivesThoseWhoReset
// Says: threw std::system_error
#include "29_epoll_reactor/rest.h"

namespace kata {

bool is_over(ssize_t n)
{
    if (n < 0 && errno != EAGAIN)
        throw std::system_error{errno, std::generic_category(), "recv"};
    return n == 0;
}

} // namespace kata
