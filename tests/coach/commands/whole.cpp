#include "coach/commands/whole.h"

#include "coach/commands/command.h"
#include "coach/judge/check.h"
#include "coach/terminal/console.h"
#include "coach/tree/files.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace coach {

namespace {

constexpr const char* whole = "kata_whole";

void build_whole(const Project& project)
{
    const Console console{Console::Keys::off};
    Process build{{project.cmake, "--build", project.build, "--target", whole}, for_the_build()};
    constexpr int look_again_ms = 100;
    std::string output;
    while (build.read(output)) {
        const Event event = console.wait({build.fd()}, look_again_ms);
        if (event.kind == Event::Kind::interrupted)
            throw Interrupted{event.signal};
    }
    if (build.exit_code() != 0)
        throw Complaint{"The rest of kata could not be built:\n\n" + output};
}

} // namespace

void become_whole(const Project& project, const std::string& command, std::vector<std::string> typed)
{
    const std::string program = project.build + "/" + whole;
    if (!exists(program) && on_terminal())
        show("building the rest of kata, once ...\n");
    build_whole(project);
    typed.insert(typed.begin(), {program, command});
    std::vector<char*> words;
    for (std::string& word : typed)
        words.push_back(word.data());
    words.push_back(nullptr);
    ::execv(program.c_str(), words.data());
    throw Complaint{"Cannot start " + program + ": " + std::strerror(errno)};
}

} // namespace coach
