#pragma once

#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::tests {

struct FixProblem {
  std::string code;   // of the diagnostic whose fix it is
  std::string title;  // of the fix
  std::string why;
  std::string after;  // the text it makes, of the first file that it changes
};

struct FixTally {
  std::size_t diagnostics = 0;
  std::size_t with_fix = 0;
  std::size_t fixes = 0;
  std::size_t known = 0;  // fixes, with those that are withheld
  std::vector<FixProblem> problems;

  void add(const FixTally& other);
};

// Applies every fix that is offered for the schema, each to the schema as it is, and says after which the diagnostic is
// still there, or another one of its stage has come up that it did not hide.
FixTally try_fixes(const std::vector<schema::SourceFile>& files, schema::PrismaVersion version);

}  // namespace refract::tests
