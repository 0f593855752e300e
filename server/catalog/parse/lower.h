#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/expression/default.h"
#include "catalog/expression/type.h"
#include "catalog/step.h"
#include "catalog/tree/tree.h"

// Lowering: one statement of PostgreSQL's tree to steps. One source a family of statements.
namespace refract::catalog {

class Lowering {
 public:
  Lowering(std::string_view statement, SqlRange range, std::vector<Step>& steps)
      : statement_(statement), range_(range), steps_(steps) {}

  void add(Change change) { steps_.push_back({std::move(change), range_, if_exists_, only_}); }
  // Steps added from now on do nothing where the object they alter does not exist.
  void only_if_exists(bool only) { if_exists_ = only; }
  // Steps added from now on do not change inheriting tables, unless the RangeVar includes them.
  void only_itself(const Value& range_var) { only_ = range_var.exists() && !range_var["inh"].boolean(); }
  void opaque(std::string reason) { add(Opaque{std::move(reason)}); }
  void unmanaged(UnmanagedKind kind, QualifiedName name, std::optional<QualifiedName> on_table = std::nullopt,
                 bool or_replace = false, std::vector<QualifiedName> uses = {});

  // The names of the queries in the WITH clauses around a statement: they are no tables there.
  std::vector<std::string>& query_names() { return query_names_; }

  // The statement as written, without the comments before it and the semicolon.
  std::string_view statement() const { return statement_; }

 private:
  std::string_view statement_;
  SqlRange range_;
  std::vector<Step>& steps_;
  std::vector<std::string> query_names_;
  bool if_exists_ = false;
  bool only_ = false;
};

void lower_statement(const Value& statement, Lowering& lowering);

// The families.
void lower_create_table(const Value& body, Lowering& lowering);
void lower_create_table_as(const Value& body, Lowering& lowering);
// A table with the columns of a query: CREATE TABLE … AS, SELECT … INTO. `into` is an IntoClause.
void lower_table_of_query(const Value& into, const Value& select, bool if_not_exists, Lowering& lowering);
void lower_alter_table(const Value& body, Lowering& lowering);
void lower_rename(const Value& body, Lowering& lowering);
void lower_set_schema(const Value& body, Lowering& lowering);
void lower_create_index(const Value& body, Lowering& lowering);
void lower_create_enum(const Value& body, Lowering& lowering);
void lower_alter_enum(const Value& body, Lowering& lowering);
void lower_create_schema(const Value& body, Lowering& lowering);
void lower_create_extension(const Value& body, Lowering& lowering);
void lower_alter_extension(const Value& body, Lowering& lowering);
void lower_create_sequence(const Value& body, Lowering& lowering);
void lower_alter_sequence(const Value& body, Lowering& lowering);
void lower_drop(const Value& body, Lowering& lowering);
void lower_create_view(const Value& body, Lowering& lowering);
void lower_select(const Value& body, Lowering& lowering);
void lower_data(std::string verb, const Value& body, Lowering& lowering);
void lower_merge(const Value& body, Lowering& lowering);
// What WITH does before the statement itself: WITH gone AS (DELETE FROM a RETURNING *) SELECT …
void lower_with(const Value& body, Lowering& lowering);
void lower_set_variable(const Value& body, Lowering& lowering);
// ALTER ROLE … SET, ALTER DATABASE … SET, ALTER SYSTEM SET: settings of later sessions.
void lower_stored_setting(std::string verb, const Value& body, Lowering& lowering);
// Everything that no schema describes: functions, triggers, policies, domains, comments, grants…; false where the
// kind of statement is not among them.
bool lower_unmanaged(std::string_view kind, const Value& body, Lowering& lowering);

// Pieces shared by the families.
// The columns of CREATE TABLE … AS. nullopt: some are not known from the text.
std::optional<std::vector<QueryColumn>> lower_query_columns(const Value& select);
ForeignKey lower_foreign_key(const Value& constraint);
// `column`: where the constraint is after a column and names none itself.
Index lower_unique(const Value& constraint, const std::string& column);
PrimaryKey lower_primary_key(const Value& constraint, const std::string& column);
Check lower_check(const Value& constraint);
struct LoweredColumn {
  Column column;
  std::vector<Value> constraints;    // after the column: PRIMARY KEY, UNIQUE, REFERENCES, CHECK
  std::optional<Sequence> identity;  // the sequence's options, where any are given
  std::vector<std::pair<std::size_t, std::string_view>>
      deferrable_of;  // DEFERRABLE, INITIALLY DEFERRED…, of which constraint
};
LoweredColumn lower_column(const Value& definition);
ForeignKey lower_column_foreign_key(const LoweredColumn& lowered, std::size_t constraint);
IndexColumn lower_index_column(const Value& element);
// "fillfactor=70": a list of DefElem, as PostgreSQL stores storage parameters.
std::vector<std::string> lower_options(const Value& options);
Exclusion lower_exclusion(const Value& constraint);
// Applies sequence options (START, INCREMENT BY, OWNED BY…); returns which of the unconditional ones were set.
struct SequenceOptions {
  bool type = false;
  bool owner = false;
};
SequenceOptions lower_sequence_options(const Value& options, Sequence& sequence);
// Tables, views and functions that a query names, sorted, each once.
std::vector<QualifiedName> relations_of(const Value& tree);

}  // namespace refract::catalog
