// Whichever call fails, with one address and with two, by number and by name.
#include "09_connect/script.h"
#include "lab/script/at_allocation.h"

using namespace lab;
using script::connect_any, script::connect_to, script::expects_words_of;

namespace {

// The server of `ann` says hello to each connection, also to one that was given up.
void greets(Learner& you, Host& ann)
{
    while (!you.is_done())
        ann.accepts().sends("hello");
}

} // namespace

TEST(Robust, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "with one address, whichever call fails: its errno is thrown, nothing leaks, and the next try succeeds.",
        .why = "The close() of the failed socket may change errno: keep the reason first. EINTR is no failure.",
        .read = "man 2 socket, ERRORS; man 2 connect, ERRORS; man 3 errno, NOTES",
        .ask = "Q25, Q71, Q75"};
    on_both_families([&](std::string_view ip) {
        whichever_call_fails([&] {
            Learner you{lesson};
            Host ann = you.host("ann", ip);
            you.run([&] {
                kata::UniqueFd fd;
                told_then_done([&] { fd = connect_any({&ann}); });
                expects_to_hear(fd.get(), "hello");
            });
            greets(you, ann);
            you.finishes();
        });
    });
}

TEST(Robust, TellsWhicheverCallFailsAfterASignal)
{
    constexpr Lesson lesson{
        .rule = "after a signal, too: the wait can fail, and the question how it ended.",
        .why = "poll() and getsockopt() are calls like any other. One that failed told nothing about the attempt.",
        .read = "man 2 poll, ENOMEM; man 2 getsockopt, ERRORS",
        .ask = "Q26, Q27"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Host ann = you.host("ann");
        you.nth(Family::connecting, 1).fails(EINTR);
        you.run([&] {
            kata::UniqueFd fd;
            told_then_done([&] { fd = connect_any({&ann}); });
            expects_to_hear(fd.get(), "hello");
        });
        greets(you, ann);
        you.finishes();
    });
}

TEST(Robust, TriesTheOtherAddressWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "any failure of one address is a reason to try the next: not only \"refused\".",
                            .why = "An address of a name may have no route (ENETUNREACH), and a moment later there may be a "
                                   "descriptor again. Only when all have failed the caller must know.",
                            .read = "man 2 socket, ERRORS; man 2 connect, ERRORS",
                            .ask = "Q25, Q81"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Host ann = you.host("ann"), bob = you.host("bob");
        you.run([&] {
            const bool connected = told_or_done([&] { expects_open(connect_any({&ann, &bob}).get(), "and connected"); });
            expects(connected, "the second address is tried", "it was never tried: the first reason was thrown");
        });
        you.finishes();
    });
}

TEST(Robust, TellsWhicheverCallFailsForAName)
{
    constexpr Lesson lesson{.rule = "whichever call fails behind a name: its errno is thrown, and nothing leaks, no list either.",
                            .why = "The list of getaddrinfo() is yours on every way out, and freeaddrinfo() may change errno.",
                            .read = "man 3 getaddrinfo, freeaddrinfo(); man 3 errno, NOTES",
                            .ask = "Q71, Q81"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Host ann = you.host("ann");
        you.resolves("db.test", {"127.0.0.1"});
        you.run([&] {
            kata::UniqueFd fd;
            told_then_done([&] { fd = connect_to("db.test", std::to_string(ann.port())); });
            expects_to_hear(fd.get(), "hello");
        });
        greets(you, ann);
        you.finishes();
    });
}

TEST(Robust, GivesTheListBackWithoutMemory)
{
    if (!memory_can_run_out)
        GTEST_SKIP() << "this sanitizer does not let an allocation fail";
    Learner you{{.rule = "the list of getaddrinfo() is given back, also when there is no memory to copy its addresses.",
                 .why =
                     "What appends to a std::vector may throw std::bad_alloc, past the freeaddrinfo() below it. An owner with a "
                     "destructor does not care.",
                 .read = "man 3 getaddrinfo, freeaddrinfo()",
                 .ask = "Q71, Q81"}};
    Host ann = you.host("ann");
    you.resolves("db.test", {"127.0.0.1"});
    you.run([port = std::to_string(ann.port())] {
        try {
            const AtAllocation fails{[] { throw std::bad_alloc{}; }};
            kata::connect_to("db.test", port); // whoever allocates nothing connects
        } catch (const std::exception&) {
        }
    });
    you.finishes();
    script::gives_each_list_back(you);
}

TEST(Robust, SaysWhateverTheLookupSays)
{
    Learner you{
        {.rule = "whatever the reason of a failed lookup is, it is told at once: in the words of gai_strerror(), or by errno.",
         .why = "EAI_MEMORY is a number like the others, and no std::bad_alloc. Only for EAI_SYSTEM errno has the reason: EINTR, "
                "too, for a lookup is many calls, and whether it is worth another try is for the caller to say.",
         .read = "man 3 getaddrinfo, RETURN VALUE; man 3 gai_strerror",
         .ask = "Q81"}};
    you.cannot_resolve("full.test", EAI_MEMORY);
    you.cannot_resolve("broken.test", EAI_FAIL);
    you.cannot_resolve("empty.test", EAI_NODATA);
    you.cannot_resolve("interrupted.test", EAI_SYSTEM, EINTR);
    you.run([] {
        expects_words_of(EAI_MEMORY, [] { connect_to("full.test", "80"); });
        expects_words_of(EAI_FAIL, [] { connect_to("broken.test", "80"); });
        expects_words_of(EAI_NODATA, [] { connect_to("empty.test", "80"); });
        EXPECT_EQ("EINTR", error_of([] { connect_to("interrupted.test", "80"); }));
    });
    you.finishes();
    expects(you.count(Call::getaddrinfo) == 4, "one lookup for each of the four names",
            std::to_string(you.count(Call::getaddrinfo)) + " lookups");
}
