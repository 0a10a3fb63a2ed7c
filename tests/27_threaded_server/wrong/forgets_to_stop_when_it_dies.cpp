// Mistake: its destructor waits for threads that nobody has told
// Caught by: Works.StopsWhenNobodyIsThere
// Says: still running
#include "27_threaded_server/rest.h"

namespace kata {

ThreadedServer::~ThreadedServer() = default;

} // namespace kata
