#include "migrate/diff/table_diff.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "migrate/diff/expressible.h"
#include "migrate/diff/index_match.h"
#include "migrate/wanted/default_match.h"
#include "migrate/wanted/table_parts.h"

namespace refract::migrate {
namespace {

using catalog::Column;
using catalog::ForeignKey;
using catalog::Index;
using catalog::IndexColumn;

template <class Range>
bool contains(const Range& range, const auto& value) {
  return std::ranges::find(range, value) != range.end();
}

// A type of a database and an Unsupported one, which Prisma's engine does not compare. Modifiers may be left unsaid,
// and `db pull` calls the type of a list by PostgreSQL's name for the array: Unsupported("_tsvector")[].
bool same_type(const catalog::ColumnType& from, const catalog::ColumnType& to) {
  const bool same_name = from.name == to.name || (from.array && to.name == "_" + from.name);
  return same_name && (from.modifiers.empty() || to.modifiers.empty() || from.modifiers == to.modifiers);
}

class Differ {
 public:
  Differ(const DiffTable& from, const DiffSide& from_side, const DiffTable& to, const DiffSide& to_side,
         const DiffOptions& options, Scope scope)
      : from_side_(from_side), to_side_(to_side), options_(options), scope_(scope), from_(*from.table), to_(*to.table) {
    diff_.from = &from;
    diff_.to = &to;
    index_match_ = IndexMatch({&from_side.catalog(), &from_, nullptr}, {&to_side.catalog(), &to_, nullptr});
    before_ = from.indexes;
    after_ = to.indexes;
    take_in_unmanaged(from, to, before_);
    take_in_unmanaged(to, from, after_);
  }

  TableDiff run() && {
    compare_columns();
    compare_primary_keys();
    compare_indexes();
    compare_foreign_keys();
    return std::move(diff_);
  }

 private:
  void compare_columns() {
    for (const Column& column : from_.columns) {
      if (const Column* next = to_.find_column(column.name)) {
        diff_.columns.push_back(compare(column, *next));
      } else {
        (is_unmanaged(column, from_side_) ? diff_.kept_columns : diff_.dropped_columns).push_back(&column);
      }
    }
    for (const Column& column : to_.columns) {
      if (!from_.find_column(column.name) && !is_unmanaged(column, to_side_)) diff_.added_columns.push_back(&column);
    }
    const auto name = [](const Column* column) -> const std::string& { return column->name; };
    std::ranges::sort(diff_.dropped_columns, {}, name);
    std::ranges::sort(diff_.added_columns, {}, name);
  }

  bool is_unmanaged(const Column& column, const DiffSide& side) const {
    return scope_ == Scope::described && !side.from_schema() && inexpressible(column, options_).has_value();
  }

  // Whether the column of the database is of the very domain that the schema names.
  bool is_of_domain(const Column& from, const catalog::ColumnType& type) const {
    const catalog::Table* table = from_side_.catalog().find_table(from_.name);
    const Column* own = table ? table->find_column(from.name) : nullptr;
    return own && own->type.name == type.name && own->type.schema == type.schema;
  }

  ColumnPair compare(const Column& from, const Column& to) const {
    ColumnPair pair{.from = &from, .to = &to};
    if (is_unmanaged(from, from_side_) || is_unmanaged(to, to_side_)) return pair;
    pair.type = type_change(from.type, from_side_.catalog(), from_side_.from_schema(), to.type, to_side_.catalog());
    const bool unsupported = !to.type.unsupported.value.empty() && from.type.array == to.type.array;
    if (unsupported && !from_side_.from_schema() && !options_.like_prisma) {
      pair.type =
          same_type(from.type, to.type) || is_of_domain(from, to.type) ? TypeChange::none : TypeChange::risky_cast;
    }
    pair.arity = arity_of(from) != arity_of(to);
    const DefaultComparison comparison{from_side_.from_schema(), options_.like_prisma, &from_side_.catalog(),
                                       &to_side_.catalog()};
    pair.default_value = !defaults_match(from, to, comparison);
    pair.autoincrement = changes_autoincrement(from, to, comparison);
    // A list of an enum and its single value Prisma would cast as they are, which PostgreSQL refuses.
    const bool relisted = pair.type == TypeChange::none && from.type.array != to.type.array && !options_.like_prisma;
    const bool chosen = pair.recreated() && contains(options_.casts, Cast{from_.name, from.name});
    if (relisted || chosen || (scope_ == Scope::all && pair.recreated())) {
      pair.type = TypeChange::risky_cast;
      pair.cast = true;
    }
    return pair;
  }

  const ColumnPair* pair_of(std::string_view column) const {
    const auto found = std::ranges::find(diff_.columns, column,
                                         [](const ColumnPair& pair) { return std::string_view(pair.from->name); });
    return found == diff_.columns.end() ? nullptr : &*found;
  }

  void compare_primary_keys() {
    const auto& from = from_.primary_key;
    const auto& to = to_.primary_key;
    const bool changed = from && to && (from->columns != to->columns || any_column(*from, [](const ColumnPair& pair) {
                                          return pair.type != TypeChange::none;
                                        }));
    const bool recreated = from && any_column(*from, [](const ColumnPair& pair) { return pair.recreated(); });
    diff_.keeps_primary_key = from && !to && !recreated && scope_ == Scope::described && !from_side_.from_schema() &&
                              inexpressible(*from, from_, options_).has_value();
    diff_.drops_primary_key = (from && !to && !diff_.keeps_primary_key) || changed || recreated;
    diff_.adds_primary_key = (to && !from) || changed || (recreated && to);
    diff_.renames_primary_key = from && to && from->name != to->name;
  }

  bool any_column(const catalog::PrimaryKey& key, auto condition) const {
    return std::ranges::any_of(key.columns, [&](const std::string& column) {
      const ColumnPair* pair = pair_of(column);
      return pair && condition(*pair);
    });
  }

  // Of the indexes that the schema cannot express in general, those count that it does name: what matches one of the
  // other side in everything (a class in raw("…")), and what has the name of one and does not do for it.
  void take_in_unmanaged(const DiffTable& side, const DiffTable& other, std::vector<const Index*>& indexes) {
    const bool existing = &side == diff_.from;
    for (const Index* index : side.unmanaged_indexes) {
      const auto named = std::ranges::find(other.indexes, index->name, &Index::name);
      const bool exact =
          std::ranges::any_of(other.indexes, [&](const Index* asked) { return is_exactly(*index, *asked); });
      if (exact) {
        indexes.push_back(index);
      } else if (named == other.indexes.end()) {
        if (existing) diff_.kept_indexes.push_back(index);
      } else if (options_.like_prisma) {
        continue;
      } else if (!index_differences(*index, **named).empty()) {
        indexes.push_back(index);
        if (existing) diff_.recreated_indexes.push_back({index, *named});
      } else {
        refined_.push_back(*named);
      }
    }
  }

  bool is_exactly(const Index& index, const Index& asked) {
    const auto plain = [](const IndexColumn& column) {
      return column.op_class_options.empty() && !column.collation && column.nulls == catalog::NullsOrder::usual;
    };
    return index.storage.empty() && !index.nulls_not_distinct && !index.deferrable &&
           std::ranges::all_of(index.columns, plain) && index_match_(index, asked, true, true);
  }

  // The other side has it by this name, refined by hand.
  bool is_refined(const Index& index) const { return contains(refined_, &index); }

  void compare_indexes() {
    const bool predicates = compares_predicates();
    std::vector<std::string> keys_before, keys_after;
    IndexesByKey before, after;
    for (const Index* index : before_)
      before.add(index, keys_before.emplace_back(index_match_.key_of(*index, Side::from, predicates)));
    for (const Index* index : after_)
      after.add(index, keys_after.emplace_back(index_match_.key_of(*index, Side::to, predicates)));

    std::map<Shape, std::size_t> shapes;
    for (const Index* index : before_) ++shapes[shape_of(*index)];
    std::set<const Index*> paired;
    for (std::size_t at = 0; at < before_.size(); ++at) {
      const Index* index = before_[at];
      const Index* next = after.find(keys_before[at], [&](const Index& other) { return matches(*index, other); });
      const bool beyond_schema = index->predicate && !predicates;
      if (!next && !beyond_schema && !is_refined(*index)) diff_.dropped_indexes.push_back(index);
      // Which one corresponds is unknown where several share their columns.
      if (!next || shapes.at(shape_of(*index)) != 1) continue;
      paired.insert(next);
      if (index->name != next->name) diff_.renamed_indexes.push_back({index, next});
    }
    for (std::size_t at = 0; at < after_.size(); ++at) {
      const Index* index = after_[at];
      const bool stood =
          before.find(keys_after[at], [&](const Index& previous) { return matches(previous, *index); }) != nullptr;
      if (stood ? paired.contains(index) && on_recreated_column(*index) : !is_refined(*index)) {
        diff_.created_indexes.push_back(index);
      }
    }
  }

  // Uniqueness and columns, an expression counting as a column without a name.
  using Shape = std::pair<bool, std::vector<std::string_view>>;
  static Shape shape_of(const Index& index) {
    Shape shape{index.unique, {}};
    for (const IndexColumn& column : index.columns) shape.second.emplace_back(column.column);
    return shape;
  }

  bool matches(const Index& from, const Index& to) {
    return index_match_(from, to, from_side_.from_schema() || !to_side_.from_schema(), compares_predicates());
  }

  // If the schema cannot express a predicate, Prisma considers an index with one equal to the index of the schema, and
  // drops none.
  bool compares_predicates() const {
    return !options_.like_prisma || options_.partial_indexes || from_side_.from_schema() || scope_ == Scope::all;
  }

  bool on_recreated_column(const Index& index) const {
    return std::ranges::any_of(index.columns, [&](const IndexColumn& column) {
      const ColumnPair* pair = pair_of(column.column);
      return pair && pair->recreated();
    });
  }

  // Those of a side that the schema can express, or that the other side has over the same columns.
  std::vector<const ForeignKey*> managed_keys(const DiffTable& side, const DiffSide& catalog, const DiffTable& other,
                                              const DiffSide& other_catalog) {
    std::vector<const ForeignKey*> keys;
    for (const ForeignKey* key : side.foreign_keys) {
      const bool asked = std::ranges::any_of(other.foreign_keys, [&](const ForeignKey* one) {
        return one->columns == key->columns && same_target(*one, *key);
      });
      const bool managed = asked || scope_ == Scope::all || catalog.from_schema() ||
                           !inexpressible(*key, *side.table, catalog, other_catalog, options_);
      if (managed) {
        keys.push_back(key);
      } else if (&side == diff_.from) {
        diff_.kept_foreign_keys.push_back(key);
      }
    }
    return keys;
  }

  void compare_foreign_keys() {
    const auto before = managed_keys(*diff_.from, from_side_, *diff_.to, to_side_);
    const auto after = managed_keys(*diff_.to, to_side_, *diff_.from, from_side_);
    for (const ForeignKey* key : before) {
      if (std::ranges::none_of(after, [&](const ForeignKey* next) { return matches(*key, *next); })) {
        diff_.dropped_foreign_keys.push_back(key);
      }
    }
    for (const ForeignKey* key : after) {
      if (std::ranges::none_of(before, [&](const ForeignKey* previous) { return matches(*previous, *key); })) {
        diff_.added_foreign_keys.push_back(key);
      }
    }
    std::vector<const ForeignKey*> taken;
    for (const ForeignKey* key : before) {
      const auto next = std::ranges::find_if(
          after, [&](const ForeignKey* other) { return !contains(taken, other) && matches(*key, *other); });
      if (next == after.end()) continue;
      taken.push_back(*next);
      if (key->name != (*next)->name && !(is_join_table(from_) && is_join_table(to_))) {
        diff_.renamed_foreign_keys.push_back({key, *next});
      }
    }
  }

  // Prisma does not see that a referenced table moves to another schema.
  bool same_target(const ForeignKey& from, const ForeignKey& to) const {
    if (options_.like_prisma) return from.referenced_table.name == to.referenced_table.name;
    return from.referenced_table == to.referenced_table;
  }

  bool matches(const ForeignKey& from, const ForeignKey& to) const {
    return same_target(from, to) && from.columns == to.columns && from.referenced_columns == to.referenced_columns &&
           from.on_delete == to.on_delete && from.on_update == to.on_update &&
           std::ranges::all_of(from.columns, [&](const std::string& column) { return keeps_foreign_key(column); });
  }

  // A column that changes its type has its foreign key recreated.
  bool keeps_foreign_key(std::string_view column) const {
    const ColumnPair* pair = pair_of(column);
    return pair && pair->type == TypeChange::none;
  }

  // Foreign keys of implicit many-to-many tables had other names in old versions of Prisma.
  static bool is_join_table(const catalog::Table& table) {
    return table.columns.size() == 2 && table.find_column("A") && table.find_column("B");
  }

  const DiffSide& from_side_;
  const DiffSide& to_side_;
  const DiffOptions& options_;
  Scope scope_;
  const catalog::Table& from_;
  const catalog::Table& to_;
  TableDiff diff_;
  IndexMatch index_match_;
  std::vector<const Index*> before_, after_;  // the indexes compared
  std::vector<const Index*> refined_;
};

}  // namespace

Arity arity_of(const catalog::Column& column) {
  if (column.type.array) return Arity::list;
  return column.nullable ? Arity::optional : Arity::required;
}

TableDiff diff_tables(const DiffTable& from, const DiffSide& from_side, const DiffTable& to, const DiffSide& to_side,
                      const DiffOptions& options, Scope scope) {
  return Differ(from, from_side, to, to_side, options, scope).run();
}

}  // namespace refract::migrate
