#pragma once

#include <span>
#include <string>
#include <string_view>

#include "schema/connector.h"

namespace refract::validation {

// What a code looks like in a schema: text in which it is found, and the corrected text. Part of the one table of
// codes; a test holds both against the rules.
struct Example {
  std::string_view code;
  std::string_view wrong;
  std::string_view right;
  schema::Provider provider = schema::Provider::postgresql;
  schema::PrismaVersion version = schema::PrismaVersion::v7;
};

// nullptr: there is none.
const Example* find_example(std::string_view code);

// A schema of the example's text: with a datasource of its provider where the text has none.
std::string schema_of(const Example& example, std::string_view text);

// By family.
std::span<const Example> syntax_examples();
std::span<const Example> attribute_examples();
std::span<const Example> default_examples();
std::span<const Example> key_examples();
std::span<const Example> key_name_examples();
std::span<const Example> index_examples();
std::span<const Example> condition_examples();
std::span<const Example> relation_examples();
std::span<const Example> relation_side_examples();
std::span<const Example> many_to_many_examples();
std::span<const Example> type_examples();
std::span<const Example> configuration_examples();

}  // namespace refract::validation
