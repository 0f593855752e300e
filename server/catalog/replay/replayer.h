#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "catalog/parse/sql.h"
#include "catalog/search_path.h"
#include "catalog/sorted.h"

// The implementation of replay(): one overload of apply() per kind of step, one source file per family of objects.
namespace refract::catalog {

// Why PostgreSQL would have refused a step.
struct Refusal {
  enum class Kind {
    missing_object,  // what the step alters or drops does not exist
    missing_other,   // something else that it names does not exist
    duplicate,
    other,
    elsewhere,  // not refused: it is about Prisma's own table of records, which is there and in no catalog
    opaque,     // not refused: the effect is known only when it runs
  };
  Kind kind = Kind::other;
  std::string message;
  std::string_view condition = {};  // PL/pgSQL's name of the error, "duplicate_table"; empty: not known
};
using Outcome = std::expected<void, Refusal>;

// The table that `deploy` makes before the first migration runs.
inline constexpr std::string_view kRecords = "_prisma_migrations";

// Tables, indexes, sequences and views share one name space a schema.
enum class RelationKind { table, index, primary_key, sequence, view, other };
struct Relation {
  RelationKind kind = RelationKind::table;
  QualifiedName table;  // of an index or primary key
};

struct HashName {
  std::size_t operator()(const QualifiedName& name) const {
    return std::hash<std::string>()(name.name) * 31 + std::hash<std::string>()(name.schema);
  }
};

class Replayer {
 public:
  Replayer(Catalog& catalog, ReplayState state)
      : catalog_(catalog), path_(std::move(state.path)), after_opaque_(state.uncertain) {}
  std::optional<ReplayState> state() const;
  // Of one text; see Replay.
  std::vector<ReplayIssue> run(std::span<const Step> steps);
  void run_step(std::span<const Step> steps, std::size_t& at, std::vector<ReplayIssue>& issues);
  void drop_temporary_tables();
  bool has_temporary_tables() const;
  const std::vector<std::string>& search_path() const { return path_.schemas(); }

 private:
  template <class T>
  using Found = std::expected<T, Refusal>;

  // Schemas, extensions (replay_schema.cpp).
  Outcome apply(const CreateSchema& step);
  Outcome apply(const RenameSchema& step);
  Outcome apply(const DropSchema& step);
  Outcome apply(const CreateExtension& step);
  Outcome apply(const AlterExtension& step);
  Outcome apply(const DropExtension& step);
  Outcome apply(const SetSearchPath& step);
  // Types (replay_type.cpp).
  Outcome apply(const CreateEnum& step);
  Outcome apply(const AddEnumValue& step);
  Outcome apply(const RenameEnumValue& step);
  Outcome apply(const RenameEnum& step);
  Outcome apply(const SetEnumSchema& step);
  Outcome apply(const DropEnum& step);
  // Tables (replay_table.cpp).
  Outcome apply(const CreateTable& step);
  Outcome apply(const RenameTable& step);
  Outcome apply(const SetTableSchema& step);
  Outcome apply(const DropTable& step);
  Outcome apply(const SetRowLevelSecurity& step);
  // Columns (replay_column.cpp).
  Outcome apply(const AddColumn& step);
  Outcome apply(const RenameColumn& step);
  Outcome apply(const DropColumn& step);
  Outcome apply(const AlterColumnType& step);
  Outcome apply(const SetColumnDefault& step);
  Outcome apply(const DropColumnDefault& step);
  Outcome apply(const SetColumnNullable& step);
  Outcome apply(const SetColumnIdentity& step);
  Outcome apply(const DropColumnGenerated& step);
  // Constraints (replay_constraint.cpp).
  Outcome apply(const AddPrimaryKey& step);
  Outcome apply(const AddUniqueConstraint& step);
  Outcome apply(const AddForeignKey& step);
  Outcome apply(const AddCheck& step);
  Outcome apply(const AddExclusion& step);
  Outcome apply(const RenameConstraint& step);
  Outcome apply(const ValidateConstraint& step);
  Outcome apply(const SetDeferrable& step);
  Outcome apply(const DropConstraint& step);
  // Indexes and sequences (replay_index.cpp).
  Outcome apply(const CreateIndex& step);
  Outcome apply(const RenameIndex& step);
  Outcome apply(const DropIndex& step);
  Outcome apply(const CreateSequence& step);
  Outcome apply(const AlterSequence& step);
  Outcome apply(const RenameSequence& step);
  Outcome apply(const DropSequence& step);
  // Views and what is unmanaged (replay_view.cpp).
  Outcome apply(const CreateView& step);
  Outcome apply(const RenameView& step);
  Outcome apply(const DropView& step);
  Outcome apply(const CreateUnmanaged& step);
  Outcome apply(const SetDomainNullable& step);
  Outcome apply(const DropUnmanaged& step);
  Outcome apply(const RenameUnmanaged& step);
  Outcome apply(const DataStatement& step);
  bool is_elsewhere(const QualifiedName& table) const;
  Outcome apply(const Opaque& step) { return follow(step); }
  Outcome apply(const Transaction& step);
  // A DO block (replay_block.cpp).
  class BlockRun;
  Outcome follow(const Opaque& step);
  // Whether the migrations made functions of this name, and none of them mentions the structure.
  bool function_leaves_structure_alone(const std::string& name) const;

  // Partitions, and tables that inherit (replay_family.cpp).
  Outcome apply(const AttachPartition& step);
  Outcome apply(const DetachPartition& step);
  Outcome apply(const SetInheritance& step);
  Outcome attach_index(const QualifiedName& parents);

  // Names (replay_names.cpp).
  const Relation* find_relation(const QualifiedName& name);
  void add_relation(const QualifiedName& name, Relation relation);
  void remove_relation(const QualifiedName& name);
  void move_relation(const QualifiedName& from, const QualifiedName& to);
  void add_relations_of(const Table& table);
  void remove_relations_of(const Table& table);
  void forget_relations() { relations_.reset(); }
  bool has_schema(std::string_view schema) const;
  bool has_type(const QualifiedName& name) const;
  // The name of an existing relation, search_path applied; unresolved names are returned as they are.
  QualifiedName resolve(const QualifiedName& name);
  Found<QualifiedName> name_for_new(const QualifiedName& name) const;
  Found<Table*> table_named(const QualifiedName& name);
  Found<Column*> column_named(Table& table, const std::string& column);
  Outcome free_relation_name(const QualifiedName& name);
  // PostgreSQL's choice where none is given; see names.h.
  std::string choose_index_name(const Table& table, const std::vector<std::string>& columns, const char* label);
  std::string choose_constraint_name(const Table& table, const std::string& columns, const char* label);
  std::string choose_name(const Table& table, const std::string& columns, const std::string& label,
                          const std::function<bool(const std::string&)>& is_free);
  bool constraint_in_schema(const std::string& schema, const std::string& name);
  // The full type of what SQL names; the search_path and the installed extensions decide.
  Found<ColumnType> resolve_type(const ColumnType& type);
  std::vector<QualifiedName> types_of_extension(const Extension& extension) const;
  std::optional<QualifiedName> find_type(const QualifiedName& name) const;
  void resolve_types(std::vector<QualifiedName>& names) const;

  // Pieces shared by the families.
  Outcome add_column(Table& table, Column column);
  Outcome resolve_column_default(const Table& table, Column& column);
  void make_sequence(const Table& table, Column& column);
  Outcome add_primary_key(Table& table, PrimaryKey key);
  Outcome add_index(Table& table, Index index, bool if_not_exists);
  Outcome op_class_usable(const std::string& op_class, const std::string& method, const Column& column) const;
  Outcome add_foreign_key(Table& table, ForeignKey key);
  Outcome add_check(Table& table, Check check);
  Outcome constraint_name_free(const Table& table, const std::string& name);
  // A key of the table, by the foreign keys that rely on it.
  void rename_key_references(const QualifiedName& table, const std::string& from, const std::string& to);
  Outcome use_index(Table& table, const std::string& name, const std::string& index, bool primary);
  Outcome fill_from_query(Table& table, const std::vector<QueryColumn>& columns);
  Outcome copy_like(Table& table, const LikeTable& like);
  Outcome inherit(Table& table, const QualifiedName& parent, bool partition);
  // What hangs on an object: each refuses without `cascade`, and drops the dependents with it.
  Outcome drop_key_dependents(const Table& table, const std::vector<std::string>& columns, const std::string& except,
                              bool cascade, const std::string& what);
  // `column`: only the views that read it.
  Outcome drop_view_dependents(const QualifiedName& relation, bool cascade, const std::string& what,
                               const std::string* column = nullptr);
  // Defaults elsewhere that draw from a sequence of the table, or of the one column.
  Outcome drop_sequence_uses(const QualifiedName& table, const std::string* column, bool cascade,
                             const std::string& what);
  // The sequences that the table owns, or the one column.
  std::vector<QualifiedName> sequences_of(const QualifiedName& table, const std::string* column) const;
  // Whether the foreign keys of a column, and those to it, would hold with its new type.
  Outcome keys_allow_type(const Table& table, const Column& changed) const;
  Outcome drop_column(Table& table, const std::string& column, bool cascade);
  static void set_sequence_options(Sequence& sequence, const Sequence& wanted);
  Outcome drop_sequence(const QualifiedName& sequence, bool cascade);
  Outcome drop_type(const QualifiedName& type, bool cascade);
  // Functions, casts and composite types that name the type, which a table or view has of its rows too.
  Outcome drop_type_users(const QualifiedName& type, bool cascade, const std::string& what);
  // Whether what is computed from the column could be with its new type.
  Outcome expressions_allow_type(const Table& table, const Column& before, const ColumnType& after) const;
  Outcome can_drop_table(const QualifiedName& name, bool cascade);
  Outcome drop_table(const QualifiedName& name, bool cascade);
  void erase_table(const QualifiedName& name);
  void erase_view(const QualifiedName& name);
  void erase_sequences_of(const QualifiedName& table, const std::string* column);
  void rename_table_references(const QualifiedName& from, const QualifiedName& to);
  void rename_sequence_references(const QualifiedName& from, const QualifiedName& to);
  // An enum, domain or other type under another name or schema, with what is made of it.
  void move_type(const QualifiedName& from, const QualifiedName& to);
  void rename_type_references(const QualifiedName& from, const QualifiedName& to);
  void move_table(const QualifiedName& from, const QualifiedName& to);

  // Partitions, and tables that inherit (replay_family.cpp).
  // The direct children of a table that a step also changes: none if it has ONLY.
  std::vector<QualifiedName> children_of(const QualifiedName& parent);
  std::vector<QualifiedName> all_children_of(const QualifiedName& parent);
  bool only() const { return current_ < steps_.size() && steps_[current_].only; }
  // What is done to a column of a table is done to those below it.
  template <class Change>
  void repeat_on_children(Change change) {
    for (QualifiedName& child : children_of(resolve(change.table))) {
      change.table = std::move(child);
      static_cast<void>(apply(change));
    }
  }
  // Whether a table other than `parent` gives the child what `has` looks for.
  template <class Has>
  bool has_from_another(const Table& child, const QualifiedName& parent, Has has) const {
    return std::ranges::any_of(child.inherits, [&](const QualifiedName& other) {
      const Table* table = catalog_.find_table(other);
      return other != parent && table != nullptr && has(*table);
    });
  }
  void pass_on_column(const QualifiedName& parent, const Column& column);
  void take_back_column(const QualifiedName& parent, const std::string& column);
  Outcome merge_column(Table& table, Column& inherited, Column named);
  void pass_on_check(const QualifiedName& parent, const Check& check);
  void take_back_check(const QualifiedName& parent, const std::string& check);
  // Of a partitioned table; what a partition already has of the kind is taken for it.
  void give_key(Table& partition, const PrimaryKey& key);
  void give_index(Table& partition, const Index& index, std::size_t wanted);
  void give_foreign_key(Table& partition, const ForeignKey& key);
  void pass_on_key(const QualifiedName& parent, const PrimaryKey& key);
  void pass_on_index(const QualifiedName& parent, const Index& index);
  void pass_on_foreign_key(const QualifiedName& parent, const ForeignKey& key);
  void take_back_key(const QualifiedName& parent, const PrimaryKey& key);
  void take_back_index(const QualifiedName& parent, const Index& index);
  void take_back_foreign_key(const QualifiedName& parent, const ForeignKey& key);

  // The lists of a table that are sorted by name. Where more steps on such lists follow, they are put in order after
  // the last of these: each insertion by itself would move half of a long list.
  template <class Item>
  void add_by_name(Table& table, std::vector<Item>& items, Item item);
  template <class Item>
  bool erase_by_name(Table& table, std::vector<Item>& items, std::string_view name);
  // The same as find_by_name, whose search is long in a list that is out of order.
  template <class Item>
  Item* item_named(std::vector<Item>& items, std::string_view name);
  void put_in_order();
  // Whether a constraint or an unmanaged object may have the name, in whatever schema.
  bool may_name_constraint(const std::string& name);
  void note_constraint(const std::string& name);
  bool may_name_unmanaged(const std::string& name) const;
  void note_unmanaged(const std::string& name) {
    if (unmanaged_names_) unmanaged_names_->insert(name);
  }
  std::optional<std::size_t> place_of_value(const Enum& enumeration, const std::string& value);

  // Whether another table may name this one: as a parent, in a foreign key or as a column's type.
  bool may_be_mentioned(const QualifiedName& table);
  void add_mentions(const Table& table);
  // Those that may name this one, in the order of the catalog.
  std::vector<QualifiedName> mentioning(const QualifiedName& table);

  // Tables that the same DROP TABLE names: PostgreSQL drops them as one.
  bool dropped_together(const QualifiedName& table);

  // What ROLLBACK brings back.
  struct Saved {
    std::string savepoint;
    Catalog catalog;
    SearchPath path;
  };
  Saved save(std::string savepoint = {}) const { return {std::move(savepoint), catalog_, path_}; }
  void restore(const Saved& saved);
  void end_transaction();

  std::span<const Step> steps_;
  Catalog& catalog_;
  std::size_t current_ = 0;
  SearchPath path_;
  bool after_opaque_ = false;
  bool in_transaction_ = false;  // after BEGIN
  std::optional<Saved> begun_;   // as the transaction found it, if the text may restore it
  std::vector<Saved> savepoints_;
  std::optional<bool> families_;  // whether any table has a parent; made when first asked for
  // What tables name, or once named; made when first asked for. A step whose effect on it is not known ends it.
  std::optional<std::unordered_map<QualifiedName, std::set<QualifiedName>, HashName>> mentioned_;  // with who does
  bool follows_mentions_ = false;  // the step is one whose effect is known
  bool delays_order_ = false;      // the step is on a list by name, and so is the one after it
  std::set<Table*> out_of_order_;  // tables with a list that is not sorted now
  // By the address of such a list: where its items are, as far as is known.
  std::unordered_map<const void*, std::unordered_map<std::string, std::size_t>> places_;
  // Names that constraints and unmanaged objects have or had; made when first asked for.
  std::optional<std::unordered_set<std::string>> constraint_names_;
  mutable std::optional<std::unordered_set<std::string>> unmanaged_names_;
  // How many numbers choose_name() had to pass for a name. Kept while the steps take no name away.
  std::unordered_map<QualifiedName, int, HashName> passes_;
  bool follows_names_ = false;  // the step is one of these
  // The names of schemas, while one CREATE SCHEMA follows the other and their list is not in order.
  std::optional<std::unordered_set<std::string>> schema_names_;
  // The values of the enum that steps one after the other add to and rename.
  std::optional<std::pair<QualifiedName, std::unordered_map<std::string, std::size_t>>> enum_values_;  // with places
  bool follows_enum_ = false;                                 // the step is ADD VALUE or RENAME VALUE, or on rows
  std::unordered_set<QualifiedName, HashName> dropped_here_;  // what the DROP TABLE under way has named, as written
  // Made when first asked for.
  std::optional<std::unordered_map<QualifiedName, Relation, HashName>> relations_;
};

std::unexpected<Refusal> refuse(Refusal::Kind kind, std::string message, std::string_view condition = {});
// Whether an index of that method can have the column without an operator class.
Outcome can_index(const Column& column, std::string_view method);
// Of an index or a key ("index", "primary key").
Outcome few_columns(std::string_view what, std::size_t count);
// PostgreSQL's own relations, and those of widespread extensions.
bool is_of_system(const QualifiedName& name);
// "name" or "schema"."name" where the schema is not "public".
std::string shown(const QualifiedName& name);

template <class Item>
void Replayer::add_by_name(Table& table, std::vector<Item>& items, Item item) {
  if (!delays_order_ && !out_of_order_.contains(&table)) return insert_by_name(items, std::move(item));
  if (!items.empty() && item.name < items.back().name) out_of_order_.insert(&table);
  if (const auto places = places_.find(&items); places != places_.end()) places->second[item.name] = items.size();
  items.push_back(std::move(item));
}

template <class Item>
Item* Replayer::item_named(std::vector<Item>& items, std::string_view name) {
  if (out_of_order_.empty()) return find_by_name(items, name);
  auto [places, made] = places_.try_emplace(&items);
  if (made) {
    for (std::size_t at = 0; at < items.size(); ++at) places->second[items[at].name] = at;
  }
  const auto place = places->second.find(std::string(name));
  const bool known = place != places->second.end() && place->second < items.size() && items[place->second].name == name;
  return known ? &items[place->second] : find_by_name(items, name);
}

template <class Item>
bool Replayer::erase_by_name(Table& table, std::vector<Item>& items, std::string_view name) {
  Item* found = item_named(items, name);
  if (found == nullptr) return false;
  if (delays_order_ && found != &items.back()) {
    out_of_order_.insert(&table);
    *found = std::move(items.back());
    if (const auto places = places_.find(&items); places != places_.end())
      places->second[found->name] = static_cast<std::size_t>(found - items.data());
    items.pop_back();
  } else {
    items.erase(items.begin() + (found - items.data()));
  }
  return true;
}

}  // namespace refract::catalog
