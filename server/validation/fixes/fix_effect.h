#pragma once

#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "validation/core/diagnostic.h"

// What a fix changes, and which of the diagnostics after it are its doing.
namespace refract::validation {

class FixEffect {
 public:
  // `after`: the analysis of the text with the edits. Both have to outlive this.
  FixEffect(const Analysis& before, const Analysis& after, const std::vector<FileEdit>& edits);

  // None of these diagnostics, which are all fixed, is there any more.
  bool resolves(std::span<const Diagnostic* const> fixed) const;

  // The diagnostics after the edits that may be new.
  const std::vector<const Diagnostic*>& fresh() const { return fresh_; }

  // Whether a fresh diagnostic is the doing of the fix of another one. See the source for the rule.
  bool is_caused(const Diagnostic& diagnostic, const Diagnostic& fixed) const;

 private:
  struct Replaced {
    text::Range before;
    text::Range after;
  };

  // By code and message.
  using Index = std::unordered_map<std::string, std::vector<const Diagnostic*>>;

  static Index index_of(const Analysis& analysis);
  bool is_written(const Diagnostic& diagnostic) const;
  bool was_unread(const schema::FileRange& at) const;
  text::Range earlier(schema::FileId file, text::Offset at) const;
  bool is_at(const Diagnostic& after, const Diagnostic& before) const;
  const std::vector<Replaced>& replaced_in(schema::FileId file) const;

  const Analysis& before_;
  const Analysis& after_;
  std::map<schema::FileId, std::vector<Replaced>> replaced_;  // in the order of the text
  Index had_;
  Index left_;
  std::vector<const Diagnostic*> fresh_;
};

}  // namespace refract::validation
