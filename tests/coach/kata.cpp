// kata: leads through the exercises. CMake builds and the test executables judge; this program only calls them and shows what
// they say.
#include "coach/commands/run.h"

int main(int argc, char** argv) { return coach::run(argc, argv); }
