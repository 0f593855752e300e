#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validation/spot.h"
#include "validation/text_tools.h"

// Datasources, generators and what a schema has to ask them for.
namespace refract::validation {
namespace {

using syntax::Expression;
using syntax::ExpressionKind;

void name_preview_feature(Spot& spot) {
  const std::string_view feature = spot.fact("feature");
  const auto generators = spot.environment.snapshot->generators();
  if (feature.empty() || generators.empty()) return;
  const syntax::Block& block = *generators.front().block;
  const syntax::Property* property = block.find_property("previewFeatures");
  const std::string quoted = fmt::format("\"{}\"", feature);
  const std::string title = fmt::format("Name the preview feature `{}`", feature);
  if (!property) {
    spot.finding.fix(title, {add_member(block, fmt::format("previewFeatures = [{}]", quoted))}, true);
  } else if (property->value && property->value->kind == ExpressionKind::array) {
    const auto& elements = property->value->elements;
    const text::Offset behind = elements.empty() ? property->value->range.begin + 1 : elements.back().range.end;
    spot.finding.fix(title, {{{&block, {behind, behind}}, elements.empty() ? quoted : ", " + quoted}}, true);
  }
}

// The listed element at the place, taken out.
void remove_listed(Spot& spot) {
  for (const syntax::Property& property : spot.block.properties) {
    if (!property.value) continue;
    const auto elements = elements_of(*property.value);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i].range != spot.finding.at.range || elements.size() < 2) continue;
      spot.finding.fix("Name it once", {without_element(spot.block, elements, i)}, true);
      return;
    }
  }
}

void list_schema(Spot& spot) {
  const schema::Datasource* datasource = spot.environment.datasource;
  const std::string_view name = spot.fact("schema");
  const syntax::Property* schemas = datasource ? datasource->block->find_property("schemas") : nullptr;
  if (name.empty() || !datasource) return;
  const std::string quoted = fmt::format("\"{}\"", name);
  const std::string title = fmt::format("Add {} to `schemas`", quoted);
  if (!schemas) {
    spot.finding.fix(title, {add_member(*datasource->block, fmt::format("schemas = [{}]", quoted))});
  } else if (schemas->value && schemas->value->kind == ExpressionKind::array && !schemas->value->elements.empty()) {
    const text::Offset behind = schemas->value->elements.back().range.end;
    spot.finding.fix(title, {{{datasource->block.get(), {behind, behind}}, ", " + quoted}}, true);
  }
}

void remove_shadow(Spot& spot) {
  const syntax::Property* shadow = spot.block.find_property("shadowDatabaseUrl");
  if (shadow) spot.finding.fix("Remove `shadowDatabaseUrl`", {remove_line(spot.block, shadow->range)});
}

void correct_relation_mode(Spot& spot) {
  const syntax::Property* mode = spot.block.find_property("relationMode");
  if (!mode) mode = spot.block.find_property("referentialIntegrity");
  if (!mode || !mode->value) return;
  for (const char* value : {"foreignKeys", "prisma"}) {
    spot.finding.fix(fmt::format("Change to \"{}\"", value),
                     {{spot.at(mode->value->range), fmt::format("\"{}\"", value)}});
  }
}

void quote_extension_argument(Spot& spot) {
  const std::string_view text = spot.text(spot.finding.at.range);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.find('"') != std::string_view::npos) return;
  const std::size_t value = text.find_first_not_of(" \t", colon + 1);
  if (value == std::string_view::npos || text.find_first_of("()[]", value) != std::string_view::npos) return;
  const auto begin = spot.finding.at.range.begin + static_cast<text::Offset>(value);
  spot.finding.fix("Put it in quotes",
                   {{spot.at({begin, spot.finding.at.range.end}), fmt::format("\"{}\"", text.substr(value))}}, true);
}

void remove_block(Spot& spot) {
  spot.finding.fix(fmt::format("Remove the datasource `{}`", spot.block.name.text), {{spot.at(spot.block.range), ""}});
}

void name_variable(Spot& spot) {
  spot.finding.fix("Write `env(\"DATABASE_URL\")`", {{spot.finding.at, "env(\"DATABASE_URL\")"}});
}

}  // namespace

void remedy_configuration(Spot& spot) {
  const std::string_view code = spot.finding.code;
  if (code.ends_with("-needs-preview")) return name_preview_feature(spot);
  if (code == "duplicate-schema") return remove_listed(spot);
  if (code == "unknown-schema") return list_schema(spot);
  if (code == "shadow-database-same") return remove_shadow(spot);
  if (code == "unknown-relation-mode") return correct_relation_mode(spot);
  if (code == "extension-argument" || code == "wrong-value") return quote_extension_argument(spot);
  if (code == "several-datasources") return remove_block(spot);
  if (code == "env-arguments") return name_variable(spot);
}

}  // namespace refract::validation
