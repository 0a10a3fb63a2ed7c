#include "coach/terminal/text.h"
#include "coach/tree/files.h"
#include "coach/tree/project.h"
#include "coach/tree/questions.h"

#include <gtest/gtest.h>

// What kata reads in this repository, it understands.

namespace {

std::string folder_of(const std::string& file) { return file.substr(0, file.rfind('/')); }

} // namespace

TEST(Content, TheMapKnowsEachExercise)
{
    const coach::Project project{folder_of(KATA_PROGRAM)};
    for (const coach::Exercise& exercise : project.exercises) {
        EXPECT_TRUE(exercise.level == "junior" || exercise.level == "mid" || exercise.level == "senior" ||
                    exercise.level == "staff")
            << exercise.name << ": " << exercise.level;
        EXPECT_NE("", exercise.about) << exercise.name;
        bool has_track = false;
        for (const coach::Track& track : project.tracks)
            has_track = has_track || (track.number == exercise.track && !track.title.empty());
        EXPECT_TRUE(has_track) << exercise.name << " is of track " << exercise.track;
    }
}

TEST(Content, EachExerciseHasThreeHints)
{
    const coach::Project project{folder_of(KATA_PROGRAM)};
    for (const coach::Exercise& exercise : project.exercises) {
        const std::vector<coach::Hint> hints =
            coach::read_hints(coach::must_read(project.source + "/exercises/" + exercise.name + "/HINTS.md"));
        EXPECT_EQ(3U, hints.size()) << exercise.name;
        for (const coach::Hint& hint : hints)
            EXPECT_TRUE(!hint.title.empty() && hint.text.size() > 1) << exercise.name;
    }
}

TEST(Content, EachQuestionIsWhole)
{
    const std::string text = coach::must_read(KATA_SOURCE "/QUESTIONS.md");
    const coach::QuestionBook book = coach::read_questions(text);
    std::size_t headings = 0;
    for (const std::string& line : coach::lines_of(text))
        headings += line.starts_with("### Q") ? 1U : 0U;
    EXPECT_GE(book.questions.size(), 120U);
    EXPECT_EQ(headings, book.questions.size());
    EXPECT_EQ(headings, book.order.size());
    for (const coach::Question& question : book.questions) {
        EXPECT_TRUE(question.level == "junior" || question.level == "mid" || question.level == "senior" ||
                    question.level == "staff")
            << question.name();
        EXPECT_GT(question.answer.size(), 20U) << question.name();
        EXPECT_FALSE(question.follow_ups.empty() || question.fails.empty() || question.proof.empty() || question.source.empty())
            << question.name();
        EXPECT_TRUE(!question.tests().empty() || question.proof.find("annot be shown without privileges") != std::string::npos)
            << question.name();
    }
}
