#include "workspace/whole_schema.h"

#include <algorithm>
#include <vector>

#include "schema/snapshot.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

bool is_default_file(const fs::path& file, const fs::path& root) {
  if (file.filename() != "schema.prisma") return false;
  const fs::path folder = file.parent_path();
  return root.empty() || folder == root || folder == root / "prisma";
}

std::shared_ptr<const schema::Snapshot> snapshot_of(std::span<const fs::path> files, const ReadText& read) {
  std::vector<schema::SourceFile> sources;
  for (const fs::path& file : files) {
    if (auto text = read(file))
      sources.push_back({file.string(), syntax::File::parse(text::Document(std::move(*text)))});
  }
  return schema::Snapshot::build(std::move(sources), {});
}

std::vector<std::string_view> undeclared_types(const schema::Snapshot& snapshot) {
  std::vector<std::string_view> names;
  for (const schema::Placed& placed : snapshot.declarations()) {
    for (const schema::Field& field : placed->fields) {
      if (field.kind == schema::TypeKind::unknown && !field.type_name.empty()) names.push_back(field.type_name);
    }
  }
  return names;
}

bool is_part(const fs::path& file, std::span<const fs::path> others, const ReadText& read) {
  const auto own = snapshot_of(std::span(&file, 1), read);
  if (own->declarations().empty()) return true;
  const std::vector<std::string_view> undeclared = undeclared_types(*own);
  if (undeclared.empty()) return false;
  std::vector<fs::path> rest;
  std::ranges::remove_copy(others, std::back_inserter(rest), file);
  const auto around = snapshot_of(rest, read);
  return std::ranges::any_of(undeclared, [&](std::string_view name) { return around->find(name) != nullptr; });
}

}  // namespace

bool is_whole_schema(const fs::path& file, const PrismaConfig& config, std::span<const fs::path> others,
                     const ReadText& read) {
  if (config.schema) return *config.schema == file;
  return is_default_file(file, config.folder) && !is_part(file, others, read);
}

}  // namespace refract::workspace
