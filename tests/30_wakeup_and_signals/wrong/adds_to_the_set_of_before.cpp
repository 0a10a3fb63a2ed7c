// Mistake: a static set: the second descriptor hears what the first one was made for
// Caught by: Robust.BlocksOnlyWhatItIsTold
// Says: a descriptor for SIGUSR2 says nothing of SIGINT
#include "30_wakeup_and_signals/rest.h"

namespace kata {

sigset_t set_of(std::initializer_list<int> signals)
{
    static sigset_t set{};
    for (const int signal : signals)
        if (sigaddset(&set, signal) < 0)
            throw std::system_error{errno, std::generic_category(), "sigaddset"};
    return set;
}

} // namespace kata
