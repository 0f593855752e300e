#include <algorithm>

#include <fmt/format.h>

#include "validation/rules/index_types.h"
#include "validation/rules/operator_classes.h"
#include "validation/rules/schema_checks.h"

// PostgreSQL: which fields each index type and operator class takes.
namespace refract::validation {
namespace {

using schema::Field;
using schema::Index;
using schema::IndexField;
using schema::ScalarType;
using schema::TypeKind;

std::string_view name_of(const schema::NativeType* type) {
  return type ? type->name : std::string_view{};
}

bool is_scalar(const Field& field, ScalarType type) {
  return field.kind == TypeKind::scalar && field.scalar == type;
}

// Types that an index type takes without an operator class, when the field has no native type.
bool takes_plain(std::string_view algorithm, const Field& field) {
  if (field.kind == TypeKind::unsupported) return true;
  if (algorithm == "Gist" || algorithm == "SpGist") return is_scalar(field, ScalarType::string);
  if (algorithm == "Gin") return is_scalar(field, ScalarType::json) || field.arity == syntax::Arity::list;
  if (algorithm == "Brin") {
    return field.kind == TypeKind::scalar && field.scalar != ScalarType::boolean && field.scalar != ScalarType::json;
  }
  return true;
}

// Native types with a default operator class in the index type.
bool takes_native(std::string_view algorithm, std::string_view native) {
  if (algorithm == "Gin") return native == "JsonB";
  if (algorithm == "SpGist") return has_word("Inet Text VarChar Char", native);
  if (algorithm == "Brin") {
    return std::ranges::any_of(operator_classes(), [&](const OperatorClass& known) {
      return has_word(known.algorithms, "Brin") && has_word(known.native_types, native);
    });
  }
  return false;
}

class PartCheck {
 public:
  PartCheck(Subject& subject, const Index& index, const IndexField& part, const Field& field)
      : subject_(subject),
        index_(index),
        part_(part),
        field_(field),
        algorithm_(index.algorithm.empty() ? std::string_view("BTree") : index.algorithm),
        native_(name_of(valid_native_type(subject.environment, field))) {}

  void run() {
    if (part_.raw_operator_class) return;
    if (!part_.operator_class.empty()) return with_class();
    if (takes_without_class(algorithm_, field_, native_)) return;
    if (!native_.empty()) {
      reject("operator-class-missing",
             fmt::format("A {} index over the native type `{}` needs an operator class.", algorithm_, native_),
             fmt::format("Write `{}(ops: …)`, or use another index type.", field_.name));
    } else {
      reject("index-type-field",
             fmt::format("A {} index does not support the field `{}` of type {}.", algorithm_, field_.name,
                         field_.type_name),
             "Use another index type.");
    }
  }

 private:
  void reject(Code code, std::string message, std::string help) {
    subject_.report.error(code, subject_.at(index_.attribute->span), std::move(message))
        .advise(std::move(help))
        .fact("field", std::string(field_.name));
  }

  void with_class() {
    const OperatorClass* known = find_operator_class(part_.operator_class);
    if (!known) return;
    if (!has_word(known->algorithms, algorithm_)) {
      return reject("operator-class-index-type",
                    fmt::format("The operator class `{}` cannot be used in a {} index.", known->name, algorithm_),
                    fmt::format("It belongs to {}.", known->algorithms));
    }
    if (known->native_types.empty()) {  // lists of any type
      if (field_.arity == syntax::Arity::list) return;
      return reject(
          "operator-class-needs-list",
          fmt::format("The operator class `{}` is for lists, but `{}` is not a list.", known->name, field_.name),
          "Use another operator class.");
    }
    if (native_.empty()) {
      if (!known->scalar) {
        reject("operator-class-needs-native-type",
               fmt::format("The operator class `{}` needs a native type on `{}`.", known->name, field_.name),
               fmt::format("It supports {}.", known->native_types));
      } else if (!is_scalar(field_, *known->scalar)) {
        reject("operator-class-field-type",
               fmt::format("The operator class `{}` does not support `{}`, whose type is {}.", known->name, field_.name,
                           field_.type_name),
               fmt::format("It supports {}.", schema::to_string(*known->scalar)));
      }
    } else if (!has_word(known->native_types, native_)) {
      reject("operator-class-native-type",
             fmt::format("The operator class `{}` does not support the native type `{}` of `{}`.", known->name, native_,
                         field_.name),
             fmt::format("It supports {}.", known->native_types));
    }
  }

  Subject& subject_;
  const Index& index_;
  const IndexField& part_;
  const Field& field_;
  std::string_view algorithm_;
  std::string_view native_;
};

}  // namespace

bool takes_without_class(std::string_view algorithm, const Field& field, std::string_view native_type) {
  if (algorithm == "BTree" || algorithm == "Hash") return true;
  if (algorithm == "Gin" && field.arity == syntax::Arity::list) return true;
  return native_type.empty() ? takes_plain(algorithm, field) : takes_native(algorithm, native_type);
}

void check_postgresql_indexes(Subject& subject) {
  for (const Index& index : subject.declaration.indexes) {
    if (index.kind == schema::IndexKind::id) continue;
    for (const IndexField& part : index.fields) {
      const Field* field = field_of(subject.snapshot(), subject.declaration, part);
      const schema::NativeType* native = field ? valid_native_type(subject.environment, *field) : nullptr;
      if (!native || may_be_indexed(schema::Provider::postgresql, index.kind, native->name, native->arguments, false))
        continue;
      const bool unique = index.kind == schema::IndexKind::unique;
      subject.report
          .error("native-type-not-indexable", subject.at(field->syntax->line),
                 fmt::format("The field `{}` has the native type `{}`, which cannot be {}.", field->name, native->name,
                             unique ? "unique" : "indexed"))
          .advise("Remove it from the index.")
          .fact("field", std::string(field->name));
      break;
    }
    for (const IndexField& part : index.fields) {
      if (const Field* field = field_of(subject.snapshot(), subject.declaration, part)) {
        PartCheck(subject, index, part, *field).run();
      }
    }
    if (index.algorithm == "SpGist" && index.fields.size() != 1) {
      subject.report
          .error("spgist-several-fields", subject.at(index.attribute->span), "An SpGist index is over one field.")
          .advise("Make an index for each field.");
    }
  }
}

}  // namespace refract::validation
