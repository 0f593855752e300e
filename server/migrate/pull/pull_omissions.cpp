#include "migrate/pull/pull_omissions.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/diff/diff_options.h"
#include "migrate/diff/expressible.h"
#include "migrate/wanted/domains.h"
#include "migrate/wanted/table_parts.h"

namespace refract::migrate {
namespace {

using catalog::Identity;
using catalog::QualifiedName;
using catalog::Table;
using catalog::UnmanagedKind;

constexpr std::size_t kNamesShown = 5;

std::string name_of_object(const QualifiedName& name) {
  return name.schema.empty() || name.schema == "public" ? name.name : fmt::format("{}.{}", name.schema, name.name);
}

std::optional<std::string_view> plural_of(UnmanagedKind kind) {
  switch (kind) {
    case UnmanagedKind::function:
      return "functions";
    case UnmanagedKind::procedure:
      return "procedures";
    case UnmanagedKind::aggregate:
      return "aggregates";
    case UnmanagedKind::trigger:
      return "triggers";
    case UnmanagedKind::policy:
      return "policies";
    case UnmanagedKind::rule:
      return "rules";
    case UnmanagedKind::domain:
      return "domains";
    default:
      return std::nullopt;
  }
}

class Collector {
 public:
  Collector(const catalog::Catalog& database, const schema::Snapshot& pulled)
      : database_(database), pulled_(pulled), options_(diff_options(pulled)), domains_(database) {
    const schema::Datasource* datasource = pulled.datasource();
    schemas_ = datasource && !datasource->schemas.empty() ? datasource->schemas : std::vector<std::string>{"public"};
  }

  std::vector<Omission> run(const std::vector<KeptObject>& kept) && {
    for (const KeptObject& object : kept) {
      add("A schema cannot express", fmt::format("{} ({})", object.name, object.reason));
    }
    for (const auto& [name, table] : database_.tables) {
      if (!manages(name)) continue;
      if (table.partition_of) {
        inexpressible("partitions", fmt::format("{} of {}", name_of_object(name), name_of_object(*table.partition_of)));
      } else {
        add_table(table, kept);
      }
    }
    for (const auto& [name, view] : database_.views) {
      if (!manages(name) || is_declared_view(name)) continue;
      add(view.materialized ? "Materialized views are not pulled"
                            : "Views are not pulled (Prisma: preview feature views)",
          name_of_object(name));
    }
    for (const auto& [name, sequence] : database_.sequences) {
      if (!manages(name)) continue;
      const bool plain =
          !sequence.start && !sequence.increment && !sequence.min_value && !sequence.max_value && !sequence.cache;
      if (!sequence.owner_table) {
        inexpressible("sequences that no column owns", name_of_object(name));
      } else if (!plain) {
        inexpressible("options of sequences", name_of_object(name));
      }
    }
    for (const catalog::Unmanaged& object : database_.unmanaged) add_unmanaged(object);
    return std::move(found_);
  }

 private:
  bool manages(const QualifiedName& name) const { return std::ranges::find(schemas_, name.schema) != schemas_.end(); }

  bool is_declared_view(const QualifiedName& name) const {
    return std::ranges::any_of(pulled_.declarations(), [&](const schema::Placed& one) {
      return one->kind == syntax::BlockKind::view && name_of(*one) == name;
    });
  }

  void add(std::string problem, std::string object) { found_.push_back({std::move(problem), std::move(object)}); }
  void inexpressible(std::string_view what, std::string object) {
    add(fmt::format("A schema cannot express {}", what), std::move(object));
  }

  // Whether `kept` lists the object already.
  static bool is_kept(std::string_view kind, const std::string& name, const Table& table,
                      const std::vector<KeptObject>& kept) {
    return std::ranges::any_of(kept, [&](const KeptObject& one) {
      return one.name.starts_with(fmt::format("{} {} of ", kind, name)) && one.name.ends_with(table.name.name);
    });
  }

  void add_table(const Table& table, const std::vector<KeptObject>& kept) {
    const std::string name = name_of_object(table.name);
    const auto of = [&](std::string_view part) { return fmt::format("{} of {}", part, name); };
    if (table.partitioned) inexpressible("partitioning", name);
    for (const QualifiedName& parent : table.inherits) {
      inexpressible("table inheritance", fmt::format("{} from {}", name, name_of_object(parent)));
    }
    if (table.row_level_security) inexpressible("row-level security", name);
    for (const catalog::Check& check : table.checks) inexpressible("CHECK constraints", of(check.name));
    for (const catalog::Exclusion& one : table.exclusions) inexpressible("exclusion constraints", of(one.name));
    for (const catalog::ForeignKey& key : table.foreign_keys) {
      if (!key.valid) inexpressible("foreign keys that are NOT VALID", of(key.name));
      if (key.deferrable && !is_kept("foreign key", key.name, table, kept))
        inexpressible("DEFERRABLE foreign keys", of(key.name));
    }
    if (table.primary_key && migrate::inexpressible(*table.primary_key, table, options_)) {
      inexpressible("primary keys over array columns", of(table.primary_key->name));
    }
    for (const catalog::Index& index : table.indexes) {
      if (!index.valid) inexpressible("invalid indexes", of(index.name));
      const auto reason = migrate::inexpressible(index, options_);
      if (!reason || is_kept("index", index.name, table, kept)) continue;
      add("An index is written without the options that a schema cannot express",
          fmt::format("{} ({})", of(index.name), *reason));
    }
    const std::optional<Table> with_base_types = domains_.with_base_types(table);
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
      const catalog::Column& column = table.columns[at];
      if (with_base_types && with_base_types->columns[at].type != column.type)
        add("A column of a domain is written with the domain's base type", of(column.name));
      add_column(column, of(column.name));
    }
  }

  void add_column(const catalog::Column& column, const std::string& name) {
    if (column.generated) inexpressible("generated columns", name);
    if (column.collation) inexpressible("collations of columns", fmt::format("{} ({})", name, *column.collation));
    if (column.type.array && !column.nullable) inexpressible("NOT NULL on array columns", name);
    if (column.identity == Identity::always) add("GENERATED ALWAYS AS IDENTITY is written as autoincrement()", name);
    if (column.identity == Identity::by_default)
      add("GENERATED BY DEFAULT AS IDENTITY is written as autoincrement()", name);
  }

  void add_unmanaged(const catalog::Unmanaged& object) {
    const auto kind = plural_of(object.kind);
    if (!kind || !manages(object.on_table ? *object.on_table : object.name)) return;
    inexpressible(*kind, object.on_table ? fmt::format("{} of {}", object.name.name, name_of_object(*object.on_table))
                                         : name_of_object(object.name));
  }

  const catalog::Catalog& database_;
  const schema::Snapshot& pulled_;
  DiffOptions options_;
  Domains domains_;
  std::vector<std::string> schemas_;
  std::vector<Omission> found_;
};

}  // namespace

std::vector<Omission> omissions(const catalog::Catalog& database, const schema::Snapshot& pulled,
                                const std::vector<KeptObject>& kept) {
  return Collector(database, pulled).run(kept);
}

std::vector<std::string> omission_sentences(const std::vector<Omission>& omissions) {
  std::vector<std::pair<std::string_view, std::vector<std::string_view>>> groups;
  for (const Omission& one : omissions) {
    auto group = std::ranges::find(groups, one.problem, [](const auto& entry) { return entry.first; });
    if (group == groups.end()) group = groups.insert(group, {one.problem, {}});
    // A function may have several signatures.
    if (std::ranges::find(group->second, one.object) == group->second.end()) group->second.push_back(one.object);
  }
  std::vector<std::string> sentences;
  for (const auto& [problem, names] : groups) {
    const std::size_t shown = std::min(names.size(), kNamesShown);
    const std::size_t rest = names.size() - shown;
    sentences.push_back(fmt::format("{}: {}{}.", problem,
                                    fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                                    rest > 0 ? fmt::format(" and {} more", rest) : ""));
    // A name may have line breaks.
    std::ranges::replace_if(
        sentences.back(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  }
  return sentences;
}

}  // namespace refract::migrate
