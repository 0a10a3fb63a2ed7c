// Odd: no lock: tasks hang on a stack of nodes, and the loop takes the whole stack, and turns it over
#include "30_wakeup_and_signals/rest.h"

namespace kata {

namespace {

struct Node {
    Loop::Task task;
    Node* next;
};

} // namespace

struct Stack {
    std::atomic<Node*> top{nullptr};
    Stack() = default;
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;
    ~Stack() { takes_into(nullptr); }

    void takes_into(std::list<Loop::Task>* due)
    {
        std::list<Loop::Task> tasks;
        for (Node* node = top.exchange(nullptr); node != nullptr;) {
            tasks.push_front(std::move(node->task));
            delete std::exchange(node, node->next);
        }
        if (due != nullptr)
            due->splice(due->end(), tasks);
    }
};

namespace {
std::unique_ptr<Stack> stack; // one loop at a time, in each process
} // namespace

Loop::Loop() : m_{new Machinery}
{
    stack = std::make_unique<Stack>();
    makes_alarm(*m_);
    watches_alarm(*m_);
}

Loop::~Loop() { stack.reset(); }

bool enqueues(Parts&, Loop::Task task)
{
    Node* const node = new Node{std::move(task), nullptr};
    Node* below = stack->top;
    do
        node->next = below;
    while (!stack->top.compare_exchange_weak(below, node)); // from here on it is the loop's
    return below == nullptr;
}

void takes(Parts& m) { stack->takes_into(&m.due); }

} // namespace kata
