// Calls that no shim takes: preadv2(), stdio on a socket, io_uring. They leave no row, but the kernel counts bytes.
#include "lab/remarks/rules.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <sys/socket.h>

namespace lab {

std::string unseen_calls(const Run& run)
{
    if (run.arena.count > Arena::capacity)
        return ""; // not all calls are kept
    const Calls calls{run.arena};
    std::uint64_t taken = run.arena.urgent, given = 0;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        const bool reads = is(e, Family::reading), writes = is(e, Family::writing);
        if ((reads || writes) && !is_over(e))
            return ""; // nobody knows how far it came
        if ((!reads && !writes) || e.result <= 0)
            continue;
        const auto n = static_cast<std::uint64_t>(e.result);
        taken += writes && e.call != Call::splice && e.call != Call::sendfile ? 0 : (e.args[1] & MSG_PEEK) != 0 && reads ? 0 : n;
        given += writes ? n : 0;
    }
    const std::uint64_t more_in = run.arena.moved_in > taken ? run.arena.moved_in - taken : 0;
    const std::uint64_t more_out = run.arena.moved_out > given ? run.arena.moved_out - given : 0;
    if (more_in == 0 && more_out == 0)
        return "";
    const bool in = more_in > 0;
    return "your code made calls that this laboratory does not see: " + plural(in ? more_in : more_out, "byte") +
           (in ? " came to it" : " went out") + " by none of the calls below";
}

} // namespace lab
