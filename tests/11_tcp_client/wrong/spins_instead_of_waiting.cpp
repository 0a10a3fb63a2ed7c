// Mistake: tries again and again on a socket that has nothing
// Caught by: Works.SendsARequestAndReadsTheAnswer
// Says: busy loop
#include "11_tcp_client/rest.h"

namespace kata {

short wait_for(int /*fd*/, short events, Clock::time_point deadline) { return Clock::now() < deadline ? events : short{0}; }

} // namespace kata
