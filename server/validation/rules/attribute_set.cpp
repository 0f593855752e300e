#include "validation/rules/attribute_set.h"

#include <algorithm>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/core/text_tools.h"

namespace refract::validation {
namespace {

std::string label_of(const syntax::Attribute& attribute) {
  return (attribute.block ? "@@" : "@") + std::string(attribute.name.text);
}

bool is_native(const syntax::Attribute& attribute) {
  return attribute.name.text.find('.') != std::string_view::npos;
}

std::string_view place_name(schema::Target target) {
  switch (target) {
    case schema::Target::model_field:
      return "this field";
    case schema::Target::composite_field:
      return "a field of a composite type";
    case schema::Target::enum_value:
      return "an enum value";
    case schema::Target::model:
      return "a model";
    case schema::Target::view:
      return "a view";
    case schema::Target::enumeration:
      return "an enum";
    case schema::Target::view_field:
      return "a field of a view";
  }
  return "this place";
}

// What other languages call an attribute of a field. The names are in lower case without underscores, one "|" around
// each.
struct OtherName {
  std::string_view names;
  std::string_view attribute;
};
constexpr OtherName kOtherNames[] = {
    {"|createdat|createat|created|createdon|creationdate|insertedat|now|", "default(now())"},
    {"|updated|updateat|updatedon|modifiedat|", "updatedAt"},
    {"|autoincrement|auto|increment|serial|identity|generated|", "default(autoincrement())"},
    {"|uuid|", "default(uuid())"},
    {"|cuid|", "default(cuid())"},
    {"|primary|primarykey|pk|key|", "id"},
    {"|column|name|field|", "map"},
};

std::string_view other_name(const syntax::Attribute& attribute) {
  std::string folded = ascii::to_lower(attribute.name.text);
  std::erase(folded, '_');
  for (const OtherName& other : kOtherNames) {
    if (!is_listed(other.names, folded)) continue;
    const bool is_whole = other.attribute.ends_with(')');
    return is_whole && !attribute.arguments.empty() ? std::string_view() : other.attribute;
  }
  return {};
}

// The attribute that was meant by an unknown one, without at signs, with its arguments if it gets others; empty: none.
std::string_view attribute_meant(const syntax::Attribute& attribute, schema::Target target) {
  std::vector<std::string_view> candidates;
  for (const schema::AttributeSpec& spec : schema::attributes()) {
    if (spec.block == attribute.block && (spec.targets & static_cast<std::uint8_t>(target)) != 0)
      candidates.push_back(spec.name);
  }
  const std::string_view other = attribute.block ? std::string_view() : other_name(attribute);
  const bool is_here = std::ranges::find(candidates, other.substr(0, other.find('('))) != candidates.end();
  return is_here ? other : nearest(attribute.name.text, candidates);
}

}  // namespace

AttributeSet::AttributeSet(Subject& subject, std::span<const syntax::Attribute> attributes, schema::Target target)
    : subject_(subject), target_(target) {
  open_.reserve(attributes.size());
  for (const syntax::Attribute& attribute : attributes) open_.push_back(&attribute);
}

std::vector<const syntax::Attribute*> AttributeSet::repeated(std::string_view name) {
  std::vector<const syntax::Attribute*> found;
  std::erase_if(open_, [&](const syntax::Attribute* attribute) {
    if (attribute->name.text != name) return false;
    found.push_back(attribute);
    return true;
  });
  return found;
}

namespace {

std::string_view arguments_of(const syntax::Block& block, const syntax::Attribute& attribute) {
  if (attribute.arguments.empty()) return {};
  const text::Range range = attribute.arguments_range;
  return std::string_view(block.text).substr(range.begin, range.size());
}

// Whether another one says all that the attribute says: the same, before it; or more, where it has no arguments.
bool adds_nothing(const syntax::Block& block, const syntax::Attribute& attribute,
                  const std::vector<const syntax::Attribute*>& all) {
  const std::string_view own = arguments_of(block, attribute);
  return std::ranges::any_of(all, [&](const syntax::Attribute* other) {
    const std::string_view others = arguments_of(block, *other);
    return other->range.begin < attribute.range.begin ? others == own || own.empty() : own.empty() && !others.empty();
  });
}

}  // namespace

const syntax::Attribute* AttributeSet::single(std::string_view name) {
  if (std::ranges::none_of(open_, [&](const auto* attribute) { return attribute->name.text == name; })) return nullptr;
  const auto found = repeated(name);
  if (found.size() == 1) return found.front();
  for (const syntax::Attribute* attribute : found) {
    BlockDiagnostic& diagnostic = subject_.report.error(
        "duplicate-attribute", subject_.at(attribute->span),
        fmt::format("{} is used {} times here, but is allowed once.", label_of(*attribute), found.size()));
    diagnostic.advise("Keep one of them.").fact("attribute", label_of(*attribute));
    const bool first = attribute == found.front();
    if (!first) diagnostic.see(subject_.at(found.front()->range), "The first one is here.");
    const bool redundant = adds_nothing(subject_.block(), *attribute, found);
    if (first && !redundant) continue;
    diagnostic.fix(fmt::format("Remove this {}", label_of(*attribute)),
                   {remove_attribute(subject_.block(), *attribute)}, redundant);
  }
  return nullptr;
}

const syntax::Attribute* AttributeSet::native_type() {
  const syntax::Attribute* chosen = nullptr;
  std::erase_if(open_, [&](const syntax::Attribute* attribute) {
    if (!is_native(*attribute)) return false;
    if (chosen) {
      subject_.report
          .error("duplicate-attribute", subject_.at(attribute->span), "A field can have only one native type.")
          .advise("Keep one of them.")
          .see(subject_.at(chosen->range), "The other one is here.")
          .fact("attribute", label_of(*attribute))
          .fix(fmt::format("Remove {}", label_of(*attribute)), {remove_attribute(subject_.block(), *attribute)},
               chosen->name.text == attribute->name.text &&
                   adds_nothing(subject_.block(), *attribute, {chosen, attribute}));
    }
    chosen = attribute;
    return true;
  });
  return chosen;
}

void AttributeSet::finish() {
  for (const syntax::Attribute* attribute : open_) {
    const bool known =
        schema::find_attribute(attribute->name.text, attribute->block) != nullptr || is_native(*attribute);
    BlockDiagnostic& diagnostic =
        subject_.report.error("unknown-attribute", subject_.at(attribute->span),
                              known ? fmt::format("{} is not allowed on {}.", label_of(*attribute), place_name(target_))
                                    : fmt::format("There is no attribute {}.", label_of(*attribute)));
    diagnostic.fact("attribute", label_of(*attribute)).fact("misplaced", known);
    if (const auto meant = known ? std::string_view{} : attribute_meant(*attribute, target_); !meant.empty()) {
      const bool is_whole = meant.ends_with(')') && attribute->has_arguments;
      const text::Offset end = is_whole ? attribute->arguments_range.end : attribute->name.range.end;
      diagnostic.advise(fmt::format("Did you mean `{}{}`?", attribute->block ? "@@" : "@", meant))
          .fact("candidates", std::vector<std::string>{std::string(meant)})
          .fix(fmt::format("Change to `{}{}`", attribute->block ? "@@" : "@", meant),
               {{subject_.at({attribute->name.range.begin, end}), std::string(meant)}}, true);
    } else {
      diagnostic.advise("Remove it.")
          .fix(fmt::format("Remove {}", label_of(*attribute)), {remove_attribute(subject_.block(), *attribute)});
    }
  }
  open_.clear();
}

}  // namespace refract::validation
