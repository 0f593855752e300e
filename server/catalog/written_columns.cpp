#include "catalog/written_columns.h"

#include "catalog/raw_parse.h"
#include "catalog/tree.h"

namespace refract::catalog {
namespace {

using tree::Value;

class WrittenColumns {
 public:
  void visit(const Value& value) {
    for (const Value& item : value.items()) visit(item);
    for (const auto& [kind, body] : value.members()) {
      if (tree::is_leaf(kind)) continue;
      if (kind == "UpdateStmt") {
        add(body["relation"], body["targetList"]);
      } else if (kind == "InsertStmt") {
        add(body["relation"], body["onConflictClause"]["targetList"]);
      } else if (kind == "MergeStmt") {
        for (const Value& item : body["mergeWhenClauses"].items()) {
          const Value clause = item["MergeWhenClause"];
          if (clause["commandType"].string() == "CMD_UPDATE") add(body["relation"], clause["targetList"]);
        }
      }
      visit(body);
    }
  }

  std::set<std::pair<QualifiedName, std::string>> found;

 private:
  void add(const Value& range_var, const Value& targets) {
    for (const Value& item : targets.items())
      found.emplace(tree::relation(range_var), std::string(item["ResTarget"]["name"].string()));
  }
};

}  // namespace

std::set<std::pair<QualifiedName, std::string>> columns_written_over(std::string_view statement) {
  const RawParse parsed = raw_parse(std::string(statement));
  WrittenColumns columns;
  if (parsed.tree) columns.visit(parsed.tree->root());
  return std::move(columns.found);
}

}  // namespace refract::catalog
