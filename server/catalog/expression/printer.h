#pragma once

#include <string>

#include "catalog/tree/tree.h"

namespace refract::catalog {

enum class PrintStyle {
  written,  // SQL of the same meaning: every cast and name stays
  normal,   // for a first comparison: without the casts that PostgreSQL adds by itself
};

std::string print_expression(const tree::Value& expression, PrintStyle style);

// True where `expression`, as print_expression or pg_get_expr wrote it, names the column.
bool mentions_name(std::string_view expression, std::string_view name);

// A name as expressions spell it: quoted only where it must be.
std::string name_in_expression(std::string_view name);

}  // namespace refract::catalog
