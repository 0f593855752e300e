#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/connector.h"
#include "syntax/ast.h"

// The semantic model of one declaration. Views and pointers point into the declaration's own syntax block, which
// it keeps alive; other declarations are named, never pointed at, so that a declaration can be shared between
// snapshots as long as neither its block nor what its names resolve to has changed.
namespace refract::schema {

enum class TypeKind { scalar, enumeration, model, view, composite_type, unsupported, unknown };

struct NativeType {
  std::string_view name;               // "VarChar"
  std::vector<std::string> arguments;  // as written
  const syntax::Attribute* attribute = nullptr;
};

struct DefaultValue {
  const syntax::Expression* expression = nullptr;  // nullptr in a broken `@default`
  std::optional<std::string> map;                  // constraint name (SQL Server)
  const syntax::Attribute* attribute = nullptr;
};

enum class IndexKind { id, unique, normal, fulltext };
enum class SortOrder { ascending, descending };

struct IndexField {
  std::vector<std::string_view> path;  // one name, or several through composite types
  std::optional<SortOrder> sort;
  std::optional<std::uint32_t> length;
  std::string operator_class;  // "GinTrgmOps"-like constant, or the text of raw("…"); empty: none given
  bool raw_operator_class = false;
  const syntax::Expression* expression = nullptr;  // nullptr for a field-level attribute

  bool has_operator_class() const { return raw_operator_class || !operator_class.empty(); }
};

// @id, @unique, @@id, @@unique, @@index, @@fulltext: one form for all.
struct Index {
  IndexKind kind = IndexKind::normal;
  std::vector<IndexField> fields;
  std::optional<std::string> name;  // the client's name (`name:`)
  std::optional<std::string> map;   // the database's name (`map:`, or `name:` of @@index in old schemas)
  std::string_view algorithm;       // "Gin"; empty: not given
  std::optional<bool> clustered;
  const syntax::Expression* where = nullptr;  // partial indexes (preview feature)
  const syntax::Attribute* attribute = nullptr;
  std::optional<std::size_t> field;  // index of the field that carries a field-level attribute
};

struct RelationAttribute {
  std::optional<std::string> name;
  std::vector<std::string_view> fields;
  std::vector<std::string_view> references;
  std::optional<ReferentialAction> on_delete;
  std::optional<ReferentialAction> on_update;
  std::optional<std::string> map;  // foreign key constraint name
  bool has_fields = false;         // `fields:` is given, even empty
  bool has_references = false;
  const syntax::Attribute* attribute = nullptr;
};

struct Field {
  const syntax::Field* syntax = nullptr;
  std::string_view name;
  TypeKind kind = TypeKind::unknown;
  ScalarType scalar = ScalarType::string;  // for kind scalar
  std::string_view type_name;              // as written; empty where the type is missing
  syntax::Arity arity = syntax::Arity::required;
  std::string database_name;  // @map, or the name
  bool mapped = false;        // has @map
  bool ignored = false;
  bool updated_at = false;
  std::optional<NativeType> native_type;
  std::optional<DefaultValue> default_value;
  std::optional<RelationAttribute> relation;

  const std::string* relation_name() const { return relation && relation->name ? &*relation->name : nullptr; }
  bool is_relation() const { return kind == TypeKind::model || kind == TypeKind::view; }
  // Kept in a column of its own table: scalar, enum, unsupported (and composite, for MongoDB).
  bool is_stored() const { return kind != TypeKind::unknown && !is_relation(); }
};

struct EnumValue {
  const syntax::EnumValue* syntax = nullptr;
  std::string_view name;
  std::string database_name;
};

// A model, view, composite type or enum.
struct Declaration : std::enable_shared_from_this<Declaration> {
  std::shared_ptr<const syntax::Block> block;
  syntax::BlockKind kind = syntax::BlockKind::model;
  std::string_view name;
  std::string database_name;  // @@map, or the name
  bool mapped = false;
  std::optional<std::string> database_schema;  // @@schema
  bool ignored = false;                        // @@ignore
  std::vector<Field> fields;                   // model, view, composite type
  std::vector<Index> indexes;                  // all kinds, field-level ones first, each in order
  std::vector<EnumValue> values;               // enum

  // The first field of this name.
  const Field* find_field(std::string_view field_name) const;
  // The last field of this name, which is the one that Prisma reads in the local checks.
  const Field* last_field(std::string_view field_name) const;
  // The relation fields of one type under one relation name (nullptr: without a name), as places in `fields`, in order.
  std::span<const std::uint32_t> relation_fields(std::string_view type_name, const std::string* relation_name) const;
  // Prepares the three above, once all fields are there.
  void index_fields();
  const Index* primary_key() const;  // @id or @@id; nullptr: none
  bool is_enum() const { return kind == syntax::BlockKind::enumeration; }
  bool is_model() const { return kind == syntax::BlockKind::model; }

 private:
  std::vector<std::uint32_t> fields_by_name_;      // places in `fields`; empty if these are few
  std::vector<std::uint32_t> fields_by_relation_;  // of relation fields, by type and relation name
};

struct Datasource {
  std::shared_ptr<const syntax::Block> block;
  std::string_view name;
  std::optional<Provider> provider;  // nullopt: missing or unknown
  std::string provider_text;
  bool foreign_keys = true;  // false under relationMode = "prisma"
  bool relation_mode_given = false;
  std::vector<std::string> schemas;
  bool has_url = false;
};

struct Generator {
  std::shared_ptr<const syntax::Block> block;
  std::string_view name;
  std::string provider;
  std::vector<std::string> preview_features;
};

}  // namespace refract::schema
