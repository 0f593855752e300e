#pragma once

#include <span>
#include <string_view>

#include "schema/connector.h"

// What may be set in a datasource or generator, and what it is for: one table for completion and hover.
namespace refract::features {

// How a value is written: "text", ["text"], [name], env("NAME").
enum class PropertyShape { string, list, names, call };

struct PropertySpec {
  std::string_view key;
  std::string_view doc;
  PropertyShape shape = PropertyShape::string;
  schema::PrismaVersion until = schema::PrismaVersion::v7;  // the last version that has it
};
std::span<const PropertySpec> datasource_properties();
std::span<const PropertySpec> generator_properties();

// What a value of `relationMode`, and a preview feature, does; empty: unknown.
std::string_view relation_mode_doc(std::string_view mode);
std::string_view feature_doc(std::string_view feature);

}  // namespace refract::features
