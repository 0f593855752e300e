#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "features/completion/completion_context.h"
#include "features/type_texts.h"

namespace refract::features {
namespace {

constexpr schema::ScalarType kScalars[] = {
    schema::ScalarType::string,    schema::ScalarType::int_,    schema::ScalarType::boolean,
    schema::ScalarType::date_time, schema::ScalarType::float_,  schema::ScalarType::json,
    schema::ScalarType::decimal,   schema::ScalarType::big_int, schema::ScalarType::bytes};

// What is allowed after the name of a type that is typed to its end.
void add_arities(CompletionContext& context, std::string_view type, bool lists) {
  if (context.cursor.word_text != type || context.line.type_arity() != syntax::Arity::required) return;
  const auto kind = schema::scalar_from(type) ? CompletionKind::scalar_type : CompletionKind::model;
  context.add(kind, fmt::format("{}?", type), "optional", {}, {}, 3);
  if (lists) context.add(kind, fmt::format("{}[]", type), "list", {}, {}, 3);
}

// Whether a value of the composite type has to hold one of `target`: then that cannot hold the first.
bool holds(const CompletionContext& context, const schema::Placed& type, const schema::Placed* target,
           std::set<const schema::Declaration*>& seen) {
  if (&type == target) return true;
  if (!seen.insert(type.declaration).second) return false;
  return std::ranges::any_of(type->fields, [&](const schema::Field& field) {
    const schema::Placed* next =
        field.kind == schema::TypeKind::composite_type && field.arity == syntax::Arity::required
            ? context.snapshot.find(field.type_name)
            : nullptr;
    return next != nullptr && holds(context, *next, target, seen);
  });
}

// Whether an index over several fields leads to the field at the cursor, in a composite type.
bool is_in_compound_index(const CompletionContext& context) {
  return std::ranges::any_of(context.snapshot.declarations(), [&](const schema::Placed& placed) {
    return std::ranges::any_of(placed->indexes, [&](const schema::Index& index) {
      return index.fields.size() > 1 && std::ranges::any_of(index.fields, [&](const schema::IndexField& part) {
               return part.path.size() > 1 && part.path.back() == context.cursor.field_name;
             });
    });
  });
}

void add_declared(CompletionContext& context) {
  const schema::Connector& connector = context.connector();
  // A composite type holds no relations.
  const bool in_composite = context.cursor.block_kind == syntax::BlockKind::composite_type;
  const bool relations = !in_composite;
  const bool list = context.line.type_arity() == syntax::Arity::list;
  const bool required = context.line.type_arity() == syntax::Arity::required;
  context.items.reserve(context.items.size() + context.snapshot.declarations().size());
  for (const schema::Placed& placed : context.snapshot.declarations()) {
    if (!attributes_fit(context, placed->name)) continue;
    const std::string_view documentation = placed->block->documentation;
    const auto add = [&](CompletionKind kind, std::string_view what, bool lists) {
      CompletionItem& item = context.add(kind, placed->name, what, documentation, {}, 2);
      if (placed.file != context.at.file) {
        const std::string_view path = context.snapshot.files()[placed.file].path;
        item.detail += fmt::format(" in {}", path.substr(path.rfind('/') + 1));
      }
      add_arities(context, placed->name, lists);
    };
    switch (placed->kind) {
      case syntax::BlockKind::enumeration:
        if (connector.enums && (!list || connector.scalar_lists))
          add(CompletionKind::enumeration, "enum", connector.scalar_lists);
        break;
      case syntax::BlockKind::composite_type: {
        std::set<const schema::Declaration*> seen;
        if (in_composite && is_in_compound_index(context)) break;
        if (in_composite && required && context.declaration && holds(context, placed, context.declaration, seen)) break;
        add(CompletionKind::composite_type, "type", true);
        break;
      }
      case syntax::BlockKind::model:
        if (relations) add(CompletionKind::model, "model", true);
        break;
      case syntax::BlockKind::view:
        if (relations) add(CompletionKind::model, "view", true);
        break;
      default:
        break;
    }
  }
}

// "client", or with a number where a generator is called so.
std::string free_generator_name(const CompletionContext& context) {
  const auto generators = context.snapshot.generators();
  std::string name = "client";
  for (int number = 2; std::ranges::find(generators, name, &schema::Generator::name) != generators.end(); ++number)
    name = fmt::format("client{}", number);
  return name;
}

}  // namespace

void complete_types(CompletionContext& context) {
  const schema::Connector& connector = context.connector();
  const bool list = context.line.type_arity() == syntax::Arity::list;
  for (const schema::ScalarType scalar : kScalars) {
    const bool json = scalar == schema::ScalarType::json;
    const bool lists = connector.scalar_lists && (!json || connector.json_lists);
    if ((json && !connector.json) || (list && !lists)) continue;
    if (scalar == schema::ScalarType::decimal && !connector.decimal) continue;
    if (!attributes_fit(context, schema::to_string(scalar))) continue;
    context.add(CompletionKind::scalar_type, schema::to_string(scalar), "scalar type", scalar_doc(scalar));
    add_arities(context, schema::to_string(scalar), lists);
  }
  add_declared(context);
  const bool called = context.line.is_followed_by("(");
  context.add(
      CompletionKind::snippet, "Unsupported", "a type that Prisma does not have",
      "It is kept in the database and left out of the client.",
      {.plain = called ? "Unsupported" : "Unsupported(\"\")", .snippet = called ? "" : "Unsupported(\"${1:type}\")$0"},
      4);
}

void complete_blocks(CompletionContext& context) {
  const bool bare = context.line.ends();
  const auto add = [&](std::string_view keyword, std::string_view doc, std::string_view body) {
    // Before an existing name only the keyword is missing.
    context.add(CompletionKind::keyword, keyword, "block", doc,
                {.plain = {}, .snippet = bare ? fmt::format("{} {}", keyword, body) : std::string()});
  };
  const bool v7 = context.version() == schema::PrismaVersion::v7;
  const schema::Datasource* datasource = context.snapshot.datasource();
  if (context.snapshot.provider() == schema::Provider::mongodb && datasource != nullptr) {
    add("model", "A collection of the database.",
        fmt::format("${{1:Name}} {{\n  id String @id @default(auto()) @map(\"_id\") @{}.ObjectId$0\n}}",
                    datasource->name));
  } else {
    add("model", "A table of the database.", "${1:Name} {\n  id ${2:Int} @id$0\n}");
  }
  if (context.connector().enums) add("enum", "A type with a fixed set of values.", "${1:Name} {\n  ${2:VALUE}$0\n}");
  if (context.connector().composite_types) add("type", "A structure stored inside documents.", "${1:Name} {\n  $0\n}");
  if (context.snapshot.has_preview_feature("views"))
    add("view", "A view of the database, read only.", "${1:Name} {\n  $0\n}");
  add("generator", "What Prisma generates from the schema, usually Prisma Client.",
      fmt::format("${{1:{}}} {{\n  provider = {}$0", free_generator_name(context),
                  v7 ? "\"${2:prisma-client}\"\n  output   = \"${3:../generated/prisma}\"\n}"
                     : "\"${2:prisma-client-js}\"\n}"));
  if (datasource == nullptr) {
    add("datasource", "The database that the schema describes.",
        v7 ? "${1:db} {\n  provider = \"${2:postgresql}\"\n}$0"
           : "${1:db} {\n  provider = \"${2:postgresql}\"\n  url      = env(\"${3:DATABASE_URL}\")\n}$0");
  }
}

}  // namespace refract::features
