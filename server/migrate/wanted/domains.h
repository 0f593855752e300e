#pragma once

#include <map>
#include <optional>

#include "catalog/catalog.h"

namespace refract::migrate {

// Columns as PostgreSQL's information_schema shows them, which is what Prisma's engine reads: of a domain's column it
// sees the base type, one domain deep, and NOT NULL where the domain says it. Arrays of a domain stay what they are.
class Domains {
 public:
  explicit Domains(const catalog::Catalog& catalog);

  // The table with such columns in place of those of a domain; nullopt: it has none of a domain.
  std::optional<catalog::Table> with_base_types(const catalog::Table& table) const;

 private:
  const catalog::Domain* find(const catalog::ColumnType& type) const;

  std::map<catalog::QualifiedName, const catalog::Domain*> domains_;
};

}  // namespace refract::migrate
