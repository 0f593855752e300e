#include "features/database_side.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "features/doc_texts.h"
#include "features/relation_graph.h"
#include "migrate/sql/render.h"
#include "migrate/wanted/table_parts.h"
#include "schema/referential_action.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;

constexpr std::size_t kMaxNamed = 4;  // of those who point here; the others are counted

bool has_tables(const Snapshot& snapshot, const Placed& placed) {
  return snapshot.datasource() != nullptr && snapshot.provider() == schema::Provider::postgresql && placed->is_model();
}

std::string sql_block(std::string_view sql) {
  return fmt::format("```sql\n{}\n```\n", sql);
}

bool names_field(const schema::Index& index, std::string_view field) {
  return std::ranges::any_of(index.fields, [&](const schema::IndexField& part) {
    return part.path.size() == 1 && part.path.front() == field;
  });
}

std::string_view kind_text(schema::IndexKind kind, std::optional<schema::Provider> provider) {
  switch (kind) {
    case schema::IndexKind::id:
      return "Primary key";
    case schema::IndexKind::unique:
      return provider == schema::Provider::sqlserver ? "Unique constraint" : "Unique index";
    case schema::IndexKind::normal:
      return "Index";
    case schema::IndexKind::fulltext:
      return "Full-text index";
  }
  return "Index";
}

std::string index_name(const schema::Declaration& model, const schema::Index& index) {
  if (index.kind == schema::IndexKind::id) {
    const auto key = migrate::primary_key_of(model);
    return key ? key->name : std::string();
  }
  const auto made = migrate::index_of(model, index);
  return made ? made->name : std::string();
}

// "- Unique index `User_email_key`", with the other fields where there are any.
std::string index_lines(const Snapshot& snapshot, const Placed& placed, const schema::Field& field) {
  std::string out;
  for (const schema::Index& index : placed->indexes) {
    if (!names_field(index, field.name)) continue;
    out += fmt::format("- {}", kind_text(index.kind, provider_in_force(snapshot)));
    if (has_tables(snapshot, placed)) {
      if (const std::string name = index_name(*placed, index); !name.empty()) out += fmt::format(" `{}`", name);
    }
    if (index.fields.size() > 1) {
      std::vector<std::string> names;
      for (const schema::IndexField& part : index.fields) names.push_back(fmt::format("{}", fmt::join(part.path, ".")));
      out += fmt::format(" on `{}`", fmt::join(names, ", "));
    }
    out += '\n';
  }
  return out;
}

// The relations that keep their key in the field.
std::string key_lines(const Snapshot& snapshot, const Placed& placed, const schema::Field& field) {
  const schema::Datasource* datasource = snapshot.datasource();
  const bool foreign_keys = datasource != nullptr && datasource->provider && datasource->foreign_keys;
  std::string out;
  for (const schema::Field& owner : placed->fields) {
    if (!owner.relation || std::ranges::find(owner.relation->fields, field.name) == owner.relation->fields.end())
      continue;
    const auto at = std::ranges::find(owner.relation->fields, field.name) - owner.relation->fields.begin();
    if (static_cast<std::size_t>(at) >= owner.relation->references.size()) continue;
    out += fmt::format("- {} `{}.{}`, on delete `{}`\n", foreign_keys ? "Foreign key to" : "Refers to", owner.type_name,
                       owner.relation->references[static_cast<std::size_t>(at)],
                       schema::to_string(schema::actions_of(snapshot, *placed, owner).on_delete));
  }
  return out;
}

std::string pointed_at(std::vector<std::string> names) {
  if (names.empty()) return {};
  std::string more;
  if (names.size() > kMaxNamed) {
    more = fmt::format(" and {} more", names.size() - kMaxNamed);
    names.resize(kMaxNamed);
  }
  return fmt::format("- Referenced by `{}`{}\n", fmt::join(names, "`, `"), more);
}

// Relation fields whose foreign key refers to this very field.
std::vector<std::string> pointers_to(const Snapshot& snapshot, const Placed& placed, const schema::Field& field) {
  std::vector<std::string> names;
  for (const Placed& other : snapshot.declarations()) {
    for (const schema::Field& owner : other->fields) {
      if (!owner.relation || owner.type_name != placed->name) continue;
      const auto& references = owner.relation->references;
      if (std::ranges::find(references, field.name) == references.end()) continue;
      names.push_back(fmt::format("{}.{}", other->name, owner.name));
    }
  }
  return names;
}

std::string trace_line(const migrate::History* history, const migrate::Trace* trace) {
  if (history == nullptr || trace == nullptr || trace->empty()) return {};
  const auto name = [&](std::uint32_t migration) { return history->migrations[migration].name; };
  std::string out = fmt::format("- Created in `{}`", name(trace->front()));
  if (trace->size() == 2) out += fmt::format(", changed in `{}`", name(trace->back()));
  if (trace->size() > 2) out += fmt::format(", changed {} times, last in `{}`", trace->size() - 1, name(trace->back()));
  return out + "\n";
}

}  // namespace

std::string column_side(const Snapshot& snapshot, const Placed& placed, const schema::Field& field,
                        const migrate::History* history) {
  if (!field.is_stored()) return {};
  std::string out;
  if (has_tables(snapshot, placed)) {
    out += sql_block(migrate::column_definition(migrate::column_of(field, snapshot), migrate::Spelling::prisma));
  }
  out += fmt::format("{} `{}` of `{}`.\n", column_name_word(provider_in_force(snapshot)), field.database_name,
                     placed->database_name);
  std::string facts = index_lines(snapshot, placed, field) + key_lines(snapshot, placed, field) +
                      pointed_at(pointers_to(snapshot, placed, field));
  if (history != nullptr) {
    facts += trace_line(history, history->provenance->find_column(migrate::name_of(*placed), field.database_name));
  }
  if (!facts.empty()) out += "\n" + facts;
  return out;
}

std::string foreign_key_side(const Snapshot& snapshot, const Placed& placed, const schema::Field& field) {
  if (!has_tables(snapshot, placed)) return {};
  if (const auto* datasource = snapshot.datasource(); datasource != nullptr && !datasource->foreign_keys) return {};
  const auto relation = snapshot.relation_of(placed, field);
  if (!relation || relation->owner.field != &field || relation->kind == schema::RelationKind::many_to_many) return {};
  if (relation->other.model == nullptr || !(*relation->other.model)->is_model()) return {};
  const auto key = migrate::foreign_key_of(*relation);
  if (!key) return {};
  const catalog::QualifiedName table = migrate::name_of(*placed);
  return sql_block(fmt::format(
      "ALTER TABLE {} {}", migrate::quoted(table, migrate::Spelling::prisma),
      migrate::table_action(catalog::Change(catalog::AddForeignKey{table, *key}), migrate::Spelling::prisma)));
}

std::string table_side(const Snapshot& snapshot, const Placed& placed, const migrate::History* history) {
  std::vector<std::string> names;
  for (const GraphEdge& edge : referring_models(snapshot, placed)) {
    for (const schema::FileRange& at : edge.fields) {
      const text::Range range = at.range;
      names.push_back(
          fmt::format("{}.{}", (*edge.model)->name,
                      snapshot.files()[at.file].syntax->document().text().substr(range.begin, range.size())));
    }
  }
  std::string facts = pointed_at(std::move(names));
  if (history != nullptr) facts += trace_line(history, history->provenance->find_table(migrate::name_of(*placed)));
  return facts.empty() ? facts : "\n" + facts;
}

std::string index_side(const Snapshot& snapshot, const Placed& placed, const syntax::Attribute& attribute) {
  if (!has_tables(snapshot, placed)) return {};
  const auto found = std::ranges::find(placed->indexes, &attribute, &schema::Index::attribute);
  if (found == placed->indexes.end()) return {};
  const catalog::QualifiedName table = migrate::name_of(*placed);
  if (found->kind == schema::IndexKind::id) {
    const auto key = migrate::primary_key_of(*placed);
    if (!key) return {};
    return sql_block(fmt::format("CONSTRAINT {} PRIMARY KEY (\"{}\")",
                                 migrate::quoted(key->name, migrate::Spelling::prisma),
                                 fmt::join(key->columns, "\", \"")));
  }
  const auto made = migrate::index_of(*placed, *found);
  return made ? sql_block(migrate::create_index(table, *made, false, migrate::Spelling::prisma)) : std::string();
}

}  // namespace refract::features
