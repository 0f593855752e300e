#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/diff/dependents.h"
#include "migrate/diff/describe.h"
#include "migrate/diff/display_name.h"
#include "migrate/sql/types.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

std::string display_default(const catalog::Default& value) {
  switch (value.kind) {
    case catalog::DefaultKind::now:
      return "now";
    case catalog::DefaultKind::sequence:
      return "a sequence";
    case catalog::DefaultKind::literal:
    case catalog::DefaultKind::expression:
      break;
  }
  return value.expression;
}

std::string display_column(const catalog::Column& column) {
  std::string text = display_type(column.type);
  if (!column.type.array) text += column.nullable ? ", optional" : ", required";
  if (column.default_value && !column.default_value->expression.empty()) {
    text += ", default " + display_default(*column.default_value);
  } else if (column.default_value && column.default_value->kind == catalog::DefaultKind::sequence) {
    text += ", autoincrement";
  }
  return text;
}

std::string display_key(const catalog::ForeignKey& key) {
  return fmt::format("{} to {}({})", fmt::join(key.columns, ", "), display_name(key.referenced_table),
                     fmt::join(key.referenced_columns, ", "));
}

struct Sentence {
  using Text = std::string;

  Text operator()(const catalog::CreateSchema& s) const { return fmt::format("Create schema {}", s.name); }
  Text operator()(const catalog::RenameSchema& s) const { return fmt::format("Rename schema {} to {}", s.name, s.to); }
  Text operator()(const catalog::DropSchema& s) const { return fmt::format("Drop schema {}", s.name); }
  Text operator()(const catalog::CreateExtension& s) const {
    return fmt::format("Install extension {}", s.extension.name);
  }
  Text operator()(const catalog::AlterExtension& s) const {
    return s.new_schema.empty() ? fmt::format("Update extension {} to {}", s.name, s.new_version)
                                : fmt::format("Move extension {} to schema {}", s.name, s.new_schema);
  }
  Text operator()(const catalog::DropExtension& s) const { return fmt::format("Remove extension {}", s.name); }
  Text operator()(const catalog::CreateEnum& s) const {
    return fmt::format("Create enum {} ({})", display_name(s.enumeration.name), fmt::join(s.enumeration.values, ", "));
  }
  Text operator()(const catalog::AddEnumValue& s) const {
    return fmt::format("Add value {} to enum {}", s.value, display_name(s.enumeration));
  }
  Text operator()(const catalog::RenameEnumValue& s) const {
    return fmt::format("Rename value {} of enum {} to {}", s.from, display_name(s.enumeration), s.to);
  }
  Text operator()(const catalog::RenameEnum& s) const {
    return fmt::format("Rename enum {} to {}", display_name(s.enumeration), s.to);
  }
  Text operator()(const catalog::SetEnumSchema& s) const {
    return fmt::format("Move enum {} to schema {}", display_name(s.enumeration), s.schema);
  }
  Text operator()(const catalog::DropEnum& s) const { return fmt::format("Drop enum {}", display_name(s.enumeration)); }
  Text operator()(const catalog::CreateTable& s) const {
    std::vector<std::string> columns;
    for (const catalog::Column& column : s.table.columns) columns.push_back(column.name);
    return fmt::format("Create table {} ({})", display_name(s.table.name), fmt::join(columns, ", "));
  }
  Text operator()(const catalog::RenameTable& s) const {
    return fmt::format("Rename table {} to {}", display_name(s.table), s.to);
  }
  Text operator()(const catalog::SetTableSchema& s) const {
    return fmt::format("Move table {} to schema {}", display_name(s.table), s.schema);
  }
  Text operator()(const catalog::DropTable& s) const { return fmt::format("Drop table {}", display_name(s.table)); }
  Text operator()(const catalog::AddColumn& s) const {
    return fmt::format("Add column {} ({}) to {}", s.column.name, display_column(s.column), display_name(s.table));
  }
  Text operator()(const catalog::RenameColumn& s) const {
    return fmt::format("Rename column {} to {}", display_name(s.table, s.from), s.to);
  }
  Text operator()(const catalog::DropColumn& s) const {
    return fmt::format("Drop column {} of {}", s.column, display_name(s.table));
  }
  Text operator()(const catalog::AlterColumnType& s) const {
    return fmt::format("Change column {} to {}", display_name(s.table, s.column), display_type(s.type));
  }
  Text operator()(const catalog::SetColumnDefault& s) const {
    return fmt::format("Set the default of {} to {}", display_name(s.table, s.column), display_default(s.value));
  }
  Text operator()(const catalog::DropColumnDefault& s) const {
    return fmt::format("Remove the default of {}", display_name(s.table, s.column));
  }
  Text operator()(const catalog::SetColumnNullable& s) const {
    return fmt::format("Make column {} {}", display_name(s.table, s.column), s.nullable ? "optional" : "required");
  }
  Text operator()(const catalog::SetColumnIdentity& s) const {
    if (s.options_only) return fmt::format("Change the autoincrement of column {}", display_name(s.table, s.column));
    return s.identity == catalog::Identity::none
               ? fmt::format("Remove the autoincrement of column {}", display_name(s.table, s.column))
               : fmt::format("Make column {} autoincrement", display_name(s.table, s.column));
  }
  Text operator()(const catalog::DropColumnGenerated& s) const {
    return fmt::format("Make the generated column {} a plain column", display_name(s.table, s.column));
  }
  Text operator()(const catalog::AddPrimaryKey& s) const {
    return fmt::format("Make {} the primary key of {}", fmt::join(s.key.columns, ", "), display_name(s.table));
  }
  Text operator()(const catalog::AddUniqueConstraint& s) const {
    return fmt::format("Make {} of {} unique", display_columns(s.index), display_name(s.table));
  }
  Text operator()(const catalog::AddForeignKey& s) const {
    return fmt::format("Add a foreign key from {} by {}", display_name(s.table), display_key(s.key));
  }
  Text operator()(const catalog::AddCheck& s) const {
    return fmt::format("Add check {} to {}", s.check.name, display_name(s.table));
  }
  Text operator()(const catalog::AddExclusion& s) const {
    return fmt::format("Add exclusion {} to {}", s.exclusion.name, display_name(s.table));
  }
  Text operator()(const catalog::RenameConstraint& s) const {
    return fmt::format("Rename constraint {} of {} to {}", s.from, display_name(s.table), s.to);
  }
  Text operator()(const catalog::ValidateConstraint& s) const {
    return fmt::format("Validate constraint {} of {}", s.constraint, display_name(s.table));
  }
  Text operator()(const catalog::SetDeferrable& s) const {
    return fmt::format("Check {} of {} {}", s.constraint, display_name(s.table),
                       s.initially_deferred ? "when the transaction ends" : "at once");
  }
  Text operator()(const catalog::DropConstraint& s) const {
    return fmt::format("Drop constraint {} of {}", s.constraint, display_name(s.table));
  }
  Text operator()(const catalog::CreateIndex& s) const {
    return fmt::format("Create {}index {} on {} ({})", s.index.unique ? "unique " : "", s.index.name,
                       display_name(s.table), display_columns(s.index));
  }
  Text operator()(const catalog::RenameIndex& s) const {
    return fmt::format("Rename index {} to {}", display_name(s.index), s.to);
  }
  Text operator()(const catalog::DropIndex& s) const { return fmt::format("Drop index {}", display_name(s.index)); }
  Text operator()(const catalog::CreateSequence& s) const {
    return fmt::format("Create sequence {}", display_name(s.sequence.name));
  }
  Text operator()(const catalog::AlterSequence& s) const {
    return fmt::format("Change sequence {}", display_name(s.sequence.name));
  }
  Text operator()(const catalog::RenameSequence& s) const {
    return fmt::format("Rename sequence {} to {}", display_name(s.sequence), s.to);
  }
  Text operator()(const catalog::DropSequence& s) const {
    return fmt::format("Drop sequence {}", display_name(s.sequence));
  }
  Text operator()(const catalog::CreateView& s) const {
    return fmt::format("{} view {}", s.or_replace ? "Replace" : "Create", display_name(s.view.name));
  }
  Text operator()(const catalog::RenameView& s) const {
    return fmt::format("Rename view {} to {}", display_name(s.view), s.to);
  }
  Text operator()(const catalog::DropView& s) const { return fmt::format("Drop view {}", display_name(s.view)); }
  Text operator()(const catalog::AttachPartition& s) const {
    return fmt::format("Attach partition {} to {}", display_name(s.partition), display_name(s.table));
  }
  Text operator()(const catalog::DetachPartition& s) const {
    return fmt::format("Detach partition {} from {}", display_name(s.partition), display_name(s.table));
  }
  Text operator()(const catalog::SetInheritance& s) const {
    return s.inherits
               ? fmt::format("Let table {} inherit from {}", display_name(s.table), display_name(s.parent))
               : fmt::format("Stop table {} from inheriting from {}", display_name(s.table), display_name(s.parent));
  }
  Text operator()(const catalog::SetRowLevelSecurity& s) const {
    return fmt::format("Turn row level security of {} {}", display_name(s.table), s.enabled ? "on" : "off");
  }
  Text operator()(const catalog::SetSearchPath& s) const {
    using enum catalog::SetSearchPath::Kind;
    if (s.kind == current) return "Keep the current search_path";
    if (s.kind == reset || s.kind == reset_all) return "Reset the search_path";
    if (s.kind == leave) return "Restore the search_path after CREATE SCHEMA";
    if (s.kind == enter) return fmt::format("Put {} first in the search_path", fmt::join(s.schemas, ", "));
    return fmt::format("Set the search_path to {}", fmt::join(s.schemas, ", "));
  }
  Text operator()(const catalog::Transaction& s) const {
    using enum catalog::Transaction::Kind;
    static constexpr std::array<std::string_view, 6> kWords = {
        "Begin a transaction", "Commit", "Roll back", "Set savepoint", "Release savepoint", "Roll back to savepoint"};
    const std::string_view words = kWords[static_cast<std::size_t>(s.kind)];
    return s.savepoint.empty() ? std::string(words) : fmt::format("{} {}", words, s.savepoint);
  }
  Text operator()(const catalog::CreateUnmanaged& s) const {
    const catalog::Unmanaged& object = s.object;
    const bool nameless = object.kind == catalog::UnmanagedKind::comment ||
                          object.kind == catalog::UnmanagedKind::grant || object.name.name.empty();
    if (nameless) return fmt::format("Run {}", object.definition.substr(0, object.definition.find_first_of("\r\n")));
    return fmt::format("Create {} {}{}", kind_name(object.kind), display_name(object.name),
                       object.on_table ? fmt::format(" on {}", display_name(*object.on_table)) : "");
  }
  Text operator()(const catalog::RenameUnmanaged& s) const {
    return s.to.name.empty() ? fmt::format("Move {} to schema {}", display_name(s.name), s.to.schema)
                             : fmt::format("Rename {} to {}", display_name(s.name), s.to.name);
  }
  Text operator()(const catalog::DropUnmanaged& s) const { return fmt::format("Drop {}", display_name(s.name)); }
  Text operator()(const catalog::SetDomainNullable& s) const {
    return fmt::format("{} in {}", s.nullable ? "Allow NULL" : "Disallow NULL", display_name(s.domain));
  }
  Text operator()(const catalog::DataStatement& s) const {
    std::vector<std::string> tables;
    for (const catalog::QualifiedName& table : s.tables) tables.push_back(display_name(table));
    return tables.empty() ? fmt::format("Run {}", s.verb)
                          : fmt::format("Run {} on {}", s.verb, fmt::join(tables, ", "));
  }
  Text operator()(const catalog::Opaque& s) const { return fmt::format("Effect unknown before it runs: {}", s.reason); }
};

}  // namespace

std::string display_name(const catalog::QualifiedName& name) {
  const bool plain = name.schema.empty() || name.schema == "public";
  return plain ? name.name : fmt::format("{}.{}", name.schema, name.name);
}

std::string display_name(const catalog::QualifiedName& table, std::string_view column) {
  return fmt::format("{}.{}", display_name(table), column);
}

std::string display_type(const catalog::ColumnType& type) {
  if (!type.schema.empty() && native_of(type) == Native::other) {
    return display_name({type.schema, type.name}) + (type.array ? "[]" : "");
  }
  return ascii::to_lower(type_text(type, Spelling::escaped));
}

std::string display_columns(const catalog::Index& index) {
  std::vector<std::string> parts;
  for (const catalog::IndexColumn& column : index.columns) {
    parts.push_back(column.column.empty() ? column.expression : column.column);
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string describe(const catalog::Change& change) {
  return std::visit(Sentence{}, change);
}

}  // namespace refract::migrate
