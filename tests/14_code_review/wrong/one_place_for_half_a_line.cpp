// Mistake: keeps half a line in a static variable, and empties that for each client: another server's client loses his
// Caught by: Robust.ServesInTwoThreadsAtOnce
// Says: "world"
#include "14_code_review/rest.h"

namespace kata {

Verdict serve(int client, const Talk& talk)
{
    static std::string kept; // its memory serves all clients
    kept.clear();
    for (;;) {
        const ssize_t n = receive_more(client, kept);
        if (n < 0)
            return Verdict::bad;
        if (n == 0)
            return take_last(kept, talk);
        if (const Verdict verdict = take_lines(kept, talk); verdict != Verdict::more)
            return verdict;
    }
}

} // namespace kata
