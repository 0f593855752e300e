#include <algorithm>
#include <unordered_map>

#include "validation/diagnostic.h"
#include "validation/rules.h"
#include "validation/soundness.h"
#include "validation/whole_schema.h"

namespace refract::validation {
namespace {

using schema::Declaration;
using schema::Placed;
using schema::Snapshot;

// All that one declaration was found to say, by stage and by Prisma's order within the second.
struct Entry {
  std::shared_ptr<const Declaration> declaration;
  std::vector<std::string_view> mentions;  // declarations its fields name
  bool depends_on_all_names = false;       // unknown types: what was meant changes with any name
  std::vector<Finding> first;
  bool has_second = false;
  std::vector<Finding> before_models;
  std::vector<Finding> own;
  bool ambiguous = false;
  std::vector<Finding> relations;
  std::vector<ConstraintName> constraints;
};
using EntryPtr = std::shared_ptr<const Entry>;

// What the findings of any declaration depend on besides declarations.
struct Surroundings {
  std::vector<std::shared_ptr<const syntax::Block>> configuration;
  schema::PrismaVersion version = schema::PrismaVersion::v6;
  bool uses_schema_attribute = false;
  bool operator==(const Surroundings&) const = default;
};

Surroundings surroundings_of(const Environment& environment) {
  Surroundings result;
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
  environment.uses_schema_attribute = std::ranges::any_of(
      snapshot.declarations(), [](const Placed& placed) { return placed->database_schema.has_value(); });
  return environment;
}

std::shared_ptr<Entry> first_stage(const Environment& environment, const Placed& placed) {
  auto entry = std::make_shared<Entry>();
  entry->declaration = placed.declaration;
  for (const schema::Field& field : placed->fields) {
    if (field.kind == schema::TypeKind::scalar || field.kind == schema::TypeKind::unsupported) continue;
    entry->depends_on_all_names |= field.kind == schema::TypeKind::unknown;
    if (std::ranges::find(entry->mentions, field.type_name) == entry->mentions.end()) {
      entry->mentions.push_back(field.type_name);
    }
  }
  Report report;
  Subject subject{environment, placed, *placed, report};
  check_syntax(subject.block(), report);
  check_names(subject);
  check_types(subject);
  check_attributes(subject);
  entry->first = std::move(report.findings());
  return entry;
}

void second_stage(const Environment& environment, const Placed& placed, Entry& entry) {
  const auto run = [&](auto check) {
    Report report;
    Subject subject{environment, placed, *placed, report};
    check(subject);
    return std::move(report.findings());
  };
  entry.has_second = true;
  switch (placed->kind) {
    case syntax::BlockKind::composite_type:
      entry.own = run(check_composite);
      return;
    case syntax::BlockKind::enumeration:
      entry.own = run(check_enum);
      return;
    default:
      break;
  }
  entry.before_models = run(check_unknown_functions);
  entry.own = run([&](Subject& subject) { entry.ambiguous = !check_model(subject); });
  entry.relations = run(check_relations);
  Report unused;
  entry.constraints = constraint_names(Subject{environment, placed, *placed, unused});
}

bool is_error(const Finding& finding) {
  return finding.severity == Severity::error;
}

// Brings findings to their present places and into the order of the text.
class Assembly {
 public:
  explicit Assembly(const Snapshot& snapshot) : snapshot_(snapshot) {}

  bool has_errors() const { return errors_ > 0; }

  void add(const std::vector<Finding>& findings, const Placed* own = nullptr) {
    int group = 0;
    bool clean = true;
    for (const Finding& finding : findings) {
      if (finding.if_clean_so_far != group) {
        group = finding.if_clean_so_far;
        clean = errors_ == 0;
      }
      if (group == 0 || clean) add(finding, own);
    }
  }

  std::vector<Diagnostic> finish() {
    std::ranges::stable_sort(diagnostics_, {}, [](const Diagnostic& d) {
      return std::tuple(d.at.file, d.at.range.begin, d.at.range.end, d.severity);
    });
    return std::move(diagnostics_);
  }

 private:
  void add(const Finding& finding, const Placed* own) {
    if (is_error(finding)) ++errors_;
    Diagnostic& diagnostic = diagnostics_.emplace_back();
    diagnostic.code = finding.code;
    diagnostic.severity = finding.severity;
    diagnostic.at = resolve(finding.at, own);
    diagnostic.message = finding.message;
    diagnostic.help = finding.help;
    for (const auto& [place, message] : finding.related) diagnostic.related.push_back({resolve(place, own), message});
    for (const Finding::Remedy& remedy : finding.fixes) {
      Fix& fix = diagnostic.fixes.emplace_back();
      fix.title = remedy.title;
      fix.preferred = remedy.preferred;
      for (const BlockEdit& edit : remedy.edits) {
        const schema::FileRange at = resolve(edit.at, own);
        fix.edits.push_back({at.file, {at.range, edit.text}});
      }
    }
    diagnostic.data = finding.data;
  }

  schema::FileRange resolve(const Place& place, const Placed* own) const {
    if (own && (*own)->block.get() == place.block) return own->in_file(place.range);
    return snapshot_.place_of(*place.block, place.range);
  }

  const Snapshot& snapshot_;
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
};

}  // namespace

struct Analysis::Memory {
  Surroundings surroundings;
  // No two declarations meet in a name, of the schema or of the database. It holds on while no name changes.
  bool names_apart = false;
  bool tables_apart = false;
  bool constraints_apart = false;
  std::vector<EntryPtr> entries;     // in the order of the snapshot's declarations
  std::vector<std::uint8_t> speaks;  // by entry, so that the silent ones need not be looked at (speech_of)
};

namespace {

// Finds the entry of a declaration in an older list, where most stand in the same order.
class EntrySearch {
 public:
  explicit EntrySearch(std::span<const EntryPtr> entries) : entries_(entries) {}

  EntryPtr find(const std::shared_ptr<const Declaration>& declaration) {
    if (next_ < entries_.size() && entries_[next_]->declaration == declaration) return entries_[next_++];
    if (next_ + 1 < entries_.size() && entries_[next_ + 1]->declaration == declaration) {
      next_ += 2;
      return entries_[next_ - 1];
    }
    if (by_declaration_.empty()) {
      for (std::size_t i = next_; i < entries_.size(); ++i) by_declaration_.emplace(entries_[i]->declaration.get(), i);
    }
    const auto found = by_declaration_.find(declaration.get());
    if (found == by_declaration_.end()) return nullptr;
    next_ = found->second + 1;
    return entries_[found->second];
  }

 private:
  std::span<const EntryPtr> entries_;
  std::size_t next_ = 0;
  std::unordered_map<const Declaration*, std::size_t> by_declaration_;
};

struct Changes {
  std::vector<std::string_view> names;  // whose declaration is another one than before, or gone, or new
  bool same_names = false;              // the declarations' names and tables are those of before
};

bool same_names(const Declaration& one, const Declaration& other) {
  return one.kind == other.kind && one.name == other.name && one.database_name == other.database_name &&
         one.database_schema == other.database_schema;
}

Changes changes_between(const Snapshot& now, const Snapshot& before) {
  Changes changes;
  const auto fresh = now.declarations();
  const auto old = before.declarations();
  std::size_t head = 0;
  while (head < fresh.size() && head < old.size() && fresh[head].declaration == old[head].declaration) ++head;
  std::size_t tail = 0;
  while (head + tail < fresh.size() && head + tail < old.size() &&
         fresh[fresh.size() - 1 - tail].declaration == old[old.size() - 1 - tail].declaration) {
    ++tail;
  }
  changes.same_names = fresh.size() == old.size();
  for (std::size_t i = head; i + tail < fresh.size(); ++i) {
    changes.names.push_back(fresh[i]->name);
    changes.same_names = changes.same_names && same_names(*fresh[i], *old[i]);
  }
  for (std::size_t i = head; i + tail < old.size(); ++i) changes.names.push_back(old[i]->name);
  return changes;
}

bool is_stale(const Entry& entry, const std::vector<std::string_view>& changed) {
  if (changed.empty()) return false;
  if (entry.depends_on_all_names) return true;
  return std::ranges::any_of(entry.mentions,
                             [&](std::string_view name) { return std::ranges::find(changed, name) != changed.end(); });
}

constexpr std::uint8_t kSpeaksFirst = 1, kSpeaksSecond = 2, kHasSecond = 4;

std::uint8_t speech_of(const Entry& entry) {
  std::uint8_t speech = 0;
  if (!entry.first.empty()) speech |= kSpeaksFirst;
  if (!entry.before_models.empty() || !entry.own.empty() || !entry.relations.empty() || entry.ambiguous) {
    speech |= kSpeaksSecond;
  }
  if (entry.has_second) speech |= kHasSecond;
  return speech;
}

// Whether the entries state the same names for their constraints, entry by entry.
bool same_constraint_names(std::span<const EntryPtr> now, std::span<const EntryPtr> before) {
  return std::ranges::equal(now, before, [](const EntryPtr& one, const EntryPtr& other) {
    return one == other || std::ranges::equal(one->constraints, other->constraints,
                                              [](const ConstraintName& a, const ConstraintName& b) {
                                                return a.kind == b.kind && a.hash == b.hash;
                                              });
  });
}

void check_loose_blocks(const Environment& environment, Report& report) {
  for (const schema::SourceFile& file : environment.snapshot->files()) {
    for (const syntax::PlacedBlock& placed : file.syntax->blocks()) {
      const syntax::BlockKind kind = placed.block->kind;
      if (placed.block->errors.empty() || placed.block->has_fields() || kind == syntax::BlockKind::enumeration)
        continue;
      check_syntax(*placed.block, report);
    }
  }
}

}  // namespace

std::shared_ptr<const Analysis> Analysis::run(std::shared_ptr<const Snapshot> snapshot,
                                              std::shared_ptr<const Analysis> previous) {
  const Environment environment = environment_of(*snapshot);
  auto memory = std::make_shared<Memory>();
  memory->surroundings = surroundings_of(environment);
  const bool comparable = previous && previous->memory_ && previous->memory_->surroundings == memory->surroundings;
  EntrySearch search(comparable ? std::span<const EntryPtr>(previous->memory_->entries) : std::span<const EntryPtr>());
  const Changes changes = comparable ? changes_between(*snapshot, *previous->snapshot_) : Changes{};

  const auto declarations = snapshot->declarations();
  memory->entries.reserve(declarations.size());
  for (const Placed& placed : declarations) {
    EntryPtr entry = comparable ? search.find(placed.declaration) : nullptr;
    if (!entry || is_stale(*entry, changes.names)) entry = first_stage(environment, placed);
    memory->entries.push_back(std::move(entry));
  }

  memory->speaks.resize(declarations.size());
  const auto note = [&](std::size_t i) {
    if (comparable && i < previous->memory_->entries.size() && previous->memory_->entries[i] == memory->entries[i]) {
      memory->speaks[i] = previous->memory_->speaks[i];
    } else {
      memory->speaks[i] = speech_of(*memory->entries[i]);
    }
  };
  for (std::size_t i = 0; i < declarations.size(); ++i) note(i);

  Assembly assembly(*snapshot);
  Report report;
  check_loose_blocks(environment, report);
  check_configuration(environment, report);
  memory->names_apart = changes.same_names && previous->memory_->names_apart;
  if (!memory->names_apart) {
    const std::size_t before = report.findings().size();
    check_duplicate_names(*snapshot, report);
    memory->names_apart = report.findings().size() == before;
  }
  assembly.add(report.findings());
  for (std::size_t i = 0; i < declarations.size(); ++i) {
    if ((memory->speaks[i] & kSpeaksFirst) != 0) assembly.add(memory->entries[i]->first, &declarations[i]);
  }

  if (!assembly.has_errors()) {
    for (std::size_t i = 0; i < declarations.size(); ++i) {
      if ((memory->speaks[i] & kHasSecond) != 0) continue;
      auto entry = std::make_shared<Entry>(*memory->entries[i]);
      second_stage(environment, declarations[i], *entry);
      memory->entries[i] = std::move(entry);
      memory->speaks[i] = speech_of(*memory->entries[i]);
    }
    const bool same_constraints = changes.same_names && previous->memory_->constraints_apart &&
                                  same_constraint_names(memory->entries, previous->memory_->entries);
    const auto each = [&](auto wanted, auto visit) {
      for (std::size_t i = 0; i < declarations.size(); ++i) {
        if ((memory->speaks[i] & kSpeaksSecond) != 0 && wanted(*declarations[i])) {
          visit(declarations[i], *memory->entries[i]);
        }
      }
    };
    const auto is_composite = [](const Declaration& d) { return d.kind == syntax::BlockKind::composite_type; };
    const auto is_table = [](const Declaration& d) { return d.is_model() || d.kind == syntax::BlockKind::view; };
    const auto is_enum = [](const Declaration& d) { return d.is_enum(); };

    Report cycles;
    check_composite_cycles(environment, cycles);
    assembly.add(cycles.findings());
    each(is_composite, [&](const Placed& placed, const Entry& entry) { assembly.add(entry.own, &placed); });
    each(is_table, [&](const Placed& placed, const Entry& entry) { assembly.add(entry.before_models, &placed); });
    Report names;
    check_datasource_features(environment, names);
    memory->tables_apart = changes.same_names && previous->memory_->tables_apart;
    if (!memory->tables_apart) {
      const std::size_t before = names.findings().size();
      check_database_names(environment, names);
      memory->tables_apart = names.findings().size() == before;
    }
    assembly.add(names.findings());
    bool ambiguous = false;
    const Placed* last = nullptr;
    for (const syntax::BlockKind kind : {syntax::BlockKind::model, syntax::BlockKind::view}) {
      each([&](const Declaration& d) { return d.kind == kind && !ambiguous; },
           [&](const Placed& placed, const Entry& entry) {
             if (ambiguous) return;
             assembly.add(entry.own, &placed);
             ambiguous = entry.ambiguous;
             last = &placed;
           });
    }
    memory->constraints_apart = same_constraints;
    NameClashes clashes;
    if (!same_constraints) {
      std::vector<Named> models;
      for (const syntax::BlockKind kind : {syntax::BlockKind::model, syntax::BlockKind::view}) {
        for (std::size_t i = 0; i < declarations.size(); ++i) {
          if (declarations[i]->kind == kind) models.push_back({&declarations[i], memory->entries[i]->constraints});
        }
      }
      clashes = check_constraint_names(environment, models, ambiguous ? last : nullptr);
      assembly.add(clashes.keys.findings());
      memory->constraints_apart = !ambiguous && clashes.keys.findings().empty() && clashes.foreign_keys.empty();
    }
    if (!ambiguous) {
      each(is_enum, [&](const Placed& placed, const Entry& entry) { assembly.add(entry.own, &placed); });
      for (std::size_t i = 0; i < declarations.size(); ++i) {
        if (!is_table(*declarations[i])) continue;
        const auto clash = clashes.foreign_keys.find(&declarations[i]);
        if (clash != clashes.foreign_keys.end()) assembly.add(clash->second.findings());
        if ((memory->speaks[i] & kSpeaksSecond) != 0) assembly.add(memory->entries[i]->relations, &declarations[i]);
      }
    }
  }

  auto analysis = std::make_shared<Analysis>();
  analysis->snapshot_ = std::move(snapshot);
  analysis->diagnostics_ = assembly.finish();
  analysis->memory_ = std::move(memory);
  return analysis;
}

bool Analysis::has_errors() const {
  return std::ranges::any_of(diagnostics_, [](const Diagnostic& d) { return d.severity == Severity::error; });
}

bool declarations_are_sound(const Snapshot& snapshot) {
  const Environment environment = environment_of(snapshot);
  Report report;
  check_loose_blocks(environment, report);
  check_configuration_names(snapshot, report);
  check_duplicate_names(snapshot, report);
  const auto has_error = [](const std::vector<Finding>& findings) { return std::ranges::any_of(findings, is_error); };
  return !has_error(report.findings()) && std::ranges::none_of(snapshot.declarations(), [&](const Placed& placed) {
    return has_error(first_stage(environment, placed)->first);
  });
}

}  // namespace refract::validation
