#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "schema/snapshot.h"

// A database's structure as schema text, the way back of schema_catalog.h: names and attributes are those that Prisma's
// own introspection gives.
namespace refract::migrate {

struct PulledField {
  std::string name;
  std::string text;  // the whole line without indentation: name, type and attributes
  bool relation = false;
  std::vector<std::string> remarks;  // to stand above it
  bool commented = false;            // no name of the column's can be written in a schema: for a person to mend
};

struct PulledAttribute {
  std::string text;        // @@index([a, b])
  std::string constraint;  // the index's or key's name; empty for @@map and the like
};

struct PulledBlock {
  catalog::QualifiedName origin;  // the table or enum
  std::string keyword;            // "model", "enum"
  std::string name;
  std::vector<std::string> remarks;  // what a schema cannot express of it
  std::vector<PulledField> fields;   // columns in their order, then relations; or values
  std::vector<PulledAttribute> attributes;
  bool commented = false;  // a table without columns
};

struct PullOptions {
  schema::PrismaVersion version = schema::PrismaVersion::v6;
  // Whether Prisma keeps the name for itself.
  std::function<bool(std::string_view)> is_reserved = [](std::string_view) { return false; };
};

// Tables, then enums, each by name. What `existing` describes keeps its names (models, fields, relations, values),
// and what a database does not hold: @updatedAt, @ignore, defaults that the client makes.
std::vector<PulledBlock> pull(const catalog::Catalog& database, const schema::Snapshot& existing,
                              const PullOptions& options);

// The block as text; not laid out yet.
std::string text_of(const PulledBlock& block);

}  // namespace refract::migrate
