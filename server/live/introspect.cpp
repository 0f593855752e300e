#include "live/introspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <span>

#include "catalog/expression/expression.h"
#include "live/queries.h"
#include "live/uses.h"

namespace refract::live {
namespace {

using catalog::Catalog;
using catalog::QualifiedName;
using catalog::Table;

// Prisma keeps its own records in a table that no schema shows.
constexpr std::string_view kPrismaTable = "_prisma_migrations";

std::string text(const std::optional<std::string>& field) {
  return field.value_or(std::string());
}
bool truth(const std::optional<std::string>& field) {
  return field == "t";
}

std::optional<std::int64_t> number(const std::optional<std::string>& field) {
  std::int64_t value = 0;
  if (!field || std::from_chars(field->data(), field->data() + field->size(), value).ec != std::errc())
    return std::nullopt;
  return value;
}

std::vector<std::string> list(const std::optional<std::string>& field) {
  std::vector<std::string> parts;
  if (!field) return parts;
  std::string_view rest = *field;
  for (;;) {
    const std::size_t end = rest.find('\x1f');
    parts.emplace_back(rest.substr(0, end));
    if (end == std::string_view::npos) return parts;
    rest.remove_prefix(end + 1);
  }
}

// "numeric(10,2)", "timestamp(3) without time zone[]": the numbers between the parentheses.
std::vector<std::int32_t> type_modifiers(std::string_view formatted) {
  std::vector<std::int32_t> modifiers;
  const std::size_t open = formatted.rfind('(');
  const std::size_t close = formatted.find(')', open == std::string_view::npos ? 0 : open);
  // A quoted type name may contain a parenthesis.
  if (open == std::string_view::npos || close == std::string_view::npos ||
      formatted.find('"', open) != std::string_view::npos) {
    return modifiers;
  }
  const char* at = formatted.data() + open + 1;
  const char* end = formatted.data() + close;
  while (at < end) {
    std::int32_t value = 0;
    const auto read = std::from_chars(at, end, value);
    if (read.ec != std::errc()) return {};
    modifiers.push_back(value);
    at = read.ptr + 1;
  }
  return modifiers;
}

catalog::ReferentialAction action(const std::optional<std::string>& code) {
  using enum catalog::ReferentialAction;
  switch (text(code).empty() ? 'a' : text(code)[0]) {
    case 'r':
      return restrict_;
    case 'c':
      return cascade;
    case 'n':
      return set_null;
    case 'd':
      return set_default;
    default:
      return no_action;
  }
}

catalog::Identity identity(const std::optional<std::string>& code) {
  if (code == "a") return catalog::Identity::always;
  if (code == "d") return catalog::Identity::by_default;
  return catalog::Identity::none;
}

catalog::UnmanagedKind unmanaged_kind(std::string_view name) {
  using enum catalog::UnmanagedKind;
  if (name == "function") return function;
  if (name == "procedure") return procedure;
  if (name == "aggregate") return aggregate;
  if (name == "trigger") return trigger;
  if (name == "rule") return rule;
  return policy;
}

Table* find(Catalog& catalog, const std::optional<std::string>& schema, const std::optional<std::string>& name) {
  const auto found = catalog.tables.find({text(schema), text(name)});
  return found == catalog.tables.end() ? nullptr : &found->second;
}

// From four fields: the type as PostgreSQL formats it, whether it is an array, and schema and name of the element.
catalog::ColumnType column_type(std::span<const std::optional<std::string>, 4> fields) {
  catalog::ColumnType type;
  type.name = text(fields[3]);
  if (text(fields[2]) != "pg_catalog") type.schema = text(fields[2]);
  type.array = truth(fields[1]);
  type.modifiers = type_modifiers(text(fields[0]));
  return type;
}

void read_column(Catalog& catalog, const Row& row) {
  Table* table = find(catalog, row[0], row[1]);
  if (table == nullptr) return;
  catalog::Column column;
  column.name = text(row[2]);
  column.nullable = !truth(row[3]);
  column.identity = identity(row[4]);
  column.type = column_type(std::span(row).subspan<7, 4>());
  column.collation = row[11];
  if (row[6]) {
    // Stored, or since PostgreSQL 18 computed when read.
    if (!text(row[5]).empty()) {
      column.generated = *row[6];
    } else {
      column.default_value = catalog::canonical_default(*row[6], column.type);
    }
  }
  table->columns.push_back(std::move(column));
}

void read_constraint(Catalog& catalog, const Row& row) {
  Table* table = find(catalog, row[0], row[1]);
  if (table == nullptr) return;
  const std::string name = text(row[2]);
  const std::string type = text(row[3]);
  if (type == "p") {
    table->primary_key = catalog::PrimaryKey{name, list(row[4])};
  } else if (type == "f") {
    // A partition inherits its parent's foreign keys; each is listed where it is.
    catalog::ForeignKey key;
    key.name = name;
    key.columns = list(row[4]);
    key.referenced_table = {text(row[5]), text(row[6])};
    key.referenced_columns = list(row[7]);
    key.on_delete = action(row[8]);
    key.on_update = action(row[9]);
    key.deferrable = truth(row[10]);
    key.initially_deferred = truth(row[11]);
    key.valid = truth(row[12]);
    table->foreign_keys.push_back(std::move(key));
  } else if (type == "c") {
    // pg_get_constraintdef: CHECK (…) NO INHERIT NOT VALID.
    std::string_view definition = *row[13];
    if (definition.starts_with("CHECK ")) definition.remove_prefix(6);
    for (const std::string_view end : {std::string_view(" NOT VALID"), std::string_view(" NO INHERIT")}) {
      if (definition.ends_with(end)) definition.remove_suffix(end.size());
    }
    table->checks.push_back({name, std::string(definition), truth(row[12]), truth(row[14])});
  } else if (type == "x") {
    table->exclusions.push_back({name, text(row[13])});
  }
}

void read_index_column(Catalog& catalog, const Row& row) {
  Table* table = find(catalog, row[0], row[1]);
  if (table == nullptr) return;
  if (number(row[8]) == 1) {
    catalog::Index index;
    index.name = text(row[2]);
    index.unique = truth(row[3]);
    index.constraint = truth(row[4]);
    index.method = text(row[5]);
    index.valid = truth(row[6]);
    index.predicate = row[7];
    index.nulls_not_distinct = truth(row[17]);
    index.storage = list(row[18]);
    index.deferrable = truth(row[19]);
    index.initially_deferred = truth(row[20]);
    table->indexes.push_back(std::move(index));
  }
  catalog::Index& index = table->indexes.back();
  if (!truth(row[9])) {
    index.include.push_back(text(row[10]));
    return;
  }
  catalog::IndexColumn column;
  column.column = text(row[10]);
  column.expression = text(row[11]);
  column.op_class = row[12];
  column.op_class_options = list(row[13]);
  column.collation = row[14];
  const bool descending = truth(row[15]);
  const bool nulls_first = truth(row[16]);
  column.order = descending ? catalog::SortOrder::descending : catalog::SortOrder::ascending;
  if (nulls_first != descending) column.nulls = nulls_first ? catalog::NullsOrder::first : catalog::NullsOrder::last;
  index.columns.push_back(std::move(column));
}

// PostgreSQL stores every bound; a bound that equals the default of the type counts as not specified.
void read_sequence(Catalog& catalog, const Row& row) {
  catalog::Sequence sequence;
  sequence.name = {text(row[0]), text(row[1])};
  sequence.type = text(row[2]);
  sequence.start = number(row[3]);
  sequence.increment = number(row[4]);
  sequence.min_value = number(row[5]);
  sequence.max_value = number(row[6]);
  sequence.cache = number(row[7]);
  catalog::forget_usual_bounds(sequence);
  if (row[9]) {
    sequence.owner_table = QualifiedName{text(row[8]), *row[9]};
    sequence.owner_column = text(row[10]);
  }
  catalog.sequences.emplace(sequence.name, sequence);
}

void sort_tables(Catalog& catalog) {
  const auto by_name = [](auto& objects) {
    std::ranges::sort(objects, {}, [](const auto& object) { return object.name; });
  };
  for (auto& [name, table] : catalog.tables) {
    by_name(table.indexes);
    by_name(table.foreign_keys);
    by_name(table.checks);
    by_name(table.exclusions);
  }
}

// A query of queries.h and the fields of its rows that are names of schemas.
struct Question {
  std::string sql;
  std::vector<std::size_t> schemas;
};

// What "public" is shown as if another schema takes its place. SQL that names it fails rather than reach a table that
// is not the project's.
constexpr const char* kOtherPublic = "public (not of this project)";

Result<std::vector<std::vector<Row>>> ask(Session& session, const std::vector<Question>& questions,
                                          const std::string& default_schema) {
  std::vector<std::string> queries;
  for (const Question& question : questions) queries.push_back(question.sql);
  auto answers = session.query_together(queries, default_schema);
  if (!answers || default_schema == "public") return answers;
  for (std::size_t at = 0; at < questions.size(); ++at) {
    for (Row& row : (*answers)[at]) {
      for (const std::size_t field : questions[at].schemas) {
        if (row[field] == default_schema) {
          row[field] = "public";
        } else if (row[field] == "public") {
          row[field] = kOtherPublic;
        }
      }
    }
  }
  return answers;
}

}  // namespace

Result<Catalog> introspect(Session& session, const std::string& default_schema) {
  Catalog catalog;
  catalog.own_schema.value = default_schema;
  const std::string indexes = fmt::format(fmt::runtime(queries::kIndexes),
                                          session.server_version() >= 150000 ? "i.indnullsnotdistinct" : "false");

  auto answers = ask(session,
                     {{queries::kSchemas, {0}},
                      {queries::kExtensions, {1}},
                      {queries::kEnums, {0}},
                      {queries::kTables, {0, 4}},
                      {queries::kInheritance, {0, 2}},
                      {queries::kColumns, {0, 9}},
                      {queries::kConstraints, {0, 5}},
                      {indexes, {0}},
                      {queries::kSequences, {0, 8}},
                      {queries::kViews, {0}},
                      {queries::kDomains, {0, 6}},
                      {queries::kUnmanaged, {1, 3}}},
                     default_schema);
  if (!answers) return fail(answers.error());
  auto answer = answers->begin();
  // The next query's rows, one by one.
  const auto each = [&](auto read) {
    for (const Row& row : *answer) read(row);
    ++answer;
  };
  each([&](const Row& row) { catalog.schemas.push_back(text(row[0])); });
  each([&](const Row& row) {
    catalog.extensions.emplace(text(row[0]), catalog::Extension{text(row[0]), text(row[1]), text(row[2])});
  });
  each([&](const Row& row) {
    auto& enumeration = catalog.enums[{text(row[0]), text(row[1])}];
    enumeration.name = {text(row[0]), text(row[1])};
    if (row[2]) enumeration.values.push_back(*row[2]);
  });
  each([&](const Row& row) {
    if (text(row[1]) == kPrismaTable) return;
    Table table;
    table.name = {text(row[0]), text(row[1])};
    table.partitioned = truth(row[2]);
    table.row_level_security = truth(row[3]);
    if (row[5]) table.partition_of = QualifiedName{text(row[4]), *row[5]};
    catalog.tables.emplace(table.name, std::move(table));
  });
  each([&](const Row& row) {
    if (Table* table = find(catalog, row[0], row[1])) table->inherits.push_back({text(row[2]), text(row[3])});
  });
  each([&](const Row& row) { read_column(catalog, row); });
  each([&](const Row& row) { read_constraint(catalog, row); });
  each([&](const Row& row) { read_index_column(catalog, row); });
  each([&](const Row& row) { read_sequence(catalog, row); });
  each([&](const Row& row) {
    catalog::View view;
    view.name = {text(row[0]), text(row[1])};
    view.materialized = truth(row[2]);
    view.definition = catalog::canonical_expression(text(row[3]));
    catalog.views.emplace(view.name, std::move(view));
  });
  each([&](const Row& row) {
    catalog.unmanaged.push_back(
        {.kind = catalog::UnmanagedKind::domain,
         .name = {text(row[0]), text(row[1])},
         .on_table = std::nullopt,
         .definition = text(row[2]),
         .uses = {},
         .domain = catalog::Domain{.base = column_type(std::span(row).subspan<4, 4>()), .not_null = truth(row[3])}});
  });
  each([&](const Row& row) {
    catalog::Unmanaged object;
    object.kind = unmanaged_kind(text(row[0]));
    object.name = {text(row[1]), text(row[2])};
    if (row[4]) object.on_table = QualifiedName{text(row[3]), *row[4]};
    object.definition = text(row[5]);
    catalog.unmanaged.push_back(std::move(object));
  });
  sort_tables(catalog);
  fill_uses(catalog);
  return catalog;
}

}  // namespace refract::live
