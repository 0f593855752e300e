#include <algorithm>
#include <charconv>
#include <iterator>

#include "catalog/parse/lower.h"

namespace refract::catalog {
namespace {

std::optional<std::int64_t> number_of(const Value& argument) {
  const tree::Node node = tree::node(argument);
  if (node.kind == "Integer") return node.body["ival"].integer();
  if (node.kind == "Float") {  // too large for 32 bits
    const std::string_view text = node.body["fval"].string();
    std::int64_t value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc()) return value;
  }
  return std::nullopt;
}

// PostgreSQL runs the statements inside CREATE SCHEMA in this order of kinds, whatever theirs is
// (transformCreateSchemaStmt).
std::size_t rank_in_schema(const Value& element) {
  static constexpr std::string_view kOrder[] = {"CreateSeqStmt", "CreateStmt", "ViewStmt", "IndexStmt",
                                                "CreateTrigStmt"};
  const auto place = std::ranges::find(kOrder, tree::node(element).kind);
  return static_cast<std::size_t>(place - std::begin(kOrder));
}

}  // namespace

void lower_create_enum(const Value& body, Lowering& lowering) {
  lowering.add(CreateEnum{{tree::qualified(body["typeName"]), tree::texts(body["vals"])}});
}

void lower_alter_enum(const Value& body, Lowering& lowering) {
  const QualifiedName name = tree::qualified(body["typeName"]);
  const std::string value(body["newVal"].string());
  if (body["oldVal"].exists()) {
    lowering.add(RenameEnumValue{name, std::string(body["oldVal"].string()), value});
    return;
  }
  const std::string neighbour(body["newValNeighbor"].string());
  const bool after = body["newValIsAfter"].boolean();
  lowering.add(
      AddEnumValue{name, value, after ? "" : neighbour, after ? neighbour : "", body["skipIfNewValExists"].boolean()});
}

void lower_create_schema(const Value& body, Lowering& lowering) {
  std::string name(body["schemaname"].string());
  if (name.empty()) name = body["authrole"]["rolename"].string();
  lowering.add(CreateSchema{name, body["if_not_exists"].boolean()});
  std::vector<Value> elements = body["schemaElts"].items();
  if (elements.empty()) return;
  std::ranges::stable_sort(elements, {}, rank_in_schema);
  lowering.add(SetSearchPath{{name}, false, SetSearchPath::Kind::enter});
  for (const Value& element : elements) lower_statement(element, lowering);
  lowering.add(SetSearchPath{{}, false, SetSearchPath::Kind::leave});
}

void lower_create_extension(const Value& body, Lowering& lowering) {
  Extension extension{std::string(body["extname"].string()), {}, {}};
  for (const Value& item : body["options"].items()) {
    const Value option = item["DefElem"];
    const std::string_view name = option["defname"].string();
    if (name == "schema") extension.schema = tree::text(option["arg"]);
    if (name == "new_version") extension.version = tree::text(option["arg"]);
  }
  lowering.add(CreateExtension{std::move(extension), body["if_not_exists"].boolean()});
}

void lower_alter_extension(const Value& body, Lowering& lowering) {
  AlterExtension alter{std::string(body["extname"].string()), {}, {}};
  for (const Value& item : body["options"].items()) {
    if (item["DefElem"]["defname"].string() == "new_version") alter.new_version = tree::text(item["DefElem"]["arg"]);
  }
  lowering.add(std::move(alter));
}

SequenceOptions lower_sequence_options(const Value& options, Sequence& sequence) {
  SequenceOptions set;
  for (const Value& item : options.items()) {
    const Value option = item["DefElem"];
    const std::string_view name = option["defname"].string();
    const Value argument = option["arg"];
    if (name == "as") {
      sequence.type = lower_type_name(argument["TypeName"]).type.name;
      set.type = true;
    } else if (name == "start") {
      sequence.start = number_of(argument);
    } else if (name == "increment") {
      sequence.increment = number_of(argument);
    } else if (name == "minvalue") {
      sequence.min_value = number_of(argument);
    } else if (name == "maxvalue") {
      sequence.max_value = number_of(argument);
    } else if (name == "cache") {
      sequence.cache = number_of(argument);
    } else if (name == "owned_by") {
      std::vector<std::string> parts;
      for (const Value& part : tree::list(argument)) parts.emplace_back(tree::text(part));
      set.owner = true;
      if (parts.size() < 2) continue;  // NONE
      sequence.owner_column = parts.back();
      parts.pop_back();
      sequence.owner_table = tree::qualified(parts);
    }
  }
  return set;
}

void lower_create_sequence(const Value& body, Lowering& lowering) {
  Sequence sequence{.name = tree::relation(body["sequence"])};
  if (body["sequence"]["relpersistence"].string() == "t") sequence.name.schema = "pg_temp";
  lower_sequence_options(body["options"], sequence);
  lowering.add(CreateSequence{std::move(sequence), body["if_not_exists"].boolean()});
}

void lower_alter_sequence(const Value& body, Lowering& lowering) {
  lowering.only_if_exists(body["missing_ok"].boolean());
  Sequence sequence{.name = tree::relation(body["sequence"])};
  const SequenceOptions set = lower_sequence_options(body["options"], sequence);
  lowering.add(AlterSequence{std::move(sequence), set.type, set.owner});
}

}  // namespace refract::catalog
