#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/document.h"

namespace refract::bench {

// Where in a schema the requests are made. Found in the text by rules, the same for every schema.
struct Places {
  // The type of the scalar field nearest below the middle of the original (or above it, where none is below); in a
  // schema that repeats it, of the same field in the copy in the middle, so that sizes are compared by the same edit.
  // A letter is typed after it and taken away again; completion is asked for at its start.
  text::Range scalar_type;
  // The model that most fields have as their type, and the field type in the middle of these.
  // References, hover and rename are asked for there.
  std::string model;
  text::Range reference;
  int reference_count = 0;
  // The type of the last scalar field of that model (or scalar_type, where it has none). Typed after as well.
  text::Range hub_type;
};

// The schema without the datasource's connection URLs. Prisma 7 moved them out of the schema and its server stops at
// them, before it has looked at any model; with them gone both servers have the whole schema to check.
std::string without_urls(std::string_view schema);

// `original`: what `schema` repeats, as `repeated` does. nullopt: it lacks a scalar field, or a field whose type is a
// model.
std::optional<Places> find_places(const text::Document& schema, std::string_view original);

}  // namespace refract::bench
