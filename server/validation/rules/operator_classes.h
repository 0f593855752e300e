#pragma once

#include <span>
#include <string_view>

#include "schema/declaration.h"

// PostgreSQL's operator classes as Prisma spells them, and what each fits.
namespace refract::validation {

struct OperatorClass {
  std::string_view name;
  std::string_view algorithms;  // space-separated
  // The native types it takes, space-separated; empty: lists of any type.
  std::string_view native_types;
  // The scalar type it takes without a native type; nullptr: it wants a native type.
  const schema::ScalarType* scalar = nullptr;
};

std::span<const OperatorClass> operator_classes();
const OperatorClass* find_operator_class(std::string_view name);

// Whether an index of that type ("Gin") takes the field without an operator class. `native_type` is the field's, empty
// for none.
bool takes_without_class(std::string_view algorithm, const schema::Field& field, std::string_view native_type);

// Whether the space-separated list has the word.
bool has_word(std::string_view list, std::string_view word);

}  // namespace refract::validation
