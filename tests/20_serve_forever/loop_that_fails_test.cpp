// A loop that an exception ends has ended, too.
#include "handlers.h"

#include <sys/resource.h>
#include <utility>

using namespace handlers;

namespace {

struct Broken : Local<Tcp> {
    explicit Broken(bool with_errno = true) : has_errno{with_errno} {}
    const bool has_errno;
    std::optional<kata::Incoming> get_request() override
    {
        if (!has_errno)
            throw "no more of you";
        throw std::system_error{EBADF, std::generic_category(), "accept"};
    }
};

} // namespace

TEST(Robust, EndsWhenItCannotGoOn)
{
    Learner you{{.rule = "what get_request() throws ends the loop, unless it is a shortage.",
                 .why = "EBADF stays: who goes on serves nobody, for ever.",
                 .read = "man 2 accept, ERRORS",
                 .ask = "Q111"}};
    you.run([] {
        Broken server;
        EXPECT_EQ("EBADF", error_of([&] { server.serve_forever(5); }));
    });
    Peer ann = you.connect("ann");
    you.finishes();
}

TEST(Robust, EndsWithWhateverIsThrown)
{
    struct Fussy : Local<Tcp> {
        bool has_thrown = false;
        std::optional<kata::Incoming> get_request() override
        {
            if (!std::exchange(has_thrown, true))
                throw "no more of you";
            return Local<Tcp>::get_request();
        }
    };
    Learner you{
        {.rule = "what get_request() throws ends the loop also where it is no std::system_error.",
         .why = "A shortage passes, and nothing else is one. It is the caller of serve_forever() who knows what it means.",
         .read = "the contract in serve_forever.h; C++ standard, [except.handle]",
         .ask = "Q72, Q111"}};
    you.run([] {
        Fussy server;
        std::string came = "nothing: the loop has ended as if by a shutdown()";
        try {
            server.serve_forever(5);
        } catch (const char* words) {
            came = words;
        }
        EXPECT_EQ("no more of you", came) << "what left serve_forever()";
        EXPECT_EQ("", the_story()) << "what handle_error() was told";
    });
    Peer ann = you.connect("ann");
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, GoesOnWithoutADescriptorToSpare)
{
    struct Poor : Local<Tcp> {
        rlimit before{};
        int tries = 0;
        std::optional<kata::Incoming> get_request() override
        {
            if (++tries == 1) {
                EXPECT_EQ(0, ::getrlimit(RLIMIT_NOFILE, &before));
                const rlimit none{3, before.rlim_max};
                EXPECT_EQ(0, ::setrlimit(RLIMIT_NOFILE, &none));
            }
            if (tries == 3) {
                EXPECT_EQ(0, ::setrlimit(RLIMIT_NOFILE, &before));
            }
            return Local<Tcp>::get_request();
        }
    };
    Learner you{{.rule = "while no descriptor is free the loop waits and goes on with those that it has.",
                 .why =
                     "EMFILE is for each call that makes a descriptor, not for accept() alone. What the loop needs for a wait, "
                     "it has before it begins.",
                 .read = "man 2 getrlimit, RLIMIT_NOFILE; man 2 epoll_create1, ERRORS",
                 .ask = "Q21"}};
    you.run([] {
        Poor server;
        serve_until_resumed(server, [&] { server.shutdown(); });
        EXPECT_EQ("server: EMFILE server: EMFILE served ", the_story());
    });
    serves_another(you);
    ASSERT_TRUE(you.paused());
    you.finishes();
}

TEST(Robust, HasEndedAlsoWhenItFailed)
{
    for (const bool has_errno : {true, false}) {
        Learner you{{.rule = "a loop that an exception ended has ended: shutdown() does not wait for it, on whichever thread.",
                     .why =
                         "What only stands behind the loop, or in a catch clause of another type, is skipped by an exception. A "
                         "destructor is not.",
                     .read = "C++ standard, [except.ctor]",
                     .ask = "Q72, Q111"}};
        you.run([=] {
            Broken server{has_errno};
            try {
                server.serve_forever(5);
            } catch (const std::system_error&) {
                server.shutdown();
            } catch (const char*) {
                server.shutdown();
            }
        });
        Peer ann = you.connect("ann");
        you.finishes();
    }
}

TEST(Robust, ServesAgainAfterALoopThatFailed)
{
    struct FailsOnce : Local<Tcp> {
        bool has_failed = false;
        std::optional<kata::Incoming> get_request() override
        {
            if (has_failed)
                return Local<Tcp>::get_request();
            has_failed = true;
            char word = 0;
            static_cast<void>(::recv(3, &word, 1, 0)); // until bob says something
            throw std::system_error{EBADF, std::generic_category(), "accept"};
        }
    };
    Learner you{{.rule = "a shutdown() that waited for a loop which failed has what it asked for: the next loop serves.",
                 .why =
                     "However the loop ended, it took the request with it. One that is left over ends a loop that nobody wanted "
                     "to end.",
                 .read = "man 2 eventfd",
                 .ask = "Q72, Q111"}};
    Peer bob = you.wire("bob");
    you.run([]() noexcept {
        FailsOnce server;
        {
            const std::jthread other{[&] {
                wait_for_the_test();
                server.shutdown();
            }};
            EXPECT_EQ("EBADF", error_of([&] { server.serve_forever(5); }));
        }
        serve_until_resumed(server, [&] { server.shutdown(); });
    });
    Peer ann = you.connect("ann");
    ASSERT_TRUE(you.asleep_in(Call::recv)); // in get_request()
    ASSERT_TRUE(you.paused());
    you.resume();
    bob.sends("."); // shutdown() waits by now
    is_served(ann);
    ann.closes();
    ASSERT_TRUE(you.paused());
    you.finishes();
}
