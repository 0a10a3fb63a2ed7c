#include "noticed.h"

#include <chrono>
#include <ctime>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab {

namespace {

int polls(short events, int limit)
{
    pollfd p{3, events, 0};
    return ::poll(&p, 1, limit);
}
void naps()
{
    const timespec moment{0, 1000};
    ::nanosleep(&moment, nullptr);
}
void takes_a_few(int flags = 0)
{
    char bytes[64];
    (void)::recv(3, bytes, sizeof bytes, flags);
}

const Scene ann_says_bye{.during = [](Learner&, Peer& ann) {
    ann.sends("bye");
    ann.finishes_writing();
}};

} // namespace

std::vector<Noticed> learners_that_wait()
{
    Scene nobody_comes;
    nobody_comes.limits.stuck = std::chrono::milliseconds{50};
    return {
        {"LooksAgainAndAgain", "poll(3) looks again and again with a limit of 0, and never sleeps.",
         [] {
             for (int i = 0; i < 3; ++i)
                 polls(POLLIN, 0);
         }},
        {"ReadsAgainAndAgain", "recv(3) is called again and again, and nothing waits for more: poll() does.",
         [] {
             for (int i = 0; i < 3; ++i)
                 takes_a_few(MSG_DONTWAIT);
         }},
        {"LooksAfterEachPause", "poll(3) looks again after each pause: poll() with a limit wakes up when something comes.",
         [] {
             for (int i = 0; i < 3; ++i) {
                 polls(POLLIN, 0);
                 naps();
             }
         }},
        {"LooksBeforeItSleeps", "",
         [] {
             polls(POLLIN, 0);
             takes_a_few(MSG_DONTWAIT);
             polls(POLLIN, -1);
             takes_a_few();
         },
         ann_says_bye},
        {"WakesUpAtIntervals",
         "poll(3) wakes up every 1 ms and finds nothing: with a limit of -1 it sleeps until something comes.",
         [] {
             for (int i = 0; i < 3; ++i)
                 polls(POLLIN, 1);
         }},
        {"WaitsForWhatIsLeftOfALimit", "",
         [] {
             for (int i = 3; i > 0; --i)
                 polls(POLLIN, i);
         }},
        {"WaitsForNobody", "poll() waits for no descriptor at all, and for ever.", [] { (void)::poll(nullptr, 0, -1); },
         nobody_comes},
        {"WaitsForAnn", "", [] { polls(POLLIN, -1); }, nobody_comes},
        {"TakesRdhupForNothingMore", "poll(3) told of the end while 3 bytes stood before it: read until recv() says 0.",
         [] {
             polls(POLLRDHUP, -1);
             ::close(3);
         },
         ann_says_bye},
        {"ReadsWhatStandsBeforeTheEnd", "",
         [] {
             polls(POLLRDHUP, -1);
             takes_a_few();
             takes_a_few();
             ::close(3);
         },
         ann_says_bye},
    };
}

} // namespace lab
