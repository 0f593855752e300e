#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "validation/rules/rules.h"

// The parts of the schema checks, one family per file, and what they read from resolved models.
namespace refract::validation {

// The field an index part ends at; nullptr: none (only in a schema that fails the local checks).
const schema::Field* field_of(const schema::Snapshot& snapshot, const schema::Declaration& model,
                              const schema::IndexField& part);
std::vector<const schema::Field*> fields_of(const schema::Snapshot& snapshot, const schema::Declaration& model,
                                            const schema::Index& index);
std::vector<const schema::Field*> fields_named(const schema::Declaration& model,
                                               const std::vector<std::string_view>& names);

// The primary key and the unique indexes. Prisma counts those with a condition among them.
std::vector<const schema::Index*> unique_criteria(const schema::Declaration& model);

// The argument's place in the attribute, or the whole attribute.
Place argument_or_attribute(const Subject& subject, const syntax::Attribute& attribute, std::string_view argument);
// The argument's place, or nothing.
std::optional<text::Range> argument_range(const syntax::Attribute& attribute, std::string_view argument);

std::string label_of(const syntax::Attribute& attribute);  // "@id", "@@index"

void check_database_name_length(Subject& subject, const syntax::Attribute& attribute,
                                const std::optional<std::string>& name);

void check_primary_key(Subject& subject, const schema::Index& key);
// What makes the field an id: `@id`, with the name that MongoDB has for it.
std::string id_attributes(const Environment& environment, const schema::Field& field);
void check_auto_increment(Subject& subject);
void check_scalar_field(Subject& subject, const schema::Field& field);
void check_native_type(Subject& subject, const schema::Field& field);
// The field's native type if Prisma can read it: known, with all of its arguments or none. nullptr: it goes on as if
// the field had none.
const schema::NativeType* valid_native_type(const Environment& environment, const schema::Field& field);
void check_default_content(Subject& subject, const schema::Field& field);
void check_schema_of(Subject& subject);
void check_index(Subject& subject, const schema::Index& index);
void check_relation_field(Subject& subject, const schema::Field& field);
[[nodiscard]] bool check_ambiguity(Subject& subject, const schema::Field& field);
// Two optional sides that both hold a key: Prisma sees two relations and reports everything twice.
bool claimed_twice(const schema::Relation& relation);
void check_many_to_many(Subject& subject, const schema::Relation& relation);
void check_cascades(Subject& subject, const schema::Relation& relation);

// What only one provider asks.
void check_provider_rules(Subject& subject);
void check_postgresql_indexes(Subject& subject);
void check_mongodb_model(Subject& subject);

// Referential actions in force.
schema::ReferentialAction on_delete_of(const Environment& environment, const schema::Declaration& model,
                                       const schema::Field& field);
bool triggers_modification(schema::ReferentialAction action);

}  // namespace refract::validation
