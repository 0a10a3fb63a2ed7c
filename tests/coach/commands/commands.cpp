#include "coach/commands/command.h"

#include "coach/tree/files.h"

#include <cstdlib>

namespace coach {

const std::vector<Command>& commands()
{
    static const std::vector<Command> all{
        {"next",
         "",
         "the first exercise that is not green: its lesson",
         "Goes through the exercises in learning order, checks those that have changed since their last check, and shows the "
         "lesson of the "
         "first one that is not green. \"kata\" alone does the same. It ends with 0 when it could show you what is next.",
         0,
         {},
         next},
        {"watch",
         "[EXERCISE]",
         "the same again at each save",
         "Checks the exercise, and again whenever you save an answer; the exercise is the one whose answer was saved. Keys: h "
         "gives a hint, "
         "n goes to the next exercise that is not green, l lists all, q quits. It begins with the first that is not green. "
         "--poll: look at "
         "file times ten times a second, where the kernel does not tell of a save (without it, this is done twice a second).",
         1,
         {"--poll"},
         watch},
        {"check",
         "[EXERCISE...]",
         "check answers, and show the first lesson",
         "Builds and tests the answers, and shows the lesson of the first one that is not green. Without an exercise: all of "
         "them, in "
         "learning order. An exercise is 10, 10_echo_server, echo_server or a path to it. It ends with 0 when all of them are "
         "green.",
         1000,
         {},
         check},
        {"list",
         "",
         "every exercise, and how far you are",
         "Shows the last results, without a new check. A result that is older than its answer or its tests is shown as old.",
         0,
         {},
         list},
        {"hint",
         "EXERCISE [NUMBER]",
         "one more hint",
         "Gives the next hint of three, mild to strong. With a number: that one.",
         2,
         {},
         hint},
        {"solution",
         "EXERCISE",
         "your answer beside the reference answer",
         "Shows the difference between your answer and the reference answer (-u of diff). Asks first while yours is not green; "
         "--yes answers that.",
         1,
         {"--yes"},
         solution},
        {"reset",
         "EXERCISE",
         "the stub again; your answer is kept",
         "Puts the stub back in the place of your answer. Your answer is kept beside it, under a name with the date.",
         1,
         {},
         reset},
        {"question",
         "[QUESTION]",
         "a question to answer aloud",
         "Asks the question of the day, waits until you have said the answer, and shows it. What you could not say comes again "
         "tomorrow, "
         "what you could say later and later. \"kata question Q78\" shows one question. --level junior, mid, senior or staff; "
         "--date "
         "2026-11-27 takes another day for today; --seed draws new questions instead of taking them in the order of "
         "QUESTIONS.md. Your "
         "progress is kept in $XDG_STATE_HOME/socket-kata (~/.local/state/socket-kata).",
         1,
         {"--level=", "--date=", "--seed="},
         question},
        {"mock",
         "",
         "an interview: questions, an exercise, a clock",
         "Draws questions and an exercise, asks them with a clock, and writes a page of what was asked, what you could say, and "
         "what was "
         "checked when; also when you break it off. --level junior, mid, senior or staff; --minutes 45; the same --seed gives "
         "everybody "
         "the same interview. Without a terminal it prints the questions and the exercise, for who interviews.",
         0,
         {"--level=", "--minutes=", "--seed="},
         mock},
        {"spot",
         "EXERCISE",
         "find the mistake in a wrong answer",
         "Shows an answer with one mistake, waits until you have said what it is, and shows the mistake, the test that catches "
         "it, and its "
         "lesson. Another one each time; --seed draws one.",
         1,
         {"--seed="},
         spot},
        {"group",
         "NAME=DIR ...",
         "a board of everybody's answers",
         "Checks the answers of each member with your tests, and prints a board; DIR is a checkout, or a folder of answers. Then "
         "each member's client programs meet each member's servers; the reference answers, nc, socat, curl and python3 take "
         "part. "
         "What has not changed since the last time is kept. All of it is also written as board.md and board.html, with the "
         "lessons. --board: without the meetings; --patience 5: seconds until a program that moves nothing is said to hang. "
         "--mock ann=ann.md bob=bob.md collects the pages of one interview instead (kata mock --seed); --seed chooses it. It "
         "ends with 0 when nothing that was attempted is red.",
         1000,
         {"--board", "--patience=", "--mock", "--seed="},
         group},
        {"duel",
         "[EXERCISE] FILE",
         "a wrong answer of yours: is it caught?",
         "Checks an answer that its author knows to be wrong, with all tests of its exercise, and shows the lesson that it gets. "
         "The exercise is the one whose name the file or its folder has. Your own answer is left alone. When it is green, you "
         "have "
         "found a hole in the tests: then it prints what to write to give it back. It ends with 0 when the answer is caught.",
         2,
         {},
         duel},
    };
    return all;
}

bool Arguments::has(const std::string& option) const
{
    for (const auto& [name, value] : options)
        if (name == option)
            return true;
    return false;
}

std::string Arguments::get(const std::string& option, const std::string& otherwise) const
{
    for (const auto& [name, value] : options)
        if (name == option)
            return value;
    return otherwise;
}

long Arguments::number(const std::string& option, long otherwise) const
{
    if (!has(option))
        return otherwise;
    const std::string text = get(option, "");
    char* end = nullptr;
    const long value = std::strtol(text.c_str(), &end, 10);
    if (text.empty() || *end != '\0' || value < 0)
        throw Complaint{option + " wants a number, and \"" + text + "\" is none."};
    return value;
}

const std::string& Arguments::one_word(const std::string& what) const
{
    if (words.size() != 1)
        throw Complaint{"Which " + what + "?"};
    return words[0];
}

} // namespace coach
