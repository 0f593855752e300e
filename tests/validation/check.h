#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "support/marked_schema.h"
#include "validation/core/diagnostic.h"

namespace refract::tests {

inline constexpr std::string_view kPostgresql = "datasource db {\n  provider = \"postgresql\"\n}\n";

// Paths and texts.
using Texts = std::vector<std::pair<std::string, std::string>>;

inline std::vector<schema::SourceFile> parsed(Texts texts) {
  std::vector<schema::SourceFile> files;
  for (auto& [path, text] : texts) files.push_back({path, syntax::File::parse(text::Document(std::move(text)))});
  return files;
}

inline std::shared_ptr<const validation::Analysis> analyse(Texts texts,
                                                           schema::PrismaVersion version = schema::PrismaVersion::v7) {
  return validation::Analysis::run(schema::Snapshot::build(parsed(std::move(texts)), {version}));
}

inline std::shared_ptr<const validation::Analysis> analyse(std::string text,
                                                           schema::PrismaVersion version = schema::PrismaVersion::v7) {
  return analyse({{"schema.prisma", std::move(text)}}, version);
}

// Codes with ranges, in the order of the text.
inline std::vector<Mark> marks_of(const validation::Analysis& analysis) {
  std::vector<Mark> marks;
  for (const validation::Diagnostic& diagnostic : analysis.diagnostics()) {
    marks.push_back({std::string(diagnostic.code.name()), diagnostic.at.range});
  }
  std::sort(marks.begin(), marks.end(), [](const Mark& one, const Mark& other) {
    return std::tie(one.range.begin, one.range.end, one.name) <
           std::tie(other.range.begin, other.range.end, other.name);
  });
  return marks;
}

// Checks that the diagnostics are the fixture's marks, `<code>…</code>`. PostgreSQL, unless it has a datasource.
inline void check_diagnostics(std::string_view fixture, schema::PrismaVersion version = schema::PrismaVersion::v7) {
  const bool has_datasource = fixture.find("datasource ") != std::string_view::npos;
  const MarkedSchema schema = parse_marks((has_datasource ? "" : std::string(kPostgresql)) + std::string(fixture));
  const auto found = marks_of(*analyse(schema.text, version));
  const auto list = [&](const std::vector<Mark>& marks) {
    std::string text;
    for (const Mark& mark : marks) {
      text += mark.name + " [" + schema.text.substr(mark.range.begin, mark.range.size()) + "]\n";
    }
    return text;
  };
  CHECK(list(found) == list(schema.marks));
  CHECK(found == schema.marks);
}

}  // namespace refract::tests
