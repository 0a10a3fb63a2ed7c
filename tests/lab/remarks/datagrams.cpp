// What is strange about datagrams, and about control messages.
#include "lab/remarks/rules.h"
#include "lab/words/describe.h"

#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>

namespace lab {

namespace {

void a_control_message_has_its_length(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    constexpr const char* words = "with cmsg_len ";
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        const char* found = e.call == Call::sendmsg ? std::strstr(e.control, words) : nullptr;
        const unsigned long length = found != nullptr ? std::strtoul(found + std::strlen(words), nullptr, 10) : 0;
        if (length == CMSG_SPACE(sizeof(in_pktinfo)))
            notes.push_back({i,
                             {"cmsg_len is " + std::to_string(length) + ", which is CMSG_SPACE(); CMSG_LEN() is due, " +
                                  std::to_string(CMSG_LEN(sizeof(in_pktinfo))) + ".",
                              "man 3 cmsg"}});
    }
}

// Whoever goes on to send has believed that it was whole.
void what_was_cut_is_not_whole(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        if (!is(e, Family::reading) || !succeeded(e))
            continue;
        const bool cut =
            has_size(e) ? e.datagram > e.args[0] : e.call == Call::recvmsg && e.datagram >= 0 && (e.args[2] & MSG_TRUNC) != 0;
        const bool control_cut = e.call == Call::recvmsg && (e.args[2] & MSG_CTRUNC) != 0;
        const std::size_t next = cut || control_cut ? calls.next_on_thread(i) : Calls::none;
        if (next == Calls::none || !is(calls[next], Family::writing) || calls[next].fd != e.fd)
            continue;
        const std::string believed = ", and " + short_call(calls[next]) + " follows as if it were whole.";
        if (cut)
            notes.push_back(
                {i,
                 {short_call(e) + " had room for a part of the datagram only (MSG_TRUNC)" + believed, "man 2 recv, MSG_TRUNC"}});
        else
            notes.push_back({i,
                             {short_call(e) + " had too little room for its control messages (MSG_CTRUNC)" + believed,
                              "man 2 recvmsg, MSG_CTRUNC"}});
    }
}

} // namespace

const Rule rules_on_datagrams[] = {a_control_message_has_its_length, what_was_cut_is_not_whole, no_more_rules};

} // namespace lab
