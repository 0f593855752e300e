#include <algorithm>

#include "catalog/parse/expression_columns.h"
#include "catalog/replay/replayer.h"

namespace refract::catalog {

namespace {

// Whether the state before the text may be restored: by a ROLLBACK in it or in a text after it.
bool may_roll_back(std::span<const Step> steps) {
  bool open = false;
  for (const Step& step : steps) {
    const auto* transaction = std::get_if<Transaction>(&step.change);
    if (transaction == nullptr) continue;
    if (transaction->kind == Transaction::Kind::rollback) return true;
    if (transaction->kind == Transaction::Kind::begin) open = true;
    if (transaction->kind == Transaction::Kind::commit) open = false;
  }
  return open;
}

}  // namespace

std::unexpected<Refusal> refuse(Refusal::Kind kind, std::string message, std::string_view condition) {
  return std::unexpected(Refusal{kind, std::move(message), condition});
}

std::string shown(const QualifiedName& name) {
  if (name.schema.empty() || name.schema == "public") return "\"" + name.name + "\"";
  return "\"" + name.schema + "\".\"" + name.name + "\"";
}

std::vector<ReplayIssue> Replayer::run(std::span<const Step> steps) {
  std::vector<ReplayIssue> issues;
  for (std::size_t at = 0; at < steps.size();) run_step(steps, at, issues);
  return issues;
}

namespace {

template <class... Kinds>
bool holds_one_of(const Change& change) {
  return (std::holds_alternative<Kinds>(change) || ...);
}

// A step on a list by name of a table that stays, and on nothing for which the order of such a list matters.
bool is_on_list(const Change& change) {
  return holds_one_of<AddForeignKey, AddCheck, AddUniqueConstraint, CreateIndex, DropIndex, DropConstraint>(change);
}

}  // namespace

void Replayer::put_in_order() {
  const auto sort = [](auto& items) {
    using Item = std::ranges::range_value_t<decltype(items)>;
    const auto rest = std::ranges::is_sorted_until(items, {}, &Item::name);
    std::ranges::sort(rest, items.end(), {}, &Item::name);
    std::ranges::inplace_merge(items, rest, {}, &Item::name);
  };
  for (Table* table : out_of_order_) {
    sort(table->indexes);
    sort(table->foreign_keys);
    sort(table->checks);
    sort(table->exclusions);
  }
  out_of_order_.clear();
  places_.clear();
}

void Replayer::run_step(std::span<const Step> steps, std::size_t& at, std::vector<ReplayIssue>& issues) {
  steps_ = steps;
  current_ = at;
  if (at == 0 && !begun_) {
    // A copy of the catalog costs more than most texts do.
    if (may_roll_back(steps)) begun_ = save();
  }
  const Step& step = steps[at];
  follows_mentions_ = holds_one_of<CreateTable, DropTable, RenameTable, DataStatement, CreateIndex>(step.change);
  if (!follows_mentions_ || at == 0) mentioned_.reset();
  delays_order_ = is_on_list(step.change) && at + 1 < steps.size() && is_on_list(steps[at + 1].change);
  follows_enum_ = holds_one_of<AddEnumValue, RenameEnumValue, DataStatement>(step.change);
  if (!follows_enum_ || at == 0) enum_values_.reset();
  follows_names_ =
      holds_one_of<CreateTable, AddColumn, AddForeignKey, AddCheck, AddUniqueConstraint, CreateIndex, DataStatement>(
          step.change);
  if (!follows_names_) passes_.clear();
  const bool creates_schemas = holds_one_of<CreateSchema>(step.change) && at + 1 < steps.size() &&
                               holds_one_of<CreateSchema>(steps[at + 1].change);
  if (creates_schemas && !schema_names_) schema_names_.emplace(catalog_.schemas.begin(), catalog_.schemas.end());
  const Outcome outcome = std::visit([&](const auto& change) { return apply(change); }, step.change);
  follows_mentions_ = follows_enum_ = follows_names_ = false;
  if (!outcome) passes_.clear();
  if (!delays_order_) put_in_order();
  if (!creates_schemas && schema_names_) {
    std::ranges::sort(catalog_.schemas);
    schema_names_.reset();
  }
  if (const auto* created = std::get_if<CreateTable>(&step.change); created != nullptr && mentioned_ && outcome) {
    const Table* table = catalog_.find_table(resolve(created->table.name));
    if (table != nullptr)
      add_mentions(*table);
    else
      mentioned_.reset();
  }
  const bool passed = outcome || outcome.error().kind == Refusal::Kind::elsewhere ||
                      (outcome.error().kind == Refusal::Kind::missing_object && step.if_exists);
  if (!passed && outcome.error().kind == Refusal::Kind::opaque) {
    issues.push_back({current_, false, outcome.error().message});
  } else if (!passed) {
    // What is after a statement of unknown effect is unknown either.
    const Refusal& refusal = outcome.error();
    const bool uncertain = after_opaque_ && refusal.kind != Refusal::Kind::other;
    issues.push_back({current_, !uncertain,
                      uncertain
                          ? refusal.message + " (unless a statement before it, whose effect is unknown, changed that)"
                          : refusal.message});
  }
  at = current_ + 1;
  // The text as a whole is a transaction where it opens none itself.
  if (at >= steps.size() && !in_transaction_) end_transaction();
}

void Replayer::drop_temporary_tables() {
  // The relations of one schema are in one place. With a table go its partitions, which may be the next ones.
  for (;;) {
    const auto first = catalog_.tables.lower_bound({"pg_temp", {}});
    if (first == catalog_.tables.end() || first->first.schema != "pg_temp") break;
    const QualifiedName name = first->first;
    erase_table(name);
  }
  const auto temporary = [](const auto& entry) { return entry.first.schema == "pg_temp"; };
  if (std::erase_if(catalog_.sequences, temporary) + std::erase_if(catalog_.views, temporary) > 0) forget_relations();
}

bool Replayer::has_temporary_tables() const {
  // The first that is not before "pg_temp" decides.
  const auto any = [](const auto& relations) {
    const auto first = relations.lower_bound({"pg_temp", {}});
    return first != relations.end() && first->first.schema == "pg_temp";
  };
  return any(catalog_.tables) || any(catalog_.sequences) || any(catalog_.views);
}

// Whether a statement on rows may name it though the catalog does not have it. COPY of a query has no table.
bool Replayer::is_elsewhere(const QualifiedName& table) const {
  // An extension has its own schemas.
  const bool of_extension = !table.schema.empty() && !has_schema(table.schema) && !catalog_.extensions.empty();
  return table.name.empty() || of_extension || is_of_system(table) || table.name == kRecords;
}

Outcome Replayer::apply(const DataStatement& step) {
  if (step.verb == "SET ROLE") catalog_.incomplete.value = true;
  static constexpr std::string_view kOnRows[] = {"INSERT", "UPDATE", "DELETE", "TRUNCATE", "COPY", "MERGE", "SELECT"};
  static constexpr std::string_view kAlters[] = {"ALTER TABLE", "REWRITE TABLE", "DISABLE TRIGGER",
                                                 "DISABLE TRIGGER ALL", "NO FORCE ROW LEVEL SECURITY"};
  const bool alters = std::ranges::find(kAlters, step.verb) != std::end(kAlters);
  // ALTER TABLE takes views too, and the text of what it set is not kept.
  if (alters && !step.tables.empty()) {
    if (const auto view = catalog_.views.find(resolve(step.tables.front())); view != catalog_.views.end())
      view->second.rewritten.value = true;
  }
  if (!alters && std::ranges::find(kOnRows, step.verb) == std::end(kOnRows)) return {};
  for (const auto* tables : {&step.tables, &step.reads}) {
    for (const QualifiedName& table : *tables) {
      if (!is_elsewhere(table) && find_relation(resolve(table)) == nullptr) {
        return refuse(alters ? Refusal::Kind::missing_object : Refusal::Kind::missing_other,
                      "table " + shown(table) + " does not exist", "undefined_table");
      }
    }
  }
  for (const ColumnUse& use : step.columns) {
    const Table* lacks = nullptr;
    for (const QualifiedName& name : use.tables) {
      const Table* table = catalog_.find_table(resolve(name));
      // What has no columns that are kept may have this one.
      if (table == nullptr || table->columns.empty() || has_column(*table, use.column)) {
        lacks = nullptr;
        break;
      }
      lacks = table;
    }
    if (lacks == nullptr) continue;
    return refuse(Refusal::Kind::missing_other,
                  "column \"" + use.column + "\" of table " + shown(lacks->name) + " does not exist",
                  "undefined_column");
  }
  return {};
}

std::optional<ReplayState> Replayer::state() const {
  if (in_transaction_) return std::nullopt;
  return ReplayState{path_, after_opaque_};
}

Replay::Replay(Catalog& catalog, ReplayState state)
    : replayer_(std::make_unique<Replayer>(catalog, std::move(state))) {}
Replay::~Replay() = default;

std::vector<ReplayIssue> Replay::run(std::span<const Step> steps) {
  return replayer_->run(steps);
}

std::vector<ReplayIssue> Replay::run_step(std::span<const Step> text, std::size_t& at) {
  std::vector<ReplayIssue> issues;
  replayer_->run_step(text, at, issues);
  return issues;
}

std::optional<ReplayState> Replay::state() const {
  return replayer_->state();
}

void Replay::finish() {
  replayer_->drop_temporary_tables();
}

const std::vector<std::string>& Replay::search_path() const {
  return replayer_->search_path();
}

bool Replay::has_temporary_tables() const {
  return replayer_->has_temporary_tables();
}

std::vector<ReplayIssue> replay(std::span<const Step> steps, Catalog& catalog) {
  Replay session(catalog);
  std::vector<ReplayIssue> issues = session.run(steps);
  session.finish();
  return issues;
}

}  // namespace refract::catalog
