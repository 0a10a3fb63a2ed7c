// Mistake: serves on the thread that accepts
// Caught by: Works.ServesManyAtOnce
// Says: bob receives "are you there?"
#include "27_threaded_server/rest.h"

namespace kata {

void begin(Parts& m, Accepted client) { m.handler(client.fd.get(), client.peer); }

} // namespace kata
