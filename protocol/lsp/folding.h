#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Folding Range" (params: TextDocumentParams).

namespace refract::protocol {

class ObjectText;

namespace folding_range_kind {
inline constexpr const char* kComment = "comment";
inline constexpr const char* kRegion = "region";
}  // namespace folding_range_kind

struct FoldingRange {
  std::uint32_t startLine = 0;
  std::optional<std::uint32_t> startCharacter;  // absent: the end of the line
  std::uint32_t endLine = 0;
  std::optional<std::uint32_t> endCharacter;  // absent: the end of the line
  std::optional<std::string> kind;
  std::optional<std::string> collapsedText;

  bool operator==(const FoldingRange&) const = default;
};
LSP_JSON(FoldingRange)
void to_text(ObjectText& json, const FoldingRange& folding_range);

}  // namespace refract::protocol
