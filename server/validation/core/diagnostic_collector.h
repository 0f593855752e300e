#pragma once

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "validation/core/block_diagnostic.h"

namespace refract::validation {

// Brings diagnostics to their present places and into the order of the text.
class DiagnosticCollector {
 public:
  explicit DiagnosticCollector(const schema::Snapshot& snapshot) : snapshot_(snapshot) {}

  bool has_errors() const { return errors_ > 0; }
  // What comes now does not depend on the errors before it.
  void reset_errors() { errors_ = 0; }
  // What comes now was found by these checks.
  void enter(Stage stage) { stage_ = stage; }

  void add(const std::vector<BlockDiagnostic>& diagnostics, const schema::Placed* own = nullptr) {
    int group = 0;
    bool clean = true;
    for (const BlockDiagnostic& diagnostic : diagnostics) {
      if (diagnostic.if_clean_so_far != group) {
        group = diagnostic.if_clean_so_far;
        clean = errors_ == 0;
      }
      if (group == 0 || clean) add(diagnostic, own);
    }
  }

  std::vector<Diagnostic> finish() {
    std::ranges::stable_sort(diagnostics_, {}, [](const Diagnostic& d) {
      return std::tuple(d.at.file, d.at.range.begin, d.at.range.end, d.severity);
    });
    return std::move(diagnostics_);
  }

 private:
  void add(const BlockDiagnostic& from, const schema::Placed* own) {
    if (from.severity == Severity::error) ++errors_;
    Diagnostic& diagnostic =
        diagnostics_.emplace_back(Diagnostic{.code = from.code,
                                             .severity = from.severity,
                                             .stage = stage_ == Stage::schema ? stage_ : from.stage,
                                             .at = resolve(from.at, own),
                                             .message = from.message,
                                             .help = from.help,
                                             .data = from.data});
    for (const auto& [place, message] : from.related) diagnostic.related.push_back({resolve(place, own), message});
    for (const BlockFix& offered : from.fixes) {
      Fix& fix = diagnostic.fixes.emplace_back();
      fix.title = offered.title;
      fix.preferred = offered.preferred;
      for (const BlockEdit& edit : offered.edits) {
        const schema::FileRange at = resolve(edit.at, own);
        fix.edits.push_back({at.file, {at.range, edit.text}});
      }
    }
  }

  schema::FileRange resolve(const Place& place, const schema::Placed* own) {
    if (own && (*own)->block.get() == place.block) return own->in_file(place.range);
    if (const auto known = snapshot_.known_place_of(*place.block, place.range)) return *known;
    if (starts_.empty()) find_starts();
    const auto& [file, start] = starts_.at(place.block);
    return {file, place.range.shifted(start)};
  }

  void find_starts() {
    for (schema::FileId file = 0; file < snapshot_.files().size(); ++file) {
      for (const syntax::PlacedBlock& placed : snapshot_.files()[file].syntax->blocks()) {
        starts_.emplace(placed.block, std::pair(file, placed.start));
      }
    }
  }

  const schema::Snapshot& snapshot_;
  std::vector<Diagnostic> diagnostics_;
  // Where the blocks begin; found out when a diagnostic is about one whose place is not known.
  std::unordered_map<const syntax::Block*, std::pair<schema::FileId, text::Offset>> starts_;
  std::size_t errors_ = 0;
  Stage stage_ = Stage::local;
};

}  // namespace refract::validation
