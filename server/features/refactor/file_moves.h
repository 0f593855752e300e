#pragma once

#include "features/refactor/new_files.h"
#include "features/refactor/refactoring.h"

namespace refract::features {

// Moves of declarations between a schema's files, offered on the first line of a block: one to another file or to one
// of its own, a file's into a file each, all files into this one. Files with a syntax error stay as they are.
std::vector<Refactoring> file_moves(const schema::Snapshot& snapshot, schema::FileRange at, NewFiles new_files);

}  // namespace refract::features
