#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"

namespace refract::migrate {

// What depends on a table, a column or a type, each with its kind: "trigger audit". Columns that a foreign key joins
// are not among them: replay refuses those itself.
struct Dependents {
  std::vector<std::string> dropped;   // go with it, unasked
  std::vector<std::string> blocking;  // as long as they are there, PostgreSQL refuses
  std::vector<std::string> broken;    // stay, and fail when they next run: functions whose text names it

  bool empty() const { return dropped.empty() && blocking.empty() && broken.empty(); }
};

enum class Alteration { drop, change_type, rename };

// `alteration` of a table is drop or rename. `children`: the tables that may have it as a parent; nullptr: any may.
Dependents dependents_of_table(const catalog::Catalog& catalog, const catalog::QualifiedName& table,
                               Alteration alteration, const std::set<catalog::QualifiedName>* children = nullptr);
// `to`: the new type, where it changes.
Dependents dependents_of_column(const catalog::Catalog& catalog, const catalog::QualifiedName& table,
                                std::string_view column, Alteration alteration,
                                const catalog::ColumnType* to = nullptr);
// Of an enum, domain or composite type; drop or rename.
Dependents dependents_of_type(const catalog::Catalog& catalog, const catalog::QualifiedName& type,
                              Alteration alteration);
// Functions whose text holds a value of an enum that goes or gets another name. `other_names`: that the type had or
// will have.
Dependents dependents_of_enum_value(const catalog::Catalog& catalog, const catalog::QualifiedName& type,
                                    std::string_view value, const std::vector<std::string>& other_names = {});

// Whether the view's text reads the column of the table, whatever the column was called when it was written.
bool reads_column(const catalog::View& view, const catalog::QualifiedName& table, std::string_view column);

// "function", "policy"…
std::string_view kind_name(catalog::UnmanagedKind kind);

}  // namespace refract::migrate
