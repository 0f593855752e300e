#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/snapshot.h"

namespace refract::schema {

// "HTTPServer", "userProfile", "user_profile" → "http-server", "user-profile": in lower case, `joint` between words.
std::string joined_words(std::string_view name, char joint);

// The id field of a model: `Int @id @default(autoincrement())`.
struct IdStyle {
  std::string type;
  std::string attributes;   // all of them
  std::string native_type;  // the one of them that is the native type; empty: none
  bool operator==(const IdStyle&) const = default;
};

// How most declarations of a schema are written.
struct SchemaStyle {
  // What @@map makes of "UserDetail": "user_detail", "user_details", "USER_DETAIL", "USER_DETAILS".
  enum class Tables { as_named, snake, snake_plural, capitals, capitals_plural };
  bool snake_fields = false;
  bool mapped_fields = false;    // authorId @map("author_id")
  bool capital_columns = false;  // authorId @map("AUTHOR_ID"), id @map("ID")
  Tables models = Tables::as_named;
  Tables enums = Tables::as_named;
  IdStyle id;  // where no model has one, the usual one of the provider
  bool operator==(const SchemaStyle&) const = default;
};

// How a schema names things and maps them to the database, derived from what it has: for what a fix, a refactoring or
// the formatter adds. Looks at the whole schema when first asked for what a model does not answer by itself; not for
// several threads.
class NamingStyle {
 public:
  explicit NamingStyle(const Snapshot& snapshot) : snapshot_(snapshot) {}

  // A new scalar field's name: as given in camel case, or "author_id" where such fields are written so.
  std::string field_name(const Declaration& model, std::string_view camel) const;
  // ` @map("author_id")` for a field in camel case where such fields have it, ` @map("AUTHOR_ID")` for any field where
  // most have one in capitals; else empty. The model's own fields decide, and where it has none those of the schema.
  std::string column_attribute(const Declaration& model, std::string_view field) const;
  // `@@map("user_details")`, `@@map("users")` where most of that kind (BlockKind::model, enumeration) have one like
  // it; else empty.
  std::string table_attribute(syntax::BlockKind kind, std::string_view name) const;
  // The id of a new model, as most models have theirs.
  const IdStyle& id() const { return style().id; }

  // nullopt: nothing that was asked for depends on it so far.
  const std::optional<SchemaStyle>& used() const { return style_; }
  const SchemaStyle& style() const;

  const Snapshot& snapshot() const { return snapshot_; }

 private:
  // How many fields are mapped to capitals, and of those whose names have several words: how many are written or mapped
  // in which way.
  struct FieldVotes {
    int all = 0;
    int capitals = 0;      // userId @map("USER_ID"), id @map("ID")
    int camel = 0;         // userId
    int snake = 0;         // user_id
    int snake_mapped = 0;  // userId @map("user_id"), counted in `camel` too

    void count(const Declaration& model);
    bool empty() const { return camel + snake == 0; }
    bool are_capitals() const { return capitals * 2 > all; }
    bool are_snake() const { return snake > camel; }
    bool are_mapped() const { return snake_mapped > 0 && snake_mapped * 2 >= camel; }
  };

  const FieldVotes& votes_of(const Declaration& model) const;

  const Snapshot& snapshot_;
  mutable std::optional<SchemaStyle> style_;
  mutable const Declaration* voter_ = nullptr;  // the model that was asked for last
  mutable FieldVotes votes_;                    // of it
};

}  // namespace refract::schema
