#pragma once

#include "09_connect/connect.h"
#include "lab/lab.h"

#include <functional>
#include <initializer_list>
#include <netdb.h>
#include <stdexcept>
#include <system_error>
#include <vector>

// What the tests of this exercise share.
namespace script {

using Hosts = std::initializer_list<const lab::Host*>;

inline kata::UniqueFd connect_any(Hosts hosts)
{
    std::vector<kata::Endpoint> candidates;
    for (const lab::Host* host : hosts)
        candidates.push_back(kata::parse_endpoint(host->address()));
    return lab::calls("connect_any(" + std::to_string(candidates.size()) + " addresses)",
                      [&] { return kata::connect_any(candidates); });
}

inline kata::UniqueFd connect_to(std::string_view host, std::string_view service)
{
    return lab::calls("connect_to(\"" + std::string{host} + "\", ...)", [&] { return kata::connect_to(host, service); });
}

// `call` throws a std::runtime_error with the words of gai_strerror(3).
inline void expects_words_of(int problem, const std::function<void()>& call)
{
    try {
        call();
        ADD_FAILURE() << "it threw nothing";
    } catch (const std::runtime_error& e) {
        if (std::string{e.what()}.find(::gai_strerror(problem)) == std::string::npos)
            ADD_FAILURE() << "what() is \"" << e.what() << "\", not \"" << ::gai_strerror(problem) << '"';
    }
}

// Behind finishes().
inline void gives_each_list_back(const lab::Learner& you)
{
    for (const lab::CallRecord& call : you.calls())
        lab::expects(call.call != lab::Call::getaddrinfo || call.args[2] == 1,
                     "the list is given back before the function is over", "you keep it for another time");
}

// One of them answers, and says "hello".
inline void reaches(Hosts hosts, const char* file = __builtin_FILE(), int line = __builtin_LINE())
{
    try {
        lab::expects_to_hear(connect_any(hosts).get(), "hello", file, line);
    } catch (const std::system_error& e) {
        lab::expects(false, "connect_any() tries all " + std::to_string(hosts.size()) + " addresses until one answers",
                     std::string{"it gave up before that, and threw "} + e.what(), file, line);
    }
}

} // namespace script
