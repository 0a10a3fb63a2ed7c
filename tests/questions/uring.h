#pragma once

#include "acts.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <linux/io_uring.h>
#include <sys/mman.h>

namespace questions {

// The two rings of io_uring(7), for up to four requests.
class Uring {
public:
    Uring() : fd_{static_cast<int>(::syscall(SYS_io_uring_setup, 4, &params_))}
    {
        if (fd_.get() < 0 || (params_.features & IORING_FEAT_SINGLE_MMAP) == 0)
            return;
        size_ = std::max(params_.sq_off.array + 4 * sizeof(unsigned), params_.cq_off.cqes + 8 * sizeof(io_uring_cqe));
        rings_ = map(size_, IORING_OFF_SQ_RING);
        requests_ = map(4 * sizeof(io_uring_sqe), IORING_OFF_SQES);
    }
    Uring(const Uring&) = delete;
    ~Uring()
    {
        if (works()) {
            ::munmap(rings_, size_);
            ::munmap(requests_, 4 * sizeof(io_uring_sqe));
        }
    }
    bool works() const { return rings_ != MAP_FAILED && requests_ != MAP_FAILED; }
    // All of them with one system call; returns how many the kernel took.
    long submits(std::initializer_list<io_uring_sqe> requests)
    {
        for (const io_uring_sqe& request : requests) {
            const unsigned slot = *at(params_.sq_off.tail) % params_.sq_entries;
            std::memcpy(static_cast<io_uring_sqe*>(requests_) + slot, &request, sizeof request);
            at(params_.sq_off.array)[slot] = slot;
            std::atomic_ref{*at(params_.sq_off.tail)}.fetch_add(1);
        }
        return ::syscall(SYS_io_uring_enter, fd_.get(), requests.size(), 0, 0, nullptr, 0);
    }
    unsigned results() { return std::atomic_ref{*at(params_.cq_off.tail)}.load() - *at(params_.cq_off.head); }
    bool waits_for_results(unsigned how_many)
    {
        return becomes([&] {
            // Some of the work is done only when this thread comes in.
            ::syscall(SYS_io_uring_enter, fd_.get(), 0, 0, IORING_ENTER_GETEVENTS, nullptr, 0);
            return results() >= how_many;
        });
    }
    int waits_for_result() // the first
    {
        return waits_for_results(1) ? reinterpret_cast<const io_uring_cqe*>(at(params_.cq_off.cqes))->res : -1;
    }

private:
    void* map(std::size_t size, std::uint64_t what) const
    {
        return ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd_.get(), static_cast<off_t>(what));
    }
    unsigned* at(unsigned offset) { return reinterpret_cast<unsigned*>(static_cast<char*>(rings_) + offset); }

    io_uring_params params_{};
    Fd fd_;
    std::size_t size_ = 0;
    void *rings_ = MAP_FAILED, *requests_ = MAP_FAILED;
};

inline io_uring_sqe receive_request(const Fd& fd, void* buffer, unsigned size)
{
    io_uring_sqe request{};
    request.opcode = IORING_OP_RECV;
    request.fd = fd.get();
    request.addr = reinterpret_cast<std::uint64_t>(buffer);
    request.len = size;
    return request;
}

} // namespace questions
