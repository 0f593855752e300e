#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"
#include "catalog/tree/tree.h"

// The form of an expression in which it is compared: as PostgreSQL's parser understands it, with every cast that it
// adds by itself and every constant in one spelling. What PostgreSQL stores and prints back has the same form as what
// was written. Never SQL to run: that is the text as written.
namespace refract::catalog {

// Where an expression is.
struct ExpressionPlace {
  const Catalog* catalog = nullptr;    // its enums and domains
  const Table* table = nullptr;        // whose columns it names
  const ColumnType* target = nullptr;  // the column that takes its value: of a default or generated column
};

// SQL that does not parse is returned with its white space collapsed.
std::string typed_form(std::string_view sql, const ExpressionPlace& place);

// The type of an expression, as a TypeKey (resolve.h): kUnknown of a string or NULL by itself. `fault`: why PostgreSQL
// refuses it for the types of its parts, as the end of a sentence that begins with what it is; empty: it does not, as
// far as that is known without a server.
struct ExpressionType {
  std::string type;
  std::string fault = {};
};
ExpressionType expression_type(const tree::Value& expression, const ExpressionPlace& place);

// Whether two such forms are of one meaning: names of a schema that one of them leaves out are the same.
bool same_forms(std::string_view one, std::string_view other);
// Whether both mean the same where they are. A name that one side qualifies and the other does not counts as the same.
bool same_expression(std::string_view one, const ExpressionPlace& place, std::string_view other,
                     const ExpressionPlace& other_place);

}  // namespace refract::catalog
