#include <algorithm>
#include <array>

#include "catalog/parse/block.h"
#include "catalog/parse/lower.h"
#include "catalog/parse/sql.h"
#include "catalog/tree/raw_parse.h"

namespace refract::catalog {
namespace {

constexpr std::int64_t kRaiseError = 21;  // PostgreSQL's level ERROR
// Deeper than any sensible block; keeps hostile text from exhausting the stack.
constexpr int kMaxDepth = 40;

std::string_view query_of(const Value& expression) {
  return expression["PLpgSQL_expr"]["query"].string();
}

// A text that EXECUTE runs, where it is a constant.
std::optional<std::string> constant_text(std::string_view expression) {
  const RawParse raw = raw_parse("SELECT " + std::string(expression));
  if (!raw.tree) return std::nullopt;
  const std::vector<Value> statements = raw.tree->root()["stmts"].items();
  if (statements.size() != 1) return std::nullopt;
  const std::vector<Value> targets = statements[0]["stmt"]["SelectStmt"]["targetList"].items();
  if (targets.size() != 1) return std::nullopt;
  const Value text = targets[0]["ResTarget"]["val"]["A_Const"]["sval"]["sval"];
  return text.exists() ? std::optional(std::string(text.string())) : std::nullopt;
}

class BlockReader {
 public:
  explicit BlockReader(Block& block) : block_(block) {}

  BlockBody body(const Value& statements, int depth = 0) {
    BlockBody read;
    for (const Value& statement : statements.items()) {
      const tree::Node node = tree::node(statement);
      if (depth >= kMaxDepth) {
        unknown(read, "is nested too deeply");
      } else if (node.kind == "PLpgSQL_stmt_block") {
        read.push_back({group(node.body, depth)});
      } else if (node.kind == "PLpgSQL_stmt_if") {
        read.push_back({branches(node.body, depth)});
      } else if (node.kind == "PLpgSQL_stmt_execsql") {
        run_sql(read, node.body);
      } else if (node.kind == "PLpgSQL_stmt_perform") {
        sql(read, query_of(node.body["expr"]));
        read.push_back({BlockAssign{"found", "EXISTS (" + std::string(query_of(node.body["expr"])) + ")"}});
      } else if (node.kind == "PLpgSQL_stmt_dynexecute") {
        const auto text = constant_text(query_of(node.body["query"]));
        if (text && node.body["params"].items().empty()) {
          sql(read, *text);
        } else {
          unknown(read, "runs SQL that it builds at run time");
        }
      } else if (node.kind == "PLpgSQL_stmt_assign") {
        assign(read, query_of(node.body["expr"]));
      } else if (node.kind == "PLpgSQL_stmt_raise") {
        if (node.body["elog_level"].integer() >= kRaiseError)
          read.push_back({BlockRaise{std::string(node.body["message"].string())}});
      } else if (node.kind == "PLpgSQL_stmt_return") {
        read.push_back({BlockReturn{}});
      } else if (node.kind.starts_with("PLpgSQL_stmt_for") || node.kind == "PLpgSQL_stmt_while" ||
                 node.kind == "PLpgSQL_stmt_loop") {
        loop(read, node.body, depth);
      } else {
        unknown(read, "contains a statement that is not analysed");
      }
    }
    return read;
  }

  BlockGroup group(const Value& statement, int depth) {
    BlockGroup group{body(statement["body"], depth + 1), {}};
    for (const Value& item : statement["exceptions"]["PLpgSQL_exception_block"]["exc_list"].items()) {
      const Value exception = item["PLpgSQL_exception"];
      BlockGroup::Handler handler;
      for (const Value& condition : exception["conditions"].items())
        handler.conditions.emplace_back(condition["PLpgSQL_condition"]["condname"].string());
      handler.body = body(exception["action"], depth + 1);
      group.handlers.push_back(std::move(handler));
    }
    return group;
  }

 private:
  void unknown(BlockBody& into, std::string_view reason) {
    into.push_back({BlockUnknown{"a DO block " + std::string(reason)}});
    block_.unknown = true;
  }

  BlockIf branches(const Value& statement, int depth) {
    BlockIf read;
    read.branches.push_back({std::string(query_of(statement["cond"])), body(statement["then_body"], depth + 1)});
    for (const Value& item : statement["elsif_list"].items()) {
      const Value branch = item["PLpgSQL_if_elsif"];
      read.branches.push_back({std::string(query_of(branch["cond"])), body(branch["stmts"], depth + 1)});
    }
    if (const Value otherwise = statement["else_body"]; !otherwise.items().empty())
      read.branches.push_back({{}, body(otherwise, depth + 1)});
    return read;
  }

  // Rows read and written in turn leave the structure alone; anything else depends on the rows.
  void loop(BlockBody& into, const Value& statement, int depth) {
    Block inner;
    BlockReader(inner).body(statement["body"], depth + 1);
    if (inner.changes > 0 || inner.unknown) unknown(into, "changes the structure in a loop");
  }

  // SELECT … INTO variable is in the tree without its INTO.
  void run_sql(BlockBody& into, const Value& statement) {
    const std::string_view query = query_of(statement["sqlstmt"]);
    const std::vector<Value> targets = statement["target"]["PLpgSQL_row"]["fields"].items();
    BlockBody discarded;
    const bool reads = statement["into"].boolean();
    sql(reads ? discarded : into, query);
    if (!reads) return;
    if (!discarded.empty() && std::holds_alternative<BlockUnknown>(discarded.back().what)) {
      into.push_back(std::move(discarded.back()));
    } else if (targets.size() == 1) {
      into.push_back({BlockAssign{std::string(targets[0]["name"].string()), "(" + std::string(query) + ")"}});
    }
  }

  void assign(BlockBody& into, std::string_view text) {
    const std::size_t sign = text.find('=');
    if (sign == std::string_view::npos) return;
    std::string_view name = text.substr(0, sign);
    while (!name.empty() && (name.back() == ':' || name.back() == ' ')) name.remove_suffix(1);
    into.push_back({BlockAssign{std::string(name), std::string(text.substr(sign + 1))}});
  }

  void sql(BlockBody& into, std::string_view text) {
    ParsedSql parsed = parse_sql(text);
    if (!parsed.errors.empty()) {
      unknown(into, "contains SQL that does not parse: " + parsed.errors.front().message);
      return;
    }
    for (Step& step : parsed.steps) {
      if (auto* opaque = std::get_if<Opaque>(&step.change); opaque != nullptr && opaque->block == nullptr) {
        into.push_back({BlockUnknown{opaque->reason}});
        block_.unknown = true;
        return;
      }
      if (std::holds_alternative<Transaction>(step.change)) {
        unknown(into, "ends the transaction it runs in");
        return;
      }
      if (auto* data = std::get_if<DataStatement>(&step.change)) {
        data->columns.clear();  // a name may be a variable's
      } else {
        ++block_.changes;
      }
      // Distinguished by place: the tables of one DROP TABLE go as one.
      step.origin.begin += place_;
      step.origin.end += place_;
    }
    place_ += static_cast<std::uint32_t>(text.size()) + 1;
    into.push_back({BlockSql{std::move(parsed.steps)}});
  }

  Block& block_;
  std::uint32_t place_ = 0;
};

}  // namespace

std::shared_ptr<const Block> read_block(std::string_view statement) {
  const auto tree = parse_plpgsql(std::string(statement));
  if (!tree) return nullptr;
  const std::vector<Value> functions = tree->root().items();
  if (functions.size() != 1) return nullptr;
  auto block = std::make_shared<Block>();
  const Value function = functions[0]["PLpgSQL_function"];
  BlockReader reader(*block);
  // A variable starts with its default, which may read anything: it is unknown until it is assigned.
  const Value action = function["action"]["PLpgSQL_stmt_block"];
  if (!action.exists()) return nullptr;
  block->body.push_back({reader.group(action, 0)});
  return block;
}

}  // namespace refract::catalog
