#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Linked Editing Range". Its params are TextDocumentPositionParams; null says that nothing is linked.

namespace refract::protocol {

struct LinkedEditingRanges {
  std::vector<Range> ranges;  // of one length and content
  std::optional<std::string> wordPattern;

  bool operator==(const LinkedEditingRanges&) const = default;
};
LSP_JSON(LinkedEditingRanges)

}  // namespace refract::protocol
