#include "catalog/expression/condition.h"

#include <algorithm>
#include <unordered_map>

#include "catalog/expression/literal.h"
#include "catalog/tree/raw_parse.h"
#include "catalog/tree/tree.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

using tree::Value;
using KnownValue = std::optional<SqlValue>;  // nullopt: unknown

constexpr int kMaxDepth = 60;
constexpr std::size_t kMaxRows = 2'000'000;  // of a join; more would take too long for a look-up

// A table of FROM and its current row.
struct Source {
  std::string alias;
  SystemTable table;
  std::size_t row = 0;
};

class Evaluator {
 public:
  explicit Evaluator(const EvaluationContext& context, bool constants_only = false)
      : around_(context), constants_only_(constants_only) {}

  KnownValue value(const Value& wrapped) {
    if (++depth_ > kMaxDepth) return std::nullopt;
    KnownValue answer = value_of(tree::node(wrapped));
    --depth_;
    return answer;
  }

  static KnownValue as_boolean(const SqlValue& value) {
    if (value.boolean()) return value;
    if (const auto number = value.number()) return SqlValue(*number != 0);
    static constexpr std::string_view kTrue[] = {"true", "t", "on", "yes", "y", "1"};
    static constexpr std::string_view kFalse[] = {"false", "f", "off", "no", "n", "0"};
    const std::string* text = value.text();
    const std::string lower = text == nullptr ? std::string() : ascii::to_lower(*text);
    if (std::ranges::find(kTrue, lower) != std::end(kTrue)) return SqlValue(true);
    return std::ranges::find(kFalse, lower) != std::end(kFalse) ? KnownValue(SqlValue(false)) : std::nullopt;
  }

 private:
  KnownValue value_of(const tree::Node& node) {
    if (node.kind == "A_Const") return constant(node.body);
    if (node.kind == "BoolExpr") return boolean(node.body);
    if (node.kind == "A_Expr") return operation(node.body);
    if (node.kind == "TypeCast") return cast(node.body);
    if (node.kind == "CoalesceExpr") return coalesce(node.body["args"].items());
    if (node.kind == "NullTest") {
      const KnownValue argument = value(node.body["arg"]);
      if (!argument) return std::nullopt;
      return SqlValue(argument->is_null() == (node.body["nulltesttype"].string() == "IS_NULL"));
    }
    if (node.kind == "BooleanTest") {
      const KnownValue argument = value(node.body["arg"]);
      const std::string_view test = node.body["booltesttype"].string();
      if (!argument || (!test.ends_with("TRUE") && !test.ends_with("FALSE"))) return std::nullopt;
      const bool is = *argument == SqlValue(test.ends_with("TRUE"));
      return SqlValue(test.starts_with("IS_NOT") ? !is : is);
    }
    if (constants_only_) return std::nullopt;
    if (node.kind == "SubLink") return sub_link(node.body);
    if (node.kind == "ColumnRef") return column(tree::texts(node.body["fields"]));
    if (node.kind == "FuncCall") return call(node.body);
    if (node.kind == "SQLValueFunction") {
      const std::string_view function = node.body["op"].string();
      if (function == "SVFOP_CURRENT_SCHEMA") return current_schema();
      if (function == "SVFOP_CURRENT_CATALOG") return SqlValue(std::string(kDatabase));
    }
    return std::nullopt;
  }

  static KnownValue constant(const Value& body) {
    if (body["isnull"].boolean()) return SqlValue();
    if (const Value number = body["ival"]; number.exists()) return SqlValue(number["ival"].integer());
    if (const Value truth = body["boolval"]; truth.exists()) return SqlValue(truth["boolval"].boolean());
    if (const Value text = body["sval"]; text.exists()) return SqlValue(std::string(text["sval"].string()));
    return std::nullopt;
  }

  KnownValue current_schema() const {
    for (const std::string& schema : around_.search_path) {
      if (std::ranges::binary_search(around_.catalog.schemas, schema)) return SqlValue(schema);
    }
    return SqlValue();
  }

  // Three-valued logic. An operand with an unknown value does not matter if another operand decides the result.
  KnownValue boolean(const Value& body) {
    const std::string_view operation = body["boolop"].string();
    const std::vector<Value> arguments = body["args"].items();
    if (operation == "NOT_EXPR") {
      const KnownValue argument = arguments.empty() ? std::nullopt : value(arguments[0]);
      if (!argument || argument->is_null()) return argument;
      const std::optional<bool> truth = argument->boolean();
      return truth ? KnownValue(!*truth) : std::nullopt;
    }
    const bool decisive = operation == "OR_EXPR";
    bool unknown = false, null = false;
    for (const Value& item : arguments) {
      const KnownValue argument = value(item);
      if (argument && *argument == SqlValue(decisive)) return argument;
      unknown = unknown || !argument;
      null = null || (argument && argument->is_null());
    }
    if (unknown) return std::nullopt;
    return null ? SqlValue() : SqlValue(!decisive);
  }

  KnownValue operation(const Value& body) {
    const std::string_view kind = body["kind"].string();
    const std::vector<std::string> names = tree::texts(body["name"]);
    if (names.empty()) return std::nullopt;
    const std::string& symbol = names.back();
    if (kind == "AEXPR_IN") return any_of(body["lexpr"], tree::list(body["rexpr"]), symbol == "=");
    if (kind == "AEXPR_OP_ANY") {
      const tree::Node array = tree::node(body["rexpr"]);
      if (array.kind != "A_ArrayExpr" || symbol != "=") return std::nullopt;
      return any_of(body["lexpr"], array.body["elements"].items(), true);
    }
    if (kind.starts_with("AEXPR_BETWEEN") || kind.starts_with("AEXPR_NOT_BETWEEN")) return between(body);
    const bool matches = kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE" || kind == "AEXPR_SIMILAR";
    if ((kind != "AEXPR_OP" && !matches) || !body["lexpr"].exists()) return std::nullopt;
    const KnownValue left = value(body["lexpr"]), right = value(body["rexpr"]);
    // Strict operators: NULL if either operand is NULL.
    static constexpr std::string_view kStrict[] = {"=", "<>", "<", ">",  "<=", ">=",  "+",  "-",   "*",   "/",
                                                   "%", "^",  "~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*"};
    const bool strict = matches || std::ranges::find(kStrict, symbol) != std::end(kStrict);
    const auto is_null = [](const KnownValue& side) { return side && side->is_null(); };
    if (strict && (is_null(left) || is_null(right))) return SqlValue();
    if (!left || !right || matches) return std::nullopt;
    if (left->is_null() || right->is_null()) return SqlValue();
    if (symbol == "||") {
      const std::string *one = left->text(), *other = right->text();
      return one != nullptr && other != nullptr ? KnownValue(SqlValue(*one + *other)) : std::nullopt;
    }
    // 't' can mean true and '1' can mean 1: values of two kinds are not compared.
    if (!left->is_like(*right)) return std::nullopt;
    if (symbol == "=") return SqlValue(*left == *right);
    if (symbol == "<>") return SqlValue(*left != *right);
    const std::optional<std::int64_t> one = left->number(), other = right->number();
    if (!one || !other) return std::nullopt;
    if (symbol == "<") return SqlValue(*one < *other);
    if (symbol == ">") return SqlValue(*one > *other);
    if (symbol == "<=") return SqlValue(*one <= *other);
    if (symbol == ">=") return SqlValue(*one >= *other);
    return std::nullopt;
  }

  // a BETWEEN b AND c, as the two comparisons that it represents.
  KnownValue between(const Value& body) {
    const std::vector<Value> bounds = tree::list(body["rexpr"]);
    const bool negated = body["kind"].string().starts_with("AEXPR_NOT");
    if (bounds.size() != 2 || body["kind"].string().ends_with("_SYM")) return std::nullopt;
    const KnownValue tested = value(body["lexpr"]);
    if (!tested) return std::nullopt;
    if (tested->is_null()) return SqlValue();
    const KnownValue low = value(bounds[0]), high = value(bounds[1]);
    if (!low || !high || !low->number() || !high->number() || !tested->number()) return std::nullopt;
    const bool within = *low->number() <= *tested->number() && *tested->number() <= *high->number();
    return SqlValue(within != negated);
  }

  KnownValue coalesce(const std::vector<Value>& arguments) {
    for (const Value& argument : arguments) {
      KnownValue one = value(argument);
      if (!one || !one->is_null()) return one;
    }
    return SqlValue();
  }

  KnownValue any_of(const Value& wanted, const std::vector<Value>& items, bool positive) {
    const KnownValue left = value(wanted);
    if (!left) return std::nullopt;
    if (left->is_null()) return SqlValue();
    bool found = false;
    for (const Value& item : items) {
      const KnownValue one = value(item);
      if (!one || one->is_null() || !one->is_like(*left)) return std::nullopt;
      found = found || *one == *left;
    }
    return SqlValue(found == positive);
  }

  // 'name'::regclass gives the oid; casts between text types do not change the value.
  KnownValue cast(const Value& body) {
    const KnownValue argument = value(body["arg"]);
    const std::vector<std::string> names = tree::texts(body["typeName"]["names"]);
    if (!argument || names.empty()) return std::nullopt;
    const std::string& type = names.back();
    const std::string* text = argument->text();
    if (argument->is_null()) return argument;
    if (type == "regclass" || type == "regtype") {
      if (text == nullptr) return std::nullopt;
      return object(*text, type == "regclass");
    }
    if (type == "regnamespace" && text != nullptr) return SqlValue(oid_of("schema", {*text, *text}));
    const bool keeps = type == "text" || type == "name" || type == "varchar";
    // An oid shown as text is an unknown number.
    const bool oid = text != nullptr && tree::node(body["arg"]).kind == "TypeCast";
    if (keeps && text != nullptr && !oid) return argument;
    if (type == "bool") return as_boolean(*argument);
    if (type == "oid" && oid) return argument;
    return std::nullopt;
  }

  // A missing object makes the block fail; the result is unknown here.
  KnownValue object(const std::string& text, bool relation) const {
    const QualifiedName name = read_qualified_name(text);
    if (!around_.find_relation) return std::nullopt;
    const auto found = relation ? around_.find_relation(name) : around_.find_type(name);
    if (!found) return std::nullopt;
    return SqlValue(oid_of(relation ? "table" : "type", *found));
  }

  KnownValue call(const Value& body) {
    const QualifiedName name = tree::qualified(body["funcname"]);
    const std::vector<Value> arguments = body["args"].items();
    if (name.name == "current_schema" && arguments.empty()) return current_schema();
    if (name.name == "current_database" && arguments.empty()) return SqlValue(std::string(kDatabase));
    static constexpr std::string_view kStrict[] = {"length",
                                                   "char_length",
                                                   "character_length",
                                                   "octet_length",
                                                   "lower",
                                                   "upper",
                                                   "btrim",
                                                   "ltrim",
                                                   "rtrim",
                                                   "abs",
                                                   "round",
                                                   "floor",
                                                   "ceil",
                                                   "trunc",
                                                   "mod",
                                                   "cardinality",
                                                   "array_length",
                                                   "jsonb_typeof",
                                                   "json_typeof",
                                                   "jsonb_array_length",
                                                   "date_part",
                                                   "extract",
                                                   "starts_with",
                                                   "position",
                                                   "strpos"};
    if (std::ranges::find(kStrict, name.name) != std::end(kStrict)) {
      const bool null = std::ranges::any_of(arguments, [&](const Value& item) {
        const KnownValue one = value(item);
        return one && one->is_null();
      });
      if (null) return SqlValue();
    }
    if (arguments.size() != 1) return std::nullopt;
    const KnownValue argument = value(arguments[0]);
    if (!argument) return std::nullopt;
    const std::string* text = argument->text();
    if (text == nullptr) return std::nullopt;
    if (name.name.starts_with("to_reg") && !around_.find_relation) return std::nullopt;
    if (name.name == "to_regclass" || name.name == "to_regtype") {
      return object(*text, name.name == "to_regclass").value_or(SqlValue());
    }
    if (name.name == "to_regnamespace") {
      const std::string schema = read_qualified_name(*text).name;
      const bool exists = std::ranges::binary_search(around_.catalog.schemas, schema);
      return exists ? SqlValue(oid_of("schema", {schema, schema})) : SqlValue();
    }
    if (name.name == "lower" || name.name == "quote_ident") {
      const bool plain = std::ranges::all_of(*text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
      return plain ? argument : std::nullopt;
    }
    return std::nullopt;
  }

  KnownValue column(const std::vector<std::string>& names) {
    if (names.empty() || names.size() > 2) return std::nullopt;
    for (auto level = scopes_.rbegin(); level != scopes_.rend(); ++level) {
      for (const Source& source : *level) {
        if (names.size() == 2 && source.alias != names[0]) continue;
        const auto place = std::ranges::find(source.table.columns, names.back());
        if (place != source.table.columns.end())
          return source.table.rows[source.row][static_cast<std::size_t>(place - source.table.columns.begin())];
        if (names.size() == 2) return std::nullopt;
      }
    }
    if (names.size() != 1) return std::nullopt;
    const auto variable = around_.variables.find(names[0]);
    return variable == around_.variables.end() ? std::nullopt : KnownValue(variable->second);
  }

  KnownValue sub_link(const Value& body) {
    const std::string_view kind = body["subLinkType"].string();
    const Value select = body["subselect"]["SelectStmt"];
    if (kind == "EXISTS_SUBLINK") {
      const auto rows = select_rows(select, false);
      return rows ? KnownValue(SqlValue(!rows->empty())) : std::nullopt;
    }
    const auto rows = select_rows(select, true);
    if (!rows) return std::nullopt;
    if (kind == "EXPR_SUBLINK") {
      if (rows->size() > 1) return std::nullopt;
      return rows->empty() ? SqlValue() : rows->front();
    }
    if (kind != "ANY_SUBLINK" || body["operName"].exists()) return std::nullopt;
    const KnownValue wanted = value(body["testexpr"]);
    if (!wanted || wanted->is_null()) return wanted;
    bool null = false;
    for (const SqlValue& row : *rows) {
      if (row == *wanted) return SqlValue(true);
      null = null || row.is_null();
    }
    return null ? SqlValue() : SqlValue(false);
  }

  // Adds the tables of a FROM item and the conditions of its inner joins. False: an item is not a system table.
  bool add_source(const Value& item, std::vector<Source>& sources, std::vector<Value>& conditions) {
    const tree::Node node = tree::node(item);
    if (node.kind == "JoinExpr") {
      if (node.body["jointype"].string() != "JOIN_INNER" || node.body["isNatural"].boolean() ||
          node.body["usingClause"].exists())
        return false;
      if (node.body["quals"].exists()) conditions.push_back(node.body["quals"]);
      return add_source(node.body["larg"], sources, conditions) && add_source(node.body["rarg"], sources, conditions);
    }
    if (node.kind != "RangeVar") return false;
    const QualifiedName name = tree::relation(node.body);
    auto table = system_table(name, around_.catalog);
    if (!table) return false;
    const std::string_view alias = node.body["alias"]["aliasname"].string();
    sources.push_back({std::string(alias.empty() ? name.name : alias), std::move(*table)});
    return true;
  }

  // For each row that satisfies WHERE: the value of its first column if `values`, else a placeholder.
  std::optional<std::vector<SqlValue>> select_rows(const Value& select, bool values) {
    static constexpr std::string_view kUnsupportedClauses[] = {"groupClause", "havingClause", "valuesLists",   "larg",
                                                               "withClause",  "limitOffset",  "distinctClause"};
    for (const std::string_view part : kUnsupportedClauses) {
      if (select[part].exists() && (select[part].is_object() || !select[part].items().empty())) return std::nullopt;
    }
    std::vector<Source> sources;
    std::vector<Value> conditions;
    for (const Value& item : select["fromClause"].items()) {
      if (!add_source(item, sources, conditions)) return std::nullopt;
    }
    if (select["whereClause"].exists()) conditions.push_back(select["whereClause"]);
    const std::vector<Value> targets = select["targetList"].items();
    const Value target = targets.size() == 1 ? targets[0]["ResTarget"]["val"] : Value();
    if (values && !target.exists()) return std::nullopt;
    const bool counts = target["FuncCall"]["agg_star"].boolean();
    // The rows lack PostgreSQL's own objects, so the result is reliable only if the query searches for a name that
    // cannot be one of them.
    const bool searches_by_name =
        sources.empty() || std::ranges::any_of(conditions, [&](const Value& one) { return restricts_name(one, 0); });

    scopes_.push_back(std::move(sources));
    std::vector<SqlValue> found;
    std::size_t rows = 0;
    bool complete = true;
    const auto visit = [&](const auto& self, std::size_t at) -> bool {
      if (at < scopes_.back().size()) {
        const std::size_t count = scopes_.back()[at].table.rows.size();
        for (std::size_t row = 0; row < count; ++row) {
          scopes_.back()[at].row = row;
          if (!self(self, at + 1)) return false;
        }
        return true;
      }
      if (++rows > kMaxRows) return false;
      for (const Value& condition : conditions) {
        const KnownValue holds = value(condition);
        if (!holds) return false;
        if (*holds != SqlValue(true)) return true;
      }
      const KnownValue one = values && !counts ? value(target) : SqlValue(true);
      if (!one) return false;
      found.push_back(*one);
      return true;
    };
    complete = visit(visit, 0);
    scopes_.pop_back();
    if (!complete || (!searches_by_name && (counts || found.empty()))) return std::nullopt;
    if (counts) return std::vector<SqlValue>{SqlValue(static_cast<std::int64_t>(found.size()))};
    return found;
  }

  // True if a conjunct is name = 'constant', where the constant does not begin with pg_, which PostgreSQL reserves.
  static bool restricts_name(const Value& condition, int depth) {
    const tree::Node node = tree::node(condition);
    if (node.kind == "BoolExpr" && node.body["boolop"].string() == "AND_EXPR" && depth < kMaxDepth) {
      return std::ranges::any_of(node.body["args"].items(),
                                 [&](const Value& one) { return restricts_name(one, depth + 1); });
    }
    if (node.kind != "A_Expr" || tree::texts(node.body["name"]) != std::vector<std::string>{"="}) return false;
    for (const auto& [column, constant] : {std::pair{"lexpr", "rexpr"}, std::pair{"rexpr", "lexpr"}}) {
      const std::vector<std::string> names = tree::texts(node.body[column]["ColumnRef"]["fields"]);
      if (names.empty()) continue;
      Value other = node.body[constant];
      if (const Value inner = other["TypeCast"]["arg"]; inner.exists()) {
        // 'a'::regclass identifies one object, which belongs to the project.
        if (names.back().ends_with("relid") || names.back().ends_with("typid")) return true;
        other = inner;
      }
      if (other["SubLink"].exists() && names.back() == "enumtypid") return true;
      const Value text = other["A_Const"]["sval"]["sval"];
      if (is_name_column(names.back()) && text.exists() && !text.string().starts_with("pg_")) return true;
      if (is_name_column(names.back()) && !other["List"].items().empty()) return true;
    }
    const Value items = node.body["rexpr"]["List"]["items"];
    const std::vector<std::string> names = tree::texts(node.body["lexpr"]["ColumnRef"]["fields"]);
    return items.exists() && !names.empty() && is_name_column(names.back());
  }

  const EvaluationContext& around_;
  const bool constants_only_;  // columns, functions and subqueries are unknown
  std::vector<std::vector<Source>> scopes_;
  int depth_ = 0;
};

}  // namespace

std::optional<bool> constant_truth(const tree::Value& expression) {
  static const Catalog kNone = Catalog::empty();
  static const std::vector<std::string> kNowhere;
  static const std::map<std::string, SqlValue> kNoVariables;
  const EvaluationContext nothing{kNone, kNowhere, {}, {}, kNoVariables};
  const Value constant = expression["A_Const"]["sval"];
  // WHERE 'true': a string where a truth value is asked for.
  if (constant.exists()) {
    const KnownValue truth = Evaluator::as_boolean(SqlValue(std::string(constant["sval"].string())));
    return truth ? truth->boolean() : std::nullopt;
  }
  const KnownValue answer = Evaluator(nothing, true).value(expression);
  return answer ? answer->boolean() : std::nullopt;
}

namespace {

// A check passes unless it is false. NULL passes; an OR passes if one operand does.
bool never_false(const Value& expression, Evaluator& evaluator) {
  const Value joined = expression["BoolExpr"];
  const auto passes = [&](const Value& part) { return never_false(part, evaluator); };
  if (joined["boolop"].string() == "AND_EXPR") return std::ranges::all_of(joined["args"].items(), passes);
  if (joined["boolop"].string() == "OR_EXPR" && std::ranges::any_of(joined["args"].items(), passes)) return true;
  const KnownValue answer = evaluator.value(expression);
  return answer && (answer->is_null() || answer->boolean() == true);
}

}  // namespace

bool cannot_fail(std::string_view check, const EvaluationContext& context) {
  const RawParse raw = raw_parse_expression(check);
  const std::optional<Value> expression = expression_of(raw);
  Evaluator evaluator(context);
  return expression && never_false(*expression, evaluator);
}

std::optional<SqlValue> evaluate(std::string_view expression, const EvaluationContext& context) {
  const RawParse raw = raw_parse("SELECT " + std::string(expression));
  if (!raw.tree) return std::nullopt;
  const std::vector<Value> statements = raw.tree->root()["stmts"].items();
  if (statements.size() != 1) return std::nullopt;
  const Value select = statements[0]["stmt"]["SelectStmt"];
  const std::vector<Value> targets = select["targetList"].items();
  // Both IF (SELECT …) and IF count(*) = 0 FROM … occur. The latter is a complete query, which is not evaluated.
  if (targets.size() != 1 || select["fromClause"].exists()) return std::nullopt;
  return Evaluator(context).value(targets[0]["ResTarget"]["val"]);
}

}  // namespace refract::catalog
