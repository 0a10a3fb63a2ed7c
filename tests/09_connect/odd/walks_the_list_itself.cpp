// Odd: an error category of its own for getaddrinfo, ai_protocol instead of ai_socktype, and one connect_any for each entry
#include "09_connect/rest.h"

#include <memory>
#include <netinet/in.h>

namespace kata {

namespace {

class LookUpCategory : public std::error_category {
public:
    const char* name() const noexcept override { return "getaddrinfo"; }
    std::string message(int problem) const override { return ::gai_strerror(problem); }
};

} // namespace

UniqueFd connect_to(std::string_view host, std::string_view service)
{
    addrinfo hints{};
    hints.ai_protocol = IPPROTO_TCP;
    addrinfo* list = nullptr;
    const int problem = ::getaddrinfo(std::string{host}.c_str(), std::string{service}.c_str(), &hints, &list);
    if (problem != 0) {
        static const LookUpCategory category;
        throw problem == EAI_SYSTEM ? std::system_error{errno, std::generic_category()} : std::system_error{problem, category};
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{list, &::freeaddrinfo};
    for (;; list = list->ai_next) {
        Endpoint endpoint;
        std::memcpy(&endpoint.storage, list->ai_addr, list->ai_addrlen);
        endpoint.size = list->ai_addrlen;
        try {
            return connect_any({&endpoint, 1});
        } catch (const std::system_error&) {
            if (list->ai_next == nullptr)
                throw;
        }
    }
}

} // namespace kata
