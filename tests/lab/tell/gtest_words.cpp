#include "lab/tell/gtest_words.h"

#include "lab/words/describe.h"
#include "lab/words/numbers.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <vector>

namespace lab {

namespace {

constexpr std::size_t most_text = 60; // characters of a text that are shown

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

// Takes a line, without its end, off the front of `rest`.
std::string_view take_line(std::string_view& rest)
{
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

// One character behind a backslash, as C++ and gtest write it; `at` stands on it, and afterwards behind it.
char escaped(std::string_view text, std::size_t& at)
{
    const char c = text[at++];
    if (c == 'x') {
        int value = 0;
        for (int digits = 0; digits < 2 && at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at])) != 0; ++digits)
            value = value * 16 +
                    (std::isdigit(static_cast<unsigned char>(text[at])) != 0 ? text[at] - '0' : (text[at] | 32) - 'a' + 10),
            ++at;
        return static_cast<char>(value);
    }
    constexpr std::string_view names = "0abfnrtv", bytes{"\0\a\b\f\n\r\t\v", 8};
    const std::size_t known = names.find(c);
    return known == std::string_view::npos ? c : bytes[known];
}

// The bytes of a literal that begins at `at`; "ab" "cd" is one. `at` stands behind it afterwards. Nothing where it has no end.
std::optional<std::string> literal(std::string_view text, std::size_t& at)
{
    std::string bytes;
    for (std::size_t i = at + 1; i < text.size();) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            bytes += escaped(text, ++i);
        } else if (text[i] != '"') {
            bytes += text[i++];
        } else if (starts_with(text.substr(i), "\" \"")) {
            i += 3;
        } else {
            at = i + 1;
            return bytes;
        }
    }
    return std::nullopt;
}

// A value as gtest prints it: its text, where it is one literal and nothing else, for comparing.
struct Value {
    std::string words;
    std::optional<std::string> bytes;
};

// Takes a value off the front of `rest`, up to `stop`, which goes with it. gtest prints text that is not ASCII a second time,
// readable, on a line "As Text:"; the lab's own quotes are readable.
Value take_value(std::string_view& rest, std::string_view stop)
{
    constexpr std::string_view again = "As Text: \"";
    Value value;
    std::size_t at = 0;
    while (at < rest.size() && !starts_with(rest.substr(at), stop)) {
        const std::size_t begin = at;
        const auto bytes = rest[at] == '"' ? literal(rest, at) : std::nullopt;
        if (!bytes) {
            value.words += rest[at++];
            continue;
        }
        value.words += in_quotes(*bytes, most_text);
        const std::size_t next = rest.find_first_not_of(" \n", at);
        if (next != std::string_view::npos && starts_with(rest.substr(next), again))
            at = std::min(next + again.size() + bytes->size() + 1, rest.size());
        if (begin == 0)
            value.bytes = *bytes;
    }
    if (value.words.rfind('"', 0) != 0)
        value.bytes.reset();
    rest.remove_prefix(std::min(at + stop.size(), rest.size()));
    return value;
}

Value value_of(std::string_view text) { return take_value(text, "\n"); }

// A number in source text without its suffix: "5U", "40'000".
std::string plain_number(std::string_view text)
{
    std::string number{text};
    std::erase(number, '\'');
    const std::size_t digits = number.find_first_not_of("0123456789", number[0] == '-' ? 1 : 0);
    const bool is_number =
        std::isdigit(static_cast<unsigned char>(number.back())) != 0 ||
        (digits != 0 && digits != std::string::npos && number.find_first_not_of("uUlLzZ", digits) == std::string::npos);
    return is_number ? number.substr(0, digits) : std::string{text};
}

// "  expression", and perhaps "    Which is: value", whose value may have more lines.
Value next_value(std::string_view& rest)
{
    constexpr std::string_view which = "    Which is: ";
    const std::string_view expression = take_line(rest).substr(2);
    if (starts_with(expression, "R\"")) // the only one of several lines
        rest.remove_prefix(std::min(rest.find(which), rest.size()));
    if (!starts_with(rest, which))
        return expression[0] == '"' ? value_of(expression) : Value{plain_number(expression), {}};
    rest.remove_prefix(which.size());
    const bool is_place = expression[0] == '"' && starts_with(rest, "0x"); // of a literal beside a string_view
    const Value value = take_value(rest, "\n");
    return is_place ? value_of(expression) : value;
}

// Two long texts, from a little before the place where they differ.
void show_difference(Value& expected, Value& came)
{
    if (!expected.bytes || !came.bytes || std::max(expected.bytes->size(), came.bytes->size()) <= most_text)
        return;
    constexpr std::size_t before = 20;
    const std::string &a = *expected.bytes, &b = *came.bytes;
    const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    const std::size_t from = at > before ? at - before : 0;
    for (Value* value : {&expected, &came}) {
        const std::string& all = *value->bytes;
        value->words = (from > 0 ? ".." : "") + in_quotes(std::string_view{all}.substr(std::min(from, all.size())), most_text) +
                       " (" + plural(all.size(), "byte") +
                       (value == &came ? ", other from byte " + std::to_string(at + 1) + " on)" : ")");
    }
}

std::string two_lines(const std::string& expected, const std::string& came)
{
    return expected_mark + expected + "\n" + came_mark + came + number_remark(expected, came);
}

std::string with_words(std::string text, std::string_view words) { return words.empty() ? text : (text += '\n') += words; }

// Expected equality of these values: / a / b; perhaps "With diff:"; the test's words.
std::string equality(std::string_view rest)
{
    Value expected = next_value(rest);
    Value came = next_value(rest);
    if (starts_with(rest, "With diff:\n")) {
        take_line(rest);
        while (!rest.empty() && std::string_view{" +-@"}.find(rest[0]) != std::string_view::npos)
            take_line(rest);
        rest.remove_prefix(starts_with(rest, "\n") ? 1 : 0);
    }
    show_difference(expected, came);
    return with_words(two_lines(expected.words, came.words), rest);
}

// Expected: (a) >= (b), actual: 1 vs 2. The side that is a number in the source is what was expected; else the first.
std::optional<std::string> comparison(std::string_view rest)
{
    struct Operator {
        std::string_view sign, first, second; // how the other side is named where the first, the second side is fixed
    };
    constexpr std::string_view actual = "), actual: ";
    for (const auto& [sign, first, second] : {Operator{") != (", "anything but ", "anything but "},
                                              {") <= (", "at least ", "at most "},
                                              {") >= (", "at most ", "at least "},
                                              {") < (", "more than ", "less than "},
                                              {") > (", "less than ", "more than "}}) {
        const std::size_t middle = rest.find(sign), end = rest.find(actual);
        if (middle == std::string_view::npos || end == std::string_view::npos || end < middle)
            continue;
        const std::string_view source = rest.substr(middle + sign.size(), end - middle - sign.size());
        rest.remove_prefix(end + actual.size());
        const std::string one = take_value(rest, " vs ").words, two = take_value(rest, "\n").words;
        const bool second_is_fixed = plain_number(source) == two;
        return with_words(second_is_fixed ? two_lines(std::string{second} + two, one) : two_lines(std::string{first} + one, two),
                          rest);
    }
    return std::nullopt;
}

// Value of: condition / Actual: false (words of an AssertionResult) / Expected: true; the test's words.
std::string condition(std::string_view rest)
{
    constexpr std::string_view expects = "\nExpected: ";
    const std::size_t end = rest.find(expects);
    std::string_view actual = rest.substr(0, end), words = end == std::string_view::npos ? "" : rest.substr(end + expects.size());
    const std::string_view wanted = take_line(words);
    if (!words.empty())
        return std::string{words};
    if (const std::size_t open = actual.find('('); open != std::string_view::npos && actual.back() == ')')
        return std::string{actual.substr(open + 1, actual.size() - open - 2)};
    return two_lines("what this line of the test asks is " + std::string{wanted},
                     "it is " + std::string{actual.substr(std::min(actual.find_first_not_of(' ', 9), actual.size()))});
}

// Expected: statement throws an exception of type T. / Actual: it throws nothing. The test's words.
std::optional<std::string> exception(std::string_view rest)
{
    constexpr std::string_view throws = " throws an exception of type ", actual = "  Actual: ";
    const std::string_view wanted = take_line(rest);
    const std::size_t type = wanted.rfind(throws);
    if (type == std::string_view::npos || !starts_with(rest, actual))
        return std::nullopt;
    std::string_view came = take_line(rest).substr(actual.size()), name = wanted.substr(type + throws.size());
    for (std::string_view* sentence : {&came, &name})
        sentence->remove_suffix(!sentence->empty() && sentence->back() == '.' ? 1 : 0);
    return with_words(two_lines("your code throws " + std::string{name}, std::string{came}), rest);
}

} // namespace

std::string in_our_words(const std::string& message)
{
    std::string_view rest = message;
    while (!rest.empty() && rest.back() == '\n') // of gtest 1.14 and newer
        rest.remove_suffix(1);
    const std::string_view all = rest, first = take_line(rest);
    if (first == "Failed" && !rest.empty())
        return std::string{rest};
    if (first == "Expected equality of these values:" && starts_with(rest, "  "))
        return equality(rest);
    if (starts_with(first, "Value of: ") && starts_with(rest, "  Actual: "))
        return condition(rest);
    if (starts_with(first, "Expected: ")) {
        const auto words = rest.find("  Actual: ") == 0 ? exception(all) : comparison(all);
        return words ? *words : std::string{all};
    }
    return std::string{all};
}

} // namespace lab
