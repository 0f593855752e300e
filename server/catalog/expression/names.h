#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace refract::catalog {

// PostgreSQL's name for what SQL left unnamed: NAME1_NAME2_LABEL, the longer of the two names cut until the whole
// fits into 63 bytes, never inside a character. An empty `name2` is left out.
std::string make_object_name(std::string_view name1, std::string_view name2, std::string_view label);

// What PostgreSQL calls an index's expression when it names the index: the function's name, the column inside a
// cast, or "expr".
std::string expression_label(std::string_view expression);

// The labels of an index's parts as its name joins them: repeated ones are numbered (expr, expr1).
std::vector<std::string> numbered_labels(std::vector<std::string> labels);

// Several columns as the name of a constraint over them joins them: a_b.
std::string joined_labels(const std::vector<std::string>& labels);

// `expression` without `table` before the names of its columns, as PostgreSQL prints it.
std::string without_qualifier(std::string_view expression, std::string_view table);

// `expression` with the name `from` changed to `to` wherever it is a complete name.
std::string rename_in_expression(std::string_view expression, std::string_view from, std::string_view to);

}  // namespace refract::catalog
