// Mistake: takes the "\r" at the end of the stream for half an ending: the last line "1\r" becomes the command
// Caught by: Robust.KeepsEveryByteOfALine
// Says: the messages that your server passed on
#include "14_code_review/rest.h"

namespace kata {

Verdict take_last(const std::string& kept, const Talk& talk)
{
    return kept.empty() ? Verdict::bye : take(without_return(kept), talk);
}

} // namespace kata
