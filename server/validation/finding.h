#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/ast.h"
#include "validation/diagnostic.h"

// What rules write: findings whose places are relative to blocks, so that they stay true while blocks move.
namespace refract::validation {

struct Place {
  const syntax::Block* block = nullptr;
  text::Range range;  // in the block's text
};

struct BlockEdit {
  Place at;
  std::string text;
};

struct Finding {
  std::string_view code;
  Severity severity = Severity::error;
  Place at;
  std::string message;
  std::string help;
  std::vector<std::pair<Place, std::string>> related;
  struct Remedy {
    std::string title;
    std::vector<BlockEdit> edits;
    bool preferred = false;
  };
  std::vector<Remedy> fixes;
  Facts data;
  // Not 0: said only where nothing before it was an error. Findings next to each other with the same number stand
  // or fall together.
  int if_clean_so_far = 0;

  Finding& advise(std::string text) {
    help = std::move(text);
    return *this;
  }
  Finding& fact(std::string key, Fact value) {
    data.emplace_back(std::move(key), std::move(value));
    return *this;
  }
  Finding& see(Place place, std::string text) {
    related.emplace_back(place, std::move(text));
    return *this;
  }
  Finding& fix(std::string title, std::vector<BlockEdit> edits, bool preferred = false) {
    fixes.push_back({std::move(title), std::move(edits), preferred});
    return *this;
  }
};

class Report {
 public:
  Finding& error(std::string_view code, Place at, std::string message) {
    return add(code, Severity::error, at, std::move(message));
  }
  Finding& warning(std::string_view code, Place at, std::string message) {
    return add(code, Severity::warning, at, std::move(message));
  }
  // Findings made from now on belong to this condition (see Finding::if_clean_so_far); 0: to none.
  void only_if_clean(int group) { group_ = group; }

  std::vector<Finding>& findings() { return findings_; }
  const std::vector<Finding>& findings() const { return findings_; }

 private:
  Finding& add(std::string_view code, Severity severity, Place at, std::string message) {
    Finding& finding = findings_.emplace_back();
    finding.code = code;
    finding.severity = severity;
    finding.at = at;
    finding.message = std::move(message);
    finding.if_clean_so_far = group_;
    return finding;
  }

  std::vector<Finding> findings_;
  int group_ = 0;
};

}  // namespace refract::validation
