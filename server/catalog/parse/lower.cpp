#include "catalog/parse/lower.h"

#include <algorithm>
#include <unordered_map>

#include "catalog/parse/block.h"
#include "catalog/parse/row_effects.h"

namespace refract::catalog {
namespace {

using Handler = void (*)(const Value&, Lowering&);

std::vector<QualifiedName> target(const Value& body) {
  return {tree::relation(body["relation"])};
}

void transaction(const Value& body, Lowering& lowering) {
  using enum Transaction::Kind;
  static const std::unordered_map<std::string_view, Transaction::Kind> kKinds = {
      {"TRANS_STMT_BEGIN", begin},
      {"TRANS_STMT_START", begin},
      {"TRANS_STMT_COMMIT", commit},
      {"TRANS_STMT_ROLLBACK", rollback},
      {"TRANS_STMT_SAVEPOINT", savepoint},
      {"TRANS_STMT_RELEASE", release},
      {"TRANS_STMT_ROLLBACK_TO", rollback_to}};
  const auto kind = kKinds.find(body["kind"].string());
  if (kind == kKinds.end()) {
    lowering.opaque("a prepared transaction is ended by another session");
  } else {
    lowering.add(Transaction{kind->second, std::string(body["savepoint_name"].string())});
  }
}

void truncate(const Value& body, Lowering& lowering) {
  DataStatement statement{"TRUNCATE", {}};
  for (const Value& relation : body["relations"].items())
    statement.tables.push_back(tree::relation(relation["RangeVar"]));
  lowering.add(std::move(statement));
}

bool has_option(const Value& options, std::string_view name) {
  const std::vector<Value> items = options.items();
  return std::ranges::any_of(items, [&](const Value& item) { return item["DefElem"]["defname"].string() == name; });
}

std::string vacuum_verb(const Value& body) {
  return has_option(body["options"], "full") ? "VACUUM FULL" : "VACUUM";
}

const std::unordered_map<std::string_view, Handler>& handlers() {
  static const std::unordered_map<std::string_view, Handler> kHandlers = {
      {"CreateStmt", lower_create_table},
      {"CreateTableAsStmt", lower_create_table_as},
      {"AlterTableStmt", lower_alter_table},
      {"RenameStmt", lower_rename},
      {"AlterObjectSchemaStmt", lower_set_schema},
      {"IndexStmt", lower_create_index},
      {"CreateEnumStmt", lower_create_enum},
      {"AlterEnumStmt", lower_alter_enum},
      {"CreateSchemaStmt", lower_create_schema},
      {"CreateExtensionStmt", lower_create_extension},
      {"AlterExtensionStmt", lower_alter_extension},
      {"CreateSeqStmt", lower_create_sequence},
      {"AlterSeqStmt", lower_alter_sequence},
      {"DropStmt", lower_drop},
      {"ViewStmt", lower_create_view},
      {"SelectStmt", lower_select},
      {"VariableSetStmt", lower_set_variable},
      {"TransactionStmt", transaction},
      {"DiscardStmt",
       [](const Value& b, Lowering& l) {
         const bool all = b["target"].string() == "DISCARD_ALL";
         l.add(all ? Change(SetSearchPath{{}, false, SetSearchPath::Kind::reset_all})
                   : Change(DataStatement{"DISCARD", {}}));
       }},
      {"TruncateStmt", truncate},
      {"InsertStmt", [](const Value& b, Lowering& l) { lower_data("INSERT", b, l); }},
      {"UpdateStmt", [](const Value& b, Lowering& l) { lower_data("UPDATE", b, l); }},
      {"DeleteStmt", [](const Value& b, Lowering& l) { lower_data("DELETE", b, l); }},
      {"MergeStmt", lower_merge},
      {"CopyStmt",
       [](const Value& b, Lowering& l) {
         if (b["query"].exists()) lower_statement(b["query"], l);  // COPY (DELETE … RETURNING …) TO …
         l.add(DataStatement{"COPY", target(b)});
       }},
      {"ExplainStmt",
       [](const Value& b, Lowering& l) {
         if (runs_its_statement(b)) lower_statement(b["query"], l);
         l.add(DataStatement{"EXPLAIN", {}});
       }},
      {"LockStmt",
       [](const Value&, Lowering& l) {
         l.add(DataStatement{"LOCK", {}});
       }},
      {"DoStmt",
       [](const Value&, Lowering& l) {
         l.add(Opaque{"a DO block runs arbitrary code", read_block(l.statement())});
       }},
      {"ExecuteStmt", [](const Value&, Lowering& l) { l.opaque("EXECUTE runs a prepared statement"); }},
      {"CallStmt",
       [](const Value& b, Lowering& l) {
         l.add(Opaque{.reason = "CALL runs a procedure, which may change the structure",
                      .calls = {tree::qualified(b["funccall"]["funcname"]).name}});
       }},
      {"ImportForeignSchemaStmt",
       [](const Value&, Lowering& l) { l.opaque("IMPORT FOREIGN SCHEMA takes its tables from another server"); }},
      {"VacuumStmt",
       [](const Value& b, Lowering& l) {
         DataStatement statement{b["is_vacuumcmd"].boolean() ? vacuum_verb(b) : "ANALYZE", {}};
         for (const Value& item : b["rels"].items())
           statement.tables.push_back(tree::relation(item["VacuumRelation"]["relation"]));
         l.add(std::move(statement));
       }},
      {"ReindexStmt",
       [](const Value& b, Lowering& l) {
         l.add(DataStatement{has_option(b["params"], "concurrently") ? "REINDEX CONCURRENTLY" : "REINDEX", target(b)});
       }},
      {"ClusterStmt",
       [](const Value& b, Lowering& l) {
         l.add(DataStatement{"CLUSTER", target(b)});
       }},
      {"DropOwnedStmt",
       [](const Value&, Lowering& l) {
         l.add(DataStatement{"DROP OWNED", {}});
         l.opaque("DROP OWNED drops whatever the role owns in the database");
       }},
      {"AlterRoleSetStmt", [](const Value& b, Lowering& l) { lower_stored_setting("ALTER ROLE", b, l); }},
      {"AlterDatabaseSetStmt", [](const Value& b, Lowering& l) { lower_stored_setting("ALTER DATABASE", b, l); }},
      {"AlterSystemStmt", [](const Value& b, Lowering& l) { lower_stored_setting("ALTER SYSTEM", b, l); }},
      {"DropdbStmt",
       [](const Value&, Lowering& l) {
         l.add(DataStatement{"DROP DATABASE", {}});
       }},
      {"CreatedbStmt",
       [](const Value&, Lowering& l) {
         l.add(DataStatement{"CREATE DATABASE", {}});
       }},
  };
  return kHandlers;
}

}  // namespace

void lower_statement(const Value& statement, Lowering& lowering) {
  const tree::Node node = tree::node(statement);
  if (const auto handler = handlers().find(node.kind); handler != handlers().end()) {
    handler->second(node.body, lowering);
  } else if (!lower_unmanaged(node.kind, node.body, lowering)) {
    // Settings, owners, statistics and similar properties, which no schema describes.
    std::string_view verb = node.kind;
    if (verb.ends_with("Stmt")) verb.remove_suffix(4);
    lowering.add(DataStatement{std::string(verb), {}});
  }
}

}  // namespace refract::catalog
