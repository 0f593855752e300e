#pragma once

#include <fmt/format.h>

#include "support/fixes.h"
#include "validation/check.h"
#include "validation/fixes/helpful_fixes.h"

namespace refract::tests {

inline std::shared_ptr<const validation::Analysis> analyse_mode(const std::string& text, schema::PrismaVersion version,
                                                                validation::AnalysisMode mode) {
  return validation::Analysis::run(schema::Snapshot::build(parsed({{"schema.prisma", text}}), {version}), nullptr,
                                   mode);
}

// The text after the preferred fix of the first diagnostic with the code; what is wrong instead, if anything is.
inline std::string fixed(const std::string& text, std::string_view code, schema::PrismaVersion version) {
  const auto analysis = analyse_mode(text, version, validation::AnalysisMode::strict);
  std::string found;
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    found += fmt::format("{}: {} ", diagnostic.code.name(), diagnostic.message);
    if (diagnostic.code.name() != code) continue;
    const auto fix = std::ranges::find_if(diagnostic.fixes, &validation::Fix::preferred);
    if (fix == diagnostic.fixes.end()) continue;
    std::vector<text::Edit> edits;
    for (const validation::FileEdit& edit : fix->edits) edits.push_back(edit.edit);
    return text::apply_edits(text, edits);
  }
  return "no fix: " + found;
}

inline std::string diagnostics_of(const std::string& text, schema::PrismaVersion version) {
  std::string list;
  const auto analysis = analyse(text, version);
  for (const auto& one : analysis->diagnostics()) list += fmt::format("{}: {}\n", one.code.name(), one.message);
  return list;
}

inline std::string datasource(std::string_view provider, schema::PrismaVersion version) {
  return fmt::format("datasource db {{\n  provider = \"{}\"\n{}}}\n\n", provider,
                     version < schema::PrismaVersion::v7 ? "  url      = env(\"DATABASE_URL\")\n" : "");
}

// The texts after each fix that is offered for the first diagnostic with the code.
inline std::vector<std::string> offered(const std::string& text, std::string_view code,
                                        schema::PrismaVersion version = schema::PrismaVersion::v7) {
  std::vector<std::string> texts;
  for (const auto& diagnostic :
       validation::with_helpful_fixes(analyse_mode(text, version, validation::AnalysisMode::tolerant))) {
    if (diagnostic.code.name() != code) continue;
    for (const validation::Fix& fix : diagnostic.fixes) {
      std::vector<text::Edit> edits;
      for (const validation::FileEdit& edit : fix.edits) edits.push_back(edit.edit);
      texts.push_back(text::apply_edits(text, edits));
    }
    break;
  }
  return texts;
}

struct MistakeOptions {
  std::string_view provider = "postgresql";
  schema::PrismaVersion version = schema::PrismaVersion::v7;
};

// Checks that the fix of the diagnostic makes the other text of the one, that nothing is left to report, and that an
// editor reports the mistake once.
inline void check_mistake(std::string_view code, const std::string& wrong, const std::string& right,
                          MistakeOptions options = {}) {
  INFO(wrong);
  const std::string head = datasource(options.provider, options.version);
  CHECK(fixed(head + wrong, code, options.version) == head + right);
  CHECK(diagnostics_of(head + right, options.version).empty());
  const auto typed = analyse_mode(head + wrong, options.version, validation::AnalysisMode::tolerant);
  CHECK(typed->diagnostics().size() == 1);
}

// The same for lines of a model or an enum.
inline void check_field(std::string_view code, std::string_view wrong, std::string_view right,
                        MistakeOptions options = {}) {
  const auto model = [](std::string_view lines) { return fmt::format("model M {{\n  id Int @id\n{}}}\n", lines); };
  check_mistake(code, model(wrong), model(right), options);
}
inline void check_value(std::string_view code, std::string_view wrong, std::string_view right) {
  const auto schema = [](std::string_view lines) { return fmt::format("enum E {{\n  FIRST\n{}}}\n", lines); };
  check_mistake(code, schema(wrong), schema(right));
}
inline void check_key(std::string_view code, std::string_view wrong, std::string_view right) {
  const auto schema = [](std::string_view lines) { return fmt::format("generator client {{\n{}}}\n", lines); };
  check_mistake(code, schema(wrong), schema(right));
}

}  // namespace refract::tests
