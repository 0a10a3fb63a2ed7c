#pragma once

namespace coach {

// The whole program, for main(). 0 only when what was asked for is true; 1 when it is not, 2 when it could not be done, 128 + the
// signal when it was broken off.
int run(int argc, char** argv);

} // namespace coach
