#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

// Names of database objects as messages show them.
namespace refract::migrate {

std::string display_name(const catalog::QualifiedName& name);                            // User, s1.User
std::string display_name(const catalog::QualifiedName& table, std::string_view column);  // User.bio
std::string display_type(const catalog::ColumnType& type);                               // text, varchar(255)[], Role
std::string display_columns(const catalog::Index& index);                                // email, name

}  // namespace refract::migrate
