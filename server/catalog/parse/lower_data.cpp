#include <algorithm>
#include <map>
#include <set>

#include "catalog/expression/condition.h"
#include "catalog/parse/lower.h"

// Statements on rows: which tables and columns they name, so that replay can report one that is missing.
namespace refract::catalog {
namespace {

// The columns that a statement names, as far as its text alone shows where they must be. What is uncertain counts as
// not named: a query in FROM, WITH, functions that give rows and names of two parts have columns that only PostgreSQL
// knows.
class Columns {
 public:
  std::vector<ColumnUse> of(const Value& statement, const QualifiedName* target) {
    collect(statement);
    if (uncertain_) return {};
    if (target != nullptr) add_source(statement["relation"]);
    visit(statement, target);
    std::vector<ColumnUse> uses;
    for (auto& [tables, columns] : found_) {
      for (const std::string& column : columns) uses.push_back({tables, column});
    }
    return uses;
  }

 private:
  void add_source(const Value& range_var) {
    const Value alias = range_var["alias"];
    if (alias["colnames"].exists()) uncertain_ = true;
    const QualifiedName table = tree::relation(range_var);
    sources_[alias.exists() ? std::string(alias["aliasname"].string()) : table.name].insert(table);
    all_.insert(table);
  }

  // What has columns, and names that are not columns.
  void collect(const Value& value) {
    if (value.is_array()) {
      for (const Value& item : value.items()) collect(item);
      return;
    }
    if (!value.is_object()) return;
    for (const auto& [key, member] : value.members()) {
      if (tree::is_leaf(key)) continue;
      static constexpr std::string_view kUnknown[] = {"withClause",     "RangeSubselect", "RangeFunction",
                                                      "RangeTableFunc", "intoClause",     "RangeTableSample"};
      if (std::ranges::find(kUnknown, key) != std::end(kUnknown)) uncertain_ = true;
      if (key == "lockingClause") continue;
      if (key == "RangeVar") add_source(member);
      if (key == "JoinExpr" && member["alias"].exists()) uncertain_ = true;
      if (key == "ResTarget") outputs_.emplace(member["name"].string());
      collect(member);
    }
  }

  void must_have(const std::set<QualifiedName>& tables, const std::string& column) {
    if (!column.empty()) found_[{tables.begin(), tables.end()}].insert(column);
  }

  void reference(const Value& column_ref) {
    const std::vector<Value> fields = column_ref["fields"].items();
    std::vector<std::string> names;
    for (const Value& field : fields) names.emplace_back(tree::text(field));
    if (names.empty() || names.back().empty()) return;
    if (names.size() == 2) {
      if (const auto source = sources_.find(names[0]); source != sources_.end()) must_have(source->second, names[1]);
    } else if (names.size() == 1 && !sources_.contains(names[0]) && !outputs_.contains(names[0]) &&
               names[0] != "excluded") {
      must_have(all_, names[0]);
    }
  }

  void visit(const Value& value, const QualifiedName* target) {
    if (value.is_array()) {
      for (const Value& item : value.items()) visit(item, target);
      return;
    }
    if (!value.is_object()) return;
    for (const auto& [key, member] : value.members()) {
      if (tree::is_leaf(key)) continue;
      if (key == "ColumnRef") {
        reference(member);
        continue;
      }
      // INSERT INTO t (a, b), UPDATE t SET a, ON CONFLICT (a) DO UPDATE SET b.
      const bool written = key == "cols" || key == "targetList";
      if (target != nullptr && written) {
        for (const Value& item : member.items()) must_have({*target}, std::string(item["ResTarget"]["name"].string()));
      }
      // A nested query has its own targets, which name its output.
      visit(member, key == "SelectStmt" || key == "selectStmt" || key == "returningList" ? nullptr : target);
    }
  }

  bool uncertain_ = false;
  std::map<std::string, std::set<QualifiedName>> sources_;
  std::set<QualifiedName> all_;
  std::set<std::string> outputs_;
  std::map<std::vector<QualifiedName>, std::set<std::string>> found_;
};

}  // namespace

void lower_with(const Value& body, Lowering& lowering) {
  const std::vector<Value> queries = body["withClause"]["ctes"].items();
  const std::size_t around = lowering.query_names().size();
  for (const Value& item : queries) {
    lowering.query_names().emplace_back(item["CommonTableExpr"]["ctename"].string());
  }
  for (const Value& item : queries) {
    const tree::Node query = tree::node(item["CommonTableExpr"]["ctequery"]);
    std::string_view verb = query.kind;
    if (verb != "DeleteStmt" && verb != "UpdateStmt" && verb != "InsertStmt" && verb != "MergeStmt") continue;
    lower_statement(item["CommonTableExpr"]["ctequery"], lowering);
  }
  lowering.query_names().resize(around);
}

void lower_merge(const Value& body, Lowering& lowering) {
  lower_with(body, lowering);
  const QualifiedName target = tree::relation(body["relation"]);
  lowering.add(DataStatement{"MERGE", {target}});
  for (const Value& item : body["mergeWhenClauses"].items()) {
    if (item["MergeWhenClause"]["commandType"].string() != "CMD_DELETE") continue;
    lowering.add(DataStatement{"DELETE", {target}});
    break;
  }
}

void lower_data(std::string verb, const Value& body, Lowering& lowering) {
  lower_with(body, lowering);
  DataStatement statement{std::move(verb), {}};
  const Value condition = body["whereClause"];
  statement.every_row = (statement.verb == "UPDATE" || statement.verb == "DELETE") &&
                        (!condition.exists() || constant_truth(condition) == true);
  const QualifiedName target = tree::relation(body["relation"]);
  const bool writes = !target.name.empty();
  if (writes) statement.tables.push_back(target);
  for (QualifiedName& table : relations_of(body)) {
    const std::vector<std::string>& queries = lowering.query_names();
    if (table.schema.empty() && std::ranges::find(queries, table.name) != queries.end()) continue;
    if (!writes) {
      statement.tables.push_back(std::move(table));
    } else if (table != target) {
      statement.reads.push_back(std::move(table));
    }
  }
  statement.columns = Columns().of(body, writes ? &target : nullptr);
  lowering.add(std::move(statement));
}

}  // namespace refract::catalog
