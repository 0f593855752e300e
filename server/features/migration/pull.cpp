#include "features/migration/pull.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "features/migration/pull_merge.h"
#include "migrate/diff/describe.h"
#include "migrate/diff/diff_options.h"
#include "migrate/diff/plan.h"
#include "migrate/hazards/hazards.h"
#include "migrate/pull/pull_omissions.h"
#include "migrate/wanted/schema_catalog.h"
#include "migrate/wanted/table_parts.h"
#include "validation/core/diagnostic.h"

namespace refract::features {
namespace {

using catalog::QualifiedName;
using migrate::PulledBlock;
using migrate::PulledField;
using migrate::PullExceptions;
using schema::Placed;
using schema::Snapshot;
using validation::Analysis;
using validation::Diagnostic;

// Each round writes at least one thing otherwise than the one before it.
constexpr int kMaxRounds = 50;

std::vector<Diagnostic> errors_of(const std::shared_ptr<const Snapshot>& snapshot, validation::AnalysisMode mode) {
  std::vector<Diagnostic> errors = Analysis::run(snapshot, nullptr, mode)->diagnostics();
  std::erase_if(errors, [](const Diagnostic& one) { return one.severity != validation::Severity::error; });
  return errors;
}

std::shared_ptr<const Snapshot> with_files(const Snapshot& existing, const std::vector<PulledFile>& changed) {
  std::vector<schema::SourceFile> files(existing.files().begin(), existing.files().end());
  for (const PulledFile& file : changed) files[file.file].syntax = syntax::File::parse(text::Document(file.text));
  return Snapshot::build(std::move(files), existing.options());
}

// The member of a table that a diagnostic is about is written in another way, or left out.
class PullCorrections {
 public:
  PullCorrections(const Snapshot& snapshot, const std::vector<PulledBlock>& blocks, PullExceptions& exceptions)
      : snapshot_(snapshot), blocks_(blocks), exceptions_(exceptions) {}

  // Whether there is another way to write it. `sentence`: what was left out and why.
  bool except(const Diagnostic& diagnostic, std::string& sentence) {
    const Placed* declaration = snapshot_.declaration_at({diagnostic.at.file, diagnostic.at.range.begin});
    if (!declaration || !(*declaration)->is_model()) return false;
    const QualifiedName table = migrate::name_of(**declaration);
    const auto block = std::ranges::find_if(
        blocks_, [&](const PulledBlock& one) { return one.keyword == "model" && one.origin == table; });
    if (block == blocks_.end()) return false;
    const auto covers = [&](text::Range range) {
      const text::Offset at = diagnostic.at.range.begin - declaration->start;
      return range.begin <= at && at < range.end;
    };
    for (const schema::Field& field : (*declaration)->fields) {
      if (!covers(field.syntax->range)) continue;
      const auto pulled = std::ranges::find(block->fields, field.name, &PulledField::name);
      if (pulled == block->fields.end()) return false;
      if (!pulled->relation) return write_otherwise(table, *pulled);
      return leave_out("foreign key", pulled->origin_table, pulled->origin, diagnostic, sentence);
    }
    for (const schema::Index& index : (*declaration)->indexes) {
      if (!index.attribute || !index.attribute->block || !covers(index.attribute->range)) continue;
      const auto made = migrate::index_of(**declaration, index);
      if (made && made->method != "btree" && exceptions_.raw_classes.emplace(table, made->name).second) return true;
      return made && leave_out("index", table, made->name, diagnostic, sentence);
    }
    return false;
  }

 private:
  bool write_otherwise(const QualifiedName& table, const PulledField& field) {
    if (field.text.contains(" @default(") && exceptions_.raw_defaults.emplace(table, field.origin).second) return true;
    return exceptions_.unsupported.emplace(table, field.origin).second;
  }

  bool leave_out(std::string_view kind, const QualifiedName& table, const std::string& name,
                 const Diagnostic& diagnostic, std::string& sentence) {
    if (name.empty() || !exceptions_.without.emplace(table, name).second) return false;
    sentence = fmt::format("Leave out {} {} of {}: {}", kind, name, table.name, diagnostic.message);
    return true;
  }

  const Snapshot& snapshot_;
  const std::vector<PulledBlock>& blocks_;
  PullExceptions& exceptions_;
};

// What a migration would still do: to tables and enums, and to what pull does not write (extensions, schemas, the
// tables of implicit many-to-many relations).
struct Rest {
  std::vector<std::string> of_models;
  std::set<PullExceptions::Member> columns;  // whose type or default it would change
  std::vector<std::string> others;
  std::set<QualifiedName> join_tables;
  std::vector<migrate::KeptObject> kept;
};

Rest rest_between(const catalog::Catalog& database, const Snapshot& pulled) {
  const catalog::Catalog wanted = migrate::catalog_of(pulled);
  std::set<QualifiedName> models;
  for (const Placed& declaration : pulled.declarations()) models.insert(migrate::name_of(*declaration));
  const auto is_join_table = [&](const QualifiedName& name) {
    return wanted.tables.contains(name) && !models.contains(name);
  };
  // nullptr: the change is of none.
  const auto join_table_of = [&](const catalog::Change& change) {
    return std::visit(
        [&](const auto& one) -> const QualifiedName* {
          if constexpr (requires { QualifiedName(one.table); }) {
            const auto found = wanted.tables.find(QualifiedName(one.table));
            return found != wanted.tables.end() && is_join_table(found->first) ? &found->first : nullptr;
          } else if constexpr (requires { QualifiedName(one.index); }) {
            const auto found = std::ranges::find_if(database.tables, [&](const auto& entry) {
              return entry.first.schema == one.index.schema && entry.second.find_index(one.index.name) &&
                     is_join_table(entry.first);
            });
            return found == database.tables.end() ? nullptr : &found->first;
          }
          return nullptr;
        },
        change);
  };
  const auto is_configured = [](const catalog::Change& change) {
    return std::holds_alternative<catalog::CreateSchema>(change) ||
           std::holds_alternative<catalog::CreateExtension>(change) ||
           std::holds_alternative<catalog::AlterExtension>(change) ||
           std::holds_alternative<catalog::DropExtension>(change);
  };
  Rest rest;
  migrate::Plan plan = migrate::plan(database, wanted, migrate::diff_options(pulled));
  rest.kept = std::move(plan.kept);
  for (const catalog::Step& step : plan.steps()) {
    const QualifiedName* join_table = join_table_of(step.change);
    if (const auto* type = std::get_if<catalog::AlterColumnType>(&step.change)) {
      rest.columns.emplace(type->table, type->column);
    } else if (const auto* value = std::get_if<catalog::SetColumnDefault>(&step.change)) {
      rest.columns.emplace(value->table, value->column);
    } else if (const auto* added = std::get_if<catalog::AddColumn>(&step.change)) {
      rest.columns.emplace(added->table, added->column.name);
    }
    if (join_table) rest.join_tables.insert(*join_table);
    const bool other = is_configured(step.change) || join_table;
    (other ? rest.others : rest.of_models).push_back(migrate::describe(step.change));
  }
  return rest;
}

Error no_schema(const std::string& why) {
  return {ErrorCode::invalid_schema, "The database cannot be expressed as a schema, so nothing was written: " + why};
}

}  // namespace

Result<PulledSchema> pull(const Snapshot& existing, const catalog::Catalog& database) {
  const auto start = with_files(existing, {});
  const std::vector<Diagnostic> before = errors_of(start, validation::AnalysisMode::strict);
  for (const Diagnostic& error : before) {
    if (!start->declaration_at({error.at.file, error.at.range.begin})) continue;
    return fail(ErrorCode::invalid_schema,
                fmt::format("The schema has errors; correct them, then pull again: {}", error.message));
  }
  // Errors of the configuration are not for pull to correct, and do not hide those of what it writes.
  const auto mode = before.empty() ? validation::AnalysisMode::strict : validation::AnalysisMode::tolerant;
  const catalog::Catalog known = migrate::catalog_of(existing);
  PullExceptions exceptions;
  std::vector<std::string> left_out;
  for (int round = 0; round < kMaxRounds; ++round) {
    MergedSchema merged = merge_pulled(existing, database, exceptions);
    const auto pulled = with_files(existing, merged.schema.files);
    std::vector<Diagnostic> errors = errors_of(pulled, mode);
    std::erase_if(errors, [&](const Diagnostic& error) {
      return std::ranges::find(before, error.message, &Diagnostic::message) != before.end();
    });
    if (errors.empty()) {
      const Rest rest = rest_between(database, *pulled);
      // A relation that would not describe its whole table is not written, unless the schema has it already.
      bool more = false;
      for (const QualifiedName& table : rest.join_tables) {
        if (!known.tables.contains(table)) more = exceptions.models.insert(table).second || more;
      }
      for (const PullExceptions::Member& column : rest.columns) {
        if (!rest.join_tables.contains(column.first)) more = exceptions.unsupported.insert(column).second || more;
      }
      if (more) continue;
      if (!rest.of_models.empty()) {
        std::string why = fmt::format("the next migration would still {}.", fmt::join(rest.of_models, "; "));
        for (const std::string& sentence : left_out) why += " " + sentence;
        return fail(no_schema(why));
      }
      auto& changes = merged.schema.changes;
      if (!merged.schema.files.empty()) {
        changes.insert(changes.end(), left_out.begin(), left_out.end());
        const auto omitted = migrate::omissions(database, *pulled, rest.kept);
        std::ranges::move(migrate::omission_sentences(omitted), std::back_inserter(changes));
        for (const std::string& other : rest.others) {
          changes.push_back(fmt::format("Left to the next migration: {}", other));
        }
      }
      return std::move(merged.schema);
    }
    PullCorrections corrections(*pulled, merged.blocks, exceptions);
    bool changed = false;
    for (const Diagnostic& error : errors) {
      std::string sentence;
      changed = corrections.except(error, sentence) || changed;
      if (!sentence.empty()) left_out.push_back(std::move(sentence));
    }
    if (!changed) return fail(no_schema(errors.front().message));
  }
  return fail(no_schema("too much of it cannot be expressed."));
}

}  // namespace refract::features
