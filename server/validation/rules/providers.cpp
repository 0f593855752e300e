#include <algorithm>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/index_types.h"
#include "validation/rules/schema_checks.h"

// Rules of a single provider: MySQL, SQL Server, CockroachDB. PostgreSQL and MongoDB have separate files.
namespace refract::validation {
namespace {

using schema::Field;
using schema::Index;
using schema::IndexField;
using schema::IndexKind;
using schema::Provider;
using schema::ScalarType;
using schema::TypeKind;

std::string_view use_of(const Index& index) {
  if (index.kind == IndexKind::id) return "an id";
  return index.kind == IndexKind::unique ? "a unique key" : "an index";
}

Code code_of(const Index& index) {
  if (index.kind == IndexKind::id) return "native-type-not-id";
  return index.kind == IndexKind::unique ? Code("native-type-not-unique") : Code("native-type-not-indexable");
}

void reject_type(Subject& subject, const Index& index, const Field& field, std::string help) {
  subject.report
      .error(code_of(index), subject.at(index.attribute->span),
             fmt::format("The native type `{}` of `{}` cannot be part of {}.", field.native_type->name, field.name,
                         use_of(index)))
      .advise(std::move(help))
      .fact("field", std::string(field.name));
}

void warn_of_set_default(Subject& subject, const Field& field) {
  const auto check = [&](std::string_view argument, std::optional<schema::ReferentialAction> action) {
    if (action != schema::ReferentialAction::set_default) return;
    subject.report
        .warning("mysql-set-default", argument_or_attribute(subject, *field.relation->attribute, argument),
                 "MySQL accepts `SetDefault`, but does not execute it.")
        .advise("Use another referential action.")
        .fact("field", std::string(field.name));
  };
  check("onDelete", field.relation->on_delete);
  check("onUpdate", field.relation->on_update);
}

void check_mysql(Subject& subject) {
  for (const Index& index : subject.declaration.indexes) {
    for (const IndexField& part : index.fields) {
      const Field* field = field_of(subject.snapshot(), subject.declaration, part);
      const schema::NativeType* native = field ? valid_native_type(subject.environment, *field) : nullptr;
      if (!native ||
          may_be_indexed(Provider::mysql, index.kind, native->name, native->arguments, part.length.has_value()))
        continue;
      reject_type(subject, index, *field, "Give a `length`, or use another native type.");
      break;
    }
  }
  if (!subject.environment.foreign_keys) return;
  for (const Field& field : subject.declaration.fields) {
    if (field.is_relation() && field.relation) warn_of_set_default(subject, field);
  }
}

void check_sqlserver(Subject& subject) {
  for (const Index& index : subject.declaration.indexes) {
    for (const IndexField& part : index.fields) {
      const Field* field = field_of(subject.snapshot(), subject.declaration, part);
      if (!field) continue;
      const schema::NativeType* native = valid_native_type(subject.environment, *field);
      if (native && !may_be_indexed(Provider::sqlserver, index.kind, native->name, native->arguments, false)) {
        reject_type(subject, index, *field, "Use a type with a length.");
        break;
      }
      if (index.kind == IndexKind::id && field->kind == TypeKind::scalar &&
          !may_be_id(Provider::sqlserver, field->scalar)) {
        subject.report
            .error("bytes-in-id", subject.at(index.attribute->span),
                   fmt::format("The id cannot include `{}`, whose type is Bytes.", field->name))
            .advise("Use another field as the id.");
        break;
      }
    }
  }
  const Index* key = subject.declaration.primary_key();
  if (key && key->clustered != false) {
    const bool other = std::ranges::any_of(subject.declaration.indexes, [&](const Index& index) {
      return index.kind != IndexKind::id && index.clustered == true;
    });
    if (other) {
      subject.report
          .error("several-clustered", subject.at(key->attribute->span), "A table has one clustered index or key.")
          .advise("Write `clustered: false` here, or at the index.")
          .fix("Add `clustered: false` here", {add_argument(subject.block(), *key->attribute, "clustered: false")},
               true);
    }
  }
}

void check_cockroachdb(Subject& subject) {
  for (const Field& field : subject.declaration.fields) {
    const auto* value = field.default_value ? field.default_value->expression : nullptr;
    if (!value || value->kind != syntax::ExpressionKind::function || value->value != "autoincrement") continue;
    if (field.kind != TypeKind::scalar || field.scalar != ScalarType::int_ || subject.connector().auto_increment_int)
      continue;
    subject.report
        .error("autoincrement-int", subject.at(field.default_value->attribute->span),
               "On CockroachDB `autoincrement()` is for BigInt.")
        .advise("Use `BigInt`, or `sequence()`.")
        .fact("field", std::string(field.name))
        .fix("Change the type to `BigInt`", {{subject.at(field.syntax->type->name.range), "BigInt"}}, true)
        .fix("Use `sequence()`", {{subject.at(value->range), "sequence()"}});
  }
  for (const Index& index : subject.declaration.indexes) {
    if (index.algorithm != "Gin") continue;
    const Place at = subject.at(index.attribute->span);
    for (std::size_t i = 0; i < index.fields.size(); ++i) {
      if (index.fields[i].has_operator_class()) {
        subject.report.error("operator-class-unsupported", at, "CockroachDB does not support operator classes.")
            .advise("Remove `ops`.");
        break;
      }
      const Field* field = field_of(subject.snapshot(), subject.declaration, index.fields[i]);
      if (!field) continue;
      const bool json = field->kind == TypeKind::scalar && field->scalar == ScalarType::json;
      if (!json && field->arity != syntax::Arity::list && field->kind != TypeKind::unsupported) {
        subject.report
            .error(
                "index-type-field", at,
                fmt::format("A Gin index does not support the field `{}` of type {}.", field->name, field->type_name))
            .advise("Use another index type.");
      }
      if (json && i + 1 < index.fields.size()) {
        subject.report
            .error("inverted-json-position", at,
                   fmt::format("In an inverted index, the Json field `{}` must be the last one.", field->name))
            .advise("Move it to the end.");
      }
    }
  }
}

}  // namespace

void check_provider_rules(Subject& subject) {
  const schema::Connector& connector = subject.connector();
  const Index* key = subject.declaration.primary_key();
  if (key && key->clustered && !connector.clustering) {
    subject.report
        .error("clustering-unsupported", subject.at(key->attribute->span),
               fmt::format("{} does not support clustered keys.", database_name(connector)))
        .advise("Remove `clustered`.");
  }
  if (key && connector.index_length) {
    for (const IndexField& part : key->fields) {
      const Field* field = field_of(subject.snapshot(), subject.declaration, part);
      if (!part.length || !field || field->kind == TypeKind::unsupported) continue;
      if (field->kind == TypeKind::scalar &&
          (field->scalar == ScalarType::string || field->scalar == ScalarType::bytes))
        continue;
      subject.report
          .error(
              "index-length-type", subject.at(key->attribute->span),
              fmt::format("`length` is allowed for String and Bytes only; `{}` is {}.", field->name, field->type_name))
          .advise("Remove it.");
    }
  }
  if (!subject.environment.datasource) return;
  switch (connector.provider) {
    case Provider::postgresql:
      return check_postgresql_indexes(subject);
    case Provider::mysql:
      return check_mysql(subject);
    case Provider::sqlserver:
      return check_sqlserver(subject);
    case Provider::cockroachdb:
      return check_cockroachdb(subject);
    case Provider::mongodb:
      return check_mongodb_model(subject);
    case Provider::sqlite:
      return;
  }
}

}  // namespace refract::validation
