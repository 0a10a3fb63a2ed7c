// Mistake: takes a byte 0xff for EOF, which is -1 in a char
// Caught by: Robust.KeepsEveryByte
// Says: <the end>
#include "12_line_framing/rest.h"

#include <cstdio>

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    const auto getchar_from = [fd] {
        char byte = EOF;
        while (::recv(fd, &byte, 1, 0) < 0)
            if (errno != EINTR)
                fail("recv");
        return byte;
    };
    const char byte = getchar_from();
    if (byte == static_cast<char>(EOF))
        return false;
    buffer += byte;
    return true;
}

} // namespace kata
