#pragma once

#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "migrate/diff/plan.h"

namespace refract::migrate {

// What a diff compares.
enum class Scope {
  described,  // what a Prisma schema can describe
  all,        // what no schema can express too, to bring it back in a reversal
};

struct DiffTable {
  const catalog::Table* table = nullptr;
  std::vector<const catalog::Index*> indexes;
  std::vector<const catalog::ForeignKey*> foreign_keys;
  std::vector<const catalog::Index*> unmanaged_indexes;  // those that the schema in force cannot express
};

// A catalog as a diff sees it: what it compares, in the order in which Prisma's engine lists it. What was made from
// a schema comes in the schema's order, what SQL or a database holds by name.
class DiffSide {
 public:
  DiffSide(const catalog::Catalog& catalog, const DiffOptions& options, Scope scope);

  // Leaves out tables and enums of schemas that the other side does not know of.
  void keep_schemas_of(const catalog::Catalog& other);
  // Leaves out tables and enums that no schema can express and the other side does not have.
  void leave_out_inexpressible(const catalog::Catalog& other, const DiffOptions& options);

  const catalog::Catalog& catalog() const { return *catalog_; }
  bool is_public() const { return catalog_->is_public(); }
  const std::string& own_schema() const { return catalog_->own_schema.value; }
  bool from_schema() const { return catalog_->from_schema.value; }
  const std::vector<DiffTable>& tables() const { return tables_; }
  const std::vector<const catalog::Enum*>& enums() const { return enums_; }
  const std::vector<const catalog::Table*>& left_out_tables() const { return left_out_tables_; }
  const std::vector<const catalog::Enum*>& left_out_enums() const { return left_out_enums_; }
  const DiffTable* find_table(const catalog::QualifiedName& name) const;
  const catalog::Enum* find_enum(const catalog::QualifiedName& name) const;

 private:
  void index_names();

  const catalog::Catalog* catalog_;
  std::vector<DiffTable> tables_;
  std::deque<catalog::Table> resolved_tables_;                     // where a table shows otherwise than it is
  std::unordered_map<const catalog::Table*, std::size_t> places_;  // in tables_, by the catalog's own table
  std::vector<const catalog::Enum*> enums_;
  std::unordered_set<const catalog::Enum*> compared_enums_;  // those in enums_
  std::vector<const catalog::Table*> left_out_tables_;
  std::vector<const catalog::Enum*> left_out_enums_;
};

}  // namespace refract::migrate
