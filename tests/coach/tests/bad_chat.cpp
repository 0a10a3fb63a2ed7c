// bad_chat HOW: a chat server with a mistake, for the tests of the matrix. Two clients come, and say a line each. "own": each
// hears its own. "all": each hears both. "mixed": the first one hears both, byte by byte. "halves": what the first one has said
// of its next line stands before the line of the second one. "nothing": nobody hears anything. Then it stays until it is ended.
#include <arpa/inet.h>
#include <cstdio>
#include <cstring>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace {

int listener() // which has said where it listens; -1: none
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    if (::bind(fd, reinterpret_cast<sockaddr*>(&where), size) != 0 || ::listen(fd, 8) != 0 ||
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&where), &size) != 0)
        return -1;
    std::printf("listening on 127.0.0.1:%d\n", ntohs(where.sin_port));
    std::fflush(stdout);
    return fd;
}

std::string line_of(int client)
{
    std::string line;
    for (char c = 0; c != '\n' && ::recv(client, &c, 1, 0) == 1;)
        line += c;
    return line;
}

void tell(int client, const std::string& line)
{
    if (::send(client, line.data(), line.size(), MSG_NOSIGNAL) < 0)
        std::perror("send");
}

} // namespace

int main(int argc, char** argv)
{
    const std::string how = argc == 2 ? argv[1] : "";
    const int fd = listener();
    if (fd < 0) {
        std::perror("bad_chat");
        return 1;
    }
    const int first = ::accept(fd, nullptr, nullptr), second = ::accept(fd, nullptr, nullptr);
    if (how == "halves") {
        char bytes[4096];
        const ssize_t n = ::recv(first, bytes, sizeof bytes, 0);
        const std::string said{bytes, n > 0 ? static_cast<std::size_t>(n) : 0};
        const std::size_t end = said.find('\n') + 1;
        tell(second, said.substr(0, end));
        tell(first, said.substr(end) + line_of(second));
        ::pause();
    }
    const std::string a = line_of(first), b = line_of(second);
    if (how == "own") {
        tell(first, a);
        tell(second, b);
    } else if (how == "all") {
        tell(first, a + b);
        tell(second, a + b);
    } else if (how == "mixed") {
        std::string both;
        for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
            both.append({b[i], a[i]});
        tell(first, both);
    }
    ::pause();
}
