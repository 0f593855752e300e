#include "catalog/parse/sending.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "catalog/tree/raw_parse.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

using tree::Value;
using Handler = SendingRule (*)(const Value&, std::string_view);
using enum Sending;

// The option of a list of DefElem; an empty view where it is not given, "true" where it is given without a value.
std::string_view option(const Value& options, std::string_view name) {
  for (const Value& item : options.items()) {
    const Value element = item["DefElem"];
    if (element["defname"].string() != name) continue;
    const Value argument = element["arg"];
    if (!argument.exists()) return "true";
    if (const Value number = argument["Integer"]; number.exists()) return number["ival"].integer() == 0 ? "off" : "on";
    if (const Value flag = argument["Boolean"]; flag.exists()) return flag["boolval"].boolean() ? "on" : "off";
    return tree::text(argument);
  }
  return {};
}

bool is_off(std::string_view value) {
  const std::string lower = ascii::to_lower(value);
  return lower == "false" || lower == "off" || lower == "no" || lower == "0";
}

bool is_on(std::string_view value) {
  return !value.empty() && !is_off(value);
}

SendingRule transaction(const Value& body, std::string_view) {
  const std::string_view kind = body["kind"].string();
  if (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START") return {begins, "BEGIN"};
  const bool chain = body["chain"].boolean();
  if (kind == "TRANS_STMT_COMMIT") return {chain ? continues : ends, "COMMIT"};
  if (kind == "TRANS_STMT_ROLLBACK") return {chain ? continues : ends, "ROLLBACK"};
  if (kind == "TRANS_STMT_PREPARE") return {ends, "PREPARE TRANSACTION"};
  if (kind == "TRANS_STMT_COMMIT_PREPARED") return {alone, "COMMIT PREPARED"};
  if (kind == "TRANS_STMT_ROLLBACK_PREPARED") return {alone, "ROLLBACK PREPARED"};
  if (kind == "TRANS_STMT_SAVEPOINT") return {in_block, "SAVEPOINT"};
  if (kind == "TRANS_STMT_RELEASE") return {in_block, "RELEASE SAVEPOINT"};
  if (kind == "TRANS_STMT_ROLLBACK_TO") return {in_block, "ROLLBACK TO SAVEPOINT"};
  return {};
}

SendingRule reindex(const Value& body, std::string_view) {
  if (is_on(option(body["params"], "concurrently"))) return {alone, "REINDEX CONCURRENTLY"};
  const std::string_view kind = body["kind"].string();
  if (kind == "REINDEX_OBJECT_DATABASE") return {alone, "REINDEX DATABASE"};
  if (kind == "REINDEX_OBJECT_SYSTEM") return {alone, "REINDEX SYSTEM"};
  if (kind == "REINDEX_OBJECT_SCHEMA") return {alone, "REINDEX SCHEMA"};
  return {};
}

SendingRule alter_table(const Value& body, std::string_view) {
  for (const Value& item : body["cmds"].items()) {
    const Value command = item["AlterTableCmd"];
    if (command["subtype"].string() == "AT_DetachPartition" && command["def"]["PartitionCmd"]["concurrent"].boolean())
      return {alone, "ALTER TABLE ... DETACH CONCURRENTLY"};
  }
  return {};
}

SendingRule create_subscription(const Value& body, std::string_view) {
  const Value options = body["options"];
  if (is_off(option(options, "create_slot")) || is_off(option(options, "connect"))) return {};
  return {alone, "CREATE SUBSCRIPTION ... WITH (create_slot = true)"};
}

SendingRule alter_subscription(const Value& body, std::string_view) {
  const std::string_view kind = body["kind"].string();
  if (kind == "ALTER_SUBSCRIPTION_REFRESH") return {alone, "ALTER SUBSCRIPTION ... REFRESH"};
  const bool publications = kind.ends_with("_PUBLICATION");
  if (!publications || is_off(option(body["options"], "refresh"))) return {};
  return {alone, "ALTER SUBSCRIPTION with refresh"};
}

// Whether PL/pgSQL's tree ends a transaction somewhere.
bool ends_transactions(const Value& node) {
  for (const auto& [name, member] : node.members()) {
    if (name == "PLpgSQL_stmt_commit" || name == "PLpgSQL_stmt_rollback" || ends_transactions(member)) return true;
  }
  return std::ranges::any_of(node.items(), ends_transactions);
}

// The SQL of a statement of PL/pgSQL, where its text is known.
std::string sql_of(const Value& statement) {
  if (const Value plain = statement["PLpgSQL_stmt_execsql"]; plain.exists())
    return std::string(plain["sqlstmt"]["PLpgSQL_expr"]["query"].string());
  std::string_view query = statement["PLpgSQL_stmt_dynexecute"]["query"]["PLpgSQL_expr"]["query"].string();
  // EXECUTE of one literal.
  if (query.size() < 2 || !query.starts_with('\'') || query.find('\'', 1) != query.size() - 1) return {};
  return std::string(query.substr(1, query.size() - 2));
}

// The command, among the statements that a block runs in any case, that refuses to run inside of a function.
std::string_view refusing_command(const Value& block) {
  if (block["exceptions"].exists()) return {};
  for (const Value& statement : block["body"].items()) {
    const auto [kind, body] = statement.first_member();
    if (kind == "PLpgSQL_stmt_return") return {};
    if (kind == "PLpgSQL_stmt_block") {
      if (const std::string_view command = refusing_command(body); !command.empty()) return command;
    }
    const std::string sql = sql_of(statement);
    const RawParse parsed = sql.empty() ? RawParse{} : raw_parse(sql);
    if (!parsed.tree) continue;
    for (const Value& raw : parsed.tree->root()["stmts"].items()) {
      const tree::Node node = tree::node(raw["stmt"]);
      const SendingRule rule = node.kind == "DoStmt" ? SendingRule{} : sending_of(node.kind, node.body, sql);
      if (rule.sending == alone) return rule.command;
    }
  }
  return {};
}

SendingRule do_block(const Value&, std::string_view text) {
  // Words of what is looked for: parsing every block would cost too much.
  static constexpr std::string_view kWords[] = {"commit", "rollback", "concurrently", "vacuum", "system", "database"};
  const std::string lower = ascii::to_lower(text);
  if (std::ranges::any_of(kWords, [&](std::string_view word) { return lower.contains(word); })) {
    const auto parsed = parse_plpgsql(std::string(text));
    if (parsed && !parsed->root().items().empty()) {
      const Value root = parsed->root().items().front();
      const std::string_view command = refusing_command(root["PLpgSQL_function"]["action"]["PLpgSQL_stmt_block"]);
      if (!command.empty()) return {never, command};
    }
    if (parsed && ends_transactions(parsed->root())) return {alone, "DO with COMMIT"};
  }
  return {procedure, "DO"};
}

SendingRule copy(const Value& body, std::string_view) {
  const bool client = body["filename"].string().empty() && !body["is_program"].boolean();
  if (client && body["is_from"].boolean()) return {from_client, "COPY FROM STDIN"};
  return {};
}

// The statements for which PostgreSQL calls PreventInTransactionBlock, and those that begin and end blocks.
const std::unordered_map<std::string_view, Handler>& handlers() {
  static const std::unordered_map<std::string_view, Handler> kHandlers = {
      {"TransactionStmt", transaction},
      {"ReindexStmt", reindex},
      {"AlterTableStmt", alter_table},
      {"CreateSubscriptionStmt", create_subscription},
      {"AlterSubscriptionStmt", alter_subscription},
      {"DoStmt", do_block},
      {"CopyStmt", copy},
      {"IndexStmt",
       [](const Value& body, std::string_view) -> SendingRule {
         if (!body["concurrent"].boolean()) return {};
         return {alone, "CREATE INDEX CONCURRENTLY"};
       }},
      {"DropStmt",
       [](const Value& body, std::string_view) -> SendingRule {
         if (!body["concurrent"].boolean()) return {};
         return {alone, "DROP INDEX CONCURRENTLY"};
       }},
      {"VacuumStmt",
       [](const Value& body, std::string_view) -> SendingRule {
         if (!body["is_vacuumcmd"].boolean()) return {};
         return {alone, "VACUUM"};
       }},
      {"ClusterStmt",
       [](const Value& body, std::string_view) -> SendingRule {
         if (body["relation"].exists()) return {};
         return {alone, "CLUSTER"};
       }},
      {"AlterDatabaseStmt",
       [](const Value& body, std::string_view) -> SendingRule {
         if (option(body["options"], "tablespace").empty()) return {};
         return {alone, "ALTER DATABASE SET TABLESPACE"};
       }},
      {"DiscardStmt",
       [](const Value& body, std::string_view) -> SendingRule {
         if (body["target"].string() != "DISCARD_ALL") return {};
         return {alone, "DISCARD ALL"};
       }},
      {"CallStmt",
       [](const Value&, std::string_view) {
         return SendingRule{procedure, "CALL"};
       }},
      {"CreatedbStmt",
       [](const Value&, std::string_view) {
         return SendingRule{alone, "CREATE DATABASE"};
       }},
      {"DropdbStmt",
       [](const Value&, std::string_view) {
         return SendingRule{alone, "DROP DATABASE"};
       }},
      {"AlterSystemStmt",
       [](const Value&, std::string_view) {
         return SendingRule{alone, "ALTER SYSTEM"};
       }},
      {"CreateTableSpaceStmt",
       [](const Value&, std::string_view) {
         return SendingRule{alone, "CREATE TABLESPACE"};
       }},
      {"DropTableSpaceStmt",
       [](const Value&, std::string_view) {
         return SendingRule{alone, "DROP TABLESPACE"};
       }},
      {"DropSubscriptionStmt",
       [](const Value&, std::string_view) {
         return SendingRule{alone, "DROP SUBSCRIPTION"};
       }},
  };
  return kHandlers;
}

}  // namespace

SendingRule sending_of(std::string_view kind, const Value& body, std::string_view text) {
  const auto handler = handlers().find(kind);
  return handler == handlers().end() ? SendingRule{} : handler->second(body, text);
}

}  // namespace refract::catalog
