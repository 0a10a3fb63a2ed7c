// Mistake: lets an error of accept() out of its destructor
// Caught by: Robust.TellsWhatEndedTheAccepting
// Says: killed by SIGABRT
#include "27_threaded_server/rest.h"

namespace kata {

ThreadedServer::~ThreadedServer() { stop(0); }

} // namespace kata
