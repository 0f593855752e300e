#pragma once

#include <optional>

#include "catalog/catalog.h"
#include "schema/snapshot.h"

// The parts of schema -> catalog, one family per file. Each answers nullopt where its declaration has errors.
namespace refract::migrate {

// The table of a model or the name of an enum: @@map and @@schema, "public" where none is given.
catalog::QualifiedName name_of(const schema::Declaration& declaration);

// The database names of a model's fields; nullopt where one is no stored field.
std::optional<std::vector<std::string>> column_names(const schema::Declaration& model,
                                                     const std::vector<std::string_view>& fields);

// The column of a stored field, as a step has it: an autoincrement() is a sequence without a name.
catalog::Column column_of(const schema::Field& field, const schema::Snapshot& snapshot);

std::optional<catalog::PrimaryKey> primary_key_of(const schema::Declaration& model);
std::optional<catalog::Index> index_of(const schema::Declaration& model, const schema::Index& index);

// The operator class as a schema writes it: JsonbPathOps, or raw("…") for one that Prisma has no word for.
std::string operator_class_text(std::string_view name);

// True where leaving the class out of an index of that method means the same.
bool is_default_operator_class(std::string_view name, std::string_view method);

// The foreign key of a relation's owner.
std::optional<catalog::ForeignKey> foreign_key_of(const schema::Relation& relation);

// The table of an implicit many-to-many relation, from the tables of both models.
std::optional<catalog::Table> join_table_of(const schema::Relation& relation, const catalog::Catalog& catalog,
                                            const schema::Snapshot& snapshot);

}  // namespace refract::migrate
