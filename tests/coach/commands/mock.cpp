#include "coach/commands/ask.h"
#include "coach/commands/command.h"
#include "coach/commands/hint.h"
#include "coach/commands/lesson.h"
#include "coach/commands/question.h"
#include "coach/tree/boxes.h"
#include "coach/tree/files.h"
#include "coach/tree/interview.h"

#include <ctime>

namespace coach {

namespace {

struct Settings {
    std::string level;
    long minutes = 45, seed = 1;
};

// The page of an interview. It is written again at each step, so it is there whatever ends the interview.
class Page {
public:
    Page(const Settings& settings, const Interview& interview)
    {
        const std::time_t now = std::time(nullptr);
        char date[32];
        std::strftime(date, sizeof date, "%Y-%m-%d_%H%M%S", std::localtime(&now));
        file_ = personal_folder() + "/mock/" + date + ".md";
        head_ = std::string{"# Mock interview "} + date + "\n\n- level: " + (settings.level.empty() ? "every" : settings.level) +
                "\n- minutes: " + std::to_string(settings.minutes) + "\n- seed: " + std::to_string(settings.seed) + "\n";
        questions_ = "\n## Questions\n\n| Asked at | Question | Could say it |\n|---|---|---|\n";
        exercise_ = "\n## Exercise\n\n" + interview.exercise->name + ": " + interview.exercise->about + "\n\n";
        end("broken off");
    }

    void asked(long seconds, const Question& question, char said)
    {
        const std::string words = said == 'y' ? "yes" : said == 'n' ? "no" : "no time";
        questions_ +=
            "| " + minutes_and_seconds(seconds) + " | " + question.name() + " " + question.text + " | " + words + " |\n";
        end("broken off");
    }
    void note(long seconds, const std::string& words)
    {
        exercise_ += "- " + minutes_and_seconds(seconds) + " " + words + "\n";
        end("broken off");
    }
    void end(const std::string& how) const { write_file(file_, head_ + "- end: " + how + "\n" + questions_ + exercise_); }
    const std::string& file() const { return file_; }

private:
    std::string file_, head_, questions_, exercise_;
};

void write_exercise(const Project& project, const Exercise& exercise, const Console& console, const Clock& clock, Page& page)
{
    show("\n" + strong("The exercise: " + exercise.name) + "  " + exercise.level + "\n  " + exercise.about +
         "\n  Read exercises/" + exercise.name + "/README.md, and edit " + project.answers_label + "/" + exercise.name + "/" +
         exercise.short_name() + ".cpp.\n");
    if (last_result(project, exercise).is_green())
        show("  You have an answer already. In another terminal, \"kata reset " + exercise.number() +
             "\" puts the stub back and keeps it.\n");
    page.note(clock.seconds(), "begun");
    for (;;) {
        const char key = ask(console, "c: check  h: hint  d: done ", "chd", &clock);
        if (key == 'c') {
            const Verdict verdict = check_now(project, exercise, console);
            show("\n" + lesson(exercise, verdict) + "\n");
            page.note(clock.seconds(), "checked: " + in_words(verdict) + (verdict.test.empty() ? "" : ", then " + verdict.test));
        } else if (key == 'h') {
            show("\n" + next_hint(project, exercise) + "\n");
            page.note(clock.seconds(), "took a hint");
        } else {
            page.note(clock.seconds(), key == 'd' ? "said to be done" : "the time was over");
            return;
        }
    }
}

void sheet(const Interview& interview) // for who interviews
{
    for (const Question* question : interview.questions)
        show(question->name() + "  " + question->text + "\n");
    show("Exercise: " + interview.exercise->name + "  " + interview.exercise->about + "\n");
}

} // namespace

int mock(const Project& project, const Arguments& arguments)
{
    const Settings settings{arguments.get("--level", ""), arguments.number("--minutes", 45),
                            arguments.number("--seed", std::time(nullptr) % 10000)};
    const QuestionBook book = read_questions(must_read(project.source + "/QUESTIONS.md"));
    const Interview interview =
        draw_interview(project, book, settings.level, settings.minutes, static_cast<unsigned long>(settings.seed));
    show("Mock interview: " + std::to_string(settings.minutes) + " minutes, seed " + std::to_string(settings.seed) + ".\n\n");
    if (!interactive()) {
        sheet(interview);
        return 0;
    }
    const Console console{Console::Keys::on};
    Boxes boxes{personal_folder() + "/questions"};
    Page page{settings, interview};
    const Clock clock{settings.minutes * 60};
    try {
        for (const Question* question : interview.questions) {
            const long asked_at = clock.seconds();
            const char said = ask_aloud(*question, console, &clock);
            page.asked(asked_at, *question, said);
            if (said == 0)
                break;
            boxes.said(*question, today(), said == 'y');
            show("\n");
        }
        if (!clock.is_over())
            write_exercise(project, *interview.exercise, console, clock, page);
        page.end("after " + clock.text());
    } catch (const Interrupted&) {
        show("\nBroken off. What there was is on this page:\n    " + page.file() + "\n");
        throw;
    }
    show("\n" + must_read(page.file()) + "\nThis page is kept:\n    " + page.file() + "\n");
    return 0;
}

} // namespace coach
