#include "live/uses.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/parse/sql.h"

namespace refract::live {
namespace {

using catalog::QualifiedName;

std::vector<QualifiedName> resolved(std::vector<QualifiedName> names) {
  for (QualifiedName& name : names) {
    if (name.schema.empty()) name.schema = "public";
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

void fill_uses(catalog::Catalog& catalog) {
  std::vector<std::string> texts;
  for (const auto& [name, view] : catalog.views) texts.push_back("CREATE VIEW v AS " + view.definition);
  for (const catalog::Unmanaged& object : catalog.unmanaged) {
    if (is_routine(object.kind)) texts.push_back(object.definition);
  }
  if (texts.empty()) return;
  const std::vector<std::string_view> all(texts.begin(), texts.end());
  const std::vector<catalog::ParsedSql> parsed = catalog::parse_many(all);
  std::size_t at = 0;
  for (auto& [name, view] : catalog.views) {
    const catalog::ParsedSql& one = parsed[at++];
    if (one.steps.empty()) continue;
    if (const auto* created = std::get_if<catalog::CreateView>(&one.steps.front().change)) {
      view.uses = resolved(created->view.uses);
      std::erase_if(view.uses, [&](const QualifiedName& used) {
        return !catalog.tables.contains(used) && !catalog.views.contains(used);
      });
    }
  }
  for (catalog::Unmanaged& object : catalog.unmanaged) {
    if (!is_routine(object.kind)) continue;
    const catalog::ParsedSql& one = parsed[at++];
    if (one.steps.empty()) continue;
    if (const auto* created = std::get_if<catalog::CreateUnmanaged>(&one.steps.front().change))
      object.uses = resolved(created->object.uses);
  }
}

}  // namespace refract::live
