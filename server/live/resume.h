#pragma once

#include "live/progress.h"
#include "live/session.h"
#include "migrate/history/script_units.h"

namespace refract::live {

// Makes the session ready for the rest of a script: what its first statements set is set again, and an invalid index
// that the next one left is dropped. Answers with how many statements have taken effect, which is one more than the
// record says where the next one did and could not be recorded.
// Errors: conflict, when whether that one took effect cannot be known; those of Session.
Result<std::size_t> prepare_rest(Session& session, const migrate::Script& script, const Progress& progress);

}  // namespace refract::live
