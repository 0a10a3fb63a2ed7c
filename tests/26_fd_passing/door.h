#pragma once

// What the tests of this exercise share: a folder for socket files, and the calls under test by their names.
#include "26_fd_passing/fd_passing.h"
#include "lab/lab.h"

#include "lab/peers/wiring.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <utility>

// Made in the parent, and gone with all that is in it when the test is over.
class Folder {
public:
    Folder() : path_{std::filesystem::temp_directory_path() / "kata_XXXXXX"}
    {
        if (::mkdtemp(path_.data()) == nullptr)
            throw std::runtime_error{"no folder for socket files in " + path_};
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

inline kata::UniqueFd listens_at(const std::string& name)
{
    const std::string text = name.starts_with('\0') ? "abstract" : "\"" + name.substr(name.rfind('/') + 1) + "\"";
    const std::string longer = name + "?"; // a view need not end with a zero byte
    return lab::calls("unix_listen(" + text + ")",
                      [&] { return kata::unix_listen(std::string_view{longer}.substr(0, name.size())); });
}

inline void passes(int wire, kata::UniqueFd&& fd, char tag)
{
    const std::string text = "send_fd(" + std::to_string(wire) + ", " + std::to_string(fd.get()) + ", '" + tag + "')";
    lab::calls(text, [&] { kata::send_fd(wire, std::move(fd), std::byte{static_cast<unsigned char>(tag)}); });
}

inline std::optional<kata::Passed> takes(int wire)
{
    return lab::calls("recv_fd(" + std::to_string(wire) + ")", [=] { return kata::recv_fd(wire); });
}

// The next that comes is this one; its descriptor.
inline kata::UniqueFd takes(int wire, char tag)
{
    std::optional<kata::Passed> passed = takes(wire);
    lab::expects(passed.has_value(), "a descriptor and its tag", "nullopt");
    if (!passed)
        return kata::UniqueFd{};
    const auto byte = [](int value) {
        return "the tag " + std::to_string(value) + (value > ' ' ? std::string{", '"} + static_cast<char>(value) + "'" : "");
    };
    lab::expects(passed->tag == std::byte{static_cast<unsigned char>(tag)}, byte(tag), byte(std::to_integer<int>(passed->tag)));
    return std::move(passed->fd);
}

// A TCP connection: one end to pass to the learner, at the other end a peer.
struct Line {
    Line(lab::Learner& you, std::string name) : Line{you, std::move(name), lab::wiring::tcp_pair(0, 0, 0, 0)} {}
    kata::UniqueFd end;
    lab::Peer peer;

private:
    Line(lab::Learner& you, std::string name, std::pair<int, int> ends)
        : end{ends.first},
          peer{you.supervisor(), std::move(name), ends.second}
    {
    }
};

// In the test itself: a socket file, and who lives there.
inline kata::UniqueFd bound_to(const std::string& path, int type)
{
    const lab::wiring::Name name = lab::wiring::unix_name(path);
    kata::UniqueFd fd{::socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    EXPECT_EQ(0, ::bind(fd.get(), name.get(), name.size));
    return fd;
}

inline bool leads_to_somebody(const std::string& path, int type)
{
    const lab::wiring::Name name = lab::wiring::unix_name(path);
    const kata::UniqueFd fd{::socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    return ::connect(fd.get(), name.get(), name.size) == 0 || errno == EAGAIN;
}

// A server for one client.
inline void greets_one_at(const std::string& name)
{
    const kata::UniqueFd listener = listens_at(name);
    const kata::UniqueFd client{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    ::send(client.get(), "hello", 5, MSG_NOSIGNAL);
}
