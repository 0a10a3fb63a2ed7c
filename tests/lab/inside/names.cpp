// Names: getaddrinfo() tells what the test scripted, without asking the network.
#include "lab/inside/shim.h"

#include <cerrno>
#include <cstring>
#include <netdb.h>

using namespace lab;

LAB_REAL(int, getaddrinfo, const char*, const char*, const addrinfo*, addrinfo**)
LAB_REAL(void, freeaddrinfo, addrinfo*)

namespace {

const KnownName* find_name(const char* name)
{
    for (std::uint32_t i = 0; name != nullptr && i < recording->name_count; ++i)
        if (std::strcmp(recording->names[i].name, name) == 0)
            return &recording->names[i];
    return nullptr;
}

// The lists of all addresses, one behind the other: each entry is freed on its own by freeaddrinfo() of the GNU library.
int addresses_of(const KnownName& known, const char* service, const addrinfo* hints, addrinfo** list)
{
    addrinfo** end = list;
    int problem = EAI_NONAME;
    for (int i = 0; i < known.ip_count; ++i) {
        if (const int error = real_getaddrinfo()(known.ips[i], service, hints, end); error != 0)
            problem = error; // of a family that the hints exclude, or a service that nobody knows
        while (*end != nullptr)
            end = &(*end)->ai_next;
    }
    return *list != nullptr ? 0 : problem;
}

int look_up(const char* name, const char* service, const addrinfo* hints, addrinfo** list)
{
    const KnownName* known = find_name(name);
    if (known == nullptr || (hints != nullptr && (hints->ai_flags & AI_NUMERICHOST) != 0))
        return real_getaddrinfo()(name, service, hints, list);
    if (known->error == EAI_SYSTEM)
        errno = known->system_error; // then errno says more (getaddrinfo(3), RETURN VALUE)
    return known->error != 0 ? known->error : addresses_of(*known, service, hints, list);
}

} // namespace

LAB_SHIM(int, getaddrinfo, (const char* name, const char* service, const addrinfo* hints, addrinfo** list))
{
    if (recording == nullptr)
        return real_getaddrinfo()(name, service, hints, list);
    Recording call{Call::getaddrinfo, -1};
    if (name != nullptr)
        call.keeps_head(name, static_cast<long>(std::strlen(name)));
    *list = nullptr;
    const int result = look_up(name, service, hints, list);
    for (const addrinfo* entry = *list; result == 0 && entry != nullptr; entry = entry->ai_next)
        ++call.event().args[0];
    call.event().args[1] = reinterpret_cast<long>(*list);
    return static_cast<int>(call.done(result));
}

// No row of the diagram: the call that made the list keeps that it is gone.
LAB_SHIM(void, freeaddrinfo, (addrinfo * list))
{
    const std::uint32_t n = recording != nullptr ? recording->count.load() : 0;
    for (std::uint32_t i = n; i > 0 && n - i < Arena::tail; --i) {
        Event& e = recording->event(i - 1);
        if (e.who == the_learner && e.call == Call::getaddrinfo && e.args[1] == reinterpret_cast<long>(list)) {
            e.args[2] = 1;
            break;
        }
    }
    real_freeaddrinfo()(list);
}
