#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

class Supervisor;

// A peer has a name, which the diagram shows, and plays one end of a TCP connection. The test's own thread drives it. It never
// blocks for ever: every wait ends when the learner is gone. Not copyable; closing it is its owner's last act.
class Peer {
public:
    Peer(Supervisor& run, std::string name, int fd); // takes ownership of the non-blocking `fd`
    Peer(Peer&& other) noexcept;
    Peer(const Peer&) = delete;
    Peer& operator=(Peer&&) = delete;
    ~Peer();

    // Acts. Each first waits until the learner is asleep, and is noted before it is done.
    void sends(std::string_view bytes);             // in one piece if the kernel takes it so
    void dribbles(std::string_view bytes);          // one byte at a time; the learner sees each one alone
    void sends_urgently(char byte);                 // MSG_OOB: beside the stream, so that recv(2) passes over it
    std::size_t floods(std::size_t most = 1 << 26); // all that the kernel takes without the learner reading; returns bytes
    std::size_t echoes();                           // sends back what comes, as it comes, until the end; returns bytes
    void finishes_writing();                        // FIN; it goes on reading
    void closes();                                  // FIN, or RST if it left bytes unread
    void resets();                                  // RST
    void passes(std::string_view bytes, const std::vector<int>& descriptors); // together, in one message; Unix sockets only
    void wakes_up_slowly(int receive_buffer);                                 // sets SO_RCVBUF

    // Reads. They return what came; less than asked for means the end of the stream, a reset, or that no more can come.
    std::string receives(std::size_t n);
    std::string receives_all(std::size_t most = 1 << 28); // until the end

    // Demands. Each failure is reported at the place of the call, in words.
    void expects(std::string_view bytes, const char* file = __builtin_FILE(), int line = __builtin_LINE());
    void expects_size(std::size_t n, const char* file = __builtin_FILE(), int line = __builtin_LINE()); // of pattern() bytes
    void expects_end(const char* file = __builtin_FILE(), int line = __builtin_LINE());   // FIN, and nothing before it
    void expects_close(const char* file = __builtin_FILE(), int line = __builtin_LINE()); // FIN or RST, and nothing before it
    // RST. Where the end was demanded before, behind that; an end that comes now is a failure.
    void expects_reset(const char* file = __builtin_FILE(), int line = __builtin_LINE());
    void expects_silence(const char* file = __builtin_FILE(), int line = __builtin_LINE()); // learner asleep, nothing sent

    // Unix sockets: `bytes`, and one descriptor beside them, which is a socket. It becomes a peer of its own, with that name.
    Peer expects_descriptor(std::string_view bytes, std::string name, const char* file = __builtin_FILE(),
                            int line = __builtin_LINE());

    // What became of a client: one of these three, or a failure that says which.
    void expects_connection(const char* file = __builtin_FILE(), int line = __builtin_LINE());
    void expects_refusal(const char* file = __builtin_FILE(), int line = __builtin_LINE());   // RST: nobody listens there
    void expects_no_answer(const char* file = __builtin_FILE(), int line = __builtin_LINE()); // SYN dropped: a full queue

    // The kernel's view of this end (tcp(7) TCP_INFO, SIOCINQ, SIOCOUTQ).
    static constexpr const char* connected = "is connected";
    static constexpr const char* refused = "is refused (RST)";
    static constexpr const char* unanswered = "gets no answer (SYN_SENT)";
    std::string standing() const; // one of these three
    bool is_connected() const;    // the handshake is complete, and nothing has ended yet
    std::size_t unread() const;   // bytes that came and wait for receives()
    std::size_t unsent() const;   // bytes that the learner's kernel has not acknowledged
    std::size_t segments() const; // segments with data that came so far
    bool waits_until_connected(); // for a peer that knocked; false when that cannot happen any more
    std::uint16_t port() const;
    int fd() const { return fd_; }
    const std::string& name() const { return name_; }

private:
    enum class End { none, fin, reset };
    bool push(std::string_view bytes);
    std::string pull(std::size_t n);
    void note(const std::string& text);
    std::string what_came(const std::string& bytes) const;
    void expects_standing(const char* expected, const char* file, int line);
    void fails(const std::string& expected, const std::string& came, const char* file, int line) const;

    Supervisor* run_;
    std::string name_;
    std::uint16_t number_;
    int fd_;
    End end_ = End::none;
};

// One end of a UDP conversation. A test makes it lose, repeat, reorder, cut or forge datagrams by acting so: receives() and
// no answer is a loss; a second UdpPeer is another port.
class UdpPeer {
public:
    UdpPeer(Supervisor& run, std::string name, int fd); // takes ownership of the bound, non-blocking `fd`
    UdpPeer(UdpPeer&& other) noexcept;
    UdpPeer(const UdpPeer&) = delete;
    UdpPeer& operator=(UdpPeer&&) = delete;
    ~UdpPeer();

    // How this protocol names a datagram, for the diagram and for failures: "ACK 0". Those of the learner then have numbers, too.
    void speaks(std::function<std::string(std::string_view)> words);
    // To the learner: to the address that the last datagram came from, else to the one that aims_at() set. `fate` as below:
    // "a copy that comes late".
    void sends(std::string_view bytes, std::string_view fate = "");
    void aims_at(std::uint16_t port, std::string_view ip = "127.0.0.1");
    void connects(); // connect(2) to that address: from now on the kernel drops what comes from elsewhere
    void closes();
    void refuses();  // as if it had ended: the kernel says "port unreachable" to whoever sends. Nobody else can take its port
    void restarts(); // after that: it is back at its port, and what came before is lost

    struct Datagram {
        bool came = false;
        std::string bytes;
        std::uint16_t from_port = 0;
        std::string from_ip;
    };
    Datagram receives(std::string_view fate = ""); // `fate` is shown in the diagram: "lost"
    // Its next datagram is this one; and where it has sent something before, it comes from the address that it sent to.
    void expects(std::string_view bytes, const char* file = __builtin_FILE(), int line = __builtin_LINE());
    void loses(std::string_view bytes, const char* file = __builtin_FILE(), int line = __builtin_LINE()); // it comes, and is lost
    void expects_silence(const char* file = __builtin_FILE(), int line = __builtin_LINE());
    std::size_t waiting() const; // datagrams that came and were not received: 0 or 1 (1 means "at least one")
    std::uint16_t port() const;
    const std::string& address() const { return address_; } // "127.0.0.1:40123", "[::1]:40123"
    int fd() const { return fd_; }
    const std::string& name() const { return name_; }

private:
    void note(const std::string& text);
    void compares(std::string_view expected, const Datagram& came, const char* file, int line) const;
    void fails(const std::string& expected, const std::string& came, const char* file, int line) const;

    Supervisor* run_;
    std::string name_, address_; // kept: the learner asks in a process that does not have the descriptor
    std::uint16_t number_;
    int fd_;
    std::uint16_t target_port_ = 0;
    std::string target_ip_ = "127.0.0.1";
    std::string asked_ip_; // where its last datagram went
    std::function<std::string(std::string_view)> words_;
    std::size_t received_ = 0; // datagrams so far
};

// `n` bytes that are the same in every run, printable, and show where they come from.
std::string pattern(std::size_t n);

} // namespace lab
