#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/step.h"

namespace refract::migrate {

// What a table's constraints, now or when the migration began, guarantee about its rows: a new constraint that requires
// no more than that cannot fail. `now` is the state before the step that is inspected.
class RowGuarantees {
 public:
  explicit RowGuarantees(const catalog::Catalog& before) : before_(before) {}

  // No row has NULL in the column.
  bool is_not_null(const catalog::Catalog& now, const catalog::QualifiedName& table, std::string_view column) const;
  // No two rows have the same values, other than NULL, in the columns.
  bool is_unique(const catalog::Catalog& now, const catalog::QualifiedName& table,
                 const std::vector<std::string>& columns) const;
  // The unique index was there when the migration began.
  bool had_index(const catalog::Catalog& now, const catalog::QualifiedName& table, const catalog::Index& index) const;
  bool refers(const catalog::Catalog& now, const catalog::QualifiedName& table, const catalog::ForeignKey& key) const;
  bool passes(const catalog::Catalog& now, const catalog::QualifiedName& table, const catalog::Check& check) const;

  // To be called after a step that may have changed checks otherwise than by adding the one that passes() was asked
  // about.
  void forget_checks() const;

  // A statement of the migration wrote rows of the table.
  bool was_written(const catalog::QualifiedName& table) const { return written_.contains(table); }

  // A statement of the migration wrote rows; `text` is its SQL.
  void note_written(const catalog::QualifiedName& table, const catalog::DataStatement& statement,
                    std::string_view text);
  void note_dropped(const catalog::QualifiedName& table, std::string_view column);
  // A step renamed the table or moved it to another schema.
  void note_renamed(const catalog::QualifiedName& from, const catalog::QualifiedName& to);

 private:
  // The table as it was when the migration began, under the name that it had then.
  const catalog::Table* table_before(const catalog::QualifiedName& name) const;

  // The table when the migration began, if its rows and the values of the columns are unchanged; else nullptr.
  const catalog::Table* table_before_if_unchanged(const catalog::Catalog& now, const catalog::QualifiedName& table,
                                                  const std::vector<std::string>& columns) const;

  const catalog::Catalog& before_;
  // Of the tables that were renamed; no name: the table that had the name when the migration began has another now.
  std::map<catalog::QualifiedName, catalog::QualifiedName> names_before_;
  // The checks that the tables asked about have or had, and those asked about: what is not among them no table has.
  mutable std::set<catalog::QualifiedName> checked_tables_;
  mutable std::unordered_set<std::string> checked_;
  std::set<catalog::QualifiedName> written_;
  std::set<std::pair<catalog::QualifiedName, std::string>> filled_;
  std::set<std::pair<catalog::QualifiedName, std::string>> dropped_;
};

}  // namespace refract::migrate
