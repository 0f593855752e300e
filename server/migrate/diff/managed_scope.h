#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"

namespace refract::migrate {

// What of a database the project manages. Everything else is never created, changed or dropped, and is no drift.
struct ManagedScope {
  std::vector<std::string> schemas = {};  // database schemas; empty: all
  // `tables.external` and `enums.external` of prisma.config.
  std::vector<catalog::QualifiedName> external_tables = {};
  std::vector<catalog::QualifiedName> external_enums = {};

  // Leaves out what is there before the first migration (History::before).
  void exclude(const catalog::Catalog& before);

  bool manages_schema(std::string_view schema) const;
  bool manages_table(const catalog::QualifiedName& table) const;
  bool manages_enum(const catalog::QualifiedName& enumeration) const;
};

// "auth.users" as prisma.config names an external table or enum; without a schema it is in `default_schema`.
catalog::QualifiedName external_name(std::string_view written, std::string_view default_schema = "public");

}  // namespace refract::migrate
