#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/core/text_tools.h"
#include "validation/rules/configuration_block.h"

namespace refract::validation {
namespace {

using schema::PrismaVersion;
using schema::Provider;
using syntax::Expression;
using syntax::ExpressionKind;
using syntax::Property;

constexpr std::array<std::string_view, 6> kProviders{"postgresql", "mysql",   "sqlite",
                                                     "sqlserver",  "mongodb", "cockroachdb"};

constexpr std::array<std::string_view, 7> kKeys{"provider",     "url",     "directUrl", "shadowDatabaseUrl",
                                                "relationMode", "schemas", "extensions"};

// The provider whose name is near, or which is known by this other name; empty: none.
std::string_view provider_meant(const std::string& written) {
  struct OtherName {
    std::string_view name;
    std::string_view provider;
  };
  static constexpr OtherName kOtherNames[] = {
      {"postgre", "postgresql"},    {"pg", "postgresql"},        {"psql", "postgresql"}, {"pgsql", "postgresql"},
      {"mssql", "sqlserver"},       {"mariadb", "mysql"},        {"maria", "mysql"},     {"mongo", "mongodb"},
      {"cockroach", "cockroachdb"}, {"crdb", "cockroachdb"},     {"sqlite3", "sqlite"},  {"ms-sql", "sqlserver"},
      {"tsql", "sqlserver"},        {"sql-server", "sqlserver"},
  };
  const auto* found = std::ranges::find(kOtherNames, ascii::to_lower(written), &OtherName::name);
  return found == std::end(kOtherNames) ? nearest(written, kProviders) : found->provider;
}

std::optional<Provider> read_provider(ConfigurationBlock& block) {
  Report& report = block.report();
  const Property* property = block.take("provider");
  if (!property) {
    if (block.report_misspelt("provider", kKeys)) return std::nullopt;
    report.error("missing-property", block.whole(), "The datasource has no `provider`.")
        .advise("Name the database: `provider = \"postgresql\"`.")
        .fact("property", std::string("provider"))
        .fix("Add `provider = \"postgresql\"`", {add_member(block.block(), "provider = \"postgresql\"")});
    return std::nullopt;
  }
  const Expression& value = *property->value;
  if (value.kind == ExpressionKind::function && value.value == "env") {
    report
        .error("provider-from-environment", block.whole(),
               "The datasource's provider cannot be an environment variable.")
        .advise("Write it as a string: `\"postgresql\"`.")
        .fix("Change to `\"postgresql\"`", {{block.at(value.range), "\"postgresql\""}});
    return std::nullopt;
  }
  if (value.kind != ExpressionKind::string || value.value.empty()) {
    BlockDiagnostic& diagnostic =
        report.error("provider-value", block.at(value.range), "The provider is the name of a database in quotes.");
    diagnostic.advise(fmt::format("Use one of {}.", list_of(kProviders)));
    if (value.kind == ExpressionKind::path && schema::provider_from(value.text)) {
      diagnostic.fix("Put it in quotes", {{block.at(value.range), fmt::format("\"{}\"", value.text)}}, true);
    }
    return std::nullopt;
  }
  const auto provider = schema::provider_from(value.value);
  if (provider) return provider;
  BlockDiagnostic& diagnostic = report.error("unknown-provider", block.at(value.range),
                                             fmt::format("The provider `{}` does not exist.", value.value));
  diagnostic.fact("provider", value.value);
  if (const auto meant = provider_meant(value.value); !meant.empty()) {
    diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
        .fix(fmt::format("Change to `{}`", meant), {{block.at(value.range), fmt::format("\"{}\"", meant)}}, true);
  } else {
    diagnostic.advise(fmt::format("Use one of {}.", list_of(kProviders)));
  }
  return std::nullopt;
}

void read_relation_mode(ConfigurationBlock& block, Provider provider) {
  Report& report = block.report();
  const Property* mode = block.take("relationMode");
  const Property* old = block.take("referentialIntegrity");
  if (old) {
    BlockDiagnostic& diagnostic = report.warning("referential-integrity-deprecated", block.line(*old),
                                                 "`referentialIntegrity` was renamed to `relationMode`.");
    diagnostic.advise("Use the new name.");
    if (!mode) diagnostic.fix("Rename it", {{block.at(old->key.range), "relationMode"}}, true);
  }
  if (mode && old) {
    report
        .error("relation-mode-twice", block.line(*old),
               "`referentialIntegrity` and `relationMode` mean the same, so only one can be given.")
        .advise("Keep `relationMode`.")
        .fix("Remove `referentialIntegrity`", {remove_line(block.block(), old->range)}, true);
    return;
  }
  const Property* given = mode ? mode : old;
  if (!given) return;
  const Expression& value = *given->value;
  if (value.kind != ExpressionKind::string) return block.wrong_value("A string", value);
  if (value.value != "prisma" && value.value != "foreignKeys") {
    report
        .error("unknown-relation-mode", block.whole(),
               fmt::format("The relation mode `{}` does not exist.", value.value))
        .advise("Use \"foreignKeys\" or \"prisma\".")
        .see(block.at(value.range), "It is given here.");
  } else if (provider == Provider::mongodb && value.value == "foreignKeys") {
    report
        .error("unknown-relation-mode", block.at(value.range),
               "MongoDB has no foreign keys, so the relation mode is always \"prisma\".")
        .advise("Remove the property.")
        .fix("Remove it", {remove_line(block.block(), given->range)}, true);
  }
}

// `name(map: "…", schema: "…", version: "…")`
void check_extension(ConfigurationBlock& block, const Expression& extension) {
  Report& report = block.report();
  std::set<std::string_view> given;
  for (const syntax::Argument& argument : extension.arguments) {
    if (!argument.value) continue;
    const Place at = block.at(argument.range);
    if (!argument.name) {
      report.error("extension-argument", at, "The arguments of an extension have names.")
          .advise("Write `map:`, `schema:` or `version:` before it.");
      continue;
    }
    const std::string_view name = argument.name->text;
    if (!given.insert(name).second) {
      report.error("duplicate-argument", at, fmt::format("The argument `{}` is given twice.", name))
          .advise("Keep one of them.")
          .fact("argument", std::string(name))
          .fix("Remove this argument", {remove_argument(block.block(), extension.arguments, argument)}, true);
      continue;
    }
    const bool string = argument.value->kind == ExpressionKind::string;
    if (!string) block.wrong_value("A string", *argument.value);
    if (name != "map" && name != "schema" && name != "version") {
      report.error("extension-argument", at, fmt::format("An extension has no argument `{}`.", name))
          .advise("Its arguments are `map`, `schema` and `version`.")
          .fix("Remove the argument", {remove_argument(block.block(), extension.arguments, argument)});
    } else if (!string) {
      report.error("extension-argument", at, fmt::format("The argument `{}` of an extension is a string.", name))
          .advise("Put it in quotes.");
    }
  }
}

void read_extensions(ConfigurationBlock& block, Provider provider) {
  if (provider != Provider::postgresql) return;
  const Property* property = block.take("extensions");
  if (!property) return;
  const Expression& value = *property->value;
  const std::span<const Expression> elements = value.kind == ExpressionKind::array
                                                   ? std::span<const Expression>(value.elements)
                                                   : std::span<const Expression>(&value, 1);
  bool readable = true;
  for (const Expression& element : elements) {
    if (element.kind == ExpressionKind::path || element.kind == ExpressionKind::function) continue;
    block.wrong_value("The name of an extension", element);
    readable = false;
  }
  if (!readable) return;
  for (const Expression& element : elements) check_extension(block, element);
}

void report_schemas_unsupported(const syntax::Block& block, const Property& property,
                                const schema::Connector& connector, Report& report) {
  report
      .error("schemas-unsupported", {&block, property.value->range},
             fmt::format("There are no schemas {}.", on_database(connector)))
      .advise("Remove the property.")
      .fix("Remove it", {remove_line(block, property.range)});
}

void read_schemas(const Environment& environment, ConfigurationBlock& block, const schema::Connector& connector) {
  const Property* property = block.take("schemas");
  if (!property) return;
  const Expression& value = *property->value;
  Report& report = block.report();
  const std::span<const Expression> elements = value.kind == ExpressionKind::array
                                                   ? std::span<const Expression>(value.elements)
                                                   : std::span<const Expression>(&value, 1);
  bool readable = true;
  for (const Expression& element : elements) {
    if (element.kind == ExpressionKind::string) continue;
    block.wrong_value("A string", element);
    readable = false;
  }
  if (!readable) return;
  if (elements.empty()) {
    report.error("empty-schemas", block.at(value.range), "The list of schemas is empty.")
        .advise("Name at least one schema, or remove the property.")
        .fix("Remove it", {remove_line(block.block(), property->range)}, true);
    return;
  }
  // Prisma 5 leaves this to the schema checks.
  if (environment.version != PrismaVersion::v5 && !connector.multi_schema) {
    return report_schemas_unsupported(block.block(), *property, connector, report);
  }
  std::vector<const Expression*> sorted;
  for (const Expression& element : elements) sorted.push_back(&element);
  std::ranges::stable_sort(sorted, {}, [](const Expression* element) { return std::string_view(element->value); });
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    if (sorted[i]->value != sorted[i + 1]->value) continue;
    report
        .error("duplicate-schema", block.at(sorted[i]->range),
               fmt::format("The schema `{}` is listed twice.", sorted[i]->value))
        .advise("Keep it once.");
  }
}

// Prisma 7 takes connection strings from its configuration file; before, `url` was required.
bool read_urls(const Environment& environment, ConfigurationBlock& block) {
  Report& report = block.report();
  if (environment.version >= PrismaVersion::v7) {
    for (std::string_view key : {"url", "directUrl", "shadowDatabaseUrl"}) {
      const Property* property = block.take(key);
      if (!property) continue;
      report
          .error("url-removed", block.line(*property),
                 fmt::format("From Prisma 7 on, `{}` is not allowed in the schema.", key))
          .advise("Move it to `prisma.config.ts`.")
          .fact("property", std::string(key))
          .fix(fmt::format("Remove `{}`", key), {remove_line(block.block(), property->range)}, false);
    }
    return true;
  }
  const Property* url = block.take("url");
  if (!url) {
    if (block.report_misspelt("url", kKeys)) return false;
    report.error("missing-property", block.whole(), "The datasource has no `url`.")
        .advise("Add the database's URL: `url = env(\"DATABASE_URL\")`.")
        .fact("property", std::string("url"))
        .fix("Add `url = env(\"DATABASE_URL\")`", {add_member(block.block(), "url = env(\"DATABASE_URL\")")}, true);
    return false;
  }
  const auto main = block.string_or_env(*url->value);
  if (!main) return false;
  const Property* shadow = block.take("shadowDatabaseUrl");
  auto shadow_url = shadow ? block.string_or_env(*shadow->value) : std::nullopt;
  if (shadow_url && *shadow_url == "text:") shadow_url.reset();
  const Property* direct = block.take("directUrl");
  const auto direct_url = direct ? block.string_or_env(*direct->value) : std::nullopt;
  const auto clash = [&](const Property& property, std::string_view key) {
    report
        .error("shadow-database-same", block.at(property.value->range),
               fmt::format("The shadow database is the same as the one in `{}`.", key))
        .advise("Use another database for it: Prisma empties the shadow database.");
  };
  if (shadow_url && direct_url && *shadow_url == *direct_url) clash(*direct, "directUrl");
  if (shadow_url && *shadow_url == *main) clash(*url, "url");
  return true;
}

}  // namespace

void check_datasource_features(const Environment& environment, Report& report) {
  if (!environment.datasource) return;
  const syntax::Block& block = *environment.datasource->block;
  const Property* schemas = block.find_property("schemas");
  if (schemas && environment.version == PrismaVersion::v5) {
    if (!environment.preview("multiSchema")) {
      report
          .error("property-needs-preview", {&block, schemas->value->range},
                 "Several schemas are a preview feature in Prisma 5.")
          .advise("Add `previewFeatures = [\"multiSchema\"]` to the generator.")
          .fact("feature", std::string("multiSchema"));
    } else if (!environment.connector->multi_schema) {
      report_schemas_unsupported(block, *schemas, *environment.connector, report);
    }
  }
  const Property* extensions = block.find_property("extensions");
  if (extensions && environment.is(Provider::postgresql) && !environment.preview("postgresqlExtensions")) {
    Report unused;
    report
        .error("property-needs-preview", ConfigurationBlock(block, unused).line(*extensions),
               "`extensions` is a preview feature.")
        .advise("Add `previewFeatures = [\"postgresqlExtensions\"]` to the generator.")
        .fact("feature", std::string("postgresqlExtensions"));
  }
}

void check_datasource(const Environment& environment, const schema::Datasource& datasource, Report& report,
                      bool& valid) {
  ConfigurationBlock block(*datasource.block, report);
  if (!block.usable()) return;
  const auto provider = read_provider(block);
  if (!provider) {
    // What is wrong with the addresses does not depend on the database.
    if (environment.tolerant) read_urls(environment, block);
    return;
  }
  const schema::Connector& connector = schema::connector(*provider, environment.version);
  read_relation_mode(block, *provider);
  read_extensions(block, *provider);
  if (!read_urls(environment, block)) return;
  if (const Property* features = block.take("previewFeatures")) {
    report.error("preview-features-in-datasource", block.line(*features), "Preview features belong to the generator.")
        .advise("Move the line to the generator block.")
        .fix("Remove it here", {remove_line(block.block(), features->range)});
  }
  read_schemas(environment, block, connector);
  for (const auto& [key, property] : block.rest()) {
    BlockDiagnostic& diagnostic =
        report.error("unknown-property", block.line(*property), fmt::format("A datasource has no property `{}`.", key));
    diagnostic.advise("Remove it.").fact("property", std::string(key));
    const std::string_view meant = nearest(key, kKeys);
    if (!meant.empty() && !block.block().find_property(meant)) {
      diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
          .fix(fmt::format("Change to `{}`", meant), {{block.at(property->key.range), std::string(meant)}}, true);
    }
    diagnostic.fix(fmt::format("Remove `{}`", key), {remove_line(block.block(), property->range)});
  }
  valid = true;
}

}  // namespace refract::validation
