#include <fmt/format.h>

#include <algorithm>

#include "features/completion/completion_context.h"
#include "features/configuration_texts.h"
#include "validation/rules/preview_features.h"

namespace refract::features {
namespace {

using Values = std::initializer_list<std::string_view>;
using schema::PrismaVersion;

std::string property_text(const syntax::Block& block, std::string_view key) {
  const syntax::Property* property = block.find_property(key);
  return property != nullptr && property->value ? property->value->value : std::string();
}

// Whether the property has a meaning together with the present properties of the block.
bool is_known(const CompletionContext& context, std::string_view key) {
  const schema::Connector& connector = context.connector();
  if (key == "schemas") {
    return connector.multi_schema &&
           (context.version() != PrismaVersion::v5 || context.snapshot.has_preview_feature("multiSchema"));
  }
  if (key == "extensions") {
    return context.snapshot.provider() == schema::Provider::postgresql &&
           context.snapshot.has_preview_feature("postgresqlExtensions");
  }
  const bool client_only =
      key == "runtime" || key == "moduleFormat" || key == "generatedFileExtension" || key == "importFileExtension";
  const bool old_only = key == "engineType" || key == "binaryTargets";
  const std::string provider =
      context.cursor.block == nullptr ? std::string() : property_text(*context.cursor.block->block, "provider");
  if (client_only) return provider == "prisma-client" && context.version() >= PrismaVersion::v6;
  if (key == "compilerBuild") return provider.starts_with("prisma-client") && context.version() == PrismaVersion::v7;
  return !old_only || provider == "prisma-client-js";
}

void add_properties(CompletionContext& context, std::span<const PropertySpec> properties) {
  const syntax::Block* block = context.cursor.block == nullptr ? nullptr : context.cursor.block->block;
  for (const PropertySpec& property : properties) {
    if (context.version() > property.until || !is_known(context, property.key)) continue;
    const syntax::Property* given = block == nullptr ? nullptr : block->find_property(property.key);
    if (given != nullptr && !context.cursor.block->in_file(given->key.range).touches(context.at.offset)) continue;
    Insertion insertion;
    if (!context.line.is_followed_by("=")) {
      const std::string_view value = property.shape == PropertyShape::list    ? "[\"${1}\"]$0"
                                     : property.shape == PropertyShape::names ? "[${1}]$0"
                                     : property.shape == PropertyShape::call  ? "env(\"${1:DATABASE_URL}\")$0"
                                                                              : "\"${1}\"$0";
      insertion = {.plain = fmt::format("{} = ", property.key), .snippet = fmt::format("{} = {}", property.key, value)};
    }
    context.add(CompletionKind::property, property.key, "property", property.doc, std::move(insertion));
  }
}

void add_strings(CompletionContext& context, std::span<const std::string_view> values) {
  const bool quoted = context.cursor.place == syntax::CursorPlace::string_content;
  const auto given = context.line.array_elements();
  for (const std::string_view value : values) {
    if (std::ranges::find(given, value) != given.end()) continue;
    context.add(CompletionKind::value, value, "value", {},
                {.plain = quoted ? std::string() : fmt::format("\"{}\"", value), .snippet = {}});
  }
}

void add_strings(CompletionContext& context, Values values) {
  add_strings(context, std::span(values.begin(), values.size()));
}

void complete_environment(CompletionContext& context) {
  std::vector<std::string_view> names(context.options.environment.begin(), context.options.environment.end());
  if (names.empty()) names.emplace_back("DATABASE_URL");
  // The shadow database is another one.
  const bool shadow = context.cursor.property == "shadowDatabaseUrl";
  const auto is_taken = [&](std::string_view key, std::string_view name) {
    const syntax::Property* property =
        context.cursor.block == nullptr ? nullptr : context.cursor.block->block->find_property(key);
    if (property == nullptr || !property->value || property->value->arguments.size() != 1) return false;
    const auto& value = property->value->arguments.front().value;
    return value && value->value == name;
  };
  std::erase_if(names, [&](std::string_view name) {
    return shadow ? is_taken("url", name) || is_taken("directUrl", name) : is_taken("shadowDatabaseUrl", name);
  });
  add_strings(context, names);
}

// The names that @@schema has and the list does not.
void complete_schema_list(CompletionContext& context) {
  if (context.cursor.place == syntax::CursorPlace::property_value) {
    context.add(CompletionKind::snippet, "[]", "list", {}, {.plain = {}, .snippet = "[\"${1}\"]$0"});
    return;
  }
  std::vector<std::string_view> names;
  for (const schema::Placed& placed : context.snapshot.declarations()) {
    if (!placed->database_schema) continue;
    const std::string_view name = *placed->database_schema;
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  add_strings(context, names);
}

// Names without quotes. Where an extension's own name is none, `map` has it.
void complete_extensions(CompletionContext& context) {
  if (context.cursor.place == syntax::CursorPlace::property_value) {
    context.add(CompletionKind::snippet, "[]", "list", {}, {.plain = {}, .snippet = "[${1}]$0"});
    return;
  }
  if (context.cursor.place != syntax::CursorPlace::array_element) return;
  const auto given = context.line.array_elements();
  for (const std::string_view name : {"citext", "hstore", "ltree", "pg_trgm", "pgcrypto", "postgis", "vector"}) {
    if (std::ranges::find(given, name) == given.end()) context.add(CompletionKind::value, name, "extension", {});
  }
  context.add(CompletionKind::value, "uuid_ossp(map: \"uuid-ossp\")", "extension", {});
}

void complete_extension_argument(CompletionContext& context) {
  const schema::Datasource* own = context.snapshot.datasource();
  if (context.cursor.argument != "schema" || own == nullptr) return;
  add_strings(context, std::vector<std::string_view>(own->schemas.begin(), own->schemas.end()));
}

// Whether all actions of the schema's relations are there without foreign keys.
bool may_be_emulated(const CompletionContext& context) {
  const auto& actions = context.connector().emulated_actions;
  const auto fits = [&](const std::optional<schema::ReferentialAction>& action) {
    return !action || std::ranges::find(actions, *action) != actions.end();
  };
  return std::ranges::all_of(context.snapshot.declarations(), [&](const schema::Placed& placed) {
    return std::ranges::all_of(placed->fields, [&](const schema::Field& field) {
      if (!field.relation) return true;
      // A self-relation must not have actions of its own then.
      const auto none = schema::ReferentialAction::no_action;
      const bool circle = field.relation->has_fields && field.type_name == placed->name;
      if (circle && (field.relation->on_delete != none || field.relation->on_update != none)) return false;
      return fits(field.relation->on_delete) && fits(field.relation->on_update);
    });
  });
}

void complete_datasource_value(CompletionContext& context, std::string_view key) {
  if (key == "provider") {
    add_strings(context, {"postgresql", "mysql", "sqlite", "sqlserver", "mongodb", "cockroachdb"});
  } else if (key == "relationMode") {
    if (context.connector().foreign_keys) add_strings(context, {"foreignKeys"});
    if (may_be_emulated(context)) add_strings(context, {"prisma"});
  } else if (key == "schemas") {
    complete_schema_list(context);
  } else if (key == "extensions") {
    complete_extensions(context);
  } else if (key == "url" || key == "directUrl" || key == "shadowDatabaseUrl") {
    if (context.cursor.place != syntax::CursorPlace::property_value) return;
    const bool called = context.line.is_followed_by("(");
    context.add(CompletionKind::function, called ? "env" : "env(\"\")", "function",
                "The value of an environment variable.",
                {.plain = {}, .snippet = called ? "" : "env(\"${1:DATABASE_URL}\")$0"});
  }
}

void complete_generator_value(CompletionContext& context, std::string_view key) {
  const bool list = key == "previewFeatures" || key == "binaryTargets";
  if (list && context.cursor.place == syntax::CursorPlace::property_value) {
    context.add(CompletionKind::snippet, "[]", "list", {}, {.plain = {}, .snippet = "[\"${1}\"]$0"});
  } else if (key == "provider") {
    add_strings(context, {"prisma-client", "prisma-client-js"});
  } else if (key == "previewFeatures") {
    add_strings(context, validation::active_features(context.version(), context.snapshot.provider()));
  } else if (key == "runtime") {
    add_strings(context,
                {"nodejs", "deno", "bun", "workerd", "cloudflare", "vercel-edge", "edge-light", "react-native"});
  } else if (key == "moduleFormat") {
    add_strings(context, {"esm", "cjs"});
  } else if (key == "generatedFileExtension") {
    add_strings(context, {"ts", "mts", "cts"});
  } else if (key == "importFileExtension") {
    add_strings(context, {"ts", "mts", "cts", "js", "mjs", "cjs"});
  } else if (key == "compilerBuild") {
    add_strings(context, {"fast", "small"});
  } else if (key == "engineType") {
    add_strings(context, {"library", "binary", "client"});
  } else if (key == "binaryTargets") {
    add_strings(context, {"native"});
  }
}

}  // namespace

void complete_configuration(CompletionContext& context) {
  const bool datasource = context.cursor.block_kind == syntax::BlockKind::datasource;
  const std::string_view key = context.cursor.property;
  if (context.cursor.place == syntax::CursorPlace::property_key) {
    add_properties(context, datasource ? datasource_properties() : generator_properties());
  } else if (!context.cursor.function.empty()) {
    if (context.cursor.function == "env") complete_environment(context);
    if (datasource && key == "extensions") complete_extension_argument(context);
  } else if (datasource) {
    complete_datasource_value(context, key);
  } else {
    complete_generator_value(context, key);
  }
}

}  // namespace refract::features
