#include "live/schema_pair.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <random>
#include <span>
#include <string_view>
#include <vector>

namespace refract::test {
namespace {

struct Kind {
  std::string_view type;  // with its native type behind a blank
  std::string_view value;
  std::string_view other;
  bool listed = true;  // may be a list
};

constexpr std::array kKinds = {
    Kind{"Int", "1", "-20"},
    Kind{"Int @db.SmallInt", "2", "3"},
    Kind{"BigInt", "3000000000", "-1"},
    Kind{"Float", "1.50", "0.0"},
    Kind{"Decimal", "1.10", "00.5"},
    Kind{"Decimal @db.Decimal(10, 2)", "2.25", "100"},
    Kind{"String", R"("it's \"so\"")", R"("")"},
    Kind{"String @db.VarChar(40)", R"("a")", R"("b\\c")"},
    Kind{"String @db.Char(4)", R"("abcd")", R"("x")"},
    Kind{"String @db.Uuid", R"("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")", R"_(dbgenerated("gen_random_uuid()"))_",
         false},
    Kind{"String @db.Inet", R"("127.0.0.1")", R"("10.0.0.0/8")", false},
    Kind{"Boolean", "true", "false"},
    Kind{"DateTime", "now()", R"("2020-01-01T00:00:00Z")", false},
    Kind{"DateTime @db.Timestamptz(6)", "now()", R"_(dbgenerated("clock_timestamp()"))_", false},
    Kind{"DateTime @db.Date", R"("2020-02-03T00:00:00Z")", "now()", false},
    Kind{"Json", R"("{ \"a\": 1 }")", R"("[]")"},
    Kind{"Json @db.Json", R"("{}")", R"("1")", false},
    Kind{"Bytes", R"("AQID")", R"("")"},
    Kind{R"(Unsupported("int4range"))", R"(dbgenerated("'[1,2)'::int4range"))", R"(dbgenerated("'empty'::int4range"))",
         false},
};
constexpr std::array<std::string_view, 6> kMaps = {
    "mapped", "With Space", "q\\\"uote", "select", "ümlaut", "a_name_that_is_long_enough_to_be_cut_somewhere_in_it"};
constexpr std::array<std::string_view, 5> kActions = {"Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"};
constexpr std::size_t kEnum = kKinds.size();  // a field's kind that stands for the enum
constexpr std::size_t kUnsupported = kKinds.size() - 1;

struct Field {
  std::string name;
  std::size_t kind = 0;
  std::string arity;  // "", "?" or "[]"
  int value = 0;      // 0: no default
  bool unique = false;
  std::string map;
};

struct Index {
  std::vector<std::string> fields;
  bool unique = false;
  std::string rest;  // further arguments
};

struct Model {
  std::string name;
  std::string map;
  int key = 0;  // 0: Int autoincrement(), 1: String, 2: BigInt autoincrement(), 3: two fields
  std::string key_map;
  std::vector<Field> fields;
  std::vector<Index> indexes;
  std::string parent;  // a relation to a model with a key of one field
  bool parent_required = false;
  std::string on_delete;
  std::string friends;  // an implicit many-to-many relation
};

struct Schema {
  std::vector<std::string> values;  // of the enum
  std::vector<Model> models;
};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  Schema schema() {
    Schema made;
    made.values = {"RED", "GREEN", "BLUE"};
    const std::size_t models = 1 + below(4);
    for (std::size_t at = 0; at < models; ++at) made.models.push_back(model(made));
    return made;
  }

  void change(Schema& schema) {
    switch (below(12)) {
      case 0:
        schema.models.push_back(model(schema));
        return;
      case 1:
        if (schema.models.size() > 1)
          schema.models.erase(schema.models.begin() + static_cast<long>(below(schema.models.size())));
        return;
      case 2:
        change_values(schema);
        return;
      default:
        change(schema.models[below(schema.models.size())], schema);
    }
  }

  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

 private:
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  std::string map() { return std::string(kMaps[below(kMaps.size())]); }

  void change_values(Schema& schema) {
    const std::string added = fmt::format("V{}", ++names_);
    if (chance(50) || schema.values.size() < 2) {
      schema.values.insert(schema.values.begin() + static_cast<long>(below(schema.values.size() + 1)), added);
    } else {
      schema.values.erase(schema.values.begin() + static_cast<long>(below(schema.values.size())));
    }
  }

  Field field() {
    Field made{.name = fmt::format("f{}", ++names_)};
    retype(made, chance(5));
    if (chance(10)) made.map = map() + made.name;
    made.unique = made.arity != "[]" && made.kind != kUnsupported && !is_json(made) && chance(10);
    return made;
  }

  static bool is_json(const Field& field) { return field.kind < kEnum && kKinds[field.kind].type.starts_with("Json"); }

  // Values of an Unsupported type are cast to another, as Prisma has it, which PostgreSQL refuses as often as not: a
  // field keeps to one side.
  void retype(Field& field, bool unsupported) {
    field.kind = unsupported ? kUnsupported : std::min(below(kKinds.size() + 3), kEnum);
    if (!unsupported && field.kind == kUnsupported) field.kind = kEnum;
    const bool listed = field.kind == kEnum || kKinds[field.kind].listed;
    field.arity = chance(30) ? "?" : chance(15) && listed ? "[]" : "";
    field.value = chance(45) ? 1 + static_cast<int>(below(2)) : 0;
    if (is_json(field) || field.arity == "[]" || field.kind == kUnsupported) field.unique = false;
  }

  Model model(const Schema& schema) {
    Model made{.name = fmt::format("M{}", ++names_)};
    if (chance(20)) made.map = map() + made.name;
    made.key = static_cast<int>(below(4));
    if (chance(15)) made.key_map = fmt::format("key {}", made.name);
    for (std::size_t count = 1 + below(5); count > 0; --count) made.fields.push_back(field());
    for (std::size_t count = below(3); count > 0; --count) add_index(made);
    relate(made, schema);
    return made;
  }

  static std::vector<std::string> bare(std::vector<std::string> fields) {
    for (std::string& field : fields) field = field.substr(0, field.find('('));
    return fields;
  }

  // Two names of long parts may be cut to the same, which Prisma refuses in a schema.
  static bool cut_like_another(const Model& model, const Index& index) {
    const auto is_long = [](const std::string& map) { return map.starts_with(kMaps.back()); };
    const std::vector<std::string> fields = bare(index.fields);
    const auto long_field = [&](const Field& field) {
      return is_long(field.map) && std::ranges::find(fields, field.name) != fields.end();
    };
    return !model.indexes.empty() && (is_long(model.map) || std::ranges::any_of(model.fields, long_field));
  }

  void add_index(Model& model) {
    Index made;
    const Field& first = model.fields[below(model.fields.size())];
    made.fields.push_back(first.name);
    const bool plain = first.arity != "[]" && first.kind != kUnsupported && !is_json(first);
    if (!plain) {
      // Without a class PostgreSQL knows a way for lists alone.
      if (first.arity != "[]") return;
      made.rest = ", type: Gin";
    } else {
      const Field& second = model.fields[below(model.fields.size())];
      if (&second != &first && second.arity != "[]" && !is_json(second) && second.kind != kUnsupported) {
        made.fields.push_back(second.name + (chance(30) ? "(sort: Desc)" : ""));
      }
      made.unique = chance(40);
      if (made.fields.size() == 1 && !made.unique && chance(20)) made.rest = ", type: Hash";
    }
    // Which of two over the same fields is which Prisma does not tell, nor do we: one that goes would stay.
    const bool like_another =
        std::ranges::any_of(model.indexes, [&](const Index& other) { return bare(other.fields) == bare(made.fields); });
    if (like_another || (made.unique && made.fields.size() == 1)) return;
    const bool named = chance(20);
    if (named || cut_like_another(model, made)) made.rest += fmt::format(", map: \"index {}\"", ++names_);
    model.indexes.push_back(std::move(made));
  }

  void relate(Model& model, const Schema& schema) {
    std::vector<std::string> names;
    for (const Model& other : schema.models) {
      if (other.key != 3 && other.name != model.name) names.push_back(other.name);
    }
    model.parent = names.empty() || chance(40) ? "" : names[below(names.size())];
    model.friends = names.empty() || model.key == 3 || chance(70) ? "" : names[below(names.size())];
    act(model);
  }

  void act(Model& model) {
    model.parent_required = chance(50);
    model.on_delete = chance(50) ? std::string(kActions[below(model.parent_required ? 3 : 4)]) : "";
  }

  void change(Model& model, const Schema& schema) {
    const std::size_t at = below(model.fields.size());
    Field& one = model.fields[at];
    switch (below(10)) {
      case 0:
        model.fields.insert(model.fields.begin() + static_cast<long>(at), field());
        return;
      case 1:
        if (model.fields.size() > 1) drop(model, at);
        return;
      case 2:
        retype(one, one.kind == kUnsupported);
        unindex(model, one.name);
        return;
      case 3:
        one.value = static_cast<int>(below(3));
        return;
      case 4:
        if (one.arity != "[]") one.arity = one.arity.empty() ? "?" : "";
        return;
      case 5:
        add_index(model);
        return;
      case 6:
        if (!model.indexes.empty())
          model.indexes.erase(model.indexes.begin() + static_cast<long>(below(model.indexes.size())));
        return;
      case 7:
        act(model);
        return;
      case 8:
        model.key_map = model.key_map.empty() ? fmt::format("key {}", ++names_) : "";
        return;
      default:
        relate(model, schema);
    }
  }

  static void unindex(Model& model, const std::string& field) {
    std::erase_if(model.indexes, [&](const Index& index) {
      const std::vector<std::string> names = bare(index.fields);
      return std::ranges::find(names, field) != names.end();
    });
  }

  static void drop(Model& model, std::size_t at) {
    unindex(model, model.fields[at].name);
    model.fields.erase(model.fields.begin() + static_cast<long>(at));
  }

  std::mt19937_64 random_;
  int names_ = 0;
};

const Model* find(const Schema& schema, const std::string& name) {
  const auto found = std::ranges::find(schema.models, name, &Model::name);
  return found == schema.models.end() ? nullptr : &*found;
}

std::string field_text(const Field& field, const Schema& schema) {
  const bool list = field.arity == "[]";
  std::string type = "Color";
  std::string native;
  std::string value = schema.values[field.value > 1 ? schema.values.size() - 1 : 0];
  if (field.kind < kEnum) {
    const Kind& kind = kKinds[field.kind];
    const std::size_t blank = kind.type.find(" @");
    type = kind.type.substr(0, blank);
    if (blank != std::string_view::npos) native = kind.type.substr(blank);
    value = field.value == 1 ? kind.value : kind.other;
  }
  std::string text = fmt::format("  {} {}{}{}", field.name, type, field.arity, native);
  if (field.value > 0) text += fmt::format(" @default({})", list ? fmt::format("[{0}, {0}]", value) : value);
  if (field.unique) text += " @unique";
  if (!field.map.empty()) text += fmt::format(" @map(\"{}\")", field.map);
  return text + "\n";
}

std::string_view key_type(const Model& model) {
  return model.key == 0 ? "Int" : model.key == 1 ? "String" : "BigInt";
}

std::string key_text(const Model& model) {
  const std::string map = model.key_map.empty() ? "" : fmt::format("map: \"{}\"", model.key_map);
  if (model.key == 3)
    return fmt::format("  id Int\n  part String\n  @@id([id, part]{}{})\n", map.empty() ? "" : ", ", map);
  return fmt::format("  id {} @id{}{}\n", key_type(model), map.empty() ? "" : fmt::format("({})", map),
                     model.key == 1 ? "" : " @default(autoincrement())");
}

std::string model_text(const Model& model, const Schema& schema) {
  std::string text = fmt::format("model {} {{\n{}", model.name, key_text(model));
  for (const Field& field : model.fields) text += field_text(field, schema);
  if (const Model* parent = find(schema, model.parent)) {
    const std::string_view optional = model.parent_required ? "" : "?";
    text +=
        fmt::format("  parentId {0}{1}\n  parent {2}{1} @relation(\"{3}P\", fields: [parentId], references: [id]{4})\n",
                    key_type(*parent), optional, parent->name, model.name,
                    model.on_delete.empty() ? "" : ", onDelete: " + model.on_delete);
  }
  if (const Model* other = find(schema, model.friends)) {
    text += fmt::format("  friends {}[] @relation(\"{}F\")\n", other->name, model.name);
  }
  for (const Model& other : schema.models) {
    if (other.parent == model.name) text += fmt::format("  of{0} {0}[] @relation(\"{0}P\")\n", other.name);
    if (other.friends == model.name) text += fmt::format("  friendsOf{0} {0}[] @relation(\"{0}F\")\n", other.name);
  }
  for (const Index& index : model.indexes) {
    text +=
        fmt::format("  @@{}([{}]{})\n", index.unique ? "unique" : "index", fmt::join(index.fields, ", "), index.rest);
  }
  if (!model.map.empty()) text += fmt::format("  @@map(\"{}\")\n", model.map);
  return text + "}\n";
}

std::string schema_text(const Schema& schema) {
  std::string text = fmt::format("enum Color {{\n  {}\n}}\n", fmt::join(schema.values, "\n  "));
  for (const Model& model : schema.models) text += model_text(model, schema);
  return text;
}

}  // namespace

SchemaPair schema_pair(std::uint64_t seed) {
  Generator generator(seed);
  Schema schema = generator.schema();
  SchemaPair pair{.before = schema_text(schema), .after = {}};
  for (std::size_t changes = 1 + generator.below(5); changes > 0; --changes) generator.change(schema);
  pair.after = schema_text(schema);
  return pair;
}

}  // namespace refract::test
