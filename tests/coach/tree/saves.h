#pragma once

#include "coach/tree/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace coach {

// Notices that answers are saved, whatever an editor does for it: writes, or makes a new file and renames it. The kernel tells at
// once (inotify); file times are looked at beside it, because on some file systems (NFS, 9p, FUSE, some containers) it tells
// nothing.
class Saves {
public:
    Saves(const Project& project, bool poll); // `poll`: by file times alone, ten times a second
    ~Saves();
    Saves(const Saves&) = delete;
    Saves& operator=(const Saves&) = delete;

    int fd() const { return fd_; } // to wait for; -1: there is none
    int look_again_ms() const;     // and not longer than this

    // The exercise whose sources have changed since they were last seen here; nullptr when none has. The first in learning order.
    const Exercise* saved();

private:
    const Project& project_;
    std::vector<std::uint64_t> seen_; // of each exercise
    int fd_ = -1;
};

} // namespace coach
