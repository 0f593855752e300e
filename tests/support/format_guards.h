#pragma once

#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::tests {

// What the formatter has to keep to: (a) no token and no comment is lost or changed, (b) formatting again changes
// nothing, (c) there is no diagnostic more, (d) no line end is of another kind than before.
struct BrokenGuard {
  char guard = 'a';
  std::string before;  // a file's text
  std::string after;
};

// Formats the files of a schema, with and without the fields that the formatter adds.
std::vector<BrokenGuard> broken_guards(std::vector<schema::SourceFile> files, schema::PrismaVersion version);

}  // namespace refract::tests
