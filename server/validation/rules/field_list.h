#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "validation/rules/local_checks.h"

// Field names in the arguments of @@id, @@unique, @@index and @relation.
namespace refract::validation {

struct ResolvedFields {
  std::vector<const schema::Field*> fields;  // of the model; the field at the path's end for a.b
  std::vector<std::string_view> unknown;     // names of no field
  std::vector<std::string_view> relations;   // names of relation fields
  bool usable = false;  // false: something that is no field name was reported, or a field is given twice

  bool resolved() const { return usable && unknown.empty() && relations.empty(); }
};

// The names of one list argument, resolved in `model`; where it is not the subject's own, only names count.
// `where_reported`: a field given twice is reported there.
ResolvedFields resolve_plain_fields(Subject& subject, const syntax::Expression& list, const schema::Declaration& model,
                                    Place where_reported);

// The same for index fields, which may have arguments; `through_composites` allows `a.b`.
ResolvedFields resolve_index_fields(Subject& subject, const syntax::Expression& list, Place where_reported,
                                    bool through_composites);

// Adds to a diagnostic about unknown names what was meant, with a fix where it is plain. `is_unlikely`: a field that is
// not meant, however near its name is.
void suggest_fields(Subject& subject, BlockDiagnostic& diagnostic, const syntax::Expression& list,
                    const std::vector<std::string_view>& unknown, const schema::Declaration& model,
                    const std::function<bool(const schema::Field&)>& is_unlikely = {});

}  // namespace refract::validation
