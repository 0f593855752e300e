#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.h"

// What PostgreSQL's system tables and the information_schema would contain for a catalog, for conditions that look
// things up there. Only columns that a catalog can answer exist; of PostgreSQL's own objects nothing is listed.
namespace refract::catalog {

// A value of SQL; without arguments it is NULL. An oid is text: "table public.a".
class SqlValue {
 public:
  SqlValue() = default;
  SqlValue(std::same_as<bool> auto truth) : kind_(Kind::boolean), number_(truth ? 1 : 0) {}
  SqlValue(std::int64_t number) : kind_(Kind::number), number_(number) {}
  SqlValue(std::string text) : kind_(Kind::text), text_(std::move(text)) {}
  bool operator==(const SqlValue&) const = default;

  bool is_null() const { return kind_ == Kind::null; }
  // nullopt or nullptr: of another kind.
  std::optional<bool> boolean() const { return kind_ == Kind::boolean ? std::optional(number_ != 0) : std::nullopt; }
  std::optional<std::int64_t> number() const { return kind_ == Kind::number ? std::optional(number_) : std::nullopt; }
  const std::string* text() const { return kind_ == Kind::text ? &text_ : nullptr; }
  bool is_like(const SqlValue& other) const { return kind_ == other.kind_; }

 private:
  enum class Kind { null, boolean, number, text };
  Kind kind_ = Kind::null;
  std::int64_t number_ = 0;
  std::string text_;
};

struct SystemTable {
  std::vector<std::string_view> columns;
  std::vector<std::vector<SqlValue>> rows;
};

// nullopt: no such table, or one of which a catalog knows too little.
std::optional<SystemTable> system_table(const QualifiedName& name, const Catalog& catalog);

// True for columns that hold the names of objects.
bool is_name_column(std::string_view column);

// How an object's oid is written, by kind: "table", "type", "schema".
std::string oid_of(std::string_view kind, const QualifiedName& name);

// The database name that comparisons find; each catalog is a separate database.
inline constexpr std::string_view kDatabase = "database";

}  // namespace refract::catalog
