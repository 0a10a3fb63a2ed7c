#include "lab/inside/control.h"

#include "lab/flight/flight.h"

#include <arpa/inet.h>
#include <cstdio>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace lab {

namespace {

// Adds to a text that is full without harm.
void append(Event& event, const char* word)
{
    const std::size_t used = std::strlen(event.control), room = sizeof event.control - used;
    std::snprintf(event.control + used, room, "%s%s", used == 0 ? "" : ", ", word);
}

void append_pktinfo(Event& event, const cmsghdr& part)
{
    char word[64] = "", local[INET_ADDRSTRLEN] = "", header[INET_ADDRSTRLEN] = "";
    in_pktinfo info{};
    if (part.cmsg_len != CMSG_LEN(sizeof info)) {
        std::snprintf(word, sizeof word, "IP_PKTINFO with cmsg_len %zu", static_cast<std::size_t>(part.cmsg_len));
    } else {
        std::memcpy(&info, CMSG_DATA(&part), sizeof info);
        ::inet_ntop(AF_INET, &info.ipi_spec_dst, local, sizeof local);
        ::inet_ntop(AF_INET, &info.ipi_addr, header, sizeof header);
        const bool differ = info.ipi_addr.s_addr != INADDR_ANY && info.ipi_addr.s_addr != info.ipi_spec_dst.s_addr;
        std::snprintf(word, sizeof word, differ ? "IP_PKTINFO %s (header %s)" : "IP_PKTINFO %s", local, header);
    }
    append(event, word);
}

// What the kernel will read as numbers: as many as cmsg_len has room for.
void append_descriptors(Event& event, const cmsghdr& part)
{
    const std::size_t count = part.cmsg_len < CMSG_LEN(0) ? 0 : (part.cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count && i < 4; ++i) {
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(&part) + i * sizeof fd, sizeof fd);
        char word[32];
        std::snprintf(word, sizeof word, i > 0 ? "%d" : count > 1 ? "descriptors %d" : "descriptor %d", fd);
        append(event, word);
    }
    if (count == 0 || count > 4)
        append(event, count == 0 ? "no descriptor" : "..");
}

} // namespace

void keep_sent_control(Event& event, const msghdr& message)
{
    keep_control(event, message);
    msghdr walk = message;
    for (cmsghdr* part = CMSG_FIRSTHDR(&walk); part != nullptr; part = CMSG_NXTHDR(&walk, part)) {
        if (part->cmsg_len > message.msg_controllen) // EINVAL will come of it
            append(event, "a cmsg_len behind the end");
        else if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS)
            append_descriptors(event, *part);
    }
}

void keep_control(Event& event, const msghdr& message)
{
    msghdr walk = message; // CMSG_NXTHDR takes no const
    for (cmsghdr* part = CMSG_FIRSTHDR(&walk); part != nullptr; part = CMSG_NXTHDR(&walk, part)) {
        const int level = part->cmsg_level, type = part->cmsg_type;
        char word[32];
        std::snprintf(word, sizeof word, "message %d, %d", level, type);
        if (level == IPPROTO_IP && type == IP_PKTINFO)
            append_pktinfo(event, *part);
        else if (level != SOL_SOCKET || type != SCM_RIGHTS) // descriptors are shown by their numbers
            append(event, level == SOL_SOCKET && type == SCM_TIMESTAMP        ? "SO_TIMESTAMP"
                          : level == IPPROTO_IP && type == IP_TTL             ? "IP_TTL"
                          : level == IPPROTO_IP && type == IP_TOS             ? "IP_TOS"
                          : level == IPPROTO_IP && type == IP_RECVORIGDSTADDR ? "IP_ORIGDSTADDR"
                                                                              : word);
    }
}

} // namespace lab
