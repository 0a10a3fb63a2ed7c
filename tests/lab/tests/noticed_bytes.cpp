#include "noticed.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab {

namespace {

char buffer[64];

ssize_t takes(int flags = 0) { return ::recv(3, buffer, sizeof buffer, flags); }
void gives(const char* text, std::size_t n, int flags = 0) { (void)::send(3, text, n, flags); }
void does_not_block() { ::fcntl(3, F_SETFL, O_NONBLOCK); }
void wait_for(short events)
{
    pollfd p{3, events, 0};
    (void)::poll(&p, 1, -1);
}

const Scene ann_says_hello{.during = [](Learner&, Peer& ann) { ann.sends("hello"); }};
const Scene ann_sends_a_zero{.during = [](Learner&, Peer& ann) { ann.sends(std::string_view{"hel\0lo", 6}); }};
const Scene ann_ends{.during = [](Learner&, Peer& ann) { ann.finishes_writing(); }};
const Scene first_read_is_interrupted{.before = [](Learner& you) { you.nth(Family::reading, 1).fails(EINTR); },
                                      .during = [](Learner&, Peer& ann) { ann.sends("hello"); }};
const Scene first_write_is_short{.before = [](Learner& you) { you.nth(Family::writing, 1).moves_at_most(5); }};
const Scene first_write_finds_no_room{.before = [](Learner& you) { you.nth(Family::writing, 1).fails(EAGAIN); }};
const Scene no_room_at_all{.before = [](Learner& you) { you.every(Family::writing).fails(EAGAIN); }};
const Scene no_room_and_ann_ends{.before = first_write_finds_no_room.before, .during = ann_ends.during};

} // namespace

std::vector<Noticed> learners_that_move_bytes()
{
    return {
        {"EagainTakenForTheEnd", "recv(3) said EAGAIN, and nothing waited for it: nothing has come yet. poll() waits for it.",
         [] {
             does_not_block();
             takes();
             ::close(3);
         }},
        {"EagainWaitedFor", "",
         [] {
             does_not_block();
             takes();
             wait_for(POLLIN);
             takes();
             ::close(3);
         },
         ann_says_hello},
        {"ALookThatWasAskedFor", "",
         [] {
             takes(MSG_DONTWAIT);
             ::close(3);
         }},
        {"EintrTakenForAFailure", "recv(3) said EINTR: a signal woke it, and nothing is lost. Call it again.", [] { takes(); },
         first_read_is_interrupted},
        {"EintrTriedAgain", "",
         [] {
             while (takes() < 0 && errno == EINTR) {
             }
         },
         first_read_is_interrupted},
        {"NothingAskedFor", "read(3) asks for 0 bytes: its 0 is no end of the stream, it is what was asked for.",
         [] { EXPECT_EQ(0, ::read(3, buffer, 0)); }},
        {"TheEndReadAFewTimes", "",
         [] {
             for (int i = 0; i < 9; ++i)
                 takes();
         },
         ann_ends},
        {"TheEndReadAgainAndAgain", "recv(3) said 0, and is called again and again: 0 is the end, and stays the end.",
         [] {
             for (int i = 0; i < 10; ++i)
                 takes();
         },
         ann_ends},
        {"TheRestNeverSent", "send(3) took 5 of 12 bytes, and the rest was never sent.", [] { gives("hello, world", 12); },
         first_write_is_short},
        {"TheSameBytesAgain", "send(3) took 5 of 12 bytes, and the next call begins with the first one again.",
         [] {
             gives("hello, world", 12);
             gives("hello, world", 12);
         },
         first_write_is_short},
        {"TheRestNotWanted",
         "",
         [] {
             gives("hello, world", 12);
             takes();
         },
         {.before = first_write_is_short.before, .during = ann_ends.during}},
        {"TheRestSent", "",
         [] {
             gives("hello, world", 12);
             gives(", world", 7);
         },
         first_write_is_short},
        {"NoRoomAndNoWait", "send(3) said EAGAIN: it took nothing of 5 bytes, and nothing waited for room: poll() does.",
         [] {
             does_not_block();
             gives("hello", 5);
         },
         first_write_finds_no_room},
        {"NoRoomWaitedFor", "",
         [] {
             does_not_block();
             gives("hello", 5);
             wait_for(POLLOUT);
             gives("hello", 5);
         },
         first_write_finds_no_room},
        {"NoRoomCame", "",
         [] {
             does_not_block();
             gives("hello", 5);
             wait_for(POLLOUT);
         },
         first_write_finds_no_room},
        {"GivenUpWhileNoRoomCame", "",
         [] {
             does_not_block();
             gives("hello", 5);
             wait_for(POLLIN | POLLOUT);
             gives("hello", 5);
             ::close(3);
         },
         no_room_at_all},
        {"NoRoomCameByEpoll", "",
         [] {
             does_not_block();
             epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLET, .data = {}};
             const int epoll = ::epoll_create1(0);
             ::epoll_ctl(epoll, EPOLL_CTL_ADD, 3, &event);
             gives("hello", 5);
             ::epoll_wait(epoll, &event, 1, -1);
             ::close(epoll);
         },
         first_write_finds_no_room},
        {"WaitedForSomethingElse", "send(3) said EAGAIN: it took nothing of 5 bytes, and nothing waited for room: poll() does.",
         [] {
             does_not_block();
             gives("hello", 5);
             wait_for(POLLIN);
             ::close(3);
         },
         no_room_and_ann_ends},
        {"TheWholeBufferSent", "recv(3) gave 5 bytes, and send(3) sends the whole buffer, 64.",
         [] {
             takes();
             gives(buffer, sizeof buffer);
         },
         ann_says_hello},
        {"AZeroByteSentAlong", "recv(3) gave 5 bytes, and send(3) sends 6: a zero byte that nobody sent goes along.",
         [] {
             takes();
             gives(buffer, 6);
         },
         ann_says_hello},
        {"CountedByStrlen", "recv(3) gave 6 bytes, and send(3) sends 3, up to a zero byte: strlen() does not count bytes.",
         [] {
             takes();
             gives(buffer, std::strlen(buffer));
         },
         ann_sends_a_zero},
        {"AsManyAsCame", "", [] { gives(buffer, static_cast<std::size_t>(takes())); }, ann_sends_a_zero},
        {"NoMsgNosignal", "send(3) met a peer that is gone, without MSG_NOSIGNAL: so SIGPIPE came.",
         [] {
             ::shutdown(3, SHUT_WR);
             gives("hello", 5);
         }},
        {"NoFlagsAtAll", "write(3) met a peer that is gone, and has no flags: send() has MSG_NOSIGNAL.",
         [] {
             ::shutdown(3, SHUT_WR);
             EXPECT_EQ(-1, ::write(3, "hello", 5));
         }},
        {"MsgNosignal", "",
         [] {
             ::shutdown(3, SHUT_WR);
             gives("hello", 5, MSG_NOSIGNAL);
         }},
    };
}

} // namespace lab
