#pragma once

#include "lab/inside/recorder.h"

#include <sys/uio.h>

namespace lab {

// What is left of a vector after the first bytes.
struct Rest {
    iovec pieces[max_vector];
    iovec* first = pieces;
    int count = 0;
    std::size_t skipped = 0;

    void skip_to(std::size_t done)
    {
        std::size_t bytes = done - skipped;
        skipped = done;
        while (count > 0 && bytes >= first->iov_len) {
            bytes -= first->iov_len;
            ++first;
            --count;
        }
        if (count > 0) {
            first->iov_base = static_cast<char*>(first->iov_base) + bytes;
            first->iov_len -= bytes;
        }
    }
};

} // namespace lab
