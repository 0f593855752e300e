#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

// Where an environment variable is set.
struct EnvironmentPlace {
  std::string name;
  std::string path;        // of the .env file
  std::uint32_t line = 0;  // from 0
};

// The newest migration of the schema's folder.
struct MigrationPlace {
  std::string name;
  std::string path;  // of its migration.sql
};

struct DocumentLink {
  text::Range range;                  // in the file asked about
  std::string path;                   // of the file it leads to
  std::optional<std::uint32_t> line;  // in that file, from 0
  std::string tooltip;
};

// The links of a file: env("NAME") to the line that sets it, the datasource's name to the newest migration.
std::vector<DocumentLink> document_links(const schema::Snapshot& snapshot, schema::FileId file,
                                         const std::vector<EnvironmentPlace>& environment,
                                         const std::optional<MigrationPlace>& newest);

}  // namespace refract::features
