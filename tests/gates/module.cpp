// What the compiler adds to a module when it calls the linker itself, and the linker does not: the name by which the module's
// static objects are destroyed (Itanium C++ ABI, 3.3.6.3, __cxa_atexit).
extern "C" {
extern __attribute__((visibility("hidden"))) void* __dso_handle; // NOLINT(bugprone-reserved-identifier): the name is the ABI's
void* __dso_handle = &__dso_handle;
}
