#include "protocol/lsp/progress.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(ProgressParams, token, value)

LSP_STRUCT_OF_KIND(WorkDoneProgressBegin, "begin", title, cancellable, message, percentage)

LSP_STRUCT_OF_KIND(WorkDoneProgressReport, "report", cancellable, message, percentage)

LSP_STRUCT_OF_KIND(WorkDoneProgressEnd, "end", message)

LSP_STRUCT(WorkDoneProgressCreateParams, token)

LSP_STRUCT(WorkDoneProgressCancelParams, token)

}  // namespace refract::protocol
