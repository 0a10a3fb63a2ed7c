// What this GoogleTest says, in the lab's words. The messages are those that its macros make here, whatever its version.
#include "lab/tell/gtest_words.h"
#include "outcome.h"

#include <gtest/gtest-spi.h>
#include <stdexcept>
#include <vector>

using namespace lab;

namespace {

// What the learner reads when `check` fails. A function without a name of its own: gtest wants no locals in it.
template <class Check>
std::string told_of(Check check)
{
    testing::TestPartResultArray failures;
    {
        const testing::ScopedFakeTestPartResultReporter reporter{
            testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures};
        check();
    }
    return failures.size() == 1 ? in_our_words(failures.GetTestPartResult(0).message()) : "it did not fail once";
}

std::size_t bytes_taken() { return 12; }
std::string answer() { return "hel\"lo\n"; }
bool holds() { return false; }

} // namespace

TEST(Words, OfAnEquality)
{
    EXPECT_EQ("expected  5\ncame      12", told_of([] { EXPECT_EQ(5U, bytes_taken()); }));
    EXPECT_EQ("expected  \"hello\"\ncame      \"hel\\\"lo\\n\"", told_of([] { EXPECT_EQ("hello", answer()); }));
    EXPECT_EQ("expected  \"a\\x00b\"\ncame      \"\"", told_of([] { EXPECT_EQ(std::string("a\0b", 3), std::string{}); }));
    EXPECT_EQ("expected  true\ncame      false", told_of([] { EXPECT_EQ(true, holds()); }));
    EXPECT_EQ("expected  \"a\"\ncame      \"b\"", told_of([] { EXPECT_STREQ("a", std::string{"b"}.c_str()); }));
    EXPECT_EQ("expected  5\ncame      12\nbytes of ann", told_of([] { EXPECT_EQ(5U, bytes_taken()) << "bytes of ann"; }));
}

TEST(Words, OfTextThatIsNotAscii)
{
    const std::string hello = "你好", cut = "你\xE5";
    EXPECT_EQ("expected  \"你好\"\ncame      \"你\\xe5\"\nin UTF-8", told_of([&] { EXPECT_EQ(hello, cut) << "in UTF-8"; }));
    const std::vector<std::string> wanted{"a", "你", "b好"}, none;
    EXPECT_EQ("expected  { \"a\", \"你\", \"b好\" }\ncame      {}", told_of([&] { EXPECT_EQ(wanted, none); }));
}

// gtest adds a diff to text of several lines; the two values say the same.
TEST(Words, OfTextWithManyLines)
{
    const std::string wanted = "one\ntwo\nthree\n", came = "one\n2\nthree\n";
    EXPECT_EQ("expected  \"one\\ntwo\\nthree\\n\"\ncame      \"one\\n2\\nthree\\n\"\nfrom ann",
              told_of([&] { EXPECT_EQ(wanted, came) << "from ann"; }));
}

TEST(Words, OfLongTextFromWhereItDiffers)
{
    const std::string wanted(5000, 'a');
    std::string came = wanted;
    came[4000] = 'X';
    const std::string a20(20, 'a'), a60(60, 'a'), a39(39, 'a');
    EXPECT_EQ("expected  ..\"" + a60 + "\".. (5000 bytes)\ncame      ..\"" + a20 + "X" + a39 +
                  "\".. (5000 bytes, other from byte 4001 on)",
              told_of([&] { EXPECT_EQ(wanted, came); }));
}

TEST(Words, OfAComparison)
{
    EXPECT_EQ("expected  at most 10\ncame      12\ncalls", told_of([] { EXPECT_GE(10U, bytes_taken()) << "calls"; }));
    EXPECT_EQ("expected  at most 10\ncame      12", told_of([] { EXPECT_LE(bytes_taken(), 10U); }));
    EXPECT_EQ("expected  less than 10\ncame      12", told_of([] { EXPECT_LT(bytes_taken(), 10U); }));
    EXPECT_EQ("expected  more than 50\ncame      12", told_of([] { EXPECT_LT(50U, bytes_taken()); }));
    EXPECT_EQ("expected  anything but \"a vs b\"\ncame      \"a vs b\"",
              told_of([] { EXPECT_NE("a vs b", std::string{"a vs b"}); }));
}

TEST(Words, OfACondition)
{
    EXPECT_EQ("you slept", told_of([] { EXPECT_TRUE(holds()) << "you slept"; }));
    EXPECT_EQ("expected  it sleeps\ncame      it died",
              told_of([] { EXPECT_TRUE(testing::AssertionFailure() << "expected  it sleeps\ncame      it died"); }));
    EXPECT_EQ("expected  what this line of the test asks is true\ncame      it is false", told_of([] { EXPECT_TRUE(holds()); }));
    EXPECT_EQ("you\nslept", told_of([] { ADD_FAILURE() << "you\nslept"; }));
}

TEST(Words, OfAnException)
{
    const auto nothing = [] { return bytes_taken(); };
    EXPECT_EQ("expected  your code throws std::length_error\ncame      it throws nothing",
              told_of([&] { EXPECT_THROW(nothing(), std::length_error); }));
    const auto other = [] { throw std::runtime_error{"cut"}; };
    EXPECT_EQ(
        "expected  your code throws std::length_error\ncame      it throws std::runtime_error with description \"cut\"\nof 4 GiB",
        told_of([&] { EXPECT_THROW(other(), std::length_error) << "of 4 GiB"; }));
}

TEST(Words, OfNumbersThatAreRelated)
{
    EXPECT_EQ(
        "expected  8080\ncame      36895\n          36895 is 8080 with its bytes swapped: htons() forgotten, or once too often",
        told_of([] { EXPECT_EQ(8080, 36895); }));
    const unsigned long long wrapped = 4294967376;
    EXPECT_EQ("expected  80\ncame      4294967376\n          4294967376 is 2^32 + 80", told_of([&] { EXPECT_EQ(80U, wrapped); }));
    EXPECT_EQ("expected  3\ncame      18446744073709551615\n          18446744073709551615 is -1 in an unsigned type of 64 bits",
              told_of([] { EXPECT_EQ(3U, static_cast<std::size_t>(-1)); }));
    EXPECT_EQ("expected  3\ncame      4", told_of([] { EXPECT_EQ(3, 4); }));
}
