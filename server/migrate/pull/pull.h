#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
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
  std::string origin = {};                   // the column, value or foreign key
  catalog::QualifiedName origin_table = {};  // of the foreign key; empty for an implicit many-to-many relation
};

struct PulledAttribute {
  std::string text;        // @@index([a, b])
  std::string constraint;  // the index's or key's name; empty for @@map and other attributes without a constraint
};

struct PulledBlock {
  catalog::QualifiedName origin;  // the table or enum
  std::string keyword;            // "model", "enum"
  std::string name;
  std::vector<std::string> remarks;  // what a schema cannot express of it
  bool reserved = false;             // its own name is one that Prisma keeps for itself
  bool usable = true;                // Prisma Client has an id to find its rows by
  std::vector<PulledField> fields;   // columns in their order, then relations; or values
  std::vector<PulledAttribute> attributes;
};

// What a schema cannot express in the usual way, determined by checking the pulled one.
struct PullExceptions {
  using Member = std::pair<catalog::QualifiedName, std::string>;  // of a table
  std::set<catalog::QualifiedName> models;  // tables of the shape of implicit many-to-many relations
  std::set<Member> raw_defaults;            // columns: dbgenerated("…")
  std::set<Member> unsupported;             // columns: Unsupported("…")
  std::set<Member> raw_classes;             // indexes: ops: raw("…") for every column
  std::set<Member> without;                 // indexes and foreign keys that are left out
};

struct PullOptions {
  schema::PrismaVersion version = schema::PrismaVersion::v6;
  // Whether Prisma keeps the name for itself.
  std::function<bool(std::string_view)> is_reserved = [](std::string_view) { return false; };
  PullExceptions exceptions = {};
};

// Tables, then enums, each by name. What `existing` describes keeps its names (models, fields, relations, values),
// and what a database does not hold: @updatedAt, @ignore, defaults that the client makes.
std::vector<PulledBlock> pull(const catalog::Catalog& database, const schema::Snapshot& existing,
                              const PullOptions& options);

// The block as text; not formatted yet.
std::string text_of(const PulledBlock& block);

}  // namespace refract::migrate
