#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/dependents.h"
#include "migrate/hazards.h"
#include "migrate/types.h"
#include "migrate/words.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

std::string default_words(const catalog::Default& value) {
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

std::string column_words(const catalog::Column& column) {
  std::string text = type_words(column.type);
  if (!column.type.array) text += column.nullable ? ", optional" : ", required";
  if (column.default_value && !column.default_value->expression.empty()) {
    text += ", default " + default_words(*column.default_value);
  } else if (column.default_value && column.default_value->kind == catalog::DefaultKind::sequence) {
    text += ", counted up";
  }
  return text;
}

std::string key_words(const catalog::ForeignKey& key) {
  return fmt::format("{} to {}({})", fmt::join(key.columns, ", "), words(key.referenced_table),
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
    return fmt::format("Create enum {} ({})", words(s.enumeration.name), fmt::join(s.enumeration.values, ", "));
  }
  Text operator()(const catalog::AddEnumValue& s) const {
    return fmt::format("Add value {} to enum {}", s.value, words(s.enumeration));
  }
  Text operator()(const catalog::RenameEnumValue& s) const {
    return fmt::format("Rename value {} of enum {} to {}", s.from, words(s.enumeration), s.to);
  }
  Text operator()(const catalog::RenameEnum& s) const {
    return fmt::format("Rename enum {} to {}", words(s.enumeration), s.to);
  }
  Text operator()(const catalog::SetEnumSchema& s) const {
    return fmt::format("Move enum {} to schema {}", words(s.enumeration), s.schema);
  }
  Text operator()(const catalog::DropEnum& s) const { return fmt::format("Drop enum {}", words(s.enumeration)); }
  Text operator()(const catalog::CreateTable& s) const {
    std::vector<std::string> columns;
    for (const catalog::Column& column : s.table.columns) columns.push_back(column.name);
    return fmt::format("Create table {} ({})", words(s.table.name), fmt::join(columns, ", "));
  }
  Text operator()(const catalog::RenameTable& s) const {
    return fmt::format("Rename table {} to {}", words(s.table), s.to);
  }
  Text operator()(const catalog::SetTableSchema& s) const {
    return fmt::format("Move table {} to schema {}", words(s.table), s.schema);
  }
  Text operator()(const catalog::DropTable& s) const { return fmt::format("Drop table {}", words(s.table)); }
  Text operator()(const catalog::AddColumn& s) const {
    return fmt::format("Add column {} ({}) to {}", s.column.name, column_words(s.column), words(s.table));
  }
  Text operator()(const catalog::RenameColumn& s) const {
    return fmt::format("Rename column {} to {}", words(s.table, s.from), s.to);
  }
  Text operator()(const catalog::DropColumn& s) const {
    return fmt::format("Drop column {} of {}", s.column, words(s.table));
  }
  Text operator()(const catalog::AlterColumnType& s) const {
    return fmt::format("Change column {} to {}", words(s.table, s.column), type_words(s.type));
  }
  Text operator()(const catalog::SetColumnDefault& s) const {
    return fmt::format("Set the default of {} to {}", words(s.table, s.column), default_words(s.value));
  }
  Text operator()(const catalog::DropColumnDefault& s) const {
    return fmt::format("Remove the default of {}", words(s.table, s.column));
  }
  Text operator()(const catalog::SetColumnNullable& s) const {
    return fmt::format("Make column {} {}", words(s.table, s.column), s.nullable ? "optional" : "required");
  }
  Text operator()(const catalog::SetColumnIdentity& s) const {
    if (s.options_only) return fmt::format("Set how column {} counts up", words(s.table, s.column));
    return s.identity == catalog::Identity::none ? fmt::format("Stop counting column {} up", words(s.table, s.column))
                                                 : fmt::format("Count column {} up", words(s.table, s.column));
  }
  Text operator()(const catalog::DropColumnGenerated& s) const {
    return fmt::format("Keep the values of {} as plain values", words(s.table, s.column));
  }
  Text operator()(const catalog::AddPrimaryKey& s) const {
    return fmt::format("Make {} the primary key of {}", fmt::join(s.key.columns, ", "), words(s.table));
  }
  Text operator()(const catalog::AddUniqueConstraint& s) const {
    return fmt::format("Make {} of {} unique", index_words(s.index), words(s.table));
  }
  Text operator()(const catalog::AddForeignKey& s) const {
    return fmt::format("Add a foreign key from {} by {}", words(s.table), key_words(s.key));
  }
  Text operator()(const catalog::AddCheck& s) const {
    return fmt::format("Add check {} to {}", s.check.name, words(s.table));
  }
  Text operator()(const catalog::AddExclusion& s) const {
    return fmt::format("Add exclusion {} to {}", s.exclusion.name, words(s.table));
  }
  Text operator()(const catalog::RenameConstraint& s) const {
    return fmt::format("Rename constraint {} of {} to {}", s.from, words(s.table), s.to);
  }
  Text operator()(const catalog::ValidateConstraint& s) const {
    return fmt::format("Validate constraint {} of {}", s.constraint, words(s.table));
  }
  Text operator()(const catalog::SetDeferrable& s) const {
    return fmt::format("Check {} of {} {}", s.constraint, words(s.table),
                       s.initially_deferred ? "when the transaction ends" : "at once");
  }
  Text operator()(const catalog::DropConstraint& s) const {
    return fmt::format("Drop constraint {} of {}", s.constraint, words(s.table));
  }
  Text operator()(const catalog::CreateIndex& s) const {
    return fmt::format("Create {}index {} on {} ({})", s.index.unique ? "unique " : "", s.index.name, words(s.table),
                       index_words(s.index));
  }
  Text operator()(const catalog::RenameIndex& s) const {
    return fmt::format("Rename index {} to {}", words(s.index), s.to);
  }
  Text operator()(const catalog::DropIndex& s) const { return fmt::format("Drop index {}", words(s.index)); }
  Text operator()(const catalog::CreateSequence& s) const {
    return fmt::format("Create sequence {}", words(s.sequence.name));
  }
  Text operator()(const catalog::AlterSequence& s) const {
    return fmt::format("Change sequence {}", words(s.sequence.name));
  }
  Text operator()(const catalog::RenameSequence& s) const {
    return fmt::format("Rename sequence {} to {}", words(s.sequence), s.to);
  }
  Text operator()(const catalog::DropSequence& s) const { return fmt::format("Drop sequence {}", words(s.sequence)); }
  Text operator()(const catalog::CreateView& s) const {
    return fmt::format("{} view {}", s.or_replace ? "Replace" : "Create", words(s.view.name));
  }
  Text operator()(const catalog::RenameView& s) const {
    return fmt::format("Rename view {} to {}", words(s.view), s.to);
  }
  Text operator()(const catalog::DropView& s) const { return fmt::format("Drop view {}", words(s.view)); }
  Text operator()(const catalog::AttachPartition& s) const {
    return fmt::format("Attach partition {} to {}", words(s.partition), words(s.table));
  }
  Text operator()(const catalog::DetachPartition& s) const {
    return fmt::format("Detach partition {} from {}", words(s.partition), words(s.table));
  }
  Text operator()(const catalog::SetInheritance& s) const {
    return s.inherits ? fmt::format("Let table {} inherit from {}", words(s.table), words(s.parent))
                      : fmt::format("End that table {} inherits from {}", words(s.table), words(s.parent));
  }
  Text operator()(const catalog::SetRowLevelSecurity& s) const {
    return fmt::format("Turn row level security of {} {}", words(s.table), s.enabled ? "on" : "off");
  }
  Text operator()(const catalog::SetSearchPath& s) const {
    using enum catalog::SetSearchPath::Kind;
    if (s.kind == current) return "Look for names where they are looked for now";
    if (s.kind == reset || s.kind == reset_all) return "Look for names where the session began to";
    if (s.kind == leave) return "Look for names where the schema was created";
    if (s.kind == enter) return fmt::format("Look for names in {} first", fmt::join(s.schemas, ", "));
    return fmt::format("Look for names in {}", fmt::join(s.schemas, ", "));
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
    return fmt::format("Create {} {}{}", kind_name(object.kind), words(object.name),
                       object.on_table ? fmt::format(" on {}", words(*object.on_table)) : "");
  }
  Text operator()(const catalog::RenameUnmanaged& s) const {
    return s.to.name.empty() ? fmt::format("Move {} to schema {}", words(s.name), s.to.schema)
                             : fmt::format("Rename {} to {}", words(s.name), s.to.name);
  }
  Text operator()(const catalog::DropUnmanaged& s) const { return fmt::format("Drop {}", words(s.name)); }
  Text operator()(const catalog::SetDomainNullable& s) const {
    return fmt::format("{} in {}", s.nullable ? "Allow NULL" : "Refuse NULL", words(s.domain));
  }
  Text operator()(const catalog::DataStatement& s) const {
    std::vector<std::string> tables;
    for (const catalog::QualifiedName& table : s.tables) tables.push_back(words(table));
    return tables.empty() ? fmt::format("Run {}", s.verb)
                          : fmt::format("Run {} on {}", s.verb, fmt::join(tables, ", "));
  }
  Text operator()(const catalog::Opaque& s) const { return fmt::format("Unknown offline: {}", s.reason); }
};

}  // namespace

std::string words(const catalog::QualifiedName& name) {
  const bool plain = name.schema.empty() || name.schema == "public";
  return plain ? name.name : fmt::format("{}.{}", name.schema, name.name);
}

std::string words(const catalog::QualifiedName& table, std::string_view column) {
  return fmt::format("{}.{}", words(table), column);
}

std::string type_words(const catalog::ColumnType& type) {
  if (!type.schema.empty() && native_of(type) == Native::other) {
    return words({type.schema, type.name}) + (type.array ? "[]" : "");
  }
  return ascii::to_lower(type_text(type, Spelling::escaped));
}

std::string index_words(const catalog::Index& index) {
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
