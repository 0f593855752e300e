#pragma once

#include "features/refactoring.h"

namespace refract::features {

// What becomes of a new file beside those of the schema.
enum class NewFiles {
  join,       // the schema is a folder, which it is then part of
  once_told,  // Prisma reads one file until it is given the folder
  stay_out,   // configuration names the file that is the schema
};

// Moves of declarations between a schema's files, offered on the first line of a block: one to another file or to one
// of its own, a file's into a file each, all files into this one. Files with a syntax error stay as they are.
std::vector<Refactoring> file_moves(const schema::Snapshot& snapshot, schema::FileRange at, NewFiles new_files);

}  // namespace refract::features
