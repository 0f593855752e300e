#include "migrate/diff/diff_side.h"

#include <algorithm>
#include <array>

#include "migrate/diff/expressible.h"
#include "migrate/wanted/domains.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

using catalog::Index;
using catalog::Table;

// Prisma's own table, and those that PostGIS makes.
bool is_ignored(std::string_view table) {
  constexpr std::array<std::string_view, 6> kIgnored = {"_prisma_migrations", "spatial_ref_sys", "geometry_columns",
                                                        "geography_columns",  "raster_columns",  "raster_overviews"};
  return std::ranges::find(kIgnored, ascii::to_lower(table)) != kIgnored.end();
}

// Sorts by a schema's order, or by name.
template <class Thing>
void sort_as_listed(std::vector<const Thing*>& things, bool by_rank) {
  std::ranges::sort(things, [&](const Thing* one, const Thing* other) {
    if (by_rank && one->rank.value != other->rank.value) return one->rank.value < other->rank.value;
    return one->name < other->name;
  });
}

}  // namespace

DiffSide::DiffSide(const catalog::Catalog& catalog, const DiffOptions& options, Scope scope) : catalog_(&catalog) {
  std::vector<const Table*> tables;
  for (const auto& [name, table] : catalog.tables) {
    if (!is_ignored(name.name) && !table.partition_of && options.managed.manages_table(name)) tables.push_back(&table);
  }
  sort_as_listed(tables, from_schema());
  const Domains domains(catalog);
  for (const Table* table : tables) {
    DiffTable& compared = tables_.emplace_back();
    compared.table = table;
    // A reversal brings back the domain itself.
    if (auto shown = scope == Scope::described ? domains.with_base_types(*table) : std::nullopt)
      compared.table = &resolved_tables_.emplace_back(std::move(*shown));
    for (const Index& index : compared.table->indexes) {
      const bool managed = scope == Scope::all || from_schema() || !inexpressible(index, options);
      (managed ? compared.indexes : compared.unmanaged_indexes).push_back(&index);
    }
    sort_as_listed(compared.indexes, from_schema());
    for (const catalog::ForeignKey& key : compared.table->foreign_keys) compared.foreign_keys.push_back(&key);
    sort_as_listed(compared.foreign_keys, from_schema());
  }
  for (const auto& [name, enumeration] : catalog.enums) {
    if (options.managed.manages_enum(name)) enums_.push_back(&enumeration);
  }
  sort_as_listed(enums_, from_schema());
  index_names();
}

void DiffSide::index_names() {
  compared_enums_ = {enums_.begin(), enums_.end()};
  places_.clear();
  for (std::size_t at = 0; at < tables_.size(); ++at) {
    const Table* table = tables_[at].table;
    places_.emplace(resolved_tables_.empty() ? table : catalog_->find_table(table->name), at);
  }
}

void DiffSide::keep_schemas_of(const catalog::Catalog& other) {
  const auto is_foreign = [&](const catalog::QualifiedName& name) {
    return std::ranges::find(other.schemas, name.schema) == other.schemas.end();
  };
  std::erase_if(tables_, [&](const DiffTable& compared) { return is_foreign(compared.table->name); });
  std::erase_if(enums_, [&](const catalog::Enum* enumeration) { return is_foreign(enumeration->name); });
  index_names();
}

void DiffSide::leave_out_inexpressible(const catalog::Catalog& other, const DiffOptions& options) {
  std::erase_if(tables_, [&](const DiffTable& compared) {
    if (!inexpressible(*compared.table, options) || other.find_table(compared.table->name)) return false;
    left_out_tables_.push_back(compared.table);
    return true;
  });
  std::erase_if(enums_, [&](const catalog::Enum* enumeration) {
    if (!inexpressible(*enumeration, options) || other.find_enum(enumeration->name)) return false;
    left_out_enums_.push_back(enumeration);
    return true;
  });
  index_names();
}

const DiffTable* DiffSide::find_table(const catalog::QualifiedName& name) const {
  const auto found = places_.find(catalog_->find_table(name));
  return found == places_.end() ? nullptr : &tables_[found->second];
}

const catalog::Enum* DiffSide::find_enum(const catalog::QualifiedName& name) const {
  const catalog::Enum* found = catalog_->find_enum(name);
  return compared_enums_.contains(found) ? found : nullptr;
}

}  // namespace refract::migrate
