#include "catalog/expression/printer.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "catalog/expression/expression.h"
#include "catalog/expression/literal.h"
#include "catalog/expression/type.h"
#include "catalog/tree/reader.h"

namespace refract::catalog {
namespace {

using tree::Node;
using tree::Value;

// Words that cannot be a column's name without quotes.
bool is_reserved(std::string_view word) {
  static const std::unordered_set<std::string_view> kWords = {"all",          "analyse",
                                                              "analyze",      "and",
                                                              "any",          "array",
                                                              "as",           "asc",
                                                              "asymmetric",   "both",
                                                              "case",         "cast",
                                                              "check",        "collate",
                                                              "column",       "constraint",
                                                              "create",       "current_catalog",
                                                              "current_date", "current_role",
                                                              "current_time", "current_timestamp",
                                                              "current_user", "default",
                                                              "deferrable",   "desc",
                                                              "distinct",     "do",
                                                              "else",         "end",
                                                              "except",       "false",
                                                              "fetch",        "for",
                                                              "foreign",      "from",
                                                              "grant",        "group",
                                                              "having",       "in",
                                                              "initially",    "intersect",
                                                              "into",         "lateral",
                                                              "leading",      "limit",
                                                              "localtime",    "localtimestamp",
                                                              "not",          "null",
                                                              "offset",       "on",
                                                              "only",         "or",
                                                              "order",        "placing",
                                                              "primary",      "references",
                                                              "returning",    "select",
                                                              "session_user", "some",
                                                              "symmetric",    "table",
                                                              "then",         "to",
                                                              "trailing",     "true",
                                                              "union",        "unique",
                                                              "user",         "using",
                                                              "variadic",     "when",
                                                              "where",        "window",
                                                              "with"};
  return kWords.contains(word);
}

}  // namespace

std::string name_in_expression(std::string_view name) {
  const bool plain = !name.empty() && (name[0] == '_' || (name[0] >= 'a' && name[0] <= 'z')) &&
                     name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
  return plain && !is_reserved(name) ? std::string(name) : quote_name(name);
}

namespace {

// Types to which PostgreSQL casts columns by itself when it resolves an operator or a function.
bool is_implicit_target(const ColumnType& type) {
  static const std::unordered_set<std::string_view> kNames = {"text", "varchar", "bpchar", "numeric", "float8", "int8"};
  return type.schema.empty() && kNames.contains(type.name);
}

class Printer {
 public:
  explicit Printer(PrintStyle style) : normal_(style == PrintStyle::normal) {}

  std::string print(const Value& wrapped) {
    const Node node = tree::node(wrapped);
    static const std::unordered_map<std::string_view, std::string (Printer::*)(const Value&)> kPrinters = {
        {"A_Const", &Printer::constant},
        {"ColumnRef", &Printer::column},
        {"FuncCall", &Printer::call},
        {"TypeCast", &Printer::cast},
        {"A_Expr", &Printer::operation},
        {"BoolExpr", &Printer::boolean},
        {"NullTest", &Printer::null_test},
        {"BooleanTest", &Printer::boolean_test},
        {"CaseExpr", &Printer::case_of},
        {"CoalesceExpr", &Printer::coalesce},
        {"MinMaxExpr", &Printer::min_max},
        {"A_ArrayExpr", &Printer::array},
        {"SQLValueFunction", &Printer::value},
        {"A_Indirection", &Printer::indirection},
        {"RowExpr", &Printer::row},
        {"CollateClause", &Printer::collate},
        {"NamedArgExpr", &Printer::named_argument},
        {"List", &Printer::list},
        {"String", &Printer::string},
        {"A_Star", &Printer::star}};
    const auto found = kPrinters.find(node.kind);
    return found == kPrinters.end() ? structure(wrapped) : (this->*found->second)(node.body);
  }

 private:
  std::string joined(const std::vector<Value>& items, std::string_view between = ", ") {
    std::string text;
    for (const Value& item : items) {
      if (!text.empty()) text += between;
      text += print(item);
    }
    return text;
  }

  // An operand keeps its parentheses where pg_get_expr writes them: around what is cast or indexed into.
  std::string tight(const Value& wrapped) {
    const std::string_view kind = tree::node(wrapped).kind;
    std::string text = print(wrapped);
    const bool bare = kind == "A_Const" && text.find_first_of("0123456789") != 0 && text[0] != '-';
    return bare || text.starts_with('(') || kind == "A_ArrayExpr" ? text : "(" + text + ")";
  }

  std::string constant(const Value& body) {
    if (body["isnull"].boolean()) return "NULL";
    if (const Value value = body["ival"]; value.exists()) return std::to_string(value["ival"].integer());
    if (const Value value = body["fval"]; value.exists()) {
      return std::string(value["fval"].string());
    }
    if (const Value value = body["boolval"]; value.exists()) return value["boolval"].boolean() ? "true" : "false";
    if (const Value value = body["bsval"]; value.exists()) return (normal_ ? "" : "B") + bits(value["bsval"].string());
    const std::string_view text = body["sval"]["sval"].string();
    return quote_literal(normal_ ? short_date(text) : std::string(text));
  }

  // PostgreSQL prints a date in a comparison with the time and zone of the other side's type, which we do not know.
  static std::string short_date(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::string(text);
    static const ColumnType kWithZone{.name = "timestamptz", .schema = "", .modifiers = {}};
    std::string normal = normal_date_time(text, kWithZone);
    for (const std::string_view usual : {"+00", " 00:00:00"}) {
      if (normal.ends_with(usual)) normal.erase(normal.size() - usual.size());
    }
    return normal;
  }

  // b101 and x1F as the bits in quotes.
  static std::string bits(std::string_view text) {
    if (text.starts_with('b')) return quote_literal(text.substr(1));
    std::string digits;
    for (const char c : text.substr(std::min<std::size_t>(text.size(), 1))) {
      const int value = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
      for (int bit = 3; bit >= 0; --bit) digits += (value >> bit) & 1 ? '1' : '0';
    }
    return quote_literal(digits);
  }

  std::string string(const Value& body) { return name_in_expression(body["sval"].string()); }
  std::string star(const Value&) { return "*"; }
  std::string column(const Value& body) { return joined(body["fields"].items(), "."); }
  std::string list(const Value& body) { return "(" + joined(body["items"].items()) + ")"; }

  std::string call(const Value& body) {
    std::vector<std::string> names = tree::texts(body["funcname"]);
    // EXTRACT(… FROM …) and similar forms are calls that the grammar creates: without the schema the name is a keyword.
    static const std::unordered_set<std::string_view> kKeywords = {"extract", "position", "overlay", "normalize",
                                                                   "xmlexists"};
    const bool keyword = !normal_ && names.size() > 1 && kKeywords.contains(names.back());
    if (names.size() > 1 && names.front() == "pg_catalog" && !keyword) names.erase(names.begin());
    std::string name;
    for (const std::string& part : names) name += (name.empty() ? "" : ".") + name_in_expression(part);
    const std::vector<Value> items = body["args"].items();
    std::string arguments = body["agg_star"].boolean() ? "*" : std::string();
    for (std::size_t at = 0; at < items.size(); ++at) {
      if (at > 0) arguments += ", ";
      if (at + 1 == items.size() && body["func_variadic"].boolean()) arguments += "VARIADIC ";
      arguments += print(items[at]);
    }
    if (body["agg_distinct"].boolean()) arguments.insert(0, "DISTINCT ");
    if (name == "now" && arguments.empty() && normal_) return "CURRENT_TIMESTAMP";
    return name + "(" + arguments + ")";
  }

  std::string cast(const Value& body) {
    const Value argument = body["arg"];
    const Node inner = tree::node(argument);
    const ColumnType type = lower_type_name(body["typeName"]).type;
    if (!normal_) return tight(argument) + "::" + written_type(body["typeName"]);
    const bool constant = inner.kind == "A_Const";
    // 't'::bool is true.
    if (constant && type == ColumnType{.name = "bool", .schema = "", .modifiers = {}}) {
      const std::string_view word = inner.body["sval"]["sval"].string();
      if (word == "t" || word == "f") return word == "t" ? "true" : "false";
    }
    const bool implicit = inner.kind == "ColumnRef" && is_implicit_target(type);
    if (constant || implicit || inner.kind == "TypeCast" || inner.kind == "A_ArrayExpr") return print(argument);
    return tight(argument) + "::" + type_sql(type);
  }

  // Modifiers as they are, even those that no built-in type has: geometry(Point, 4326).
  std::string written_type(const Value& type_name) {
    ColumnType type = lower_type_name(type_name).type;
    const std::vector<Value> modifiers = type_name["typmods"].items();
    const bool plain = std::ranges::all_of(modifiers, [](const Value& one) { return one["A_Const"]["ival"].exists(); });
    if (type.schema.empty() && type.name == "interval" && !modifiers.empty())
      return interval_type(modifiers, type.array);
    if (plain || modifiers.empty()) return type_text(type);
    const bool array = type.array;
    type.array = false;
    type.modifiers.clear();
    return type_text(type) + "(" + joined(modifiers) + ")" + (array ? "[]" : "");
  }

  // INTERVAL DAY TO SECOND(3): the fields as a mask of bits, then the precision (datetime.h, INTERVAL_MASK).
  static std::string interval_type(const std::vector<Value>& modifiers, bool array) {
    static const std::unordered_map<std::int64_t, std::string_view> kFields = {{4, " year"},
                                                                               {2, " month"},
                                                                               {8, " day"},
                                                                               {1024, " hour"},
                                                                               {2048, " minute"},
                                                                               {4096, " second"},
                                                                               {6, " year to month"},
                                                                               {1032, " day to hour"},
                                                                               {3080, " day to minute"},
                                                                               {7176, " day to second"},
                                                                               {3072, " hour to minute"},
                                                                               {7168, " hour to second"},
                                                                               {6144, " minute to second"}};
    const auto number = [](const Value& value) { return value["A_Const"]["ival"]["ival"].integer(); };
    const auto fields = kFields.find(number(modifiers.front()));
    std::string text = "interval";
    if (fields != kFields.end()) text += fields->second;
    if (modifiers.size() > 1) text += "(" + std::to_string(number(modifiers[1])) + ")";
    return text + (array ? "[]" : "");
  }

  // As format_type spells it.
  static std::string type_text(const ColumnType& type) {
    static const std::unordered_map<std::string_view, std::string_view> kWords = {{"int4", "integer"},
                                                                                  {"int8", "bigint"},
                                                                                  {"int2", "smallint"},
                                                                                  {"float4", "real"},
                                                                                  {"bool", "boolean"},
                                                                                  {"float8", "double precision"},
                                                                                  {"varchar", "character varying"},
                                                                                  {"bpchar", "bpchar"},
                                                                                  {"varbit", "bit varying"}};
    if (!type.schema.empty())
      return name_in_expression(type.schema) + "." + name_in_expression(type.name) + (type.array ? "[]" : "");
    // Without quotes "char" is bpchar, and "bit" is bit(1).
    if (type.name == "char" || (type.name == "bit" && type.modifiers.empty()))
      return quote_name(type.name) + (type.array ? "[]" : "");
    const auto word = kWords.find(type.name);
    std::string text = word == kWords.end() ? name_in_expression(type.name) : std::string(word->second);
    std::string modifiers;
    for (const std::int32_t modifier : type.modifiers)
      modifiers += (modifiers.empty() ? "(" : ",") + std::to_string(modifier);
    if (!modifiers.empty()) modifiers += ")";
    if (type.name == "timestamp" || type.name == "time")
      text += modifiers + " without time zone";
    else if (type.name == "timestamptz")
      text = "timestamp" + modifiers + " with time zone";
    else if (type.name == "timetz")
      text = "time" + modifiers + " with time zone";
    else
      text += modifiers;
    return type.array ? text + "[]" : text;
  }

  static std::string operator_text(const Value& names) {
    const std::vector<std::string> parts = tree::texts(names);
    if (parts.empty()) return {};
    if (parts.size() == 1 || parts.front() == "pg_catalog") return parts.back();
    return "OPERATOR(" + name_in_expression(parts.front()) + "." + parts.back() + ")";
  }

  std::string operation(const Value& body) {
    const std::string_view kind = body["kind"].string();
    const std::string symbol = operator_text(body["name"]);
    const Value left = body["lexpr"], right = body["rexpr"];
    if (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL") {
      return "(" + print(left) + " " + symbol + (kind == "AEXPR_OP_ANY" ? " ANY (" : " ALL (") + print(right) + "))";
    }
    // PostgreSQL stores IN over constants as a comparison with an array.
    if (kind == "AEXPR_IN") {
      const std::vector<Value> values = tree::list(right);
      if (!normal_) return "(" + print(left) + (symbol == "=" ? " IN (" : " NOT IN (") + joined(values) + "))";
      if (values.size() == 1) return "(" + print(left) + " " + symbol + " " + print(values[0]) + ")";
      const std::string items = "ARRAY[" + joined(values) + "]";
      return "(" + print(left) + (symbol == "=" ? " = ANY (" : " <> ALL (") + items + "))";
    }
    if (kind == "AEXPR_BETWEEN" || kind == "AEXPR_NOT_BETWEEN") {
      const std::vector<Value> bounds = tree::list(right);
      if (bounds.size() == 2) {
        const std::string value = print(left);
        const bool outside = kind == "AEXPR_NOT_BETWEEN";
        return "((" + value + (outside ? " < " : " >= ") + print(bounds[0]) + ")" + (outside ? " OR (" : " AND (") +
               value + (outside ? " > " : " <= ") + print(bounds[1]) + "))";
      }
    }
    if (kind == "AEXPR_BETWEEN_SYM" || kind == "AEXPR_NOT_BETWEEN_SYM") {
      const std::vector<Value> bounds = tree::list(right);
      return "(" + print(left) + " " + symbol + " " + print(bounds.front()) + " AND " + print(bounds.back()) + ")";
    }
    if (kind == "AEXPR_DISTINCT") return "(" + print(left) + " IS DISTINCT FROM " + print(right) + ")";
    if (kind == "AEXPR_NOT_DISTINCT") {
      // A test for NULL to PostgreSQL, which makes a NOT of all others.
      const bool null = left["A_Const"]["isnull"].boolean() || right["A_Const"]["isnull"].boolean();
      if (null) return "(" + print(left) + " IS NOT DISTINCT FROM " + print(right) + ")";
      return "(NOT (" + print(left) + " IS DISTINCT FROM " + print(right) + "))";
    }
    if (kind == "AEXPR_NULLIF") return "NULLIF(" + print(left) + ", " + print(right) + ")";
    if (!left.exists()) return "(" + symbol + " " + print(right) + ")";
    return "(" + print(left) + " " + symbol + " " + print(right) + ")";
  }

  std::string boolean(const Value& body) {
    const std::string_view kind = body["boolop"].string();
    const std::vector<Value> arguments = body["args"].items();
    if (kind == "NOT_EXPR" && arguments.size() == 1) return "(NOT " + print(arguments[0]) + ")";
    return "(" + joined(arguments, kind == "OR_EXPR" ? " OR " : " AND ") + ")";
  }

  std::string null_test(const Value& body) {
    return "(" + print(body["arg"]) + (body["nulltesttype"].string() == "IS_NULL" ? " IS NULL)" : " IS NOT NULL)");
  }

  std::string boolean_test(const Value& body) {
    static const std::unordered_map<std::string_view, std::string_view> kTests = {
        {"IS_TRUE", "TRUE"},           {"IS_NOT_TRUE", "NOT TRUE"}, {"IS_FALSE", "FALSE"},
        {"IS_NOT_FALSE", "NOT FALSE"}, {"IS_UNKNOWN", "UNKNOWN"},   {"IS_NOT_UNKNOWN", "NOT UNKNOWN"}};
    const auto test = kTests.find(body["booltesttype"].string());
    return "(" + print(body["arg"]) + " IS " + std::string(test == kTests.end() ? "TRUE" : test->second) + ")";
  }

  std::string case_of(const Value& body) {
    std::string text = "CASE";
    if (body["arg"].exists()) text += " " + print(body["arg"]);
    for (const Value& item : body["args"].items()) {
      const Value when = item["CaseWhen"];
      text += " WHEN " + print(when["expr"]) + " THEN " + print(when["result"]);
    }
    if (const Value otherwise = body["defresult"]; otherwise.exists()) {
      text += " ELSE " + print(otherwise);
    } else if (normal_) {
      text += " ELSE NULL";
    }
    return text + " END";
  }

  std::string coalesce(const Value& body) { return "COALESCE(" + joined(body["args"].items()) + ")"; }
  std::string min_max(const Value& body) {
    return (body["op"].string() == "IS_LEAST" ? "LEAST(" : "GREATEST(") + joined(body["args"].items()) + ")";
  }
  std::string array(const Value& body) { return "ARRAY[" + joined(body["elements"].items()) + "]"; }
  std::string row(const Value& body) { return "ROW(" + joined(body["args"].items()) + ")"; }
  std::string collate(const Value& body) {
    const QualifiedName name = tree::qualified(body["collname"]);
    const bool own = !normal_ && !name.schema.empty() && name.schema != "pg_catalog";
    return "(" + print(body["arg"]) + " COLLATE " + (own ? quote_name(name.schema) + "." : "") + quote_name(name.name) +
           ")";
  }
  std::string named_argument(const Value& body) {
    return name_in_expression(body["name"].string()) + " => " + print(body["arg"]);
  }

  std::string value(const Value& body) {
    static const std::unordered_map<std::string_view, std::string_view> kFunctions = {
        {"SVFOP_CURRENT_DATE", "CURRENT_DATE"},
        {"SVFOP_CURRENT_TIME", "CURRENT_TIME"},
        {"SVFOP_CURRENT_TIME_N", "CURRENT_TIME"},
        {"SVFOP_CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"},
        {"SVFOP_CURRENT_TIMESTAMP_N", "CURRENT_TIMESTAMP"},
        {"SVFOP_LOCALTIME", "LOCALTIME"},
        {"SVFOP_LOCALTIME_N", "LOCALTIME"},
        {"SVFOP_LOCALTIMESTAMP", "LOCALTIMESTAMP"},
        {"SVFOP_LOCALTIMESTAMP_N", "LOCALTIMESTAMP"},
        {"SVFOP_CURRENT_ROLE", "CURRENT_ROLE"},
        {"SVFOP_CURRENT_USER", "CURRENT_USER"},
        {"SVFOP_USER", "CURRENT_USER"},
        {"SVFOP_SESSION_USER", "SESSION_USER"},
        {"SVFOP_CURRENT_CATALOG", "CURRENT_CATALOG"},
        {"SVFOP_CURRENT_SCHEMA", "CURRENT_SCHEMA"}};
    const auto found = kFunctions.find(body["op"].string());
    if (found == kFunctions.end()) return structure(body);
    std::string text(found->second);
    if (body["op"].string().ends_with("_N")) text += "(" + std::to_string(body["typmod"].integer()) + ")";
    return text;
  }

  std::string indirection(const Value& body) {
    // PostgreSQL's grammar takes a subscript after a column alone, and a field or anything else after parentheses.
    const std::vector<Value> steps = body["indirection"].items();
    const bool bare =
        tree::node(body["arg"]).kind == "ColumnRef" && !steps.empty() && tree::node(steps.front()).kind == "A_Indices";
    std::string text = bare ? print(body["arg"]) : "(" + print(body["arg"]) + ")";
    for (const Value& step : steps) {
      const Node node = tree::node(step);
      if (node.kind != "A_Indices") {
        text += "." + print(step);
      } else if (node.body["is_slice"].boolean()) {
        text += "[" + print_if(node.body["lidx"]) + ":" + print_if(node.body["uidx"]) + "]";
      } else {
        text += "[" + print_if(node.body["uidx"]) + "]";
      }
    }
    return text;
  }
  std::string print_if(const Value& wrapped) { return wrapped.exists() ? print(wrapped) : std::string(); }

  // Anything else (subqueries, XML) as its tree, places in the text left out: comparable, if not pretty.
  std::string structure(const Value& value) {
    if (value.is_string()) return quote_literal(value.string());
    std::string text;
    if (value.is_array()) {
      for (const Value& item : value.items()) text += (text.empty() ? "" : ", ") + structure(item);
      return "[" + text + "]";
    }
    if (!value.is_object()) return value.boolean() ? "true" : std::to_string(value.integer());
    for (const auto& [key, member] : value.members()) {
      if (key == "location") continue;
      text += (text.empty() ? "" : ", ") + std::string(key) + ": " + structure(member);
    }
    return "{" + text + "}";
  }

  bool normal_;
};

}  // namespace

std::string print_expression(const Value& expression, PrintStyle style) {
  return Printer(style).print(expression);
}

bool mentions_name(std::string_view expression, std::string_view name) {
  Reader reader(expression);
  while (!reader.at_end()) {
    const std::size_t before = reader.position();
    if (reader.read_string() || reader.read_number()) continue;
    if (const auto word = reader.read_name()) {
      // A name followed by a parenthesis is a function.
      if (*word == name && reader.peek() != '(') return true;
      continue;
    }
    reader.rewind(before + 1);
  }
  return false;
}

}  // namespace refract::catalog
