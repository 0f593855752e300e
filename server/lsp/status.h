#pragma once

#include "lsp/context.h"

namespace refract::lsp {

// The answer to refract/status: the schemas that are known, how each is read, and what this costs. Called on the
// strand. `analysis_milliseconds`: of the last analysis.
protocol::Json status_of(Context& context, double analysis_milliseconds);

}  // namespace refract::lsp
