#include "migrate/hazards.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/casts.h"
#include "migrate/default_match.h"
#include "migrate/dependents.h"
#include "migrate/hazard_table.h"
#include "migrate/types.h"
#include "migrate/words.h"

namespace refract::migrate {
namespace {

using catalog::QualifiedName;
using ColumnName = std::pair<QualifiedName, std::string>;

static_assert(kHazards.size() == static_cast<std::size_t>(HazardKind::opaque) + 1);

// Changing to it leaves the stored values as they are.
bool keeps_storage(const catalog::ColumnType& from, const catalog::ColumnType& to) {
  const Native before = native_of(from);
  const Native after = native_of(to);
  if (from.array || to.array) return false;
  const bool grows =
      to.modifiers.empty() || (!from.modifiers.empty() && to.modifiers.front() >= from.modifiers.front());
  if (before == Native::var_char && after == Native::var_char) return grows;
  if (before == Native::var_char || before == Native::text) {
    return after == Native::text || (after == Native::var_char && to.modifiers.empty());
  }
  if (before == after && before == Native::decimal) {
    return to.modifiers.empty() ||
           (from.modifiers.size() == 2 && to.modifiers.size() == 2 && grows && from.modifiers[1] == to.modifiers[1]);
  }
  return before == after && grows;
}

class Inspector {
 public:
  Inspector(std::span<const catalog::Step> steps, const catalog::Catalog& before, catalog::ReplayState session)
      : steps_(steps), state_(before), session_(state_, std::move(session)) {}

  std::vector<Hazard> run() && {
    for (std::size_t next = 0; at_ < steps_.size(); at_ = next) {
      std::visit([this](const auto& step) { inspect(step); }, steps_[at_].change);
      for (const catalog::ReplayIssue& issue : session_.run_step(steps_, next)) {
        if (issue.error && !told_to_fail()) {
          report(HazardKind::will_fail, fmt::format("PostgreSQL refuses this: {}.", issue.message));
        } else if (!issue.error && calls_functions(steps_[at_])) {
          report(HazardKind::opaque, fmt::format("Not known offline: {}.", issue.message));
        }
      }
    }
    return std::move(found_);
  }

 private:
  void report(HazardKind kind, std::string message) {
    const HazardSpec& spec = kHazards[static_cast<std::size_t>(kind)];
    found_.push_back({spec.code, spec.level, std::move(message), std::string(spec.safer_way), at_});
  }

  bool told_to_fail() const {
    constexpr std::string_view kCode = kHazards[static_cast<std::size_t>(HazardKind::will_fail)].code;
    return !found_.empty() && found_.back().step == at_ && found_.back().code == kCode;
  }

  // SQL written by hand leaves the schema out.
  static QualifiedName resolved(QualifiedName name) {
    if (name.schema.empty()) name.schema = "public";
    return name;
  }

  bool is_new(const QualifiedName& table) const { return new_tables_.contains(resolved(table)); }

  const catalog::Column* column(const QualifiedName& table, std::string_view name) const {
    const catalog::Table* found = state_.find_table(resolved(table));
    return found ? found->find_column(name) : nullptr;
  }

  void inspect(const catalog::CreateTable& step) { new_tables_.insert(resolved(step.table.name)); }

  void inspect(const catalog::DropTable& step) {
    if (!is_new(step.table)) {
      report(HazardKind::drop_table, fmt::format("Table {} is dropped with all its rows.", words(step.table)));
      report(dependents_of_table(state_, resolved(step.table)), words(step.table));
    }
  }

  void report(const Dependents& found, const std::string& what) {
    if (!found.dropped.empty()) {
      report(HazardKind::dependents_dropped,
             fmt::format("With {} goes what no schema describes: {}.", what, fmt::join(found.dropped, ", ")));
    }
    if (!found.blocking.empty()) {
      report(HazardKind::dependents_block,
             fmt::format("PostgreSQL refuses as long as these use {}: {}.", what, fmt::join(found.blocking, ", ")));
    }
    if (!found.broken.empty()) {
      report(HazardKind::dependents_broken,
             fmt::format("These name {} and fail when they are next called: {}.", what, fmt::join(found.broken, ", ")));
    }
  }

  void inspect(const catalog::DropColumn& step) {
    if (is_new(step.table)) return;
    inspect_drop(step);
    report(dependents_of_column(state_, resolved(step.table), step.column), words(step.table, step.column));
  }

  void inspect_drop(const catalog::DropColumn& step) {
    for (const catalog::Step& later : steps_.subspan(at_ + 1)) {
      const auto* added = std::get_if<catalog::AddColumn>(&later.change);
      if (!added || added->table != step.table || added->column.name != step.column) continue;
      report(HazardKind::recreate_column, fmt::format("Column {} is dropped and made anew as {}; its values are lost.",
                                                      words(step.table, step.column), type_words(added->column.type)));
      return;
    }
    report(HazardKind::drop_column,
           fmt::format("Column {} is dropped with all its values.", words(step.table, step.column)));
  }

  void inspect(const catalog::AddColumn& step) {
    const catalog::Column& added = step.column;
    new_columns_.insert({resolved(step.table), added.name});
    if (is_new(step.table)) return;
    const bool filled = added.default_value || added.identity != catalog::Identity::none || added.generated;
    if (!added.nullable && !filled) {
      report(HazardKind::required_column_without_default,
             fmt::format("Fails if {} has rows: the new column {} takes no NULL and has no default.", words(step.table),
                         added.name));
    }
    const bool computed = added.default_value && added.default_value->kind != catalog::DefaultKind::literal &&
                          added.default_value->kind != catalog::DefaultKind::now;
    if (computed || added.generated || added.identity != catalog::Identity::none) {
      report(HazardKind::table_rewrite,
             fmt::format("The new column {} has a value of its own in each row: table {} is rewritten.", added.name,
                         words(step.table)));
    }
    if (added.default_value) note_enum_use(*added.default_value, added.type);
  }

  void inspect(const catalog::AlterColumnType& step) {
    const catalog::Column* old = column(step.table, step.column);
    if (!old || is_new(step.table)) return;
    if (step.type.name.ends_with("SERIAL")) {
      report(HazardKind::will_fail,
             fmt::format("PostgreSQL refuses {} as the new type of {}; write the integer type beneath it.",
                         step.type.name, words(step.table, step.column)));
      return;
    }
    const Dependents users = dependents_of_column(state_, resolved(step.table), step.column);
    report({.dropped = {}, .blocking = users.blocking, .broken = {}}, words(step.table, step.column));
    if (old->type.array && !step.type.array && state_.find_enum({old->type.schema, old->type.name})) {
      report(HazardKind::risky_cast,
             fmt::format("Of each list in {} the first value alone is kept.", words(step.table, step.column)));
    }
    if (removes_enum_values(step, *old)) return;
    const TypeChange change = type_change(old->type, state_, false, step.type, state_);
    if (change == TypeChange::risky_cast || change == TypeChange::not_castable) {
      report(HazardKind::risky_cast, fmt::format("Values of {} that do not fit {} make it fail or are cut.",
                                                 words(step.table, step.column), type_words(step.type)));
    }
    if (change != TypeChange::none && !keeps_storage(old->type, step.type)) {
      report(HazardKind::table_rewrite,
             fmt::format("Table {} is rewritten: column {} changes from {} to {}.", words(step.table), step.column,
                         type_words(old->type), type_words(step.type)));
    }
  }

  bool removes_enum_values(const catalog::AlterColumnType& step, const catalog::Column& old) {
    const catalog::Enum* before = state_.find_enum({old.type.schema, old.type.name});
    const catalog::Enum* after = state_.find_enum(resolved({step.type.schema, step.type.name}));
    if (!before || !after) return false;
    std::vector<std::string> gone;
    std::ranges::copy_if(before->values, std::back_inserter(gone), [&](const std::string& value) {
      return std::ranges::find(after->values, value) == after->values.end();
    });
    if (!gone.empty()) {
      report(HazardKind::enum_value_removed, fmt::format("Fails if a row of {} holds {} in {}.", words(step.table),
                                                         fmt::join(gone, " or "), step.column));
    }
    return true;
  }

  void inspect(const catalog::SetColumnNullable& step) {
    if (step.nullable || is_new(step.table)) return;
    const catalog::Column* old = column(step.table, step.column);
    if (old && !old->nullable) return;
    report(HazardKind::set_not_null,
           fmt::format("Fails if a row of {} has NULL in {}.", words(step.table), step.column));
  }

  void inspect(const catalog::CreateIndex& step) {
    if (is_new(step.table)) return;
    if (step.index.unique && !is_over_new_optional_column(step.table, step.index)) {
      report(HazardKind::new_unique,
             fmt::format("Fails if {} holds duplicates in {}.", words(step.table), index_words(step.index)));
    }
    if (!step.concurrently) {
      report(HazardKind::index_blocks_writes,
             fmt::format("Writes to {} wait while index {} is built.", words(step.table), step.index.name));
    }
  }

  void inspect(const catalog::AddUniqueConstraint& step) {
    if (is_new(step.table) || step.using_index) return;
    report(HazardKind::new_unique,
           fmt::format("Fails if {} holds duplicates in {}.", words(step.table), index_words(step.index)));
  }

  void inspect(const catalog::AddPrimaryKey& step) {
    const catalog::Table* table = state_.find_table(resolved(step.table));
    if (!table || is_new(step.table) || step.using_index) return;
    const bool serial_alone = std::ranges::all_of(step.key.columns, [&](const std::string& name) {
      const catalog::Column* key = table->find_column(name);
      return key && is_autoincrement(*key) && new_columns_.contains({table->name, name});
    });
    const bool dropped_before = std::ranges::find(dropped_keys_, table->name) != dropped_keys_.end();
    if (serial_alone || dropped_before) return;
    report(HazardKind::new_primary_key, fmt::format("Fails if rows of {} have NULL or duplicates in {}.",
                                                    words(step.table), fmt::join(step.key.columns, ", ")));
  }

  void inspect(const catalog::AddForeignKey& step) {
    if (is_new(step.table) || !step.key.valid) return;
    const bool empty = std::ranges::any_of(step.key.columns, [&](const std::string& name) {
      const catalog::Column* constrained = column(step.table, name);
      return constrained && constrained->nullable && !constrained->default_value &&
             new_columns_.contains({resolved(step.table), name});
    });
    if (empty) return;
    report(HazardKind::new_foreign_key,
           fmt::format("Fails if a row of {} points to no row of {} by {}; writes to both wait while it is checked.",
                       words(step.table), words(step.key.referenced_table), fmt::join(step.key.columns, ", ")));
  }

  void inspect(const catalog::DropConstraint& step) {
    const catalog::Table* table = state_.find_table(resolved(step.table));
    if (table && table->primary_key && table->primary_key->name == step.constraint) {
      const std::vector<std::string>& columns = table->primary_key->columns;
      const bool back = std::ranges::any_of(steps_.subspan(at_ + 1), [&](const catalog::Step& later) {
        const auto* added = std::get_if<catalog::AddPrimaryKey>(&later.change);
        return added && added->table == step.table && added->key.columns == columns;
      });
      if (back) {
        dropped_keys_.push_back(table->name);
        return;
      }
    }
    if (is_new(step.table)) return;
    report(HazardKind::drop_constraint, fmt::format("{} no longer holds on {}.", step.constraint, words(step.table)));
  }

  void inspect(const catalog::DropIndex& step) {
    report(HazardKind::drop_index, fmt::format("Queries that use index {} get slower.", words(step.index)));
  }

  void inspect(const catalog::RenameTable& step) {
    report(HazardKind::rename_table,
           fmt::format("Programs that know {} by its old name fail until they are updated.", words(step.table)));
  }

  void inspect(const catalog::RenameColumn& step) {
    report(HazardKind::rename_column, fmt::format("Programs that know {} by its old name fail until they are updated.",
                                                  words(step.table, step.from)));
  }

  void inspect(const catalog::DropSchema& step) {
    if (step.cascade) report(HazardKind::drop_schema, fmt::format("Everything in schema {} is dropped.", step.name));
  }

  void inspect(const catalog::DropEnum& step) {
    if (step.cascade) {
      report(HazardKind::drop_column, fmt::format("Every column of type {} is dropped.", words(step.enumeration)));
    } else if (!step.enumeration.name.ends_with("_old")) {
      report(HazardKind::drop_type, fmt::format("Type {} is dropped.", words(step.enumeration)));
    }
  }

  void inspect(const catalog::AddEnumValue& step) { new_values_.insert({resolved(step.enumeration), step.value}); }

  void inspect(const catalog::SetColumnDefault& step) {
    const catalog::Column* old = column(step.table, step.column);
    if (old) note_enum_use(step.value, old->type);
  }

  // PostgreSQL: a value added to an enum cannot be used before its transaction is committed.
  void note_enum_use(const catalog::Default& value, const catalog::ColumnType& type) {
    for (const auto& [enumeration, added] : new_values_) {
      if (type.name != enumeration.name || !value.expression.contains("'" + added + "'")) continue;
      report(HazardKind::enum_value_used_at_once,
             fmt::format("Value {} of {} is new in this transaction and cannot be a default yet.", added,
                         words(enumeration)));
    }
  }

  void inspect(const catalog::DropUnmanaged& step) {
    report(HazardKind::drop_other, fmt::format("{} is dropped.", words(step.name)));
  }

  void inspect(const catalog::DataStatement& step) {
    if (step.verb != "DELETE" && step.verb != "TRUNCATE") return;
    std::vector<std::string> tables;
    for (const QualifiedName& table : step.tables) tables.push_back(words(table));
    report(HazardKind::data_deleted, fmt::format("{} removes rows of {}.", step.verb, fmt::join(tables, ", ")));
  }

  // Replay alone knows what the migrations say of the functions.
  static bool calls_functions(const catalog::Step& step) {
    const auto* opaque = std::get_if<catalog::Opaque>(&step.change);
    return opaque != nullptr && !opaque->calls.empty();
  }

  void inspect(const catalog::Opaque& step) {
    if (step.calls.empty()) report(HazardKind::opaque, fmt::format("Not known offline: {}.", step.reason));
  }

  void inspect(const auto&) {}

  bool is_over_new_optional_column(const QualifiedName& table, const catalog::Index& index) const {
    return std::ranges::any_of(index.columns, [&](const catalog::IndexColumn& part) {
      const catalog::Column* found = column(table, part.column);
      return found && found->nullable && !found->default_value && new_columns_.contains({resolved(table), part.column});
    });
  }

  std::span<const catalog::Step> steps_;
  catalog::Catalog state_;  // before the step looked at
  catalog::Replay session_;
  std::size_t at_ = 0;
  std::set<QualifiedName> new_tables_;
  std::set<ColumnName> new_columns_;
  std::set<ColumnName> new_values_;
  std::vector<QualifiedName> dropped_keys_;  // primary keys that come back over the same columns
  std::vector<Hazard> found_;
};

}  // namespace

std::span<const HazardSpec> hazard_specs() {
  return kHazards;
}

std::vector<Hazard> hazards(std::span<const catalog::Step> steps, const catalog::Catalog& before,
                            catalog::ReplayState session) {
  return Inspector(steps, before, std::move(session)).run();
}

}  // namespace refract::migrate
