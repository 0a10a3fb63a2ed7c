// Mistake: never says that the request is complete
// Caught by: Works.SendsARequestAndReadsTheAnswer
// Says: the end of the stream (FIN)
#include "11_tcp_client/rest.h"

namespace kata {

void half_close(int /*fd*/) {}

} // namespace kata
