#pragma once

// In the child: what it asks of the sanitizers that it is built with, if any.
namespace lab {

// Before the body: what is in use now is nobody's leak.
void note_memory_in_use();
// After it: memory that was taken since, and that nobody can give back any more. LeakSanitizer prints what it found.
bool leaks_memory();

} // namespace lab
