#pragma once

#include <map>
#include <set>
#include <string>

#include "migrate/pull/pull.h"

// Names for what a database holds: those of the existing schema, else the database's, made such that a schema can have
// them.
namespace refract::migrate {

// Letters, digits and underscores, a letter first: what is invalid at the beginning is removed, what is invalid
// elsewhere becomes "_". Empty where nothing is left.
std::string schema_name(std::string_view name);

// "text" with escapes, as a schema has it.
std::string schema_string(std::string_view text);

// `wanted`, or with a number after it where that is taken; taken from now on.
std::string distinct_name(std::set<std::string>& taken, const std::string& wanted);

class PullNames {
 public:
  PullNames(const catalog::Catalog& database, const schema::Snapshot& existing, const PullOptions& options);

  // Whether the table becomes a model, or what a model's implicit many-to-many relation needs; the enum a block.
  // A datasource without `schemas` is about the one that its URL names, shown as "public".
  bool describes(const catalog::Table& table) const;
  bool describes(const catalog::Enum& enumeration) const;

  // nullptr: the existing schema has no such model (enum).
  const schema::Placed* model(const catalog::QualifiedName& table) const;
  const schema::Placed* enumeration(const catalog::QualifiedName& name) const;
  const schema::Field* field(const catalog::QualifiedName& table, std::string_view column) const;

  // Of what is described; all distinct, and none is that of another declaration or of a scalar type.
  const std::string& name_of_table(const catalog::QualifiedName& table) const { return tables_.at(table); }
  const std::string& name_of_enum(const catalog::QualifiedName& name) const { return enum_names_.at(name); }
  // Distinct within their table or enum.
  const std::string& name_of_column(const catalog::QualifiedName& table, const std::string& column) const {
    return columns_.at(table).at(column);
  }
  const std::string& name_of_value(const catalog::QualifiedName& enumeration, const std::string& value) const {
    return values_.at(enumeration).at(value);
  }
  // Names that new fields of the model cannot have.
  std::set<std::string> taken_fields(const catalog::QualifiedName& table) const;
  // A name that no model or enum can have.
  bool is_reserved(std::string_view name) const;
  // The existing schema has the implicit many-to-many relation whose table that is.
  bool is_known_join_table(const catalog::QualifiedName& table) const { return join_tables_.contains(table); }

  // A join table that the relation would not describe completely.
  bool becomes_model(const catalog::QualifiedName& table) const { return options_.exceptions.models.contains(table); }

 private:
  bool describes_schema(const std::string& schema) const;
  void name_declarations(const catalog::Catalog& database, const schema::Snapshot& existing);
  void name_columns(const catalog::Table& table);
  void name_values(const catalog::Enum& enumeration);

  const PullOptions& options_;
  std::vector<std::string> schemas_;
  std::map<catalog::QualifiedName, const schema::Placed*> models_;
  std::map<catalog::QualifiedName, const schema::Placed*> enums_;
  std::set<catalog::QualifiedName> join_tables_;
  std::map<catalog::QualifiedName, std::string> tables_;
  std::map<catalog::QualifiedName, std::string> enum_names_;
  std::map<catalog::QualifiedName, std::map<std::string, std::string>> columns_;
  std::map<catalog::QualifiedName, std::map<std::string, std::string>> values_;
};

}  // namespace refract::migrate
