#pragma once

#include "coach/tests/small_tree.h"

namespace coach_tests {

// A group beside the small tree: folders of answers, members/NAME/NN_name, whose answers are scripts as the tree's own are.
std::string answers_of(const SmallTree& tree, const std::string& member); // ann=/tmp/.../members/ann, as it is typed
void give(const SmallTree& tree, const std::string& member, const std::string& exercise, const std::string& script);

void add_exercise(const SmallTree& tree, const std::string& name); // a fourth one, unwritten

// What the group's board has in this cell: the word, "" where there is none. Reads board.md.
std::string on_board(const SmallTree& tree, const std::string& table, const std::string& row, const std::string& column);
std::size_t builds_of(const SmallTree& tree, const std::string& member);

bool is_running(const std::string& word); // a process whose command line has it

} // namespace coach_tests
