#pragma once

#include <cstdio>
#include <string>

// All of standard input.
inline std::string all_input()
{
    std::string text;
    char buffer[65536];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;)
        text.append(buffer, n);
    return text;
}
