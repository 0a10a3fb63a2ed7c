// Odd: no lock: tasks hang on a stack of nodes, and the loop takes the whole stack, and turns it over
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {

struct Node {
    Loop::Task task;
    Node* next;
};

struct Stack {
    std::atomic<Node*> top{nullptr};
    Stack() = default;
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;
    ~Stack() { takes_all(); }

    std::list<Loop::Task> takes_all()
    {
        std::list<Loop::Task> tasks;
        for (Node* node = top.exchange(nullptr); node != nullptr;) {
            tasks.push_front(std::move(node->task));
            delete std::exchange(node, node->next);
        }
        return tasks;
    }
};

} // namespace

Loop::Loop() : m_{new Machinery}
{
    m_->own = std::make_shared<Stack>();
    makes_alarm(*m_);
    watches_alarm(*m_);
}

bool enqueues(Parts& m, Loop::Task task)
{
    Node* const node = new Node{std::move(task), nullptr};
    Node* below = m.its<Stack>().top;
    do
        node->next = below;
    while (!m.its<Stack>().top.compare_exchange_weak(below, node)); // from here on it is the loop's
    return below == nullptr;
}

void takes(Parts& m) { m.due.splice(m.due.end(), m.its<Stack>().takes_all()); }

} // namespace kata
