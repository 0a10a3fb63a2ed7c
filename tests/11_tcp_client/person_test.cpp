// run_client() for a person, who types the next line when the last one is answered.
#include "11_tcp_client/script.h"

#include <istream>
#include <streambuf>
#include <sys/socket.h>

using namespace lab;

namespace {

// A terminal: what is typed is there line by line, and what is printed is seen at once. It has no buffer to flush.
class Terminal : public std::streambuf {
public:
    explicit Terminal(int fd) : fd_{fd} {}

private:
    int_type underflow() override
    {
        const ssize_t n = ::recv(fd_, typed_, sizeof typed_, 0);
        if (n <= 0)
            return traits_type::eof();
        setg(typed_, typed_, typed_ + n);
        return traits_type::to_int_type(typed_[0]);
    }
    int_type overflow(int_type printed) override
    {
        const char byte = traits_type::to_char_type(printed);
        return ::send(fd_, &byte, 1, MSG_NOSIGNAL) == 1 ? printed : traits_type::eof();
    }

    int fd_;
    char typed_[80];
};

} // namespace

TEST(Robust, TalksWithSomebodyWhoWaitsForTheAnswer)
{
    Learner you{{.rule = "send a line as soon as it is there, print its answer, and only then ask for the next one.",
                 .why = "A person reads the answer before typing more. peek(), or reading all lines first, waits for what is not "
                        "typed yet, and the server waits for you.",
                 .read = "exercises/11_tcp_client/tcp_client.h",
                 .ask = "Q47, Q54"}};
    Peer person = you.unix_wire("person");
    Host ann = you.host("ann");
    you.run([&] {
        Terminal terminal{you.fd()};
        std::istream in{&terminal};
        std::ostream out{&terminal};
        calls("run_client(a terminal)", [&] { kata::run_client(kata::parse_endpoint(ann.address()), in, out); });
    });
    person.sends("hello\n");
    Peer server = ann.accepts();
    server.expects("hello\n");
    server.sends("HELLO\n");
    person.expects("HELLO\n");
    person.sends("\n"); // nothing is sent for it
    person.sends("how are you?\n");
    server.expects("how are you?\n");
    server.sends("FINE\n");
    person.expects("FINE\n");
    person.sends("1\n");
    server.expects("1\n");
    server.expects_end();
    you.finishes();
}
