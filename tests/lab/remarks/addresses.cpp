// What is strange about addresses: their lengths, their ports, the lists of getaddrinfo().
#include "lab/remarks/rules.h"
#include "lab/words/describe.h"

#include <cerrno>
#include <netinet/in.h>
#include <set>
#include <string>
#include <sys/socket.h>

namespace lab {

namespace {

const char* page_of(Call call)
{
    return call == Call::getsockname   ? "man 2 getsockname"
           : call == Call::getpeername ? "man 2 getpeername"
           : call == Call::recvfrom    ? "man 2 recvfrom"
                                       : "man 2 accept";
}

void the_length_is_the_room(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        if (e.room < 0 || e.filled < 0)
            continue;
        const std::string length = "the address length of " + short_call(e);
        const std::size_t last =
            calls.before(i, [&](const Event& x) { return x.call == e.call && x.thread == e.thread && x.filled >= 0; });
        if (e.room == 0 && e.filled > 0)
            notes.push_back({i, {length + " went in as 0: no room, so no address came.", page_of(e.call)}});
        else if (e.filled > e.room)
            notes.push_back({i,
                             {length + " went in as " + std::to_string(e.room) + ", and " + std::to_string(e.filled) +
                                  " were needed: the address is cut.",
                              page_of(e.call)}});
        else if (last != Calls::none && calls[last].room > e.room && calls[last].filled == e.room)
            notes.push_back(
                {i,
                 {length + " is what the last call left in it, " + std::to_string(e.room) + ": set it again before each call.",
                  page_of(e.call)}});
    }
}

void the_length_fits_the_family(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        const long due = e.address.family == AF_INET    ? long{sizeof(sockaddr_in)}
                         : e.address.family == AF_INET6 ? long{sizeof(sockaddr_in6)}
                                                        : 0;
        if ((e.call == Call::bind || e.call == Call::connect) && failed(e, EINVAL) && e.args[0] < due)
            notes.push_back({i,
                             {short_call(e) + " was told that the address has " + std::to_string(e.args[0]) +
                                  " bytes; this family's has " + std::to_string(due) + ".",
                              e.address.family == AF_INET ? "man 7 ip" : "man 7 ipv6"}});
    }
}

std::uint16_t swapped(std::uint16_t port) { return static_cast<std::uint16_t>(port << 8 | port >> 8); }

// Ports change from run to run: so no number is told.
void ports_are_in_network_order(const Calls& calls, const Run& run, std::vector<Note>& notes)
{
    std::set<std::uint16_t> known;
    for (const auto& [port, name] : run.ports)
        known.insert(port);
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        const std::uint16_t port = e.address.port;
        const bool names = e.call == Call::bind || e.call == Call::connect || e.call == Call::sendto || e.call == Call::sendmsg;
        const bool is_internet = e.address.family == AF_INET || e.address.family == AF_INET6;
        if (names && is_internet && port != 0 && known.count(port) == 0 && known.count(swapped(port)) != 0)
            notes.push_back({i,
                             {"the port of " + short_call(e) +
                                  " is the right one with its two bytes swapped: htons() is missing, or there twice.",
                              "man 3 htons"}});
        if (e.other_address.family == AF_INET || e.other_address.family == AF_INET6)
            known.insert(e.other_address.port);
    }
}

void lists_are_given_back(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; calls.returned() && i < calls.size(); ++i)
        if (calls[i].call == Call::getaddrinfo && is_over(calls[i]) && calls[i].result == 0 && calls[i].args[2] == 0)
            notes.push_back(
                {i,
                 {"the list of getaddrinfo() was not given back: freeaddrinfo() does that, also on the way of an error.",
                  "man 3 getaddrinfo"}});
}

} // namespace

const Rule rules_on_addresses[] = {the_length_is_the_room, the_length_fits_the_family, ports_are_in_network_order,
                                   lists_are_given_back, no_more_rules};

} // namespace lab
