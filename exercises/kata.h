#pragma once

// What an unwritten exercise throws. The check then says "not written yet" instead of "wrong".
namespace kata {

struct NotWritten {};

// The laboratory is told first, in case a test or the code around the stub catches every exception. Null in a program.
extern "C" void kata_notes_not_written() __attribute__((weak));

[[noreturn]] inline void not_written()
{
    if (&kata_notes_not_written != nullptr)
        kata_notes_not_written();
    throw NotWritten{};
}

} // namespace kata
