#pragma once

#include "features/fixture.h"
#include "features/refactor/refactoring.h"

namespace refract::test {

// Datasources for fixtures; a later Prisma takes no url.
inline std::string on(std::string_view provider, std::string_view schema) {
  return "datasource db {\n  provider = \"" + std::string(provider) + "\"\n}\n\n" + std::string(schema);
}

inline std::vector<std::string> diagnostics_of(const schema::Snapshot& snapshot) {
  const auto shared = std::shared_ptr<const schema::Snapshot>(std::shared_ptr<void>(), &snapshot);
  std::vector<std::string> found;
  const auto analysis = validation::Analysis::run(shared, nullptr, validation::AnalysisMode::tolerant);
  for (const auto& one : analysis->diagnostics()) found.push_back(one.message);
  return found;
}

inline schema::FileRange place_of(const Fixture& made) {
  if (!made.ranges.empty()) return made.ranges.front();
  return {made.cursor.file, {made.cursor.offset, made.cursor.offset}};
}

// The titles offered at the cursor or the first marked range.
inline std::vector<std::string> offered(std::string_view marked,
                                        schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const Fixture made = fixture(marked, version);
  std::vector<std::string> titles;
  for (const auto& one : features::refactorings(*made.snapshot, place_of(made))) titles.push_back(one.title);
  return titles;
}

inline bool offers(std::string_view marked, std::string_view title,
                   schema::PrismaVersion version = schema::PrismaVersion::v7) {
  for (const std::string& one : offered(marked, version))
    if (one.starts_with(title)) return true;
  return false;
}

// The schema after the refactoring whose title begins so. Checks on the way that every refactoring at the place
// leaves a schema without diagnostics that were not there before.
inline std::string refactored(std::string_view marked, std::string_view title,
                              schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const Fixture made = fixture(marked, version);
  const std::vector<std::string> before = diagnostics_of(*made.snapshot);
  std::string result = "not offered";
  for (const auto& one : features::refactorings(*made.snapshot, place_of(made))) {
    INFO(one.title);
    CHECK(!one.edits.empty());
    const std::string text = applied(made, one.edits);
    const Fixture after = fixture(text, version);
    INFO(text);
    for (const std::string& diagnostic : diagnostics_of(*after.snapshot))
      if (std::ranges::find(before, diagnostic) == before.end()) FAIL_CHECK("new diagnostic: " << diagnostic);
    if (one.title.starts_with(title) && result == "not offered") result = text;
  }
  return result;
}

}  // namespace refract::test
