#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <termios.h>

namespace coach {

bool on_terminal();                          // standard output is one
bool interactive();                          // input is one, too: there is somebody to press a key
std::size_t columns();                       // of the terminal, else of $COLUMNS, else 80
std::string strong(const std::string& text); // bold, on a terminal and without NO_COLOR
void clear_screen();                         // on a terminal; elsewhere an empty line
void show(const std::string& text);          // to standard output, at once

// What happened while we waited.
struct Event {
    enum class Kind { timeout, key, resized, interrupted, ready } kind = Kind::timeout;
    char key = 0;   // key: what was pressed
    int signal = 0; // interrupted: SIGINT, SIGTERM or SIGHUP (also when the terminal is gone)
};

// One wait for everything: keys without Enter, signals, and descriptors. Gives the terminal back as it was. One at a time.
class Console {
public:
    enum class Keys { off, on };
    explicit Console(Keys keys); // `on` has an effect only where interactive()
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    // Until something happens to one of `fds` (-1: none), or `milliseconds` are over (-1: never).
    Event wait(std::initializer_list<int> fds, int milliseconds) const;

private:
    void take_terminal() const;

    bool has_keys_;
    termios before_{};
};

} // namespace coach
