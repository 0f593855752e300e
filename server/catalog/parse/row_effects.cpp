#include "catalog/parse/row_effects.h"

#include <algorithm>

#include "catalog/tree/raw_parse.h"
#include "catalog/tree/tree.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

using tree::Value;

// What only defines something: it runs later, or not at all.
bool is_definition(std::string_view kind) {
  static constexpr std::string_view kDefinitions[] = {"CreateFunctionStmt", "RuleStmt",       "PrepareStmt", "ViewStmt",
                                                      "CreatePolicyStmt",   "CreateTrigStmt", "CreateStmt"};
  return std::ranges::find(kDefinitions, kind) != std::end(kDefinitions);
}

class Reader {
 public:
  void visit(const Value& value) {
    for (const Value& item : value.items()) visit(item);
    for (const auto& [kind, body] : value.members()) {
      if (tree::is_leaf(kind) || is_definition(kind) || (kind == "ExplainStmt" && !runs_its_statement(body))) continue;
      read(kind, body);
      visit(body);
    }
  }

  RowEffects found;

 private:
  void read(std::string_view kind, const Value& body) {
    const Value target = body["relation"];
    if (kind == "UpdateStmt") {
      write(target);
      write_over(target, body["targetList"]);
    } else if (kind == "InsertStmt") {
      write(target);
      write_over(target, body["onConflictClause"]["targetList"]);
    } else if (kind == "DeleteStmt") {
      write(target);
      found.deleted_from.insert(tree::relation(target));
    } else if (kind == "MergeStmt") {
      write(target);
      for (const Value& item : body["mergeWhenClauses"].items()) {
        const Value clause = item["MergeWhenClause"];
        if (clause["commandType"].string() == "CMD_UPDATE") write_over(target, clause["targetList"]);
        if (clause["commandType"].string() == "CMD_DELETE") found.deleted_from.insert(tree::relation(target));
      }
    } else if (kind == "CopyStmt") {
      if (body["is_from"].boolean()) write(target);
    } else if (kind == "FuncCall") {
      found.calls.insert(tree::qualified(body["funcname"]).name);
    } else if (kind == "ExecuteStmt") {
      found.executes = true;
    } else if (kind == "AlterTableStmt" && body["objtype"].string() == "OBJECT_TYPE") {
      for (const Value& item : body["cmds"].items()) {
        const std::string_view command = item["AlterTableCmd"]["subtype"].string();
        found.narrows_type |= command == "AT_DropColumn" || command == "AT_AlterColumnType";
      }
    }
  }

  void write(const Value& range_var) { found.written_to.insert(tree::relation(range_var)); }
  void write_over(const Value& range_var, const Value& targets) {
    for (const Value& item : targets.items())
      found.overwritten.emplace(tree::relation(range_var), std::string(item["ResTarget"]["name"].string()));
  }
};

}  // namespace

bool runs_its_statement(const Value& explain) {
  for (const Value& item : explain["options"].items()) {
    const Value option = item["DefElem"];
    if (option["defname"].string() != "analyze") continue;
    const std::string value = ascii::to_lower(tree::text(option["arg"]));
    const Value number = option["arg"]["Integer"];
    return value != "off" && value != "false" && !(number.exists() && number["ival"].integer() == 0);
  }
  return false;
}

RowEffects row_effects(std::string_view statement) {
  const RawParse parsed = raw_parse(std::string(statement));
  Reader reader;
  if (parsed.tree) reader.visit(parsed.tree->root());
  return std::move(reader.found);
}

}  // namespace refract::catalog
