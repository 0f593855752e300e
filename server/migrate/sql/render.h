#pragma once

#include <string>

#include "catalog/catalog.h"
#include "migrate/sql/spelling.h"
#include "migrate/sql/statement.h"

namespace refract::migrate {

// One statement without its semicolon. Empty for steps that no plan holds.
std::string render_statement(const Statement& statement, Spelling spelling);

// What follows `-- Title`, statements ended by ";\n".
std::string render_group(const Group& group, Spelling spelling);

// The pieces of tables (render_table.cpp).
std::string column_definition(const catalog::Column& column, Spelling spelling);
std::string create_table(const catalog::Table& table, Spelling spelling);
std::string create_index(const catalog::QualifiedName& table, const catalog::Index& index, bool concurrently,
                         Spelling spelling);
// One action of an ALTER TABLE; empty if the step is not an action.
std::string table_action(const catalog::Change& change, Spelling spelling);
// The table that such an action is about; nullptr if the step is not an action.
const catalog::QualifiedName* altered_table(const catalog::Change& change);

}  // namespace refract::migrate
