#include "lab/script/under_test.h"

#include "kata.h"
#include "lab/flight/flight.h"
#include "lab/words/describe.h"

#include <cerrno>
#include <cstdio>
#include <exception>
#include <system_error>

namespace lab {

namespace {

void note(std::string_view text, FrameEdge edge)
{
    const int errno_before = errno;
    if (recording != nullptr) {
        Event& event = begin_event(*recording, the_frame, Call::note, -1);
        event.args[0] = static_cast<long>(edge);
        std::snprintf(event.text, sizeof event.text, "%.*s", static_cast<int>(text.size()), text.data());
        event.ended = event.began;
        event.phase = Phase::returned;
    }
    errno = errno_before;
}

// "EADDRINUSE (bind)": the errno by name, and the words that the thrower put in front of the system's.
std::string in_words(const std::system_error& e)
{
    const std::string what = e.what(), message = ": " + e.code().message();
    const std::size_t end = what.rfind(message);
    const bool has_words = end != std::string::npos && end > 0 && end + message.size() == what.size();
    return (e.code().value() == 0 ? "errno 0" : errno_name(e.code().value())) +
           (has_words ? " (" + what.substr(0, end) + ")" : "");
}

} // namespace

void call_begins(std::string_view what) { note(what, FrameEdge::begins); }

void call_returned(std::string_view value)
{
    note("returned" + std::string{value.empty() ? "" : " "} + std::string{value}, FrameEdge::ends);
}

void call_threw()
{
    try {
        throw;
    } catch (const kata::NotWritten&) {
        note("is not written yet", FrameEdge::ends);
    } catch (const std::system_error& e) {
        note("threw " + in_words(e), FrameEdge::ends);
    } catch (const std::exception& e) {
        note("threw an exception: " + std::string{e.what()}, FrameEdge::ends);
    } catch (...) { // also the end of a thread, which unwinds, too
        note("threw something", FrameEdge::ends);
        throw;
    }
}

} // namespace lab
