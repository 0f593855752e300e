#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalog.h"

// Normal forms of types, defaults and expressions: what a schema writes, what hand-written SQL contains and what
// PostgreSQL prints back (format_type, pg_get_expr) come out equal where they mean the same.
namespace refract::catalog {

// Reads a type as SQL or format_type spells it: "integer", "character varying(255)", "timestamp(3) without time
// zone", "\"Role\"[]", "other.kind". What is not built in keeps the schema written, or `default_schema`.
// SERIAL and similar names give their integer type.
ColumnType canonical_type(std::string_view sql, std::string_view default_schema = "public");

// The type as Prisma spells it in SQL: INTEGER, VARCHAR(255), TIMESTAMP(3), DECIMAL(10,2)[], "Role",
// "other"."Role" (the schema left out when it is `default_schema` or empty).
std::string type_sql(const ColumnType& type, std::string_view default_schema = "public");

// True for types of pg_catalog, by their internal short names: "int4", "text", "jsonb".
bool is_builtin_type(std::string_view name);

// Reads the text after DEFAULT for a column of the given type. nullopt: no default (NULL).
// A literal gives its value, whatever casts are around it: 'a'::text, '-1'::integer, '{a,b}'::text[],
// 'A'::"Role". A sequence name without a schema lies in `default_schema`. SQL that does not parse is kept as text.
std::optional<Default> canonical_default(std::string_view sql, const ColumnType& type,
                                         std::string_view default_schema = "public");

// The value of a literal of kind DefaultKind::literal that is no list: a string without its quotes, a number or
// boolean as it is.
std::string literal_value(std::string_view literal);

// Whether an expression needs parentheses after DEFAULT in the definition of a column, whose grammar takes no IS NULL,
// AND, LIKE or AT TIME ZONE outside of them; ALTER COLUMN … SET DEFAULT takes every expression.
bool needs_parentheses_as_default(std::string_view sql);

// An expression's normal text: white space, quotes, parentheses and casts that PostgreSQL adds by itself do not
// count. SQL that does not parse is returned with its white space collapsed.
std::string canonical_expression(std::string_view sql);

// True where an index over a column of this type has the operator class anyway; IndexColumn::op_class stays unset then.
bool is_default_op_class(std::string_view op_class, std::string_view method, const ColumnType& type);

// The class that an index over a column of this type has by itself, as far as the names of types decide it.
std::string default_op_class(std::string_view method, const ColumnType& type);

// Whether an index of that method takes a column of this type without an operator class; true where extensions decide.
bool has_default_op_class(std::string_view method, const ColumnType& type);

// 'it''s': a string as a literal; "My""Name": a name with quotes, always.
std::string quote_literal(std::string_view text);
std::string quote_name(std::string_view name);

}  // namespace refract::catalog
