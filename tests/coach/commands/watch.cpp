#include "coach/commands/command.h"
#include "coach/commands/hint.h"
#include "coach/commands/lesson.h"
#include "coach/tree/saves.h"

#include <optional>

namespace coach {

namespace {

class Watch {
public:
    Watch(const Project& project, const Exercise& first, bool poll)
        : project_{project},
          exercise_{&first},
          saves_{project, poll},
          console_{Console::Keys::on}
    {
    }

    // Until a key or Ctrl-C ends it.
    int run()
    {
        begin();
        for (;;) {
            const int wait_ms = check_ ? 100 : saves_.look_again_ms();
            const Event event = console_.wait({saves_.fd(), check_ ? check_->fd() : -1}, wait_ms);
            if (event.kind == Event::Kind::interrupted)
                return leave(event.signal);
            if (const Exercise* saved = saves_.saved()) {
                exercise_ = saved;
                begin();
            } else if (event.kind == Event::Kind::resized && !check_ && columns() != width_) {
                begin(); // a lesson is drawn for a width
            } else if (event.kind == Event::Kind::key && !press(event.key)) {
                return leave(0);
            }
            if (check_ && !check_->advance())
                tell();
        }
    }

private:
    void begin()
    {
        check_.reset(); // a check that runs is about what was there before
        width_ = columns();
        clear_screen();
        show("checking " + exercise_->name + " ...\n");
        check_.emplace(project_, *exercise_);
    }

    void tell()
    {
        verdict_ = check_->verdict();
        keep_result(project_, *exercise_, *check_);
        check_.reset();
        clear_screen();
        std::string text = lesson(*exercise_, verdict_);
        if (verdict_.state == State::red)
            text += "\n" + exercise_->name + ": " + in_words(verdict_) + ". ";
        else if (verdict_.is_green())
            text += "Compare with the reference answer:  " + how_to_type_this_program() + " solution " + exercise_->number() +
                    "\n" + progress(project_) + " ";
        else
            text += "\n";
        show(text);
        prompt();
    }

    void prompt() const
    {
        const std::string keys = verdict_.is_green() ? "n: next  l: list  q: quit" : "h: hint  n: next  l: list  q: quit";
        show(interactive() ? keys + "\n" : "Waiting for a save.\n");
    }

    bool press(char key) // false: it is over
    {
        switch (key) {
        case 'q': return false;
        case 'n':
            if (const Exercise* other = next_one()) {
                exercise_ = other;
                begin();
            } else {
                show("No other exercise is left: " + progress(project_) + "\n");
            }
            break;
        case 'h': show("\n" + next_hint(project_, *exercise_)); break;
        case 'l': list(project_, {}); break;
        default: return true;
        }
        if (!check_)
            prompt();
        return true;
    }

    // The next exercise after this one that is not green; behind the last one comes the first. nullptr: there is no other.
    const Exercise* next_one() const
    {
        const std::size_t count = project_.exercises.size();
        const auto here = static_cast<std::size_t>(exercise_ - project_.exercises.data());
        for (std::size_t step = 1; step < count; ++step)
            if (const Exercise& other = project_.exercises[(here + step) % count]; !last_result(project_, other).is_green())
                return &other;
        return nullptr;
    }

    int leave(int signal)
    {
        check_.reset();
        if (signal != 0)
            throw Interrupted{signal};
        return verdict_.is_green() ? 0 : 1;
    }

    const Project& project_;
    const Exercise* exercise_;
    Saves saves_;
    Console console_;
    std::optional<Check> check_; // while it runs
    Verdict verdict_;            // the last one
    std::size_t width_ = 0;
};

} // namespace

int watch(const Project& project, const Arguments& arguments)
{
    const Exercise* first = arguments.words.empty() ? nullptr : &project.find(arguments.words[0]);
    for (const Exercise& exercise : project.exercises)
        if (first == nullptr && !last_result(project, exercise).is_green())
            first = &exercise;
    return Watch{project, first == nullptr ? project.exercises.front() : *first, arguments.has("--poll")}.run();
}

} // namespace coach
