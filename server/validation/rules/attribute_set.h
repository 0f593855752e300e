#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "schema/attributes.h"
#include "validation/rules/rules.h"

namespace refract::validation {

// The attributes of one field, value or block. As with arguments: what no rule asked for is unknown here.
class AttributeSet {
 public:
  AttributeSet(Subject& subject, std::span<const syntax::Attribute> attributes, schema::Target target);

  // The attribute with this name. Given more than once, all of them are reported and nullptr is the answer.
  const syntax::Attribute* single(std::string_view name);
  // All attributes with this name.
  std::vector<const syntax::Attribute*> repeated(std::string_view name);
  // The native type (`@db.Name`): the last one; further ones are reported.
  const syntax::Attribute* native_type();
  // Reports the attributes that no check has read.
  void finish();

 private:
  Subject& subject_;
  std::vector<const syntax::Attribute*> open_;
  schema::Target target_;
};

}  // namespace refract::validation
