#pragma once

#include <map>
#include <string>

#include "migrate/pull.h"

// Names for what a database holds: those of the existing schema, else the database's, made such that a schema can have
// them.
namespace refract::migrate {

// Letters, digits and underscores, a letter first: what cannot stand at the beginning goes, what cannot stand elsewhere
// becomes "_". Empty where nothing is left.
std::string schema_name(std::string_view name);

// "text" with escapes, as a schema has it.
std::string schema_string(std::string_view text);

class PullNames {
 public:
  PullNames(const catalog::Catalog& database, const schema::Snapshot& existing, const PullOptions& options);

  // nullptr: the existing schema has no such model (enum).
  const schema::Placed* model(const catalog::QualifiedName& table) const;
  const schema::Placed* enumeration(const catalog::QualifiedName& name) const;
  const schema::Field* field(const catalog::QualifiedName& table, std::string_view column) const;

  std::string name_of_table(const catalog::QualifiedName& table) const { return top_level(table, model(table)); }
  std::string name_of_enum(const catalog::QualifiedName& name) const { return top_level(name, enumeration(name)); }
  std::string name_of_column(const catalog::QualifiedName& table, const std::string& column) const;
  std::string name_of_value(const catalog::QualifiedName& enumeration, const std::string& value) const;
  bool is_reserved(const catalog::QualifiedName& name) const { return options_.is_reserved(name.name); }

 private:
  std::string top_level(const catalog::QualifiedName& name, const schema::Placed* known) const;

  const PullOptions& options_;
  std::map<catalog::QualifiedName, const schema::Placed*> models_;
  std::map<catalog::QualifiedName, const schema::Placed*> enums_;
  std::map<std::string, int> uses_;  // of a name in all schemas
};

}  // namespace refract::migrate
