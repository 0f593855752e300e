#include "protocol/lsp/hover.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(Hover, contents, range)

}  // namespace refract::protocol
