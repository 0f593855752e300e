#pragma once

#include <fmt/format.h>

#include "validation/check.h"
#include "validation/codes/codes.h"

namespace refract::tests {

// The files of an example's text: one, or one for each line `//- /user.prisma`. Where the text has no datasource, the
// first file gets one of the example's provider.
inline Texts files_of(const validation::Example& example, std::string_view text) {
  Texts files;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, std::min(text.size(), text.find('\n') + 1));
    if (line.starts_with("//- /")) {
      files.emplace_back(line.substr(5, line.size() - 6), "");
    } else {
      if (files.empty()) files.emplace_back("schema.prisma", "");
      files.back().second += line;
    }
    text.remove_prefix(line.size());
  }
  const bool has_datasource =
      std::ranges::any_of(files, [](const auto& file) { return file.second.find("datasource ") != std::string::npos; });
  if (!has_datasource) {
    files.front().second.insert(
        0, fmt::format("datasource db {{\n  provider = \"{}\"\n{}}}\n\n", schema::to_string(example.provider),
                       example.version < schema::PrismaVersion::v7 ? "  url      = env(\"DATABASE_URL\")\n" : ""));
  }
  return files;
}

inline std::shared_ptr<const validation::Analysis> analyse_example(const validation::Example& example,
                                                                   std::string_view text) {
  return analyse(files_of(example, text), example.version);
}

}  // namespace refract::tests
