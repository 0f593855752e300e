#include "live/lossy_routines.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "catalog/expression/system_functions.h"
#include "catalog/parse/name_uses.h"

namespace refract::live {
namespace {

using catalog::NameUse;
using catalog::Unmanaged;
using catalog::UnmanagedKind;

// A word of SQL with which rows may go, or with which text becomes SQL.
bool is_losing(const NameUse& use) {
  static constexpr std::string_view kWords[] = {"delete", "update",  "truncate", "drop",       "merge",
                                                "alter",  "execute", "call",     "dblink_exec"};
  return !use.quoted && !use.string && std::ranges::find(kWords, use.name) != std::end(kWords);
}

}  // namespace

bool LossyRoutines::may_lose(const std::string& function) const {
  const auto [known, added] = answers_.try_emplace(function, false);  // false while it is being checked, for recursion
  if (!added) return known->second;
  bool found = false, loses = false;
  for (const Unmanaged& object : catalog_.unmanaged) {
    if (!is_routine(object.kind) || object.name.name != function) continue;
    found = true;
    for (const NameUse& use : catalog::name_uses(object.definition)) {
      if (use.depth > 1) continue;  // a string in the body: TG_OP = 'UPDATE'
      const bool own = std::ranges::any_of(catalog_.unmanaged, [&](const Unmanaged& other) {
        return is_routine(other.kind) && other.name.name == use.name && other.name.name != function;
      });
      loses = loses || is_losing(use) || (own && !use.string && may_lose(use.name));
    }
  }
  return answers_[function] = found ? loses : !catalog::changes_no_table(function);
}

bool LossyRoutines::trigger_may_lose(const Unmanaged& trigger) const {
  const std::vector<NameUse> uses = catalog::name_uses(trigger.definition);
  auto at = std::ranges::find_if(
      uses, [](const NameUse& use) { return use.name == "execute" && !use.quoted && !use.string; });
  // EXECUTE FUNCTION schema.name(…)
  if (at == uses.end() || ++at == uses.end() || ++at == uses.end()) return true;
  while (at + 1 != uses.end() && !(at + 1)->qualifier.empty() && !(at + 1)->string) ++at;
  return may_lose(at->name);
}

}  // namespace refract::live
