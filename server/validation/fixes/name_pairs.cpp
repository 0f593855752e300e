#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "schema/new_members.h"
#include "validation/core/text_tools.h"
#include "validation/fixes/fix_context.h"

// Ambiguous relations between two models: their fields in pairs, each pair with a name.
namespace refract::validation {
namespace {

// More fields than this between two models are beyond a guess by their names.
constexpr std::size_t kMostFields = 30;

// How many letters two names begin with in common.
std::size_t common_prefix(std::string_view one, std::string_view other) {
  return static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
}

// Gives the fields of two models without a relation name names in pairs. A field that is left over gets a list as its
// other side, and a pair that has no key gets one.
class Pairing {
 public:
  Pairing(FixContext& context, const schema::Declaration& here, const schema::Declaration& there)
      : context_(context), here_(here), there_(there) {}

  void offer() {
    const auto here_fields = unnamed(here_, there_.name);
    const auto there_fields = unnamed(there_, here_.name);
    if (here_fields.size() < 2 || here_fields.size() < there_fields.size() || here_fields.size() > kMostFields) return;
    const auto others = paired(here_fields, there_fields);
    for (std::size_t i = 0; i < here_fields.size(); ++i)
      if (!name(*here_fields[i], others[i])) return;
    context_.diagnostic.fix(fmt::format("Name the relations: {}", fmt::join(titles_, ", ")), std::move(edits_), true);
  }

 private:
  using Field = schema::Field;

  static std::vector<const Field*> unnamed(const schema::Declaration& from, std::string_view to) {
    std::vector<const Field*> fields;
    for (const std::uint32_t place : from.relation_fields(to, nullptr)) fields.push_back(&from.fields[place]);
    return fields;
  }

  // For each field here the one there that is meant: those whose names have the most letters in common first.
  static std::vector<const Field*> paired(const std::vector<const Field*>& here, std::vector<const Field*> there) {
    std::vector<const Field*> others(here.size());
    while (!there.empty()) {
      std::size_t best = here.size(), best_there = 0, most = 0;
      for (std::size_t i = 0; i < here.size(); ++i) {
        for (std::size_t j = 0; j < there.size() && !others[i]; ++j) {
          const std::size_t common = common_prefix(here[i]->name, there[j]->name);
          if (best < here.size() && common <= most) continue;
          best = i;
          best_there = j;
          most = common;
        }
      }
      others[best] = there[best_there];
      there.erase(there.begin() + static_cast<std::ptrdiff_t>(best_there));
    }
    return others;
  }

  static bool is_list(const Field& field) { return field.arity == syntax::Arity::list; }
  static bool has_key(const Field& field) { return field.relation && field.relation->has_fields; }

  // False: what the other side of the field would be is not known.
  bool name(const Field& field, const Field* other) {
    if (!other && is_list(field)) return false;
    const bool here_holds = !other || (!is_list(field) && (is_list(*other) || !has_key(*other)));
    const std::string relation = fmt::format("{}_{}", here_holds || is_list(*other) ? here_.name : there_.name,
                                             here_holds || is_list(*other) ? field.name : other->name);
    const bool needs_key = !has_key(field) && !(other && (has_key(*other) || (is_list(field) && is_list(*other))));
    const bool unique = other && !is_list(field) && !is_list(*other);
    if (!write(here_, there_, field, relation, needs_key && here_holds, unique)) return false;
    if (other) {
      titles_.push_back(fmt::format("`{}` with `{}`", field.name, other->name));
      return write(there_, here_, *other, relation, needs_key && !here_holds, unique);
    }
    const std::string added =
        schema::relation_field_name_beside(here_.name, true, field.name, context_.environment.version,
                                           [&](const std::string& one) { return there_.find_field(one) != nullptr; });
    titles_.push_back(fmt::format("`{}` with a new `{}`", field.name, added));
    edits_.push_back(add_member(*there_.block, schema::field_of_type(added, here_.name, syntax::Arity::list) +
                                                   schema::relation_name_attribute(relation)));
    return true;
  }

  bool write(const schema::Declaration& model, const schema::Declaration& target, const Field& field,
             const std::string& relation, bool needs_key, bool unique) {
    const schema::NamingStyle& style = *context_.environment.style;
    const syntax::Block& block = *model.block;
    std::vector<schema::KeyColumn> key;
    if (needs_key) {
      key = schema::key_columns(style, model, field.name, schema::referenceable_key(target));
      if (key.empty()) return false;
      for (const std::string& line : schema::key_members(style, model, target, key, field.arity, unique))
        edits_.push_back(add_member(block, line));
    }
    const std::string arguments = schema::relation_arguments(relation, key);
    edits_.push_back(add_to_relation(block, *field.syntax, arguments));
    return true;
  }

  FixContext& context_;
  const schema::Declaration& here_;
  const schema::Declaration& there_;
  std::vector<BlockEdit> edits_;
  std::vector<std::string> titles_;
};

}  // namespace

void name_pairs(FixContext& context) {
  const schema::Field* field = context.schema_field();
  const schema::Placed* there = field ? context.environment.snapshot->find(field->type_name) : nullptr;
  if (there && context.declaration && there->declaration != context.declaration)
    Pairing(context, *context.declaration, **there).offer();
}

}  // namespace refract::validation
