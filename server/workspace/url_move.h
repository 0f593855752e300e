#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "validation/core/diagnostic.h"
#include "workspace/project.h"

namespace refract::workspace {

// The fix for a datasource of Prisma 7 that has connection URLs: they move to the project's prisma.config.*.
struct UrlMove {
  std::string title;  // names the file, but no URL: it may hold a password
  std::vector<validation::FileEdit> schema;
  std::filesystem::path config;  // the file that is changed or created
  bool exists = false;
  std::string before;             // its present text
  std::vector<text::Edit> edits;  // of it; empty: it has the URLs already
};

// nullopt: no diagnostic `url-removed`, a value that is neither a string nor env("X"), a configuration that has another
// URL, or one that would have to be run to be read. What migrations use becomes datasource.url: directUrl, else url.
std::optional<UrlMove> url_move(const Project& project, const validation::Analysis& analysis);

}  // namespace refract::workspace
