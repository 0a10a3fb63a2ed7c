// Mistake: keeps what a callback throws until all are called
// Caught by: Robust.KeepsTheOthersWhenOneThrows
// Says: and it calls nobody after that
#include "29_epoll_reactor/rest.h"

#include <exception>

namespace kata {

int Reactor::Machinery::call_those_who_are_left()
{
    int called = 0;
    std::exception_ptr thrown;
    for (; next < end; ++next)
        if (Watched* const who = meant_by(batch[next])) {
            ++called;
            try {
                who->callback(batch[next].events);
            } catch (...) {
                thrown = std::current_exception();
            }
        }
    if (thrown)
        std::rethrow_exception(thrown);
    return called;
}

} // namespace kata
