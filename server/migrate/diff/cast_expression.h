#pragma once

#include <string>

#include "catalog/catalog.h"

namespace refract::migrate {

// How the values of a column become those of another type, for ALTER COLUMN … TYPE … USING.
struct CastExpression {
  std::string sql;
  bool keeps = true;  // false: values of the two types have nothing in common, and the expression is a mere attempt
};
CastExpression cast_expression(const catalog::Column& from, const catalog::ColumnType& to,
                               const catalog::Catalog& catalog);

}  // namespace refract::migrate
