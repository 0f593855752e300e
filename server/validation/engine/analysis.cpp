#include <algorithm>
#include <iterator>

#include "schema/lower.h"
#include "validation/core/diagnostic.h"
#include "validation/core/diagnostic_collector.h"
#include "validation/engine/entries.h"
#include "validation/fixes/fixes.h"
#include "validation/rules/constraint_registry.h"
#include "validation/rules/valid_declarations.h"

namespace refract::validation {
namespace {

using schema::Declaration;
using schema::Placed;
using schema::Snapshot;

// What the diagnostics of any declaration depend on besides declarations.
struct SharedInputs {
  std::vector<std::shared_ptr<const syntax::Block>> configuration;
  schema::PrismaVersion version = schema::PrismaVersion::v6;
  bool uses_schema_attribute = false;
  bool operator==(const SharedInputs&) const = default;
};

SharedInputs shared_inputs_of(const Environment& environment) {
  SharedInputs result;
  for (const auto& datasource : environment.snapshot->datasources()) result.configuration.push_back(datasource.block);
  for (const auto& generator : environment.snapshot->generators()) result.configuration.push_back(generator.block);
  result.version = environment.version;
  result.uses_schema_attribute = environment.uses_schema_attribute;
  return result;
}

Environment environment_of(const Snapshot& snapshot) {
  Environment environment;
  environment.snapshot = &snapshot;
  environment.version = snapshot.options().version;
  const schema::Datasource* datasource = snapshot.datasource();
  environment.datasource = datasource && datasource->provider ? datasource : nullptr;
  environment.connector = environment.datasource ? &schema::connector(*datasource->provider, environment.version)
                                                 : &schema::connector_without_datasource();
  environment.foreign_keys = !environment.datasource || datasource->foreign_keys;
  environment.uses_schema_attribute = snapshot.uses_database_schemas();
  environment.style = std::make_shared<const schema::NamingStyle>(snapshot);
  return environment;
}

// The blocks with errors in their syntax that declare nothing.
std::vector<const syntax::Block*> unread_loose_blocks(const Snapshot& snapshot) {
  std::vector<const syntax::Block*> blocks;
  for (const schema::SourceFile& file : snapshot.files()) {
    for (const syntax::PlacedBlock& placed : file.syntax->blocks()) {
      if (placed.faulty && schema::kind_of(placed.kind) == schema::TypeKind::unknown) blocks.push_back(placed.block);
    }
  }
  return blocks;
}

void check_loose_blocks(const Environment& environment, const std::vector<const syntax::Block*>& unread,
                        Report& report) {
  for (const syntax::Block* block : unread) check_syntax(environment, *block, report);
}

}  // namespace

// Constraints with distinct names, and the entries that declare them.
struct DistinctConstraints {
  ConstraintRegistry registry;
  EntryList entries;
};

struct Analysis::Cache {
  AnalysisMode mode = AnalysisMode::strict;
  SharedInputs inputs;
  std::optional<schema::SchemaStyle> style;  // as far as fixes used it
  Uncertainty uncertainty;                   // stays empty for AnalysisMode::strict
  // No two declarations have the same name, in the schema or in the database. It holds on while no name changes.
  bool names_distinct = false;
  bool tables_distinct = false;
  std::shared_ptr<const DistinctConstraints> constraints;  // null: some clash
  EntryList entries;
};

// One run over a snapshot.
class Analysis::Run {
 public:
  Run(const Snapshot& snapshot, const Analysis* previous, AnalysisMode mode)
      : snapshot_(snapshot),
        environment_(environment_of(snapshot)),
        unread_(unread_loose_blocks(snapshot)),
        cache_(std::make_shared<Cache>()),
        collector_(snapshot) {
    cache_->mode = mode;
    environment_.tolerant = mode == AnalysisMode::tolerant;
    cache_->inputs = shared_inputs_of(environment_);
    const bool comparable =
        previous && previous->cache_ && previous->cache_->mode == mode && previous->cache_->inputs == cache_->inputs;
    if (!comparable) return;
    if (previous->cache_->style && *previous->cache_->style != environment_.style->style()) return;
    before_ = previous->cache_.get();
    changes_ = changes_between(snapshot, *previous->snapshot_, !before_->names_distinct);
  }

  void run() {
    take_entries();
    judge();
    cache_->entries.finish();
    cache_->style = environment_.style->used();
  }

  std::vector<Diagnostic> diagnostics() { return collector_.finish(); }
  std::shared_ptr<const Cache> cache() const { return cache_; }

 private:
  void judge() {
    Report report;
    check_loose_blocks(environment_, unread_, report);
    check_configuration(environment_, report);
    const std::size_t names_begin = report.diagnostics().size();
    cache_->names_distinct = changes_.same_names && before_->names_distinct;
    if (!cache_->names_distinct) check_duplicate_names(snapshot_, report);
    cache_->names_distinct |= report.diagnostics().size() == names_begin;
    add_fixes(environment_, report.diagnostics());
    if (cache_->mode == AnalysisMode::tolerant) {
      note_uncertainties(std::span(report.diagnostics()).subspan(names_begin));
      add_trusted(report.diagnostics());
      if (cache_->uncertainty.database) return;
      collector_.reset_errors();
    } else {
      collector_.add(report.diagnostics());
      visit_entries(all_with(kLocalDiagnostics), any,
                    [&](const Placed& placed, const Entry& entry) { collector_.add(entry.first, &placed); });
      if (collector_.has_errors()) return;
    }
    report_schema_checks();
  }

  void take_entries() {
    static const EntryList kNone;
    const EntryList& before = before_ ? before_->entries : kNone;
    EntryList& entries = cache_->entries;
    entries.begin(before);
    const auto declarations = snapshot_.declarations();
    const EntrySearch search(before, declarations);
    const std::size_t after = declarations.size() - search.tail();
    entries.take(before, 0, search.head());
    for (std::size_t i = search.head(); i < after; ++i) {
      const auto known = search.find(i);
      if (known && !is_stale(before, *known, changes_)) {
        entries.take(before, *known);
      } else {
        entries.add(run_local_checks(environment_, declarations[i]));
      }
    }
    entries.take(before, before.size() - search.tail(), search.tail());
    const auto next = [&](std::size_t i) { return entries.next_concerned(i, changes_.filters); };
    for (std::size_t i = next(0); i < entries.size(); i = next(i + 1)) {
      const bool taken = i < search.head() || i >= after;
      if (taken && is_stale(entries, i, changes_)) entries.replace(i, run_local_checks(environment_, declarations[i]));
    }
    for (const std::size_t i : all_with(kLooksAround))
      entries.replace(i, run_local_checks(environment_, declarations[i]));
  }

  // Gathers what cannot be relied on, and forgets what was concluded from what could be and no longer can, or could
  // not and can now.
  void note_uncertainties(std::span<const BlockDiagnostic> twice_named) {
    Uncertainty& uncertainty = cache_->uncertainty;
    for (const syntax::Block* block : unread_) note_unread(*block, uncertainty);
    // The datasource cannot be read, or may be what cannot be.
    if (!environment_.datasource && (snapshot_.datasource() || !unread_.empty())) {
      uncertainty.database = true;
    }
    for (const BlockDiagnostic& diagnostic : twice_named) uncertainty.invalid.emplace(diagnostic.at.block->name.text);
    EntryList& entries = cache_->entries;
    for (const std::size_t i : all_with(kInvalid)) {
      const Declaration& declaration = *entries[i].declaration;
      uncertainty.invalid.insert(std::string(declaration.name));
      if (!declaration.block->errors.empty()) note_unread(*declaration.block, uncertainty);
    }
    environment_.uncertainty = &uncertainty;

    static const NameSet kNone;
    const NameSet& invalid_before = before_ ? before_->uncertainty.invalid : kNone;
    std::vector<std::string> changed;
    std::ranges::set_symmetric_difference(uncertainty.invalid, invalid_before, std::back_inserter(changed));
    // Referential actions run on through models that the first one does not mention.
    const bool cascades = environment_.connector->cascade_cycles_rejected || !environment_.foreign_keys;
    const bool far_change = cascades && (!changed.empty() || !changes_.declarations.empty());
    if (changed.empty() && !far_change) return;
    const auto has_changed = [&](std::string_view name) { return std::ranges::binary_search(changed, name); };
    std::vector<NameFilter> filters;
    std::ranges::transform(changed, std::back_inserter(filters), filter_of);
    const auto forget = [&](std::size_t i) {
      if (!entries.has(i, kLacksSchemaChecks)) entries.replace(i, without_schema_checks(entries[i]));
    };
    if (far_change) {
      for (std::size_t i = 0; i < entries.size(); ++i) forget(i);
      return;
    }
    const auto next = [&](std::size_t i) { return entries.next_concerned(i, filters); };
    for (std::size_t i = next(0); i < entries.size(); i = next(i + 1)) {
      const Entry& entry = entries[i];
      // Uncertainty only suppresses diagnostics, so a declaration without any needs no re-check, whether one came or
      // went.
      if (entry.certain && !entries.has(i, kSchemaDiagnostics)) continue;
      if (has_changed(entry.declaration->name) || std::ranges::any_of(entry.mentions, has_changed)) forget(i);
    }
  }

  // The diagnostics of the local checks, as far as they can be trusted.
  void add_trusted(const std::vector<BlockDiagnostic>& loose) {
    std::vector<std::pair<const syntax::Block*, std::vector<BlockDiagnostic>>> by_block;
    for (const BlockDiagnostic& diagnostic : loose) {
      if (by_block.empty() || by_block.back().first != diagnostic.at.block)
        by_block.push_back({diagnostic.at.block, {}});
      by_block.back().second.push_back(diagnostic);
    }
    for (const auto& [block, diagnostics] : by_block)
      collector_.add(reportable(diagnostics, *block, {}, cache_->uncertainty));
    visit_entries(all_with(kLocalDiagnostics), any, [&](const Placed& placed, const Entry& entry) {
      collector_.add(reportable(entry.first, *placed->block, entry.mentions, cache_->uncertainty), &placed);
    });
  }

  // The entries with one of these traits, in order.
  std::vector<std::size_t> all_with(std::uint8_t traits) const {
    std::vector<std::size_t> found;
    const EntryList& entries = cache_->entries;
    for (std::size_t i = entries.next(0, traits); i < entries.size(); i = entries.next(i + 1, traits))
      found.push_back(i);
    return found;
  }

  template <class Wanted, class Visit>
  void visit_entries(const std::vector<std::size_t>& indexes_to_visit, Wanted wanted, Visit visit) const {
    const auto declarations = snapshot_.declarations();
    for (const std::size_t i : indexes_to_visit) {
      if (wanted(*declarations[i])) visit(declarations[i], cache_->entries[i]);
    }
  }

  void compute_schema_checks() {
    const auto declarations = snapshot_.declarations();
    EntryList& entries = cache_->entries;
    const auto uncertain = [&](std::string_view name) { return environment_.is_uncertain(name); };
    for (const std::size_t i : all_with(kLacksSchemaChecks)) {
      if (entries[i].has_errors) continue;
      if (uncertain(declarations[i]->name) && !entries[i].ambiguous_relations) continue;
      auto entry = std::make_shared<Entry>(entries[i]);
      run_schema_checks(environment_, declarations[i], *entry);
      entry->certain = !uncertain(declarations[i]->name) && std::ranges::none_of(entry->mentions, uncertain);
      entries.replace(i, std::move(entry));
    }
  }

  void report_schema_checks() {
    collector_.enter(Stage::schema);
    compute_schema_checks();
    const auto is_composite = [](const Declaration& d) { return d.kind == syntax::BlockKind::composite_type; };
    const auto is_enum = [](const Declaration& d) { return d.is_enum(); };

    Report cycles;
    check_composite_cycles(environment_, cycles);
    add_fixes(environment_, cycles.diagnostics());
    collector_.add(cycles.diagnostics());
    const std::vector<std::size_t> second = all_with(kSchemaDiagnostics);
    visit_entries(second, is_composite,
                  [&](const Placed& placed, const Entry& entry) { collector_.add(entry.own, &placed); });
    visit_entries(second, is_table,
                  [&](const Placed& placed, const Entry& entry) { collector_.add(entry.before_models, &placed); });
    report_names();
    bool ambiguous = false;
    const Placed* last = nullptr;
    for (const syntax::BlockKind kind : {syntax::BlockKind::model, syntax::BlockKind::view}) {
      visit_entries(
          second, [&](const Declaration& d) { return d.kind == kind && !ambiguous; },
          [&](const Placed& placed, const Entry& entry) {
            collector_.add(entry.own, &placed);
            // Prisma stops here; an editor goes on with the others.
            ambiguous = entry.ambiguous && cache_->mode == AnalysisMode::strict;
            last = &placed;
          });
    }
    const NameClashes clashes = report_constraint_names(ambiguous ? last : nullptr);
    if (ambiguous) return;
    visit_entries(second, is_enum,
                  [&](const Placed& placed, const Entry& entry) { collector_.add(entry.own, &placed); });
    report_relations(second, clashes);
  }

  // A model's relations, after the clashes of its foreign keys.
  void report_relations(std::vector<std::size_t> indexes_to_visit, const NameClashes& clashes) {
    const auto declarations = snapshot_.declarations();
    for (const auto& [placed, report] : clashes.foreign_keys)
      indexes_to_visit.push_back(static_cast<std::size_t>(placed - declarations.data()));
    std::ranges::sort(indexes_to_visit);
    const auto rest = std::ranges::unique(indexes_to_visit);
    indexes_to_visit.erase(rest.begin(), rest.end());
    visit_entries(indexes_to_visit, is_table, [&](const Placed& placed, const Entry& entry) {
      const auto clash = clashes.foreign_keys.find(&placed);
      if (clash != clashes.foreign_keys.end()) collector_.add(clash->second.diagnostics());
      if (!entry.ambiguous) collector_.add(entry.relations, &placed);
    });
  }

  static bool any(const Declaration&) { return true; }

  void report_names() {
    Report names;
    check_datasource_features(environment_, names);
    cache_->tables_distinct = changes_.same_names && before_->tables_distinct;
    if (!cache_->tables_distinct) {
      // If no two clash, uncertain ones included, none will, whatever becomes uncertain next.
      Environment certain = environment_;
      certain.uncertainty = nullptr;
      Report all;
      check_database_names(certain, all);
      cache_->tables_distinct = all.diagnostics().empty();
      if (!cache_->tables_distinct) check_database_names(environment_, names);
    }
    add_fixes(environment_, names.diagnostics());
    collector_.add(names.diagnostics());
  }

  // Reports which keys and indexes clash in a name, of all models and views or of those up to `last`; gives the foreign
  // keys that do, which are reported with their models' relations.
  NameClashes report_constraint_names(const Placed* last) {
    if (constraints_stay_distinct()) {
      cache_->constraints = before_->constraints;
      return {};
    }
    const auto declarations = snapshot_.declarations();
    std::vector<Named> models;
    for (const syntax::BlockKind kind : {syntax::BlockKind::model, syntax::BlockKind::view}) {
      for (std::size_t i = 0; i < declarations.size(); ++i) {
        if (declarations[i]->kind == kind) models.push_back(named(i));
      }
    }
    ConstraintRegistry registry(environment_.connector->constraint_scopes, models);
    NameClashes clashes = check_constraint_names(environment_, models, registry, last);
    if (registry.distinct()) {
      cache_->constraints =
          std::make_shared<const DistinctConstraints>(DistinctConstraints{std::move(registry), cache_->entries});
    }
    add_fixes(environment_, clashes.keys.diagnostics());
    for (auto& [placed, report] : clashes.foreign_keys) add_fixes(environment_, report.diagnostics());
    collector_.add(clashes.keys.diagnostics());
    return clashes;
  }

  Named named(std::size_t i) const {
    return {&snapshot_.declarations()[i], static_cast<std::uint32_t>(i), cache_->entries[i].constraints};
  }

  // Whether the names that changed since the last check without clashes are distinct, too.
  bool constraints_stay_distinct() const {
    if (!changes_.same_names || !before_->constraints) return false;
    constexpr std::size_t kMaxChanged = 256;
    const EntryList& distinct = before_->constraints->entries;
    std::vector<Named> changed;
    const auto next = [&](std::size_t i) { return cache_->entries.next_other(i, distinct); };
    for (std::size_t i = next(0); i < distinct.size() && changed.size() <= kMaxChanged; i = next(i + 1))
      changed.push_back(named(i));
    return changed.size() <= kMaxChanged && before_->constraints->registry.stays_distinct(changed);
  }

  const Snapshot& snapshot_;
  Environment environment_;
  const std::vector<const syntax::Block*> unread_;  // loose ones
  const Cache* before_ = nullptr;                   // of a comparable analysis
  Changes changes_;                                 // since that one
  std::shared_ptr<Cache> cache_;
  DiagnosticCollector collector_;
};

std::shared_ptr<const Analysis> Analysis::run(std::shared_ptr<const Snapshot> snapshot,
                                              std::shared_ptr<const Analysis> previous, AnalysisMode mode) {
  Run run(*snapshot, previous.get(), mode);
  run.run();
  auto analysis = std::make_shared<Analysis>();
  analysis->snapshot_ = std::move(snapshot);
  analysis->diagnostics_ = run.diagnostics();
  analysis->cache_ = run.cache();
  return analysis;
}

AnalysisMode Analysis::mode() const {
  return cache_->mode;
}

bool Analysis::has_errors() const {
  return std::ranges::any_of(diagnostics_, [](const Diagnostic& d) { return d.severity == Severity::error; });
}

bool declarations_are_valid(const Snapshot& snapshot) {
  const Environment environment = environment_of(snapshot);
  Report report;
  check_loose_blocks(environment, unread_loose_blocks(snapshot), report);
  check_configuration_names(snapshot, report);
  check_duplicate_names(snapshot, report);
  const auto has_error = [](const std::vector<BlockDiagnostic>& diagnostics) {
    return std::ranges::any_of(diagnostics, is_error);
  };
  return !has_error(report.diagnostics()) && std::ranges::none_of(snapshot.declarations(), [&](const Placed& placed) {
    return has_error(run_local_checks(environment, placed)->first);
  });
}

}  // namespace refract::validation
