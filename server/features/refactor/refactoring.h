#pragma once

#include <string>
#include <vector>

#include "schema/snapshot.h"
#include "validation/core/diagnostic.h"

namespace refract::features {

enum class RefactoringKind { extract, inlined, rewrite, move };

struct NewFile {
  std::string path;  // beside the file it comes from, spelled like it
  std::string text;
  bool operator==(const NewFile&) const = default;
};

// A change of the schema that someone may choose at a place.
struct Refactoring {
  std::string title;  // imperative: "Turn status into an enum"
  RefactoringKind kind = RefactoringKind::rewrite;
  std::vector<validation::FileEdit> edits;
  std::vector<NewFile> created = {};
  std::vector<schema::FileId> deleted = {};  // none of which `edits` touches
};

// What can be chosen at the range, by the content of its lines. Each is legal for the schema's database and
// version of Prisma, and lays out the blocks that it touches. Empty inside of a block with a syntax error.
std::vector<Refactoring> refactorings(const schema::Snapshot& snapshot, schema::FileRange at);

}  // namespace refract::features
