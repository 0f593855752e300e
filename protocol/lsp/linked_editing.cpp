#include "protocol/lsp/linked_editing.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(LinkedEditingRanges, ranges, wordPattern)

}  // namespace refract::protocol
