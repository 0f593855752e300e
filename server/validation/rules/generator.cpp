#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/configuration_block.h"
#include "validation/rules/preview_features.h"

namespace refract::validation {
namespace {

using syntax::Expression;
using syntax::ExpressionKind;
using syntax::Property;

std::span<const Expression> elements_of(const Expression& value) {
  if (value.kind == ExpressionKind::array) return value.elements;
  return {&value, 1};
}

void check_feature(const Environment& environment, std::optional<schema::Provider> provider, ConfigurationBlock& block,
                   const Expression& list, const Expression& feature) {
  const Place at = block.at(list.range);
  const std::string& name = feature.value;
  const auto remove = [&](BlockDiagnostic& diagnostic, bool preferred = true) {
    if (list.kind == ExpressionKind::array && list.elements.size() > 1) {
      const std::size_t position = static_cast<std::size_t>(&feature - list.elements.data());
      const text::Range range = position + 1 < list.elements.size()
                                    ? text::Range{feature.range.begin, list.elements[position + 1].range.begin}
                                    : text::Range{list.elements[position - 1].range.end, feature.range.end};
      diagnostic.fix(fmt::format("Remove \"{}\"", name), {{block.at(range), ""}}, preferred);
    } else {
      diagnostic.fix(fmt::format("Remove \"{}\"", name), {remove_line(block.block(), list.range)}, preferred);
    }
  };
  switch (feature_state(name, environment.version, provider)) {
    case FeatureState::active:
    case FeatureState::hidden:
      return;
    case FeatureState::unknown: {
      BlockDiagnostic& diagnostic = block.report().error("unknown-preview-feature", at,
                                                         fmt::format("The preview feature `{}` does not exist.", name));
      diagnostic.fact("feature", name).see(block.at(feature.range), "It is named here.");
      const auto known = active_features(environment.version, provider);
      if (const auto meant = nearest(name, known); !meant.empty()) {
        diagnostic.advise(fmt::format("Did you mean `{}`?", meant))
            .fix(fmt::format("Change to `{}`", meant), {{block.at(feature.range), fmt::format("\"{}\"", meant)}}, true);
        remove(diagnostic, false);
      } else {
        diagnostic.advise("Remove it.");
        remove(diagnostic);
      }
      return;
    }
    case FeatureState::renamed: {
      BlockDiagnostic& diagnostic = block.report().warning(
          "renamed-preview-feature", at,
          fmt::format("On PostgreSQL the preview feature `{}` was renamed to `fullTextSearchPostgres`.", name));
      diagnostic.advise("Use the new name.")
          .fact("feature", name)
          .fix("Rename it", {{block.at(feature.range), "\"fullTextSearchPostgres\""}}, true);
      return;
    }
    case FeatureState::deprecated:
    case FeatureState::withdrawn: {
      const bool stable = feature_state(name, environment.version, provider) == FeatureState::deprecated;
      BlockDiagnostic& diagnostic =
          block.report().warning("deprecated-preview-feature", at,
                                 stable ? fmt::format("`{}` is no longer a preview feature.", name)
                                        : fmt::format("The preview feature `{}` will be removed from Prisma.", name));
      diagnostic.advise("Remove it.").fact("feature", name).see(block.at(feature.range), "It is named here.");
      remove(diagnostic);
      return;
    }
  }
}

// What Prisma stores of any other property since version 6: strings, env("…") and lists of them.
void check_other(ConfigurationBlock& block, const Expression& value) {
  if (value.kind == ExpressionKind::function && value.value == "env") block.string_or_env(value);
  for (const Expression& element : value.elements) check_other(block, element);
}

// Keys of Prisma's own generators, and the values of one of them. Other generators have keys of their own.
constexpr std::array<std::string_view, 2> kOwnProviders{"prisma-client-js", "prisma-client"};
constexpr std::array<std::string_view, 11> kKeys{
    "provider", "output",       "previewFeatures",        "binaryTargets",       "engineType",   "runtime",
    "config",   "moduleFormat", "generatedFileExtension", "importFileExtension", "compilerBuild"};
constexpr std::array<std::string_view, 5> kEngineTypes{"library", "binary", "client", "wasm", "dataproxy"};

// Prisma ignores what it does not know.
void check_ignored(const ConfigurationBlock& block) {
  for (const Property& property : block.block().properties) {
    const std::string_view key = property.key.text;
    const std::string_view meant = nearest(key, kKeys);
    if (std::ranges::find(kKeys, key) == kKeys.end() && !meant.empty() && !block.block().find_property(meant)) {
      block.report()
          .warning("unknown-generator-key", block.at(property.key.range),
                   fmt::format("Prisma ignores the key `{}`, which it does not know.", key))
          .advise(fmt::format("Did you mean `{}`?", meant))
          .fact("property", std::string(key))
          .fix(fmt::format("Change to `{}`", meant), {{block.at(property.key.range), std::string(meant)}}, true);
    }
    const bool engine = key == "engineType" && property.value && property.value->kind == ExpressionKind::string;
    if (!engine || std::ranges::find(kEngineTypes, property.value->value) != kEngineTypes.end()) continue;
    const std::string& value = property.value->value;
    BlockDiagnostic& diagnostic =
        block.report().warning("unknown-engine-type", block.at(property.value->range),
                               fmt::format("There is no engine type `{}`, so Prisma ignores it.", value));
    diagnostic.advise("Use \"library\", \"binary\" or \"client\".").fact("value", value);
    const std::string_view near = nearest(value, kEngineTypes);
    if (!near.empty()) diagnostic.advise(fmt::format("Did you mean \"{}\"?", near));
    for (const std::string_view offered :
         near.empty() ? std::span(kEngineTypes).first(3) : std::span<const std::string_view>(&near, 1)) {
      diagnostic.fix(fmt::format("Change to \"{}\"", offered),
                     {{block.at(property.value->range), fmt::format("\"{}\"", offered)}}, near == offered);
    }
  }
}

}  // namespace

void check_generator(const Environment& environment, const schema::Generator& generator,
                     std::optional<schema::Provider> database, Report& report) {
  ConfigurationBlock block(*generator.block, report);
  if (!block.usable()) return;
  for (const auto& [key, property] : block.rest()) {
    if (key == "engineType" && property->value->kind != ExpressionKind::string)
      block.wrong_value("A string", *property->value);
  }
  const Property* provider = block.take("provider");
  if (!provider) {
    if (block.report_misspelt("provider", kKeys)) return;
    report
        .error("missing-property", block.whole(), fmt::format("The generator `{}` has no `provider`.", generator.name))
        .advise("Name the generator: `provider = \"prisma-client\"`.")
        .fact("property", std::string("provider"))
        .fix("Add `provider = \"prisma-client\"`", {add_member(block.block(), "provider = \"prisma-client\"")});
    return;
  }
  if (!block.string_or_env(*provider->value)) return;
  if (std::ranges::find(kOwnProviders, provider->value->value) != kOwnProviders.end()) check_ignored(block);
  if (const Property* output = block.take("output")) block.string_or_env(*output->value);
  if (const Property* targets = block.take("binaryTargets")) {
    for (const Expression& element : elements_of(*targets->value)) block.string_or_env(element);
  }
  if (const Property* features = block.take("previewFeatures")) {
    bool readable = true;
    for (const Expression& element : elements_of(*features->value)) {
      if (element.kind == ExpressionKind::string) continue;
      block.wrong_value("A string", element);
      readable = false;
    }
    if (readable) {
      for (const Expression& element : elements_of(*features->value)) {
        check_feature(environment, database, block, *features->value, element);
      }
    }
  }
  if (environment.version == schema::PrismaVersion::v5) return;
  for (const auto& [key, property] : block.rest()) check_other(block, *property->value);
}

}  // namespace refract::validation
