#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/fixes/fix_context.h"

// Datasources, generators and what a schema has to ask them for.
namespace refract::validation {
namespace {

using syntax::Expression;
using syntax::ExpressionKind;

void name_preview_feature(FixContext& context) {
  const std::string_view feature = context.fact("feature");
  const auto generators = context.environment.snapshot->generators();
  if (feature.empty() || generators.empty()) return;
  const syntax::Block& block = *generators.front().block;
  const syntax::Property* property = block.find_property("previewFeatures");
  const std::string quoted = fmt::format("\"{}\"", feature);
  const std::string title = fmt::format("Name the preview feature `{}`", feature);
  if (!property) {
    context.diagnostic.fix(title, {add_member(block, fmt::format("previewFeatures = [{}]", quoted))}, true);
  } else if (property->value && property->value->kind == ExpressionKind::array) {
    const auto& elements = property->value->elements;
    const text::Offset after = elements.empty() ? property->value->range.begin + 1 : elements.back().range.end;
    context.diagnostic.fix(title, {{{&block, {after, after}}, elements.empty() ? quoted : ", " + quoted}}, true);
  }
}

// The listed element at the place, taken out.
void remove_listed(FixContext& context) {
  for (const syntax::Property& property : context.block.properties) {
    if (!property.value) continue;
    const auto elements = elements_of(*property.value);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i].range != context.diagnostic.at.range || elements.size() < 2) continue;
      context.diagnostic.fix("Name it once", {without_element(context.block, elements, i)}, true);
      return;
    }
  }
}

void list_schema(FixContext& context) {
  const schema::Datasource* datasource = context.environment.datasource;
  const std::string_view name = context.fact("schema");
  const syntax::Property* schemas = datasource ? datasource->block->find_property("schemas") : nullptr;
  if (name.empty() || !datasource) return;
  const std::string quoted = fmt::format("\"{}\"", name);
  const std::string title = fmt::format("Add {} to `schemas`", quoted);
  if (!schemas) {
    context.diagnostic.fix(title, {add_member(*datasource->block, fmt::format("schemas = [{}]", quoted))});
  } else if (schemas->value && schemas->value->kind == ExpressionKind::array && !schemas->value->elements.empty()) {
    const text::Offset after = schemas->value->elements.back().range.end;
    context.diagnostic.fix(title, {{{datasource->block.get(), {after, after}}, ", " + quoted}}, true);
  }
}

void remove_shadow(FixContext& context) {
  const syntax::Property* shadow = context.block.find_property("shadowDatabaseUrl");
  if (shadow) context.diagnostic.fix("Remove `shadowDatabaseUrl`", {remove_line(context.block, shadow->range)});
}

void correct_relation_mode(FixContext& context) {
  const syntax::Property* mode = context.block.find_property("relationMode");
  if (!mode) mode = context.block.find_property("referentialIntegrity");
  if (!mode || !mode->value) return;
  for (const char* value : {"foreignKeys", "prisma"}) {
    context.diagnostic.fix(fmt::format("Change to \"{}\"", value),
                           {{context.at(mode->value->range), fmt::format("\"{}\"", value)}});
  }
}

void quote_extension_argument(FixContext& context) {
  const std::string_view text = context.text(context.diagnostic.at.range);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.find('"') != std::string_view::npos) return;
  const std::size_t value = text.find_first_not_of(" \t", colon + 1);
  if (value == std::string_view::npos || text.find_first_of("()[]", value) != std::string_view::npos) return;
  const auto begin = context.diagnostic.at.range.begin + static_cast<text::Offset>(value);
  context.diagnostic.fix(
      "Put it in quotes",
      {{context.at({begin, context.diagnostic.at.range.end}), fmt::format("\"{}\"", text.substr(value))}}, true);
}

void remove_block(FixContext& context) {
  context.diagnostic.fix(fmt::format("Remove the datasource `{}`", context.block.name.text),
                         {{context.at(context.block.range), ""}});
}

void name_variable(FixContext& context) {
  context.diagnostic.fix("Write `env(\"DATABASE_URL\")`", {{context.diagnostic.at, "env(\"DATABASE_URL\")"}});
}

}  // namespace

void fix_configuration(FixContext& context) {
  const Code code = context.diagnostic.code;
  if (code == "attribute-needs-preview" || code == "property-needs-preview" || code == "view-needs-preview") {
    return name_preview_feature(context);
  }
  if (code == "duplicate-schema") return remove_listed(context);
  if (code == "unknown-schema") return list_schema(context);
  if (code == "shadow-database-same") return remove_shadow(context);
  if (code == "unknown-relation-mode") return correct_relation_mode(context);
  if (code == "extension-argument" || code == "wrong-value") return quote_extension_argument(context);
  if (code == "several-datasources") return remove_block(context);
  if (code == "env-arguments") return name_variable(context);
}

}  // namespace refract::validation
