#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/ast.h"
#include "validation/core/diagnostic.h"

// What rules write: diagnostics whose places are relative to blocks, so that they stay true while blocks move.
namespace refract::validation {

struct Place {
  const syntax::Block* block = nullptr;
  text::Range range;  // in the block's text
};

struct BlockEdit {
  Place at;
  std::string text;
};

struct BlockFix {
  std::string title;  // imperative: "Create the enum Role"
  std::vector<BlockEdit> edits;
  bool preferred = false;  // the one an editor may apply without asking
};

struct BlockDiagnostic {
  Code code;
  Severity severity = Severity::error;
  Stage stage = Stage::local;  // syntax, or whatever checks it is found by
  Place at;
  std::string message;
  std::string help;
  std::vector<std::pair<Place, std::string>> related;
  std::vector<BlockFix> fixes;
  Facts data;
  // Not 0: reported only if nothing before it was an error. Adjacent diagnostics with the same number are reported
  // together or not at all.
  int if_clean_so_far = 0;
  // Follows from the mistake in a line before, which is reported there. Prisma reports it too, an editor need not.
  bool follows = false;
  // Depends on the text of other blocks, whatever they are called.
  bool looks_around = false;

  BlockDiagnostic& advise(std::string text) {
    help = std::move(text);
    return *this;
  }
  BlockDiagnostic& fact(std::string key, Fact value) {
    data.emplace_back(std::move(key), std::move(value));
    return *this;
  }
  BlockDiagnostic& see(Place place, std::string text) {
    related.emplace_back(place, std::move(text));
    return *this;
  }
  BlockDiagnostic& fix(std::string title, std::vector<BlockEdit> edits, bool preferred = false) {
    fixes.push_back({std::move(title), std::move(edits), preferred});
    return *this;
  }
};

class Report {
 public:
  BlockDiagnostic& error(Code code, Place at, std::string message) {
    return add(code, Severity::error, at, std::move(message));
  }
  BlockDiagnostic& warning(Code code, Place at, std::string message) {
    return add(code, Severity::warning, at, std::move(message));
  }
  // Diagnostics made from now on belong to this condition (see BlockDiagnostic::if_clean_so_far); 0: to none.
  void only_if_clean(int group) { group_ = group; }
  // Diagnostics made from now on are of this stage.
  void enter(Stage stage) { stage_ = stage; }

  std::vector<BlockDiagnostic>& diagnostics() { return diagnostics_; }
  const std::vector<BlockDiagnostic>& diagnostics() const { return diagnostics_; }

 private:
  BlockDiagnostic& add(Code code, Severity severity, Place at, std::string message) {
    return diagnostics_.emplace_back(BlockDiagnostic{.code = code,
                                                     .severity = severity,
                                                     .stage = stage_,
                                                     .at = at,
                                                     .message = std::move(message),
                                                     .if_clean_so_far = group_});
  }

  std::vector<BlockDiagnostic> diagnostics_;
  int group_ = 0;
  Stage stage_ = Stage::local;
};

}  // namespace refract::validation
