#pragma once

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "validation/finding.h"

namespace refract::validation {

// Brings findings to their present places and into the order of the text.
class Assembly {
 public:
  explicit Assembly(const schema::Snapshot& snapshot) : snapshot_(snapshot) {}

  bool has_errors() const { return errors_ > 0; }
  // What comes now does not depend on the errors before it.
  void forgive() { errors_ = 0; }

  void add(const std::vector<Finding>& findings, const schema::Placed* own = nullptr) {
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
  void add(const Finding& finding, const schema::Placed* own) {
    if (finding.severity == Severity::error) ++errors_;
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
  // Where the blocks begin; found out when a finding is about one whose place is not known.
  std::unordered_map<const syntax::Block*, std::pair<schema::FileId, text::Offset>> starts_;
  std::size_t errors_ = 0;
};

}  // namespace refract::validation
