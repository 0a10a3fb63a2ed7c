#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

// For the body of run(): names the call that is tested, so that the diagram shows where it begins, with its arguments, and what
// came of it: `listen_on(3, backlog 2)` ... `returned 5`, or `threw EADDRINUSE (bind)`. What the body does outside of it is then
// marked as the test's own.
//
//   const kata::Bound server = calls("bind_tcp(127.0.0.1:0)", [] { return kata::bind_tcp(loopback); });
//
// Write no port or other number into `what` that differs from run to run. At most 87 bytes of it are kept.
namespace lab {

void call_begins(std::string_view what);
void call_returned(std::string_view value); // "" for void
void call_threw();                          // in a handler: names the exception

// The value of a call in words: numbers, text, and whatever owns a descriptor by get(), or has an `fd` that does; else "".
template <class T>
std::string in_words(const T& value)
{
    if constexpr (std::is_same_v<T, bool>)
        return value ? "true" : "false";
    else if constexpr (std::is_integral_v<T>)
        return std::to_string(value);
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
        return value.size() > 40 ? std::to_string(value.size()) + " bytes" : '"' + std::string{value} + '"';
    else if constexpr (requires { std::to_string(value.get()); })
        return std::to_string(value.get());
    else if constexpr (requires { value.fd.get(); })
        return "descriptor " + std::to_string(value.fd.get());
    else if constexpr (requires {
                           value.has_value();
                           *value;
                       })
        return value ? in_words(*value) : "nullopt";
    else if constexpr (requires { value.size(); })
        return std::to_string(value.size()) + " bytes";
    else
        return "";
}

// Gives back what `act` gives, and lets through what it throws.
template <class Act>
auto calls(std::string_view what, Act act)
{
    call_begins(what);
    try {
        if constexpr (std::is_void_v<decltype(act())>) {
            act();
            call_returned("");
        } else {
            auto value = act();
            call_returned(in_words(value));
            return value;
        }
    } catch (...) {
        call_threw();
        throw;
    }
}

} // namespace lab
