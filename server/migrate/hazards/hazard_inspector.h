#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/expression/system_tables.h"
#include "catalog/parse/block.h"
#include "catalog/parse/sql.h"
#include "migrate/diff/dependents.h"
#include "migrate/hazards/hazard_table.h"
#include "migrate/hazards/hazards.h"
#include "migrate/hazards/row_guarantees.h"

namespace refract::migrate {

// The implementation of hazards(): one overload of inspect() per kind of step, one source file per family (hazards.cpp,
// hazards_keys.cpp, hazards_objects.cpp, hazards_data.cpp). Each step is inspected on the state before it, and then
// replayed.
class Inspector {
 public:
  Inspector(std::span<const catalog::Step> steps, const catalog::Catalog& before, catalog::ReplayState session,
            std::string_view sql)
      : steps_(steps), sql_(sql), state_(before), guarantees_(before), session_(state_, std::move(session)) {}
  std::vector<Hazard> run() &&;

 private:
  using QualifiedName = catalog::QualifiedName;
  using ColumnName = std::pair<QualifiedName, std::string>;

  void report(HazardKind kind, std::string message);
  void report(HazardKind kind, std::string message, std::string_view safer_way);
  // Whether it is reported already that PostgreSQL rejects the step, or why it does.
  bool is_reported_to_fail() const;
  // SQL written by hand leaves the schema out.
  QualifiedName resolved(QualifiedName name) const;
  // Names in "public" where the URL selects another schema (hazards_schemas.cpp).
  void inspect_schema_names();
  // IF EXISTS, and there is none: nothing happens.
  bool is_missing(const QualifiedName& table) const;
  bool is_new(const QualifiedName& table) const { return new_tables_.contains(resolved(table)); }
  const catalog::Column* column(const QualifiedName& table, std::string_view name) const;
  void inspect(const catalog::CreateTable& step);
  void inspect(const catalog::DropTable& step);
  // The tables that are below this one at some time of the migration, or may be; nullptr: any may.
  const std::set<QualifiedName>* children_of(const QualifiedName& table);
  void find_families();
  // Whether a later step may make the foreign key or check of the table, as the steps call it, or the index or view of
  // that name, whatever its schema.
  static inline const QualifiedName kIndexes{"indexes", {}}, kViews{"views", {}};
  bool may_come_later(const QualifiedName& owner, const std::string& name) const;
  // "table b, which inherits from it", where the same statement drops b.
  bool is_dropped_with(const std::string& dependent) const;
  // `cascade`: what would be in the way goes too.
  void report(Dependents found, const std::string& what, bool cascade = false,
              Alteration alteration = Alteration::drop);
  void inspect(const catalog::DropColumn& step);
  void inspect_drop(const catalog::DropColumn& step);
  void inspect(const catalog::AddColumn& step);
  void inspect(const catalog::AlterColumnType& step);
  // Of an enum named without one; empty: the type is not an enum.
  std::string enum_schema(const std::string& name) const;
  // The sequence of a column that becomes BIGINT has its own type, which does not follow.
  void check_sequence(const catalog::AlterColumnType& step, const catalog::Column& old);
  bool removes_enum_values(const catalog::AlterColumnType& step, const catalog::Column& old);
  // Functions whose text holds a value that is gone from the type of that name, each value once. `now`: the type that
  // takes its place; `name`: what the enum was called when the migration began.
  void report_removed_values(const catalog::Enum& before, const catalog::Enum& now, const QualifiedName& name);
  // The name that an enum had when the migration began.
  QualifiedName original_name(const QualifiedName& enumeration) const;
  // The enum that has the name at the end, where that is another than `enumeration`.
  const catalog::Enum* successor(const QualifiedName& enumeration, const QualifiedName& name) const;
  // The steps after this one that create an enum of that name, in whatever schema, or rename one to it.
  std::span<const std::size_t> enums_named_later(const std::string& name) const;
  void inspect(const catalog::SetColumnNullable& step);
  void inspect(const catalog::CreateIndex& step);
  void inspect(const catalog::AddUniqueConstraint& step);
  void inspect(const catalog::AddPrimaryKey& step);
  // The key holds, but an index over the same columns is built once more.
  void report_existing_index(const catalog::Table& table, const catalog::PrimaryKey& key);
  // In an index over columns alone; empty otherwise.
  static std::vector<std::string> column_names(const catalog::Index& index);
  void inspect(const catalog::AddCheck& step);
  void inspect(const catalog::AddExclusion& step);
  void inspect(const catalog::ValidateConstraint& step);
  void inspect(const catalog::SetRowLevelSecurity& step);
  void inspect(const catalog::AddForeignKey& step);
  // What the columns of a table referred to by foreign keys that the migration dropped (hazards_relations.cpp).
  void note_dropped_key(const catalog::DropConstraint& step);
  void follow_dropped_keys(const catalog::RenameColumn& step);
  void follow_dropped_keys(const QualifiedName& table, const QualifiedName& now);
  // What column A or B of a join table refers to, or did before the migration; no name: unknown.
  QualifiedName join_end(const catalog::Table& table, char column) const;
  void report_exchanged_join_columns(const catalog::AddForeignKey& step);
  void inspect(const catalog::DropConstraint& step);
  bool is_added_again(const catalog::DropConstraint& step, const catalog::Table* table) const;
  void inspect(const catalog::DropIndex& step);
  const catalog::Table* table_of_index(const QualifiedName& index) const;
  // Whether a unique index may have the name at some time of the migration, in whatever schema.
  bool may_be_unique(const std::string& index);
  // The columns of the index stay unique without it, or the table has no rows any more.
  bool stays_unique(const catalog::Table& table, const catalog::Index& index) const;
  // False: uniqueness is not lost with it.
  bool report_lost_uniqueness(const catalog::Table& table, const catalog::Index& index);
  void inspect(const catalog::RenameTable& step);
  void inspect(const catalog::RenameSchema& step);
  void inspect(const catalog::SetTableSchema& step);
  void inspect(const catalog::RenameColumn& step);
  void inspect(const catalog::CreateEnum& step);
  void inspect(const catalog::RenameEnum& step);
  void inspect(const catalog::SetEnumSchema& step);
  // What is known about the enum by its name is known by its new name.
  void note_enum_moved(const QualifiedName& from, const QualifiedName& to);
  void inspect(const catalog::RenameEnumValue& step);
  void inspect(const catalog::DropSchema& step);
  void inspect(const catalog::DropEnum& step);
  void inspect(const catalog::AddEnumValue& step);
  void inspect(const catalog::SetColumnDefault& step);
  // Values added to enums in this transaction that a string of the SQL may stand for.
  std::vector<ColumnName> new_values_in(std::string_view sql) const;
  // PostgreSQL: a value added to an enum cannot be used before its transaction is committed, neither as a default nor
  // in an expression over the columns of a table.
  void note_enum_use(const catalog::Default& value, const catalog::ColumnType& type);
  // `table`: nullptr if it is unknown. True: it is reported.
  bool note_enum_use(std::string_view expression, const catalog::Table* table);
  void note_enum_use(std::string_view expression, const QualifiedName& table) {
    note_enum_use(expression, state_.find_table(resolved(table)));
  }
  void inspect(const catalog::DropUnmanaged& step);
  void inspect(const catalog::CreateView& step);
  void inspect(const catalog::DropView& step);
  void inspect(const catalog::DropSequence& step);
  void inspect(const catalog::DropExtension& step);
  void inspect(const catalog::Transaction& step);
  std::string_view text_of(const catalog::Step& step) const;
  void inspect(const catalog::DataStatement& step);
  void note_written(const catalog::DataStatement& step);
  // False: it does not turn triggers or policies off.
  bool reports_switched_off(const catalog::DataStatement& step);
  // Only replay has the functions of the migrations.
  static bool calls_functions(const catalog::Step& step);
  void inspect(const catalog::Opaque& step);
  // What a DO block may do, whichever way it goes.
  void inspect(const catalog::BlockBody& body);
  void inspect(const auto&) {}
  // What every row of the table has in the new column; forgotten as soon as something may write another value.
  void note_new_column_value(const catalog::AddColumn& step);
  bool passes_with_new_values(const QualifiedName& table, const catalog::Check& check) const;
  bool is_over_new_optional_column(const QualifiedName& table, const catalog::Index& index) const;

  std::span<const catalog::Step> steps_;
  std::string_view sql_;
  catalog::Catalog state_;  // before the inspected step
  RowGuarantees guarantees_;
  catalog::Replay session_;
  std::size_t at_ = 0;
  // All made when first asked for.
  struct Families {
    bool known;  // false: names change in between
    std::map<QualifiedName, std::set<QualifiedName>> children;
  };
  std::optional<Families> families_;
  mutable std::optional<std::map<ColumnName, std::size_t>> last_made_;  // see may_come_later()
  std::optional<std::set<std::string>> unique_indexes_;
  mutable std::optional<std::map<QualifiedName, QualifiedName>> index_tables_;  // of the indexes before the migration
  mutable std::optional<std::map<std::string, std::vector<std::size_t>>> enums_named_;  // see enums_named_later()
  std::optional<std::map<ColumnName, std::size_t>> last_added_;  // the last step that adds the column
  std::set<QualifiedName> new_tables_;
  std::set<ColumnName> new_columns_;
  std::set<ColumnName> filled_columns_;  // new ones, of which every row has got a value
  std::map<QualifiedName, std::map<std::string, catalog::SqlValue>>
      new_column_values_;                                      // of new columns, where all rows have one
  std::map<QualifiedName, std::set<std::string>> new_values_;  // by enum
  std::set<QualifiedName> new_enums_;
  std::map<QualifiedName, QualifiedName> renamed_enums_;  // name now → name before
  std::set<ColumnName> removed_values_;                   // of enums by their names before: reported already
  std::set<ColumnName> added_unchecked_;                  // constraints added NOT VALID in this transaction
  std::map<QualifiedName, std::map<std::string, QualifiedName>> dropped_keys_;  // table → column → table referred to
  std::set<QualifiedName> exchanged_;                                           // join tables: reported already
  std::vector<Hazard> found_;
};

}  // namespace refract::migrate
