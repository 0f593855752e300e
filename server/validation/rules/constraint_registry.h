#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "schema/connector.h"
#include "validation/rules/whole_schema.h"

namespace refract::validation {

// Whether names are compared throughout the scope's database, or within one model.
bool is_global(schema::ConstraintScope scope);

// The names of all constraints of a schema, to see where two clash. One flat table: of thousands of names almost all
// are there once.
class ConstraintRegistry {
 public:
  // Of the connector's scopes; refers to them.
  ConstraintRegistry(std::span<const schema::ConstraintScope> scopes, std::span<const Named> models);

  // No name is there twice in any scope, whether or not Prisma compares it there.
  bool distinct() const { return distinct_; }
  // Whether the scope holds the name, which this model states, more than once.
  bool is_repeated(schema::ConstraintScope scope, const ConstraintName& name, std::string_view model) const;

  // For a registry whose names are distinct: whether they still are when these models' names replace those of the
  // declarations with the same index.
  bool stays_distinct(std::span<const Named> changed) const;

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t count = 0;
    std::uint32_t declaration = 0;  // index of the last that stated it
  };
  template <class Visit>
  void for_each_key(const Named& model, Visit visit) const;
  const Slot& find(std::uint64_t key) const;

  std::span<const schema::ConstraintScope> scopes_;
  std::vector<Slot> slots_;
  bool distinct_ = true;
};

}  // namespace refract::validation
