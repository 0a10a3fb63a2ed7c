#pragma once

#include "lab/tell/rows.h"

#include <vector>

namespace lab {

// A few rows that come again and again become one set of rows with a count: the same ones, or the same but for whose acts they
// show (Row::others).
std::vector<Row> folded(const std::vector<Row>& rows);

} // namespace lab
