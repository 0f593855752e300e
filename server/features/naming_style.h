#pragma once

#include <string>
#include <string_view>

#include "schema/snapshot.h"

namespace refract::features {

// "HTTPServer", "userProfile", "user_profile" → "http-server", "user-profile": in lower case, `joint` between words.
std::string joined_words(std::string_view name, char joint);

// How a schema names things and maps them to the database, derived from the existing names: for what a refactoring
// adds.
class NamingStyle {
 public:
  explicit NamingStyle(const schema::Snapshot& snapshot) : snapshot_(snapshot) {}

  // A new scalar field's name: as given in camel case, or "author_id" where such fields are written so.
  std::string field_name(const schema::Declaration& model, std::string_view camel) const;
  // ` @map("author_id")` for a field in camel case where such fields have it; else empty. The model's own fields
  // decide, and where it has none of several words those of the schema.
  std::string column_attribute(const schema::Declaration& model, std::string_view field) const;
  // `@@map("user_details")`, `@@map("users")` where most of that kind (BlockKind::model, enumeration) have one like
  // it; else empty.
  std::string table_attribute(syntax::BlockKind kind, std::string_view name) const;

 private:
  const schema::Snapshot& snapshot_;
};

}  // namespace refract::features
