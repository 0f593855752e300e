#include "features/document_links.h"

#include <algorithm>

#include <fmt/format.h>

namespace refract::features {
namespace {

// The name in env("NAME"), wherever in the value it is; nullptr: none.
const syntax::Expression* environment_name(const syntax::Expression& value) {
  if (value.kind != syntax::ExpressionKind::function || value.value != "env" || value.arguments.empty()) return nullptr;
  const syntax::Argument& argument = value.arguments.front();
  if (!argument.value || argument.value->kind != syntax::ExpressionKind::string) return nullptr;
  return &*argument.value;
}

}  // namespace

std::vector<DocumentLink> document_links(const schema::Snapshot& snapshot, schema::FileId file,
                                         const std::vector<EnvironmentPlace>& environment,
                                         const std::optional<MigrationPlace>& newest) {
  std::vector<DocumentLink> links;
  const auto add_variable = [&](const syntax::PlacedBlock& placed, const syntax::Expression& name) {
    const auto set = std::ranges::find(environment, name.value, &EnvironmentPlace::name);
    if (set == environment.end()) return;
    links.push_back({placed.in_file(name.range), set->path, set->line, fmt::format("Where {} is set", set->name)});
  };
  for (const syntax::PlacedBlock& placed : snapshot.files()[file].syntax->blocks()) {
    const syntax::Block& block = *placed.block;
    if (block.properties.empty()) continue;
    if (newest && block.kind == syntax::BlockKind::datasource && !block.name.text.empty()) {
      links.push_back({placed.in_file(block.name.range), newest->path, std::nullopt,
                       fmt::format("The newest migration, {}", newest->name)});
    }
    for (const syntax::Property& property : block.properties) {
      if (!property.value) continue;
      if (const auto* name = environment_name(*property.value)) add_variable(placed, *name);
      for (const syntax::Expression& element : property.value->elements) {
        if (const auto* name = environment_name(element)) add_variable(placed, *name);
      }
    }
  }
  return links;
}

}  // namespace refract::features
