#pragma once

#include <string>
#include <vector>

#include "live/session.h"
#include "migrate/pull/pull_omissions.h"

namespace refract::live {

// What introspection reads nothing of, in the schemas named: comments, storage, composite and range types, foreign
// tables and similar objects. No diff is about it; `pull` names it.
Result<std::vector<migrate::Omission>> unread_objects(Session& session, const std::vector<std::string>& schemas);

}  // namespace refract::live
