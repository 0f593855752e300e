#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::catalog {
struct Catalog;
}

namespace refract::features {

enum class CompletionKind {
  keyword,
  scalar_type,
  model,
  enumeration,
  composite_type,
  field,
  enum_value,
  attribute,
  argument,
  value,
  function,
  native_type,
  property,
  snippet
};

struct CompletionItem {
  std::string label;
  CompletionKind kind = CompletionKind::keyword;
  std::string detail;         // one line: "scalar type", "model in user.prisma"
  std::string documentation;  // Markdown
  text::Range replace;        // bytes, in the file of the cursor; within the cursor's line, and the cursor touches it
  std::string insert;         // plain text, or a snippet in LSP's syntax where `snippet`
  bool snippet = false;
  std::string sort;  // sortText: best first
};

struct CompletionOptions {
  bool snippets = true;  // false: `insert` never holds placeholders
  // Names of environment variables to offer inside env("…"). Empty: the usual one.
  std::vector<std::string> environment = {};
  // What the migrations have made so far: its names are offered where a name of the database is expected. nullptr: not
  // known.
  const catalog::Catalog* database = nullptr;
};

// What may be typed at the cursor, best first; what a word typed so far rules out is left to the client to filter.
// Empty where nothing can be offered (comments, free names).
std::vector<CompletionItem> completion(const schema::Snapshot& snapshot, schema::FilePosition at,
                                       const CompletionOptions& options = {});

}  // namespace refract::features
