#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

// Names of a database's things as sentences have them.
namespace refract::migrate {

std::string words(const catalog::QualifiedName& name);                            // User, s1.User
std::string words(const catalog::QualifiedName& table, std::string_view column);  // User.bio
std::string type_words(const catalog::ColumnType& type);                          // text, varchar(255)[], Role
std::string index_words(const catalog::Index& index);                             // email, name

}  // namespace refract::migrate
