#pragma once

#include <string_view>

#include "catalog/catalog.h"

namespace refract::catalog {

// Whether PostgreSQL lets a column of the type `from` refer to one of the type `to` by a foreign key: the operator
// class of the key over `to` compares the two, or `from` is converted implicitly to what that class compares
// (ATAddForeignKeyConstraint in tablecmds.c). True where an extension decides.
bool can_refer(const ColumnType& from, const ColumnType& to, const Catalog& catalog);

// Whether an operator class of PostgreSQL's own for an index method takes columns of the type. True where an extension
// decides.
bool takes_type(std::string_view op_class, std::string_view method, const ColumnType& type, const Catalog& catalog);

}  // namespace refract::catalog
