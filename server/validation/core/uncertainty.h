#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "validation/core/block_diagnostic.h"

// What is not reported in an editor while someone types: a syntax error is reported once, where it is, and nothing
// is concluded from a block that cannot be read.
namespace refract::validation {

using NameSet = std::set<std::string, std::less<>>;

// What cannot be relied on.
struct Uncertainty {
  NameSet invalid;        // declarations that contain an error: nothing is concluded from what they lack
  NameSet unread;         // those of them with an error in their syntax
  NameSet hidden;         // names that lines which cannot be read seem to declare
  bool open_end = false;  // a block is never closed, so that what follows may contain any name
  bool database = false;  // the datasource cannot be read, so that no rule of a database can be applied
  bool features = false;  // a generator cannot be read, so that any preview feature may be enabled
};

// Records a block that has syntax errors.
void note_unread(const syntax::Block& block, Uncertainty& uncertainty);

// Of a block's diagnostics (in the order of its text) those that can be reported. `mentions`: the declarations that its
// fields name.
std::vector<BlockDiagnostic> reportable(const std::vector<BlockDiagnostic>& diagnostics, const syntax::Block& block,
                                        std::span<const std::string_view> mentions, const Uncertainty& uncertainty);

}  // namespace refract::validation
