#include "catalog/expression/typed_form.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "catalog/expression/expression.h"
#include "catalog/expression/printer.h"
#include "catalog/expression/resolve.h"
#include "catalog/expression/type.h"
#include "catalog/expression/type_faults.h"
#include "catalog/expression/typed_value.h"
#include "catalog/tree/raw_parse.h"

namespace refract::catalog {
namespace {

using tree::Node;
using tree::Value;
class Analyser {
 public:
  explicit Analyser(const ExpressionPlace& place) : place_(place), types_(place.catalog) {}

  std::string form(const Value& expression) {
    Typed typed = analyse(expression);
    if (place_.target != nullptr) {
      // A value has no collation; in CREATE TABLE it would be the column's.
      if (!typed.collation.empty()) typed = Typed(std::move(typed.elements.front()));
      // The column's own modifiers count, whatever the constant was given.
      if (typed.constant && !typed.modifiers.empty() && typed.raw) {
        typed = constant_of(typed.type, *typed.raw, typed.modifiers);
      }
      typed = value_of(coerce(std::move(typed), types_.key(*place_.target)));
    }
    if (typed.literal) typed = coerce(std::move(typed), "text");
    return typed.text;
  }

  ExpressionType type_of(const Value& expression) {
    TypeFaults faults(types_, place_.catalog);
    faults_ = &faults;
    TypeKey type = analyse(expression).type;
    faults_ = nullptr;
    return {std::move(type), faults.take()};
  }

 private:
  using Method = Typed (Analyser::*)(const Value&);

  Typed coerce(Typed from, const TypeKey& to, const Modifiers& modifiers = {}) {
    if (faults_ && from.literal && from.raw) faults_->check_text(*from.raw, to);
    return catalog::coerce(std::move(from), to, types_, modifiers);
  }

  Typed analyse(const Value& wrapped) {
    const Node node = tree::node(wrapped);
    static const std::unordered_map<std::string_view, Method> kMethods = {{"A_Const", &Analyser::constant},
                                                                          {"ColumnRef", &Analyser::column},
                                                                          {"FuncCall", &Analyser::call},
                                                                          {"TypeCast", &Analyser::cast},
                                                                          {"A_Expr", &Analyser::operation},
                                                                          {"BoolExpr", &Analyser::boolean},
                                                                          {"NullTest", &Analyser::null_test},
                                                                          {"BooleanTest", &Analyser::boolean_test},
                                                                          {"CaseExpr", &Analyser::case_of},
                                                                          {"CoalesceExpr", &Analyser::coalesce},
                                                                          {"MinMaxExpr", &Analyser::min_max},
                                                                          {"A_ArrayExpr", &Analyser::array},
                                                                          {"SQLValueFunction", &Analyser::value},
                                                                          {"A_Indirection", &Analyser::indirection},
                                                                          {"RowExpr", &Analyser::row},
                                                                          {"NamedArgExpr", &Analyser::named_argument},
                                                                          {"CollateClause", &Analyser::collate}};
    const auto found = kMethods.find(node.kind);
    if (found == kMethods.end()) return known(print_expression(wrapped, PrintStyle::normal), TypeKey(kUndetermined));
    return (this->*found->second)(node.body);
  }

  std::vector<Typed> analyse_all(const std::vector<Value>& items) {
    std::vector<Typed> typed;
    for (const Value& item : items) typed.push_back(analyse(item));
    return typed;
  }

  Typed constant(const Value& body) {
    if (body["isnull"].boolean()) return {.text = "NULL", .type = TypeKey(kUnknown), .loose = "NULL", .literal = true};
    if (body["ival"].exists()) return constant_of("int4", std::to_string(body["ival"]["ival"].integer()));
    if (body["fval"].exists()) {
      const std::string_view number = body["fval"]["fval"].string();
      const std::string_view digits = number.substr(number.starts_with('-') ? 1 : 0);
      const bool integer = digits.find_first_not_of("0123456789") == std::string_view::npos;
      const std::string_view longest = "9223372036854775807";
      const bool fits = digits.size() < longest.size() || (digits.size() == longest.size() && digits <= longest);
      return constant_of(integer && fits ? "int8" : "numeric", number);
    }
    if (body["boolval"].exists()) return constant_of("bool", body["boolval"]["boolval"].boolean() ? "true" : "false");
    if (body["bsval"].exists()) return constant_of("bit", body["bsval"]["bsval"].string());
    const std::string_view raw = body["sval"]["sval"].string();
    Typed literal{.text = quote_literal(raw), .type = TypeKey(kUnknown), .literal = true};
    literal.loose = literal.text;
    literal.raw = std::string(raw);
    return literal;
  }

  Typed column(const Value& body) {
    const std::vector<std::string> names = tree::texts(body["fields"]);
    if (names.empty()) return known("*", TypeKey(kUndetermined));
    const Column* column = place_.table != nullptr ? place_.table->find_column(names.back()) : nullptr;
    Typed typed = known(quote_name(names.back()), TypeKey(kUndetermined));
    if (column != nullptr) {
      typed.type = types_.key(column->type);
      typed.modifiers.assign(column->type.modifiers.begin(), column->type.modifiers.end());
    }
    return typed;
  }

  // Where nothing is known of what they are taken for, casts do not count.
  static std::string texts_of(const std::vector<Typed>& parts, bool loose) {
    std::vector<std::string> texts;
    for (const Typed& part : parts) texts.push_back(loose ? part.loose : part.text);
    return joined(texts, ", ");
  }

  // The arguments as a call takes them; false where it is not known which function it is.
  bool apply(const std::optional<Resolved>& resolved, std::vector<Typed>& arguments) {
    if (!resolved) return false;
    bool clear = true;
    for (std::size_t at = 0; at < arguments.size(); ++at) {
      const TypeKey& wanted = resolved->arguments[at];
      clear = clear && wanted != kUndetermined && wanted != kUnknown;
      arguments[at] = coerce(std::move(arguments[at]), wanted);
    }
    return clear;
  }

  static std::vector<TypeKey> types_of(const std::vector<Typed>& parts) {
    std::vector<TypeKey> types;
    for (const Typed& part : parts) types.push_back(part.type);
    return types;
  }

  // Where the parameter's type is not known, casts in the call do not count.
  Typed named_argument(const Value& body) {
    return known(quote_name(body["name"].string()) + " => " + analyse(body["arg"]).loose, TypeKey(kUndetermined));
  }

  // make_interval(days => 1)
  std::optional<Typed> call_by_names(const std::string& name, const std::vector<Value>& arguments) {
    const auto names = builtin_parameters(name);
    const auto signatures = builtin_functions(name);
    if (names.empty() || signatures.size() != 1) return std::nullopt;
    std::vector<std::string> texts;
    for (std::size_t at = 0; at < arguments.size(); ++at) {
      const Value argument = arguments[at]["NamedArgExpr"];
      const auto parameter = argument.exists()
                                 ? std::ranges::find(names, argument["name"].string())
                                 : names.begin() + static_cast<std::ptrdiff_t>(std::min(at, names.size()));
      if (parameter == names.end()) return std::nullopt;
      const std::string_view type = signatures[0].arguments[static_cast<std::size_t>(parameter - names.begin())];
      Typed value = analyse(argument.exists() ? argument["arg"] : arguments[at]);
      texts.push_back(std::string(*parameter) + " => " + coerce(std::move(value), TypeKey(type)).text);
    }
    return known(quote_name(name) + "(" + joined(texts, ", ") + ")", TypeKey(signatures[0].result));
  }

  Typed call(const Value& body) {
    const std::vector<std::string> names = tree::texts(body["funcname"]);
    if (names.empty()) return known({}, TypeKey(kUndetermined));
    const std::string& name = names.back();
    const std::string schema = names.size() > 1 ? names[names.size() - 2] : std::string();
    const std::vector<Value> given = body["args"].items();
    if (std::ranges::any_of(given, [](const Value& one) { return one["NamedArgExpr"].exists(); })) {
      if (auto named = call_by_names(name, given)) return std::move(*named);
    }
    std::vector<Typed> arguments = analyse_all(given);
    std::optional<Resolved> resolved;
    if (schema.empty() || schema == "pg_catalog") resolved = resolve_function(name, types_of(arguments), types_);
    const bool own = !builtin_functions(name).empty() || is_builtin_type(name);
    if (faults_ && !resolved && !body["agg_star"].boolean()) faults_->unresolved_call(name, types_of(arguments));
    // date('2020-01-01') is a cast.
    if (resolved && arguments.size() == 1 && resolved->result == name && resolved->arguments.front() == name) {
      return coerce(std::move(arguments.front()), name);
    }
    const bool clear = apply(resolved, arguments);
    const bool builtin = schema == "pg_catalog" || (schema.empty() && own);
    const std::string called = builtin ? quote_name(name) : quote_name(schema) + "." + quote_name(name);
    const std::string star = body["agg_star"].boolean() ? "*" : "";
    Typed typed = known(called + "(" + star + texts_of(arguments, !clear) + ")",
                        resolved ? resolved->result : TypeKey(kUndetermined));
    typed.loose = called + "(" + star + texts_of(arguments, true) + ")";
    return typed;
  }

  Typed cast(const Value& body) {
    const LoweredType lowered = lower_type_name(body["typeName"]);
    // NULL::unknown is how PostgreSQL prints one that has no type.
    if (lowered.type.name == kUnknown && lowered.type.schema.empty()) return analyse(body["arg"]);
    const TypeKey type = types_.key(lowered.type);
    if (faults_ && lowered.type.schema.empty() && !is_builtin_type(lowered.type.name))
      faults_->check_type_name(lowered.type.name);
    Modifiers modifiers;
    for (const Value& one : body["typeName"]["typmods"].items()) {
      modifiers.push_back(one["A_Const"]["ival"]["ival"].integer());
    }
    if (lowered.type.name == "numeric" && modifiers.size() == 1) modifiers.push_back(0);
    Typed typed;
    const Value argument = body["arg"];
    if (lowered.type.array && argument["A_ArrayExpr"].exists()) {
      std::vector<Typed> elements;
      for (const Value& item : argument["A_ArrayExpr"]["elements"].items()) elements.push_back(element(item, type));
      typed = list_of(std::move(elements), type);
    } else {
      typed = coerce(analyse(argument), type, modifiers);
    }
    if (typed.collation.empty()) return with_modifiers(std::move(typed), type, modifiers);
    return collated(with_modifiers(std::move(typed.elements.front()), type, modifiers), typed.collation);
  }

  // An element of ARRAY[…]::type[], which takes the type before the list is one.
  Typed element(const Value& item, const TypeKey& list) {
    if (!item["A_ArrayExpr"].exists()) return coerce(analyse(item), element_of(list));
    std::vector<Typed> elements;
    for (const Value& inner : item["A_ArrayExpr"]["elements"].items()) elements.push_back(element(inner, list));
    return list_of(std::move(elements), list);
  }

  // left symbol right, or symbol right.
  Typed operate(const std::string& schema, const std::string& symbol, std::vector<Typed> operands) {
    std::optional<Resolved> resolved;
    if (schema.empty() || schema == "pg_catalog") {
      resolved = resolve_operator(symbol, types_of(operands), types_);
      if (faults_ && !resolved) faults_->unresolved_operator(symbol, types_of(operands));
    }
    const bool clear = apply(resolved, operands);
    // Inequality has two spellings.
    const std::string shown = symbol == "!=" ? "<>" : symbol;
    const auto text = [&](bool loose) {
      const auto part = [&](const Typed& operand) { return loose ? operand.loose : operand.text; };
      if (operands.size() == 1) return "(" + shown + " " + part(operands[0]) + ")";
      return "(" + part(operands[0]) + " " + shown + " " + part(operands[1]) + ")";
    };
    Typed typed = known(text(!clear), resolved ? resolved->result : TypeKey(kUndetermined));
    if (!resolved && is_comparison(shown)) typed.type = "bool";
    typed.loose = text(true);
    return typed;
  }

  Typed operation(const Value& body) {
    const std::string_view kind = body["kind"].string();
    const std::vector<std::string> names = tree::texts(body["name"]);
    const std::string symbol = names.empty() ? std::string() : names.back();
    const std::string schema = names.size() > 1 ? names[names.size() - 2] : std::string();
    const Value left = body["lexpr"], right = body["rexpr"];
    if (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL") {
      return compare_list(analyse(left), schema, symbol, analyse(right), kind == "AEXPR_OP_ANY");
    }
    if (kind == "AEXPR_IN") return in(left, symbol, tree::list(right));
    if (kind.find("BETWEEN") != std::string_view::npos) return between(kind, left, tree::list(right));
    if (kind == "AEXPR_NULLIF") {
      std::vector<Typed> operands = {analyse(left), analyse(right)};
      const auto resolved = resolve_operator("=", types_of(operands), types_);
      const TypeKey type = resolved ? resolved->arguments.front() : operands.front().type;
      const bool clear = apply(resolved, operands);
      return known("NULLIF(" + texts_of(operands, !clear) + ")", type);
    }
    if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT") {
      // With NULL itself it is a test for NULL (transformAExprDistinct).
      const auto is_null = [](const Value& one) { return one["A_Const"]["isnull"].boolean(); };
      const std::string_view what = kind == "AEXPR_DISTINCT" ? "IS_NOT_NULL" : "IS_NULL";
      if (is_null(right)) return test(left, what, false);
      if (is_null(left)) return test(right, what, false);
      Typed same = operate(schema, "=", {analyse(left), analyse(right)});
      const std::string text = "(DISTINCT " + same.text + ")";
      return known(kind == "AEXPR_DISTINCT" ? text : "(NOT " + text + ")", "bool");
    }
    if (left["RowExpr"].exists() && right["RowExpr"].exists()) {
      return compare_rows(schema, symbol, left["RowExpr"]["args"].items(), right["RowExpr"]["args"].items());
    }
    std::vector<Typed> operands;
    if (left.exists()) operands.push_back(analyse(left));
    operands.push_back(analyse(right));
    // What PostgreSQL prints as (- 1) it reads back as a number.
    const Typed& only = operands.front();
    const bool number = only.type == "int4" || only.type == "numeric";
    if (!left.exists() && symbol == "-" && number && only.constant && only.raw && only.modifiers.empty()) {
      return constant_of(only.type, only.raw->starts_with('-') ? only.raw->substr(1) : "-" + *only.raw);
    }
    return operate(schema, symbol, std::move(operands));
  }

  // Equal where all pairs are; other comparisons are kept together.
  Typed compare_rows(const std::string& schema, const std::string& symbol, const std::vector<Value>& left,
                     const std::vector<Value>& right) {
    std::vector<Typed> tests;
    for (std::size_t at = 0; at < std::min(left.size(), right.size()); ++at) {
      tests.push_back(operate(schema, symbol, {analyse(left[at]), analyse(right[at])}));
    }
    if (symbol == "=" || symbol == "<>") return junction(symbol == "=" ? "AND" : "OR", std::move(tests));
    return known("(ROW: " + texts_of(tests, false) + ")", "bool");
  }

  // x = ANY (list): the operator is that of the elements.
  Typed compare_list(Typed left, const std::string& schema, const std::string& symbol, Typed list, bool any) {
    if (list.literal && left.type != kUnknown && left.type != kUndetermined) {
      list = coerce(std::move(list), types_.base(left.type) + "[]");
    }
    std::vector<TypeKey> types = {left.type, is_list(list.type) ? element_of(list.type) : TypeKey(kUndetermined)};
    std::optional<Resolved> resolved;
    if (schema.empty() || schema == "pg_catalog") resolved = resolve_operator(symbol, types, types_);
    bool loose = true;
    if (resolved) {
      left = coerce(std::move(left), resolved->arguments[0]);
      list = coerce(std::move(list), resolved->arguments[1] + "[]");
      loose = false;
    }
    const auto text = [&](bool without_casts) {
      return "(" + (without_casts ? left.loose : left.text) + " " + (symbol == "!=" ? "<>" : symbol) +
             (any ? " ANY " : " ALL ") + (without_casts ? list.loose : list.text) + ")";
    };
    Typed typed = known(text(loose), "bool");
    typed.loose = text(true);
    return typed;
  }

  static bool holds_column(const Value& value) {
    if (value.is_array())
      return std::ranges::any_of(value.items(), [](const Value& item) { return holds_column(item); });
    if (!value.is_object()) return false;
    for (const auto& [key, member] : value.members()) {
      if (key == "ColumnRef" || holds_column(member)) return true;
    }
    return false;
  }

  // Several constants are compared as a list, what names columns one by one (transformAExprIn).
  Typed in(const Value& left, const std::string& symbol, const std::vector<Value>& values) {
    const bool any = symbol == "=";
    std::vector<Value> constants, others;
    for (const Value& value : values) (holds_column(value) ? others : constants).push_back(value);
    std::vector<Typed> tests;
    if (constants.size() > 1) {
      Typed tested = analyse(left);
      std::vector<Typed> elements = analyse_all(constants);
      std::vector<TypeKey> types = {tested.type};
      std::ranges::copy(types_of(elements), std::back_inserter(types));
      const auto common = common_type(types, types_);
      const TypeKey element = common.value_or(TypeKey(kUndetermined));
      for (Typed& one : elements) one = coerce(std::move(one), element);
      Typed list = list_of(std::move(elements), common ? element + "[]" : TypeKey(kUndetermined));
      tests.push_back(compare_list(std::move(tested), "", any ? "=" : "<>", std::move(list), any));
    } else {
      others = values;
    }
    for (const Value& value : others) tests.push_back(operate("", any ? "=" : "<>", {analyse(left), analyse(value)}));
    if (tests.size() == 1) return std::move(tests.front());
    return junction(any ? "OR" : "AND", std::move(tests));
  }

  Typed between(std::string_view kind, const Value& left, const std::vector<Value>& bounds) {
    if (bounds.size() != 2) return known({}, "bool");
    const bool outside = kind.find("NOT") != std::string_view::npos;
    const auto within = [&](const Value& low, const Value& high) {
      std::vector<Typed> tests;
      tests.push_back(operate("", outside ? "<" : ">=", {analyse(left), analyse(low)}));
      tests.push_back(operate("", outside ? ">" : "<=", {analyse(left), analyse(high)}));
      return junction(outside ? "OR" : "AND", std::move(tests));
    };
    if (kind.find("SYM") == std::string_view::npos) return within(bounds[0], bounds[1]);
    std::vector<Typed> either;
    either.push_back(within(bounds[0], bounds[1]));
    either.push_back(within(bounds[1], bounds[0]));
    return junction(outside ? "AND" : "OR", std::move(either));
  }

  Typed truth(Typed part) {
    if (part.type == kUndetermined) return part;
    if (faults_) faults_->check_boolean(part.type);
    return coerce(std::move(part), "bool");
  }

  // AND and OR are flat, however they were nested: PostgreSQL prints and reads them back either way.
  Typed junction(const std::string& word, std::vector<Typed> parts) {
    const std::string between = " " + word + " ";
    std::vector<std::string> texts, loose;
    for (Typed& part : parts) {
      part = truth(std::move(part));
      for (const auto& [text, into] : {std::pair{&part.text, &texts}, {&part.loose, &loose}}) {
        const std::string begin = "(" + word + ": ";
        into->push_back(text->starts_with(begin) ? text->substr(begin.size(), text->size() - begin.size() - 1) : *text);
      }
    }
    Typed typed = known("(" + word + ": " + joined(texts, between) + ")", "bool");
    typed.loose = "(" + word + ": " + joined(loose, between) + ")";
    return typed;
  }

  Typed boolean(const Value& body) {
    const std::string_view kind = body["boolop"].string();
    std::vector<Typed> parts = analyse_all(body["args"].items());
    if (kind != "NOT_EXPR") return junction(kind == "AND_EXPR" ? "AND" : "OR", std::move(parts));
    Typed part = truth(std::move(parts.front()));
    Typed typed = known("(NOT " + part.text + ")", "bool");
    typed.loose = "(NOT " + part.loose + ")";
    return typed;
  }

  Typed test(const Value& argument, std::string_view what, bool is_truth) {
    Typed tested = analyse(argument);
    if (is_truth) tested = truth(std::move(tested));
    Typed typed = known("(" + tested.text + " IS " + std::string(what) + ")", "bool");
    typed.loose = "(" + tested.loose + " IS " + std::string(what) + ")";
    return typed;
  }

  Typed null_test(const Value& body) { return test(body["arg"], body["nulltesttype"].string(), false); }
  Typed boolean_test(const Value& body) { return test(body["arg"], body["booltesttype"].string(), true); }

  // Branches of one type.
  std::vector<Typed> alike(std::vector<Typed> parts, TypeKey& type) {
    const auto common = common_type(types_of(parts), types_);
    if (faults_ && !common) faults_->unlike(types_of(parts));
    type = common.value_or(TypeKey(kUndetermined));
    for (Typed& part : parts) part = coerce(std::move(part), type);
    return parts;
  }

  Typed case_of(const Value& body) {
    std::string text = "CASE";
    std::optional<Typed> argument;
    if (body["arg"].exists()) argument = analyse(body["arg"]);
    if (argument && argument->literal) argument = coerce(std::move(*argument), "text");
    // The result of ELSE comes first where the type is chosen.
    std::vector<Typed> results;
    if (body["defresult"].exists()) {
      results.push_back(analyse(body["defresult"]));
    } else {
      results.push_back({.text = "NULL", .type = TypeKey(kUnknown), .loose = "NULL", .literal = true});
    }
    for (const Value& item : body["args"].items()) results.push_back(analyse(item["CaseWhen"]["result"]));
    TypeKey type;
    results = alike(std::move(results), type);
    const bool loose = type == kUndetermined;
    std::size_t at = 0;
    for (const Value& item : body["args"].items()) {
      Typed when = analyse(item["CaseWhen"]["expr"]);
      when = argument ? operate("", "=", {*argument, std::move(when)}) : truth(std::move(when));
      const Typed& result = results[++at];
      text += " WHEN " + when.text + " THEN " + (loose ? result.loose : result.text);
    }
    text += " ELSE " + (loose ? results.front().loose : results.front().text);
    return known(text + " END", type);
  }

  Typed list_call(std::string_view name, const Value& items) {
    TypeKey type;
    const std::vector<Typed> parts = alike(analyse_all(items.items()), type);
    Typed typed = known(std::string(name) + "(" + texts_of(parts, type == kUndetermined) + ")", type);
    typed.loose = std::string(name) + "(" + texts_of(parts, true) + ")";
    return typed;
  }
  Typed coalesce(const Value& body) { return list_call("COALESCE", body["args"]); }
  Typed min_max(const Value& body) {
    return list_call(body["op"].string() == "IS_LEAST" ? "LEAST" : "GREATEST", body["args"]);
  }

  Typed array(const Value& body) {
    TypeKey type;
    if (faults_ && body["elements"].items().empty()) faults_->empty_array();
    std::vector<Typed> elements = alike(analyse_all(body["elements"].items()), type);
    if (type == kUndetermined) return list_of(std::move(elements), type);
    return list_of(std::move(elements), is_list(type) ? type : type + "[]");
  }

  Typed value(const Value& body) {
    static const std::unordered_map<std::string_view, std::string_view> kTypes = {
        {"SVFOP_CURRENT_DATE", "date"},
        {"SVFOP_CURRENT_TIME", "timetz"},
        {"SVFOP_CURRENT_TIME_N", "timetz"},
        {"SVFOP_CURRENT_TIMESTAMP", "timestamptz"},
        {"SVFOP_CURRENT_TIMESTAMP_N", "timestamptz"},
        {"SVFOP_LOCALTIME", "time"},
        {"SVFOP_LOCALTIME_N", "time"},
        {"SVFOP_LOCALTIMESTAMP", "timestamp"},
        {"SVFOP_LOCALTIMESTAMP_N", "timestamp"}};
    const std::string_view operation = body["op"].string();
    const auto found = kTypes.find(operation);
    std::string text(operation);
    if (operation == "SVFOP_USER") text = "SVFOP_CURRENT_USER";
    if (operation == "SVFOP_CURRENT_ROLE") text = "SVFOP_CURRENT_ROLE";
    if (operation.ends_with("_N")) text += "(" + std::to_string(body["typmod"].integer()) + ")";
    return known(std::move(text), TypeKey(found == kTypes.end() ? "name" : found->second));
  }

  Typed indirection(const Value& body) {
    Typed typed = analyse(body["arg"]);
    for (const Value& step : body["indirection"].items()) {
      const Node node = tree::node(step);
      if (node.kind != "A_Indices") {
        typed = known("(" + typed.text + ")." + quote_name(tree::text(step)), TypeKey(kUndetermined));
        continue;
      }
      const TypeKey container = types_.base(typed.type);
      const TypeKey index = container == "jsonb" ? "text" : "int4";
      const bool slice = node.body["is_slice"].boolean();
      const auto bound = [&](const Value& one) {
        if (!one.exists()) return std::string();
        Typed at = analyse(one);
        // jsonb takes a number as it is.
        const bool stays = container == "jsonb" && at.type == "int4";
        return stays ? at.text : coerce(std::move(at), index).text;
      };
      const std::string place =
          slice ? bound(node.body["lidx"]) + ":" + bound(node.body["uidx"]) : bound(node.body["uidx"]);
      TypeKey type = container == "jsonb" ? container : TypeKey(kUndetermined);
      if (is_list(container)) type = slice ? container : element_of(container);
      typed = known(typed.text + "[" + place + "]", std::move(type));
    }
    return typed;
  }

  Typed row(const Value& body) {
    std::vector<Typed> parts = analyse_all(body["args"].items());
    for (Typed& part : parts) {
      if (part.literal) part = coerce(std::move(part), "text");
    }
    return known("ROW(" + texts_of(parts, false) + ")", TypeKey(kUndetermined));
  }

  Typed collate(const Value& body) {
    Typed typed = analyse(body["arg"]);
    const QualifiedName name = tree::qualified(body["collname"]);
    const bool own = name.schema.empty() || name.schema == "pg_catalog";
    return collated(std::move(typed), (own ? "" : quote_name(name.schema) + ".") + quote_name(name.name));
  }

  const ExpressionPlace& place_;
  Types types_;
  TypeFaults* faults_ = nullptr;  // nullptr: nobody asks for them
};

}  // namespace

ExpressionType expression_type(const Value& expression, const ExpressionPlace& place) {
  return Analyser(place).type_of(expression);
}

std::string typed_form(std::string_view sql, const ExpressionPlace& place) {
  const RawParse raw = raw_parse_expression(sql);
  const auto expression = expression_of(raw);
  return expression ? Analyser(place).form(*expression) : canonical_expression(sql);
}

}  // namespace refract::catalog
