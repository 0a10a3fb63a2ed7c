// Mistake: turns the limit into microseconds in an int: 35 minutes is the most
// Caught by: Robust.KeepsALimitOfAnHour
// Says: came      the end (FIN)
#include "11_tcp_client/rest.h"

namespace kata {

Clock::time_point deadline_of(int limit_ms)
{
    const int limit_us = static_cast<int>(static_cast<unsigned>(limit_ms) * 1000);
    return Clock::now() + std::chrono::microseconds{limit_us};
}

} // namespace kata
