#include "validation/codes/examples.h"

#include <fmt/format.h>

namespace refract::validation {

const Example* find_example(std::string_view code) {
  for (const auto family :
       {syntax_examples(), attribute_examples(), default_examples(), key_examples(), key_name_examples(),
        index_examples(), condition_examples(), relation_examples(), relation_side_examples(), many_to_many_examples(),
        type_examples(), configuration_examples()}) {
    for (const Example& example : family) {
      if (example.code == code) return &example;
    }
  }
  return nullptr;
}

std::string schema_of(const Example& example, std::string_view text) {
  if (text.find("datasource ") != std::string_view::npos) return std::string(text);
  return fmt::format("datasource db {{\n  provider = \"{}\"\n{}}}\n\n{}", schema::to_string(example.provider),
                     example.version < schema::PrismaVersion::v7 ? "  url      = env(\"DATABASE_URL\")\n" : "", text);
}

}  // namespace refract::validation
