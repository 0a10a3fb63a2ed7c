// Mistake: takes EMFILE for the end
// Caught by: Robust.SurvivesAShortage
// Says: bob receives "are you there?"
#include "27_threaded_server/rest.h"

namespace kata {

bool survives(Parts& m, int /*error*/)
{
    const Lock lock{m.mutex};
    return m.stopping;
}

} // namespace kata
