#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "support/ascii.h"
#include "syntax/characters.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/environment.h"
#include "validation/rules/arguments.h"
#include "validation/rules/configuration_block.h"
#include "validation/rules/whole_schema.h"

namespace refract::validation {
namespace {

using syntax::Expression;
using syntax::ExpressionKind;
using syntax::Property;

template <class Blocks>
void check_block_names(const Blocks& blocks, std::string_view what, Report& report) {
  std::map<std::string_view, const syntax::Block*> seen;
  for (const auto& one : blocks) {
    const syntax::Block& block = *one.block;
    const Place name{&block, block.name.range};
    if (schema::scalar_from(block.name.text)) {
      report.error("reserved-scalar-name", name, fmt::format("`{}` is the name of a scalar type.", block.name.text))
          .advise("Choose another name.");
    }
    const auto [place, fresh] = seen.try_emplace(block.name.text, &block);
    if (fresh) continue;
    report.error("duplicate-name", name, fmt::format("There is another {} `{}`.", what, block.name.text))
        .advise("Give one of them another name.")
        .see({place->second, place->second->name.range}, "The first one is here.")
        .fact("name", std::string(block.name.text));
  }
}

void check_property_names(const syntax::Block& block, Report& report) {
  std::set<std::string_view> seen;
  for (const Property& property : block.properties) {
    if (seen.insert(property.key.text).second) continue;
    report
        .error("duplicate-property", {&block, property.key.range},
               fmt::format("The property `{}` is given twice.", property.key.text))
        .advise("Keep one of them.")
        .fact("property", std::string(property.key.text))
        .fix(fmt::format("Remove this `{}`", property.key.text), {remove_line(block, property.range)}, true);
  }
}

// The environment variable that a value names as programs do: `process.env.X`, `X`, `ENV("X")`, `process.env("X")`.
// Empty: it names none.
std::string variable_named(const Expression& value) {
  if (value.kind == ExpressionKind::function) {
    if (!is_environment(value.value) || value.arguments.size() != 1 || !value.arguments.front().value) return {};
    const Expression& name = *value.arguments.front().value;
    return name.kind == ExpressionKind::string ? name.value : variable_named(name);
  }
  if (value.kind != ExpressionKind::path) return {};
  const std::string& path = value.value;
  if (path.find('.') != std::string::npos) return variable_in_path(path);
  const bool is_name = std::ranges::all_of(path, [](char c) { return ascii::is_letter_or_digit(c) || c == '_'; });
  return !is_name || path == "true" || path == "false" || path == "null" ? std::string() : path;
}

}  // namespace

ConfigurationBlock::ConfigurationBlock(const syntax::Block& block, Report& report) : block_(block), report_(report) {
  for (const Property& property : block.properties) open_.insert_or_assign(property.key.text, &property);
  for (const Property& property : block.properties) {
    if (property.value) continue;
    usable_ = false;
    report_.error("property-without-value", whole(), fmt::format("The property `{}` has no value.", property.key.text))
        .advise("Write a value after `=`, or remove the line.")
        .see(at(property.key.range), "The property is here.")
        .fact("property", std::string(property.key.text))
        .fix(fmt::format("Remove `{}`", property.key.text), {remove_line(block_, property.range)});
    return;
  }
}

Place ConfigurationBlock::line(const Property& property) const {
  const std::string_view text = block_.text;
  std::size_t end = syntax::skip_space(text, property.range.end);
  if (text.substr(end).starts_with("//")) end = syntax::line_end(text, end);
  if (text.substr(end).starts_with("/*")) end = text.find("*/", end + 2) + 2;
  return at({property.range.begin, static_cast<text::Offset>(end)});
}

const Property* ConfigurationBlock::take(std::string_view key) {
  const auto found = open_.find(key);
  if (found == open_.end()) return nullptr;
  const Property* property = found->second;
  open_.erase(found);
  return property;
}

const Property* ConfigurationBlock::misspelt(std::string_view key, std::span<const std::string_view> keys) const {
  for (const auto& [written, property] : open_) {
    const bool known = std::ranges::find(keys, written) != keys.end();
    if (!known && nearest(written, keys) == key) return property;
  }
  return nullptr;
}

bool ConfigurationBlock::report_misspelt(std::string_view key, std::span<const std::string_view> keys) const {
  const Property* property = misspelt(key, keys);
  if (!property) return false;
  report_
      .error("missing-property", whole(),
             fmt::format("The {} `{}` has no `{}`, but a `{}`.", block_.keyword.text, block_.name.text, key,
                         property->key.text))
      .advise(fmt::format("Did you mean `{}`?", key))
      .see(at(property->key.range), "It is given here.")
      .fact("property", std::string(key))
      .fix(fmt::format("Change to `{}`", key), {{at(property->key.range), std::string(key)}}, true);
  return true;
}

void ConfigurationBlock::wrong_value(std::string_view expected, const Expression& value) const {
  report_wrong_value(report_, at(value.range), expected, value);
}

void ConfigurationBlock::offer(const Expression& value, const std::string& written) const {
  report_.diagnostics()
      .back()
      .advise(fmt::format("Write `{}`.", written))
      .fix(fmt::format("Write `{}`", written), {{at(value.range), written}}, true);
}

std::optional<std::string> ConfigurationBlock::string_or_env(const Expression& value) const {
  if (value.kind == ExpressionKind::string) return "text:" + value.value;
  if (value.kind != ExpressionKind::function || value.value != "env") {
    wrong_value("A string or `env(\"…\")`", value);
    const std::string variable = variable_named(value);
    if (!variable.empty()) offer(value, fmt::format("env(\"{}\")", variable));
    return std::nullopt;
  }
  if (value.arguments.size() != 1 || !value.arguments.front().value || value.trailing_comma) {
    report_.error("env-arguments", at(value.range), "`env` takes one argument: the variable's name in quotes.")
        .advise("Write `env(\"DATABASE_URL\")`.");
    return std::nullopt;
  }
  const syntax::Argument& argument = value.arguments.front();
  if (argument.name) {
    report_.warning("env-named-argument", at(argument.range), "`env` expects its argument without a name.")
        .advise("Remove the name.")
        .fix("Remove the name", {{at({argument.range.begin, argument.value->range.begin}), ""}}, true);
  }
  if (argument.value->kind != ExpressionKind::string) {
    wrong_value("The variable's name as a string", *argument.value);
    const std::string variable = variable_named(*argument.value);
    if (!variable.empty()) offer(*argument.value, fmt::format("\"{}\"", variable));
    return std::nullopt;
  }
  return "env:" + argument.value->value;
}

void check_configuration_names(const schema::Snapshot& snapshot, Report& report) {
  check_block_names(snapshot.datasources(), "datasource", report);
  check_block_names(snapshot.generators(), "generator", report);
  for (const schema::Datasource& datasource : snapshot.datasources()) check_property_names(*datasource.block, report);
  for (const schema::Generator& generator : snapshot.generators()) check_property_names(*generator.block, report);
}

static void check_members_after_braces(const schema::Snapshot& snapshot, Report& report) {
  const auto check = [&](const syntax::Block& block) {
    if (block.errors.empty()) check_member_after_brace({.snapshot = snapshot}, block, report);
  };
  for (const schema::Datasource& datasource : snapshot.datasources()) check(*datasource.block);
  for (const schema::Generator& generator : snapshot.generators()) check(*generator.block);
}

void check_configuration(const Environment& environment, Report& report) {
  const auto datasources = environment.snapshot->datasources();
  check_configuration_names(*environment.snapshot, report);
  check_members_after_braces(*environment.snapshot, report);
  const auto file_of = [&](const schema::Datasource& datasource) {
    return environment.snapshot->place_of(*datasource.block, datasource.block->range).file;
  };
  std::map<schema::FileId, int> valid_in_file;
  std::optional<schema::Provider> provider;
  for (const schema::Datasource& datasource : datasources) {
    bool valid = false;
    check_datasource(environment, datasource, report, valid);
    if (!valid) continue;
    ++valid_in_file[file_of(datasource)];
    if (!provider) provider = datasource.provider;
  }
  // Prisma counts them file by file.
  for (const schema::Datasource& datasource : datasources) {
    if (valid_in_file[file_of(datasource)] > 1) {
      report
          .error("several-datasources", {datasource.block.get(), datasource.block->range},
                 "The schema has several datasources, but only one is allowed.")
          .advise("Keep one of them.");
    }
  }
  for (const schema::Generator& generator : environment.snapshot->generators()) {
    check_generator(environment, generator, provider, report);
  }
}

}  // namespace refract::validation
