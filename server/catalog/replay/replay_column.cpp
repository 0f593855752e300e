#include <algorithm>

#include "catalog/expression/default.h"
#include "catalog/expression/default_fault.h"
#include "catalog/expression/literal.h"
#include "catalog/expression/names.h"
#include "catalog/expression/printer.h"
#include "catalog/parse/expression_columns.h"
#include "catalog/replay/replayer.h"

namespace refract::catalog {
namespace {

constexpr std::size_t kMostColumns = 1600;  // PostgreSQL's MaxHeapAttributeNumber; it counts dropped ones too

bool index_uses(const Index& index, const std::string& column) {
  const auto uses = [&](const IndexColumn& part) {
    return part.column.empty() ? mentions_name(part.expression, column) : part.column == column;
  };
  return std::ranges::any_of(index.columns, uses) || std::ranges::find(index.include, column) != index.include.end() ||
         (index.predicate && mentions_name(*index.predicate, column));
}

// Whether the next step is a constraint written after a column that ADD COLUMN names.
bool belongs_to_added_column(const Step& next, const Step& adding, const AddColumn& added) {
  if (next.origin.end == 0 || next.origin.begin != adding.origin.begin || next.origin.end != adding.origin.end) {
    return false;
  }
  const std::vector<std::string> column = {added.column.name};
  if (const auto* key = std::get_if<AddForeignKey>(&next.change)) return key->key.columns == column;
  if (const auto* key = std::get_if<AddPrimaryKey>(&next.change)) return key->key.columns == column;
  if (const auto* unique = std::get_if<AddUniqueConstraint>(&next.change)) {
    return unique->index.columns.size() == 1 && unique->index.columns[0].column == added.column.name;
  }
  return std::holds_alternative<AddCheck>(next.change);
}

bool is_identity_type(const ColumnType& type) {
  return type.schema.empty() && !type.array && (type.name == "int2" || type.name == "int4" || type.name == "int8");
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

void rename_in(std::vector<std::string>& names, const std::string& from, const std::string& to) {
  std::ranges::replace(names, from, to);
}

}  // namespace

Outcome Replayer::resolve_column_default(const Table& table, Column& column) {
  if (!column.default_value) return {};
  Default& value = *column.default_value;
  Default uncut = value;  // with its casts
  if (!resolve_default(value, column.type, "public")) {
    column.default_value.reset();
    return {};
  }
  uncut.kind = value.kind;
  if (const std::string fault = default_fault(uncut, column.type, catalog_); !fault.empty()) {
    return refuse(Refusal::Kind::other,
                  "the default of column \"" + column.name + "\" of table " + shown(table.name) + " " + fault);
  }
  if (const auto type = catalog_.enums.find({column.type.schema, column.type.name}); type != catalog_.enums.end()) {
    const auto literal = value.kind == DefaultKind::literal ? read_literal(value.expression) : std::nullopt;
    std::vector<Literal> items;
    if (literal) items = column.type.array ? literal->items : std::vector<Literal>{*literal};
    for (const Literal& item : items) {
      const bool known = item.kind != LiteralKind::string ||
                         std::ranges::find(type->second.values, item.value) != type->second.values.end();
      if (!known) {
        return refuse(Refusal::Kind::other, "the default \"" + item.value + "\" of column \"" + column.name +
                                                "\" of table " + shown(table.name) + " is no value of enum " +
                                                shown(type->first));
      }
    }
  }
  if (value.kind != DefaultKind::sequence || !value.sequence) return {};
  // nextval('a') reads the name by the search_path; the reading above took it for "public".
  QualifiedName written = *value.sequence;
  written.schema = catalog_.known_schema(written.schema);
  const bool unwritten = written.schema.empty() || written.schema == "public";
  if (unwritten && !catalog_.sequences.contains(written)) written = resolve({"", written.name});
  if (!catalog_.sequences.contains(written)) {
    return refuse(Refusal::Kind::missing_other,
                  "sequence " + shown(*value.sequence) + ", the default of column \"" + column.name + "\" of table " +
                      shown(table.name) + ", does not exist",
                  "undefined_table");
  }
  value = sequence_default(written, "public");
  return {};
}

void Replayer::make_sequence(const Table& table, Column& column) {
  Sequence sequence;
  sequence.name = {table.name.schema, choose_index_name(table, {column.name}, "seq")};
  sequence.type = column.type.name;
  sequence.owner_table = table.name;
  sequence.owner_column = column.name;
  if (column.identity == Identity::none) column.default_value = sequence_default(sequence.name, "public");
  add_relation(sequence.name, {RelationKind::sequence, {}});
  catalog_.sequences[sequence.name] = std::move(sequence);
}

Outcome Replayer::add_column(Table& table, Column column) {
  if (table.find_column(column.name) != nullptr) {
    return refuse(Refusal::Kind::duplicate,
                  "column \"" + column.name + "\" of table " + shown(table.name) + " already exists",
                  "duplicate_column");
  }
  if (is_system_column(column.name)) {
    return refuse(Refusal::Kind::duplicate,
                  "column \"" + column.name + "\" of table " + shown(table.name) +
                      " has the name of a column that PostgreSQL gives every table",
                  "duplicate_column");
  }
  if (table.columns.size() >= kMostColumns) {
    return refuse(Refusal::Kind::other,
                  "column \"" + column.name + "\" of table " + shown(table.name) + " is one too many: a table has " +
                      std::to_string(kMostColumns) + " columns at most",
                  "too_many_columns");
  }
  auto type = resolve_type(column.type);
  if (!type) return std::unexpected(type.error());
  column.type = *type;
  const std::string what = "column \"" + column.name + "\" of table " + shown(table.name);
  if (column.default_value && (column.identity != Identity::none || column.generated)) {
    return refuse(Refusal::Kind::other, what + " has a default and is generated too", "syntax_error");
  }
  if (column.identity != Identity::none && !is_identity_type(column.type)) {
    return refuse(Refusal::Kind::other, what + " cannot be an identity: that takes an integer type",
                  "invalid_parameter_value");
  }
  const bool serial =
      column.default_value && column.default_value->kind == DefaultKind::sequence && !column.default_value->sequence;
  if (serial || column.identity != Identity::none) {
    make_sequence(table, column);
  } else if (Outcome resolved = resolve_column_default(table, column); !resolved) {
    return resolved;
  }
  table.columns.push_back(std::move(column));
  return {};
}

Outcome Replayer::apply(const AddColumn& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  if (step.if_not_exists && (*table)->find_column(step.column.name) != nullptr) {
    // The constraints that are after the column are not made either.
    while (current_ + 1 < steps_.size() && belongs_to_added_column(steps_[current_ + 1], steps_[current_], step))
      ++current_;
    return {};
  }
  if (step.column.generated) {
    if (const auto missing = missing_column(**table, *step.column.generated))
      return std::unexpected(column_named(**table, *missing).error());
  }
  Outcome added = add_column(**table, step.column);
  if (!added) return added;
  const Column column = (*table)->columns.back();
  pass_on_column((*table)->name, column);
  return {};
}

Outcome Replayer::apply(const RenameColumn& step) {
  const QualifiedName name = resolve(step.table);
  if (const auto view = catalog_.views.find(name); view != catalog_.views.end()) {
    view->second.rewritten.value = true;
    return {};
  }
  auto found = table_named(name);
  if (!found) return std::unexpected(found.error());
  Table& table = **found;
  auto column = column_named(table, step.from);
  if (!column) return std::unexpected(column.error());
  if (table.find_column(step.to) != nullptr) {
    return refuse(Refusal::Kind::duplicate,
                  "column \"" + step.to + "\" of table " + shown(table.name) + " already exists", "duplicate_column");
  }
  (*column)->name = step.to;
  const auto rename = [&](std::string& expression) {
    expression = rename_in_expression(expression, step.from, step.to);
  };
  for (Column& other : table.columns) {
    if (other.generated) rename(*other.generated);
  }
  if (table.primary_key) rename_in(table.primary_key->columns, step.from, step.to);
  for (Index& index : table.indexes) {
    for (IndexColumn& part : index.columns) {
      if (part.column == step.from) part.column = step.to;
      if (!part.expression.empty()) rename(part.expression);
    }
    rename_in(index.include, step.from, step.to);
    if (index.predicate) rename(*index.predicate);
  }
  for (Check& check : table.checks) rename(check.expression);
  for (ForeignKey& key : table.foreign_keys) rename_in(key.columns, step.from, step.to);
  for (auto& [other_name, other] : catalog_.tables) {
    for (ForeignKey& key : other.foreign_keys) {
      if (key.referenced_table == name) rename_in(key.referenced_columns, step.from, step.to);
    }
  }
  for (auto& [view_name, view] : catalog_.views) {
    if (const auto star = view.star.value.find(name); star != view.star.value.end())
      rename_in(star->second, step.from, step.to);
    if (std::ranges::find(view.uses, name) == view.uses.end()) continue;
    view.renamed.value.push_back({name, step.from, step.to});
    view.rewritten.value = true;
  }
  for (Unmanaged& object : catalog_.unmanaged) {
    if (object.on_table == name) object.renamed.value.push_back({name, step.from, step.to});
  }
  for (auto& [sequence_name, sequence] : catalog_.sequences) {
    if (sequence.owner_table == name && sequence.owner_column == step.from) sequence.owner_column = step.to;
  }
  repeat_on_children(step);
  return {};
}

Outcome Replayer::drop_column(Table& table, const std::string& column, bool cascade) {
  const std::string what = "cannot drop column \"" + column + "\" of table " + shown(table.name);
  for (const Column& other : table.columns) {
    if (other.name != column && other.generated && mentions_name(*other.generated, column)) {
      if (!cascade)
        return refuse(Refusal::Kind::other, what + ": generated column \"" + other.name + "\" depends on it",
                      "dependent_objects_still_exist");
      if (Outcome dropped = drop_column(table, std::string(other.name), true); !dropped) return dropped;
      break;
    }
  }
  const auto drop_keys = [&](const std::vector<std::string>& columns, const std::string& name) {
    return contains(columns, column) ? drop_key_dependents(table, columns, name, cascade, what) : Outcome();
  };
  if (table.primary_key) {
    if (Outcome dropped = drop_keys(table.primary_key->columns, table.primary_key->name); !dropped) return dropped;
  }
  for (const Index& index : table.indexes) {
    std::vector<std::string> columns;
    for (const IndexColumn& part : index.columns) columns.push_back(part.column);
    if (!index.unique) continue;
    if (Outcome dropped = drop_keys(columns, index.name); !dropped) return dropped;
  }
  if (Outcome dropped = drop_sequence_uses(table.name, &column, cascade, what); !dropped) return dropped;
  if (Outcome dropped = drop_view_dependents(table.name, cascade, what, &column); !dropped) return dropped;
  remove_relations_of(table);
  if (table.primary_key && contains(table.primary_key->columns, column)) table.primary_key.reset();
  std::erase_if(table.indexes, [&](const Index& index) { return index_uses(index, column); });
  std::erase_if(table.foreign_keys, [&](const ForeignKey& key) { return contains(key.columns, column); });
  std::erase_if(table.checks, [&](const Check& check) { return mentions_name(check.expression, column); });
  std::erase_if(table.exclusions,
                [&](const Exclusion& exclusion) { return mentions_name(exclusion.definition, column); });
  erase_sequences_of(table.name, &column);
  const auto comment = "OBJECT_COLUMN " + table.name.name + " " + column;
  std::erase_if(catalog_.unmanaged, [&](const Unmanaged& object) {
    return object.kind == UnmanagedKind::comment && object.on_table == table.name && object.name.name == comment;
  });
  std::erase_if(table.columns, [&](const Column& other) { return other.name == column; });
  add_relations_of(table);
  return {};
}

Outcome Replayer::apply(const DropColumn& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  if (auto column = column_named(**table, step.column); !column) {
    return step.if_exists ? Outcome() : std::unexpected(column.error());
  } else if ((*column)->inherited.value) {
    return refuse(Refusal::Kind::other,
                  "cannot drop column \"" + step.column + "\" of table " + shown((*table)->name) +
                      ": it is inherited; drop it on the parent",
                  "invalid_table_definition");
  }
  Outcome dropped = drop_column(**table, step.column, step.cascade);
  if (!dropped) return dropped;
  take_back_column((*table)->name, step.column);
  return {};
}

Outcome Replayer::apply(const SetColumnDefault& step) {
  if (catalog_.views.contains(resolve(step.table))) return {};  // for INSERT through the view
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  auto column = column_named(**table, step.column);
  if (!column) return std::unexpected(column.error());
  if ((*column)->identity != Identity::none) {
    return refuse(Refusal::Kind::other,
                  "column \"" + step.column + "\" of table " + shown((*table)->name) + " is an identity column");
  }
  Column changed = **column;
  changed.default_value = step.value;
  const bool serial = step.value.kind == DefaultKind::sequence && !step.value.sequence;
  if (serial) {
    make_sequence(**table, changed);
  } else if (Outcome resolved = resolve_column_default(**table, changed); !resolved) {
    return resolved;
  }
  **column = std::move(changed);
  repeat_on_children(step);
  return {};
}

Outcome Replayer::apply(const DropColumnDefault& step) {
  if (catalog_.views.contains(resolve(step.table))) return {};  // for INSERT through the view
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  auto column = column_named(**table, step.column);
  if (!column) return std::unexpected(column.error());
  (*column)->default_value.reset();
  repeat_on_children(step);
  return {};
}

Outcome Replayer::apply(const SetColumnNullable& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  auto column = column_named(**table, step.column);
  if (!column) return std::unexpected(column.error());
  if (step.nullable) {
    const bool key = (*table)->primary_key && contains((*table)->primary_key->columns, step.column);
    if (key || (*column)->identity != Identity::none) {
      return refuse(Refusal::Kind::other, "column \"" + step.column + "\" of table " + shown((*table)->name) +
                                              (key ? " is in a primary key" : " is an identity column") +
                                              " and stays NOT NULL");
    }
  }
  (*column)->nullable = step.nullable;
  repeat_on_children(step);
  return {};
}

Outcome Replayer::apply(const SetColumnIdentity& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  auto found = column_named(**table, step.column);
  if (!found) return std::unexpected(found.error());
  Column& column = **found;
  if (step.identity == Identity::none && !step.options_only) {
    if (column.identity == Identity::none && !step.if_exists) {
      return refuse(Refusal::Kind::other,
                    "column \"" + step.column + "\" of table " + shown((*table)->name) + " is not an identity column");
    }
    if (column.identity != Identity::none) erase_sequences_of((*table)->name, &step.column);
    column.identity = Identity::none;
    return {};
  }
  const bool fresh = column.identity == Identity::none;
  if (step.options_only && fresh) {
    return refuse(Refusal::Kind::other,
                  "column \"" + step.column + "\" of table " + shown((*table)->name) + " is not an identity column");
  }
  if (fresh && column.default_value) {
    return refuse(Refusal::Kind::other,
                  "column \"" + step.column + "\" of table " + shown((*table)->name) + " already has a default");
  }
  if (fresh && column.nullable) {
    return refuse(Refusal::Kind::other, "column \"" + step.column + "\" of table " + shown((*table)->name) +
                                            " must be NOT NULL before it becomes an identity");
  }
  if (fresh && !is_identity_type(column.type)) {
    return refuse(Refusal::Kind::other, "column \"" + step.column + "\" of table " + shown((*table)->name) +
                                            " cannot be an identity: that takes an integer type");
  }
  if (!step.options_only) column.identity = step.identity;
  if (fresh) make_sequence(**table, column);
  for (const QualifiedName& name : sequences_of((*table)->name, &step.column)) {
    set_sequence_options(catalog_.sequences.at(name), step.options);
  }
  return {};
}

Outcome Replayer::apply(const DropColumnGenerated& step) {
  auto table = table_named(step.table);
  if (!table) return std::unexpected(table.error());
  auto column = column_named(**table, step.column);
  if (!column) return std::unexpected(column.error());
  if (!(*column)->generated && !step.if_exists) {
    return refuse(Refusal::Kind::other,
                  "column \"" + step.column + "\" of table " + shown((*table)->name) + " is not generated");
  }
  (*column)->generated.reset();
  return {};
}

}  // namespace refract::catalog
