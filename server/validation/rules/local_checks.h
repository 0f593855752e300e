#pragma once

#include "validation/rules/arguments.h"
#include "validation/rules/attribute_set.h"
#include "validation/rules/rules.h"

// The parts of the local checks of attributes, one family per file; attributes.cpp calls them.
namespace refract::validation {

// What the attributes of one model have declared so far.
struct ModelState {
  const syntax::Attribute* primary_key = nullptr;
  const schema::Field* primary_key_field = nullptr;  // for @id
  const syntax::Attribute* shard_key = nullptr;
  const schema::Field* shard_key_field = nullptr;
  bool ignored = false;
};

// @default, on a field that is no relation.
void check_default(Subject& subject, Arguments& arguments, const schema::Field& field);
void check_composite_default(Subject& subject, Arguments& arguments, const schema::Field& field);

// @id, @unique, @shardKey.
void check_field_id(Subject& subject, Arguments& arguments, const schema::Field& field, ModelState& state);
void check_field_unique(Subject& subject, Arguments& arguments);
void check_field_shard_key(Subject& subject, const syntax::Attribute& attribute, const schema::Field& field,
                           ModelState& state);

// @@id, @@unique, @@index, @@fulltext, @@shardKey.
void check_block_id(Subject& subject, Arguments& arguments, ModelState& state);
void check_block_unique(Subject& subject, Arguments& arguments);
void check_block_index(Subject& subject, Arguments& arguments);
void check_block_fulltext(Subject& subject, Arguments& arguments);
void check_block_shard_key(Subject& subject, Arguments& arguments, ModelState& state);
void check_key_arities(Subject& subject, const ModelState& state);

// `where:` of an index (Prisma 7).
void check_index_condition(Subject& subject, Arguments& arguments);

// @relation on a relation field.
void check_relation_attribute(Subject& subject, Arguments& arguments, const schema::Field& field);

}  // namespace refract::validation
