#include <algorithm>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/schema_checks.h"

namespace refract::validation {
namespace {

using schema::Field;
using schema::Index;
using schema::IndexField;
using schema::IndexKind;
using schema::TypeKind;

bool any_part(const Index& index, auto wanted) {
  return std::ranges::any_of(index.fields, wanted);
}
bool has_length(const IndexField& part) {
  return part.length.has_value();
}
bool has_sort(const IndexField& part) {
  return part.sort.has_value();
}

class IndexCheck {
 public:
  IndexCheck(Subject& subject, const Index& index)
      : subject_(subject), connector_(subject.connector()), index_(index), place_(subject.at(index.attribute->span)) {}

  void run() {
    if (index_.attribute->block && index_.fields.empty()) {
      reject("empty-field-list", fmt::format("{} names no field.", label_of(*index_.attribute)),
             "Name at least one field.");
    }
    if (!connector_.index_length && any_part(index_, has_length)) {
      reject("index-length-unsupported", on_provider("An index cannot have `length`"), "Remove it.");
    }
    check_algorithm();
    if (index_.kind == IndexKind::fulltext) check_fulltext();
    check_database_name_length(subject_, *index_.attribute, index_.map);
    check_clustering();
    check_operator_classes();
    check_composites();
    check_condition();
    check_length_types();
  }

 private:
  BlockDiagnostic& reject(Code code, std::string message, std::string help) {
    return subject_.report.error(code, place_, std::move(message)).advise(std::move(help));
  }

  std::string on_provider(std::string_view what) const { return fmt::format("{} {}.", what, on_database(connector_)); }

  void check_algorithm() {
    if (index_.algorithm.empty()) return;
    const auto& known = connector_.index_algorithms;
    if (std::ranges::find(known, index_.algorithm) == known.end()) {
      subject_.report
          .error("index-type-unsupported", argument_or_attribute(subject_, *index_.attribute, "type"),
                 on_provider(fmt::format("There is no {} index", index_.algorithm)))
          .advise("Remove `type`, or use another.")
          .fix("Remove `type`", {remove_argument(subject_.block(), index_.attribute->arguments,
                                                 *index_.attribute->find_argument("type"))});
    } else if (index_.algorithm == "Hash" && any_part(index_, has_sort)) {
      reject("hash-index-sort", "A Hash index has no order.", "Remove `sort`, or use BTree.");
    }
  }

  void check_fulltext() {
    const bool previewed =
        subject_.environment.version >= schema::PrismaVersion::v6 || subject_.environment.preview("fullTextIndex");
    if (!previewed) {
      reject("attribute-needs-preview", "Full-text indexes are a preview feature in Prisma 5.",
             "Add `previewFeatures = [\"fullTextIndex\"]` to the generator.")
          .fact("feature", std::string("fullTextIndex"));
    }
    if (!connector_.fulltext_index) {
      reject("fulltext-unsupported", on_provider("There is no full-text index"), "Remove it.")
          .fix("Remove @@fulltext", {remove_attribute(subject_.block(), *index_.attribute)});
    }
    if (!previewed || !connector_.fulltext_index) return;
    if (any_part(index_, has_length))
      reject("fulltext-length", "A full-text index cannot have `length`.", "Remove it.");
    if (!connector_.fulltext_sort) {
      if (any_part(index_, has_sort))
        reject("fulltext-sort", on_provider("A full-text index cannot have `sort`"), "Remove it.");
      return;
    }
    // Fields without an order are the text fields; they must be adjacent.
    int runs = 0;
    bool in_run = false;
    for (const IndexField& part : index_.fields) {
      if (!part.sort && !in_run) ++runs;
      in_run = !part.sort;
    }
    if (runs > 1) {
      reject("fulltext-order", "The text fields of a full-text index must be next to each other.",
             "Put the fields with `sort` before or after them.");
    }
  }

  void check_clustering() {
    if (!connector_.clustering) {
      if (index_.clustered)
        reject("clustering-unsupported", on_provider("There are no clustered indexes"), "Remove `clustered`.");
      return;
    }
    if (index_.clustered != true) return;
    const Index* key = subject_.declaration.primary_key();
    if (key && key->clustered != false) {
      BlockDiagnostic& diagnostic =
          reject("several-clustered", "A table has only one clustered index, which is the primary key by default.",
                 "Write `clustered: false` at the primary key.");
      if (!key->clustered)
        diagnostic.fix("Add `clustered: false` to the primary key",
                       {add_argument(subject_.block(), *key->attribute, "clustered: false")}, true);
    }
    const bool other = std::ranges::any_of(subject_.declaration.indexes, [&](const Index& one) {
      return &one != &index_ && one.kind != IndexKind::id && one.clustered == true;
    });
    if (other) reject("several-clustered", "A table has one clustered index.", "Keep one of them.");
  }

  void check_operator_classes() {
    if (index_.kind == IndexKind::normal) return;
    if (any_part(index_, [](const IndexField& part) { return part.has_operator_class(); })) {
      reject("operator-class-not-on-index", "Operator classes belong to `@@index` only.", "Remove `ops`.");
    }
  }

  void check_composites() {
    if (index_.fields.size() < 2) return;
    const auto fields = fields_of(subject_.snapshot(), subject_.declaration, index_);
    const bool whole =
        std::ranges::any_of(fields, [](const Field* field) { return field->kind == TypeKind::composite_type; });
    if (!whole) return;
    reject("composite-in-compound-index", "An index over several fields cannot include composite types.",
           "Index the composite field separately.");
  }

  void check_condition() {
    if (!index_.where) return;
    const Place at = argument_or_attribute(subject_, *index_.attribute, "where");
    if (!subject_.environment.preview("partialIndexes")) {
      subject_.report.error("attribute-needs-preview", at, "Partial indexes are a preview feature.")
          .advise("Add `previewFeatures = [\"partialIndexes\"]` to the generator.")
          .fact("feature", std::string("partialIndexes"));
      return;
    }
    if (connector_.partial_indexes) return;
    subject_.report.error("partial-index-unsupported", at, on_provider("There are no partial indexes"))
        .advise("Remove `where`.")
        .fix("Remove `where`", {remove_argument(subject_.block(), index_.attribute->arguments,
                                                *index_.attribute->find_argument("where"))});
  }

  void check_length_types() {
    if (!connector_.index_length) return;
    for (const IndexField& part : index_.fields) {
      const Field* field = field_of(subject_.snapshot(), subject_.declaration, part);
      if (!part.length || !field || field->kind == TypeKind::unsupported) continue;
      const bool fits = field->kind == TypeKind::scalar &&
                        (field->scalar == schema::ScalarType::string || field->scalar == schema::ScalarType::bytes);
      if (fits) continue;
      reject("index-length-type",
             fmt::format("`length` is allowed for String and Bytes only; `{}` is {}.", field->name, field->type_name),
             "Remove it.");
    }
  }

  Subject& subject_;
  const schema::Connector& connector_;
  const Index& index_;
  Place place_;
};

}  // namespace

void check_index(Subject& subject, const Index& index) {
  IndexCheck(subject, index).run();
}

}  // namespace refract::validation
