#include "features/add_relations.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "features/incomplete_relations.h"
#include "schema/naming.h"
#include "schema/new_members.h"
#include "text/unicode.h"
#include "validation/core/text_tools.h"
#include "validation/fixes/helpful_fixes.h"
#include "validation/rules/valid_declarations.h"

namespace refract::features {
namespace {

using schema::Declaration;
using schema::Field;
using schema::Placed;
using syntax::Arity;
using validation::FileEdit;

// Sets of relations that are tried. Each trial costs a check of all that they change.
constexpr int kMaxTrials = 40;

class Sides {
 public:
  Sides(const schema::Snapshot& snapshot, std::span<const IncompleteRelation> incomplete)
      : snapshot_(snapshot), style_(snapshot) {
    for (const Placed& placed : snapshot.declarations()) {
      for (const Field& field : placed->fields)
        if (field.is_relation() && !is_named(&field)) ++unnamed_[{placed->name, field.type_name}];
    }
    // Of other models nothing is asked.
    std::set<std::string_view> concerned;
    for (const IncompleteRelation& relation : incomplete) {
      concerned.insert((*relation.referencing)->name);
      concerned.insert((*relation.referenced)->name);
    }
    for (const Placed& placed : snapshot.declarations()) {
      if (!concerned.contains(placed->name)) continue;
      for (const Field& field : placed->fields)
        if (field.is_relation() && !is_settled(placed, field))
          ++unsettled_[{placed->name, field.type_name}][has_key(field)];
    }
  }

  // The edits that complete the relation. Empty: what would be meant is not obvious.
  std::vector<FileEdit> complete(const IncompleteRelation& found) {
    edits_.clear();
    const IncompleteRelation relation = with_holder(found);
    const auto name = name_of(relation);
    if (!name || has_rival(relation)) {
      if (relation.forward) add_known_key(relation);
      return std::move(edits_);
    }
    const std::string forward = relation.forward ? std::string(relation.forward->name)
                                                 : free_name(relation.referencing, relation.referenced, false, "");
    const auto key = key_of(relation, forward);
    if (key.empty()) return {};
    if (!relation.back) add_back_field(relation, *name, forward);
    if (!relation.forward) add_forward_field(relation, *name, forward, key);
    add_key_fields(relation, key);
    if (relation.forward) add_arguments(relation, *name, key);
    if (relation.back) name_back_field(relation, *name);
    return std::move(edits_);
  }

 private:
  // The model that has the key by then is the one that refers.
  IncompleteRelation with_holder(const IncompleteRelation& found) const {
    if (!found.forward || found.back) return found;
    const bool turned = schema::is_key_opposite(style_, **found.referencing, *found.forward, **found.referenced,
                                                snapshot_.options().version);
    return turned ? IncompleteRelation{found.referenced, found.referencing, nullptr, found.forward, true} : found;
  }

  // The arguments alone, if the fields of the key are there: whichever field is the other side, this one needs them.
  void add_known_key(const IncompleteRelation& relation) {
    const auto key = key_of(relation, relation.forward->name);
    const bool known =
        !key.empty() && std::ranges::all_of(key, [](const schema::KeyColumn& column) { return column.existing; });
    if (known) add_arguments(relation, {}, key);
  }

  // Whether the model whose field is missing has one that may be meant for it: a field of the right type that is no
  // side of a relation with two sides yet. Then the names are wrong, or are being written.
  bool has_rival(const IncompleteRelation& relation) const {
    if (relation.forward && relation.back) return false;
    const Field* present = relation.forward ? relation.forward : relation.back;
    const Placed* here = relation.forward ? relation.referencing : relation.referenced;
    const Placed* there = relation.forward ? relation.referenced : relation.referencing;
    const auto found = unsettled_.find({(*there)->name, (*here)->name});
    if (found == unsettled_.end()) return false;
    const auto& [without_key, with_key] = found->second;
    const bool own = here == there;  // of a self-relation the field itself is among them
    // Two fields that both hold a key are not the two sides of one relation.
    if (has_key(*present)) return without_key > 0;
    return without_key + with_key > (own ? 1 : 0);
  }

  // Whether the field is one of the two sides of a relation that is not ambiguous.
  bool is_settled(const Placed& model, const Field& field) const {
    const auto relation = snapshot_.relation_of(model, field);
    if (!relation || !relation->owner.field || !relation->other.field) return false;
    if (is_named(&field)) return true;
    const bool self = model->name == field.type_name;
    return unnamed(model->name, field.type_name) == (self ? 2 : 1) &&
           (self || unnamed(field.type_name, model->name) == 1);
  }

  static bool has_key(const Field& field) { return field.relation && field.relation->has_fields; }

  // The columns of the foreign key, as far as the schema gives them. Empty: they are not obvious.
  std::vector<schema::KeyColumn> key_of(const IncompleteRelation& relation, std::string_view forward) const {
    const Declaration& model = **relation.referencing;
    const Declaration& target = **relation.referenced;
    const schema::RelationAttribute* given =
        relation.forward && relation.forward->relation ? &*relation.forward->relation : nullptr;
    std::vector<const Field*> referenced;
    if (given && given->has_references) {
      for (const std::string_view reference : given->references) referenced.push_back(target.find_field(reference));
      if (std::ranges::find(referenced, nullptr) != referenced.end()) return {};
    } else if (given && given->has_fields) {
      std::vector<const Field*> columns;
      for (const std::string_view name : given->fields) columns.push_back(model.find_field(name));
      referenced = schema::referenceable_key(target, columns);
    } else {
      referenced = schema::referenceable_key(target);
    }
    if (!given || !given->has_fields) return schema::key_columns(style_, model, forward, referenced);
    std::vector<schema::KeyColumn> key;
    if (given->fields.size() != referenced.size()) return key;
    for (std::size_t i = 0; i < referenced.size(); ++i)
      key.push_back({std::string(given->fields[i]), model.find_field(given->fields[i]), referenced[i]});
    const bool known = std::ranges::all_of(key, [](const schema::KeyColumn& column) { return column.existing; });
    return known ? key : std::vector<schema::KeyColumn>();
  }

  static bool is_named(const Field* field) { return field && field->relation && field->relation->name; }

  int unnamed(std::string_view from, std::string_view to) const {
    const auto found = unnamed_.find({from, to});
    return found == unnamed_.end() ? 0 : found->second;
  }

  // The name that both sides need; empty: none. nullopt: the fields without a name could belong together in several
  // ways.
  std::optional<std::string> name_of(const IncompleteRelation& relation) const {
    for (const Field* field : {relation.forward, relation.back})
      if (is_named(field)) return field->relation->name;
    const std::string_view here = (*relation.referencing)->name;
    const std::string_view there = (*relation.referenced)->name;
    const bool self = here == there;
    const int to = unnamed(here, there);
    const int from = self ? 0 : unnamed(there, here);
    const Field* present = relation.forward ? relation.forward : relation.back;
    const std::string_view holder = relation.forward ? here : there;
    const bool whole = relation.forward && relation.back;
    if (self && to > 1) return std::nullopt;
    if (to + from == (whole ? 2 : 1) && !self) return std::string();
    if (whole || (to > 0 && from > 0)) return std::nullopt;
    return fmt::format("{}_{}", holder, present->name);
  }

  // A name for the relation field of `in` that points to `of`, taken from now on.
  std::string free_name(const Placed* in, const Placed* of, bool list, std::string_view relation_field) {
    const Declaration& model = **in;
    std::set<std::string, std::less<>>& added = added_[&model];
    const auto taken = [&](const std::string& name) { return model.find_field(name) || added.contains(name); };
    std::string name =
        schema::relation_field_name_beside((*of)->name, list, relation_field, snapshot_.options().version, taken);
    added.insert(name);
    return name;
  }

  void add_back_field(const IncompleteRelation& relation, std::string_view name, std::string_view forward) {
    const Declaration& model = **relation.referencing;
    const std::string field = free_name(relation.referenced, relation.referencing, !relation.one_to_one,
                                        relation.forward ? forward : std::string_view());
    add_member(
        relation.referenced,
        fmt::format("{}{}{}",
                    schema::field_of_type(field, model.name, relation.one_to_one ? Arity::optional : Arity::list),
                    schema::relation_name_attribute(name), model.ignored ? " @ignore" : ""));
  }

  void add_forward_field(const IncompleteRelation& relation, std::string_view name, std::string_view forward,
                         std::span<const schema::KeyColumn> key) {
    const bool required = std::ranges::all_of(key, [](const schema::KeyColumn& column) {
      return column.existing && column.existing->arity == Arity::required;
    });
    add_member(relation.referencing, fmt::format("{} @relation({})",
                                                 schema::field_of_type(forward, (*relation.referenced)->name,
                                                                       required ? Arity::required : Arity::optional),
                                                 schema::relation_arguments(name, key)));
  }

  void add_key_fields(const IncompleteRelation& relation, std::span<const schema::KeyColumn> key) {
    const Declaration& model = **relation.referencing;
    const Arity arity = relation.forward ? relation.forward->arity : Arity::optional;
    const bool fresh = std::ranges::none_of(key, [](const schema::KeyColumn& column) { return column.existing; });
    // A key that rows share is none of a one-to-one relation.
    const bool unique = relation.one_to_one && fresh;
    for (const schema::KeyColumn& column : key)
      if (!column.existing) added_[&model].insert(column.name);
    for (const std::string& line : schema::key_members(style_, model, **relation.referenced, key, arity, unique))
      add_member(relation.referencing, line);
  }

  void add_arguments(const IncompleteRelation& relation, std::string_view name,
                     std::span<const schema::KeyColumn> key) {
    const Field& field = *relation.forward;
    const bool named = is_named(&field);
    if (!field.relation) {
      const std::string arguments = schema::relation_arguments(name, key);
      if (!arguments.empty())
        add(relation.referencing, field.syntax->type->range.end, fmt::format(" @relation({})", arguments));
      return;
    }
    const syntax::Block& block = *(*relation.referencing)->block;
    const syntax::Attribute& attribute = *field.relation->attribute;
    const std::string own_name = named || name.empty() ? std::string() : fmt::format("\"{}\"", name);
    const std::string others = missing_arguments(*field.relation, key);
    if (attribute.arguments.empty()) {
      const std::string_view comma = own_name.empty() || others.empty() ? "" : ", ";
      const std::string all = fmt::format("{}{}{}", own_name, comma, others);
      if (!all.empty()) add(relation.referencing, validation::add_argument(block, attribute, all));
      return;
    }
    if (!own_name.empty()) add(relation.referencing, validation::add_to_relation(block, *field.syntax, own_name));
    if (!others.empty()) add(relation.referencing, validation::add_argument(block, attribute, others));
  }

  static std::string missing_arguments(const schema::RelationAttribute& relation,
                                       std::span<const schema::KeyColumn> key) {
    std::vector<std::string> missing;
    if (!relation.has_fields) missing.push_back(schema::fields_argument(key));
    if (!relation.has_references) missing.push_back(schema::references_argument(key));
    return fmt::format("{}", fmt::join(missing, ", "));
  }

  // Where both sides are there and one of them has no name yet.
  void name_back_field(const IncompleteRelation& relation, std::string_view name) {
    if (name.empty() || is_named(relation.back)) return;
    if (!relation.back->relation)
      add(relation.referenced, relation.back->syntax->type->range.end, schema::relation_name_attribute(name));
  }

  void add_member(const Placed* model, const std::string& line) {
    add(model, validation::add_member(*(*model)->block, line));
  }

  void add(const Placed* model, const validation::BlockEdit& edit) { add(model, edit.at.range.begin, edit.text); }

  void add(const Placed* model, text::Offset at, std::string text) {
    edits_.push_back({model->file, {text::Range{at, at}.shifted(model->start), std::move(text)}});
  }

  const schema::Snapshot& snapshot_;
  schema::NamingStyle style_;
  // Relation fields, by the names of their model and of its type.
  using Models = std::pair<std::string_view, std::string_view>;
  std::map<Models, int> unnamed_;
  std::map<Models, std::array<int, 2>> unsettled_;  // see is_settled(); without and with a key
  std::map<const Declaration*, std::set<std::string, std::less<>>> added_;
  std::vector<FileEdit> edits_;
};

// Takes the completed relations that add no diagnostic of any code: together where that holds of all, else by halves.
class Trial {
 public:
  explicit Trial(const schema::Snapshot& snapshot)
      : before_(validation::Analysis::run(
            schema::Snapshot::build({snapshot.files().begin(), snapshot.files().end()}, snapshot.options()), nullptr,
            validation::AnalysisMode::tolerant)),
        left_(counts_of(*before_)) {}

  void take(std::span<const std::vector<FileEdit>> relations) {
    if (relations.empty() || ++trials_ > kMaxTrials) return;
    validation::Fix with{.title = {}, .edits = taken_};
    for (const auto& edits : relations) with.edits.insert(with.edits.end(), edits.begin(), edits.end());
    Counts left = counts_of(*validation::analysis_with(before_, with));
    const auto is_new = [&](const auto& count) {
      const auto found = left_.find(count.first);
      return found == left_.end() || found->second < count.second;
    };
    if (std::ranges::none_of(left, is_new)) {
      taken_ = std::move(with.edits);
      left_ = std::move(left);
    } else if (relations.size() > 1) {
      take(relations.first(relations.size() / 2));
      take(relations.subspan(relations.size() / 2));
    }
  }

  std::vector<FileEdit> taken() { return std::move(taken_); }

 private:
  using Counts = std::map<std::string_view, std::size_t>;  // of diagnostics, by code

  static Counts counts_of(const validation::Analysis& analysis) {
    Counts counts;
    for (const validation::Diagnostic& diagnostic : analysis.diagnostics()) ++counts[diagnostic.code.name()];
    return counts;
  }

  std::shared_ptr<const validation::Analysis> before_;
  Counts left_;
  std::vector<FileEdit> taken_;
  int trials_ = 0;
};

}  // namespace

std::vector<FileEdit> add_relations(const schema::Snapshot& snapshot) {
  const auto incomplete = incomplete_relations(snapshot);
  if (incomplete.empty() || !validation::declarations_are_valid(snapshot)) return {};
  Sides sides(snapshot, incomplete);
  std::vector<std::vector<FileEdit>> completed;
  for (const IncompleteRelation& relation : incomplete) {
    if (auto edits = sides.complete(relation); !edits.empty()) completed.push_back(std::move(edits));
  }
  Trial trial(snapshot);
  trial.take(completed);
  return trial.taken();
}

}  // namespace refract::features
