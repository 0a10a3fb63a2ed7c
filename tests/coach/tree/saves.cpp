#include "coach/tree/saves.h"

#include "coach/tree/files.h"

#include <sys/inotify.h>
#include <unistd.h>

namespace coach {

Saves::Saves(const Project& project, bool poll) : project_{project}
{
    if (!poll)
        fd_ = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    for (const Exercise& exercise : project_.exercises) {
        const std::string folder = project_.answer_folder(exercise);
        if (fd_ >= 0)
            ::inotify_add_watch(fd_, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE); // fails: the times tell
        seen_.push_back(stamp_of(folder, false));
    }
}

Saves::~Saves()
{
    if (fd_ >= 0)
        ::close(fd_);
}

int Saves::look_again_ms() const { return fd_ >= 0 ? 500 : 100; }

const Exercise* Saves::saved()
{
    char events[4096];
    while (fd_ >= 0 && ::read(fd_, events, sizeof events) > 0) // they only wake us: the stamps say what has changed
        continue;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
        const Exercise& exercise = project_.exercises[i];
        const std::uint64_t now = stamp_of(project_.answer_folder(exercise), false);
        if (now == seen_[i] || !exists(project_.answer(exercise))) // between the two steps of a save, it may be away
            continue;
        seen_[i] = now;
        return &exercise;
    }
    return nullptr;
}

} // namespace coach
