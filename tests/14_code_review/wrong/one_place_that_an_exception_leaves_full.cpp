// Mistake: keeps the bytes in a place of its thread, and empties it on each way out but an exception's
// Caught by: Robust.BeginsAnewAfterAnException
// Says: left behind
#include "14_code_review/rest.h"

namespace kata {

Verdict serve(int client, const Talk& talk)
{
    static thread_local std::string kept;
    Verdict verdict = Verdict::more;
    while (verdict == Verdict::more) {
        const ssize_t n = receive_more(client, kept);
        verdict = n < 0 ? Verdict::bad : n == 0 ? take_last(kept, talk) : take_lines(kept, talk);
        if (n == 0 && verdict == Verdict::more)
            verdict = Verdict::bye;
    }
    kept.clear();
    return verdict;
}

} // namespace kata
