#include "features/migration/pull_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "features/migration/pull_block.h"
#include "migrate/diff/diff_options.h"
#include "migrate/diff/plan.h"
#include "migrate/pull/pull.h"
#include "migrate/pull/pull_omissions.h"
#include "migrate/wanted/schema_catalog.h"
#include "migrate/wanted/table_parts.h"
#include "syntax/format.h"
#include "validation/rules/reserved_names.h"

namespace refract::features {
namespace {

using catalog::QualifiedName;
using migrate::PulledBlock;
using schema::Placed;
using schema::Snapshot;

// The tables and enums that a migration between both would touch.
class Touched {
 public:
  Touched(const catalog::Catalog& database, const catalog::Catalog& wanted, const migrate::DiffOptions& options) {
    for (const auto& [name, table] : database.tables) {
      for (const catalog::Index& index : table.indexes) tables_of_indexes_[{name.schema, index.name}] = name;
    }
    for (const catalog::Step& step : migrate::plan(database, wanted, options).steps()) {
      std::visit([&](const auto& change) { note(change); }, step.change);
    }
  }

  bool contains(const QualifiedName& name) const { return names_.contains(name); }

 private:
  template <class Change>
  void note(const Change& change) {
    if constexpr (requires { QualifiedName(change.table); }) {
      names_.insert(change.table);
    } else if constexpr (requires { QualifiedName(change.enumeration); }) {
      names_.insert(change.enumeration);
    } else if constexpr (requires { QualifiedName(change.index); }) {
      if (const auto found = tables_of_indexes_.find(change.index); found != tables_of_indexes_.end()) {
        names_.insert(found->second);
      }
    }
  }

  std::map<QualifiedName, QualifiedName> tables_of_indexes_;
  std::set<QualifiedName> names_;
};

const PulledBlock* find_block(const std::vector<PulledBlock>& blocks, const Placed& declaration) {
  const QualifiedName name = migrate::name_of(*declaration);
  const std::string_view keyword = declaration->is_enum() ? "enum" : "model";
  const auto found = std::ranges::find_if(
      blocks, [&](const PulledBlock& block) { return block.keyword == keyword && block.origin == name; });
  return found == blocks.end() ? nullptr : &*found;
}

class Merge {
 public:
  Merge(const Snapshot& existing, const catalog::Catalog& database, const migrate::PullExceptions& exceptions)
      : existing_(existing), prisma_(static_cast<unsigned>(existing.options().version)) {
    migrate::PullOptions options{.version = existing.options().version,
                                 .is_reserved = [&existing](std::string_view name) {
                                   return validation::is_reserved_name(name, existing.options().version);
                                 }};
    const catalog::Catalog wanted = migrate::catalog_of(existing);
    before_ = migrate::pull(wanted, existing, options);
    options.exceptions = exceptions;
    after_ = migrate::pull(database, existing, options);
    touched_.emplace(database, wanted, migrate::diff_options(existing));
    for (const schema::SourceFile& file : existing.files()) texts_.emplace_back(file.syntax->document().text());
  }

  MergedSchema run() && {
    // From the end, so that earlier offsets stay valid.
    const auto declarations = existing_.declarations();
    for (auto declaration = declarations.rbegin(); declaration != declarations.rend(); ++declaration) {
      if (existing_.find((*declaration)->name) == &*declaration) merge(*declaration);
    }
    std::ranges::reverse(pulled_.changes);
    append_new();
    for (schema::FileId file = 0; file < texts_.size(); ++file) {
      if (texts_[file] != existing_.files()[file].syntax->document().text()) {
        pulled_.files.push_back({file, std::move(texts_[file])});
      }
    }
    return {std::move(pulled_), std::move(after_)};
  }

 private:
  void merge(const Placed& declaration) {
    const PulledBlock* before = find_block(before_, declaration);
    if (!before) return;  // views, composite types, and declarations without a table
    const PulledBlock* after = find_block(after_, declaration);
    std::string& text = texts_[declaration.file];
    const std::size_t size = declaration->block->text.size();
    if (!after) {
      text.erase(declaration.start, size);
      pulled_.changes.push_back(fmt::format("Remove {} {}", before->keyword, declaration->name));
      return;
    }
    std::vector<std::string> changes;
    const bool differs = touched_->contains(before->origin);
    if (const auto merged = merged_block(declaration, *before, *after, differs, prisma_, changes)) {
      text.replace(declaration.start, size, *merged);
      pulled_.changes.insert(pulled_.changes.end(), changes.rbegin(), changes.rend());
    }
  }

  bool is_new(const PulledBlock& block) const {
    return std::ranges::none_of(before_, [&](const PulledBlock& known) {
      return known.keyword == block.keyword && known.origin == block.origin;
    });
  }

  void append_new() {
    const bool bare = existing_.declarations().empty();
    std::string blocks;
    std::vector<migrate::Omission> omissions;
    for (const PulledBlock& block : after_) {
      if (!is_new(block)) continue;
      blocks += "\n" + migrate::text_of(block);
      pulled_.changes.push_back(fmt::format("Add {} {}", block.keyword, block.name));
      const auto omit = [&](std::string problem) { omissions.push_back({std::move(problem), block.name}); };
      if (block.reserved) omit("The model is renamed, because Prisma reserves the table's name");
      if (!block.usable)
        omit("Prisma Client leaves out models without a unique key over required columns of supported types");
    }
    std::ranges::move(migrate::omission_sentences(omissions), std::back_inserter(pulled_.changes));
    if (blocks.empty() || texts_.empty()) return;
    const schema::FileId file = bare ? 0 : existing_.declarations().back().file;
    std::string& text = texts_[file];
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    const syntax::FormatOptions layout{.tab_size = 2, .prisma = prisma_};
    if (bare) {
      text = syntax::format(text + "\n" + blocks, layout);
    } else {
      text += "\n\n" + syntax::format(blocks.substr(1), layout);
    }
  }

  const Snapshot& existing_;
  unsigned prisma_;
  std::vector<PulledBlock> before_;  // as the schema itself would be pulled
  std::vector<PulledBlock> after_;
  std::optional<Touched> touched_;
  std::vector<std::string> texts_;
  PulledSchema pulled_;
};

}  // namespace

MergedSchema merge_pulled(const Snapshot& existing, const catalog::Catalog& database,
                          const migrate::PullExceptions& exceptions) {
  return Merge(existing, database, exceptions).run();
}

}  // namespace refract::features
