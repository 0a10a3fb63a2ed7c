#pragma once

namespace lab {

// Returns when the other threads of this process sleep: each has done what it could until now. Also when one of them does not
// come to that within 200 ms of the machine's time, all calls of this run together.
void lets_others_come_to_sleep();

} // namespace lab
