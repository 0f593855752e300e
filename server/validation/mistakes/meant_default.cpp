#include "validation/mistakes/meant_default.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "schema/attributes.h"
#include "support/ascii.h"
#include "validation/core/text_tools.h"
#include "validation/mistakes/pieces.h"

namespace refract::validation {
namespace {

// What other languages and databases call a function of Prisma. The names are in lower case, one "|" around each.
struct OtherName {
  std::string_view names;
  std::string_view call;
};
constexpr OtherName kOtherNames[] = {
    {"|cuid2|", "cuid(2)"},
    {"|uuid4|uuidv4|uuid_v4|randomuuid|guid|newguid|", "uuid()"},
    {"|uuid7|uuidv7|uuid_v7|", "uuid(7)"},
    {"|current_timestamp|getdate|getutcdate|sysdate|sysdatetime|utcnow|localtimestamp|timestamp|date.now|datetime.now|",
     "now()"},
    {"|auto_increment|identity|serial|increment|", "autoincrement()"},
    {"|objectid|", "auto()"},
};

// Functions of databases, and what does nearly the same where there is no such function.
struct DatabaseFunction {
  std::string_view name;
  std::string_view providers;  // one "|" around each
  std::string_view otherwise;
};
constexpr DatabaseFunction kDatabaseFunctions[] = {
    {"gen_random_uuid", "|postgresql|cockroachdb|", "uuid()"},
    {"uuid_generate_v4", "|postgresql|cockroachdb|", "uuid()"},
    {"uuid_generate_v1", "|postgresql|cockroachdb|", "uuid()"},
    {"newid", "|sqlserver|", "uuid()"},
    {"newsequentialid", "|sqlserver|", "uuid()"},
    {"unique_rowid", "|cockroachdb|", "autoincrement()"},
};

bool may_have(const MistakeContext& context, const DefaultUse& field, std::string_view function) {
  const schema::FunctionSpec* spec = schema::find_default_function(function);
  if (!spec || spec->since > context.version || field.list) return false;
  if (!spec->scalars.empty() && std::ranges::find(spec->scalars, field.scalar) == spec->scalars.end()) return false;
  const schema::Connector& connector = context.connector();
  if (function == "autoincrement")
    return connector.auto_increment && (connector.auto_increment_int || field.scalar != schema::ScalarType::int_);
  if (function == "sequence") return connector.sequences;
  const bool known = spec->providers.empty() || !context.datasource ||
                     std::ranges::find(spec->providers, connector.provider) != spec->providers.end();
  return known && (function != "auto" || connector.auto_default);
}

std::optional<MeantDefault> call_of(const MistakeContext& context, const DefaultUse& field, std::string_view call) {
  if (!may_have(context, field, call.substr(0, call.find('(')))) return std::nullopt;
  // Before Prisma 6 `cuid` had no versions.
  const bool versions = context.version >= schema::PrismaVersion::v6 || !call.starts_with("cuid");
  return MeantDefault{versions ? std::string(call) : "cuid()"};
}

std::string generated(std::string_view expression) {
  return fmt::format("dbgenerated({})", string_literal(expression));
}

}  // namespace

std::optional<MeantDefault> meant_default(const MistakeContext& context, const DefaultUse& field, std::string_view name,
                                          std::string_view call) {
  const std::string lower = ascii::to_lower(name);
  const std::string_view arguments = call.empty() ? "()" : call.substr(std::min(call.find('('), call.size()));
  std::vector<std::string_view> known;
  for (const schema::FunctionSpec& spec : schema::default_functions()) {
    if (!may_have(context, field, spec.name)) continue;
    if (ascii::to_lower(spec.name) == lower) return MeantDefault{fmt::format("{}{}", spec.name, arguments)};
    known.push_back(spec.name);
  }
  for (const OtherName& other : kOtherNames) {
    if (is_listed(other.names, lower)) return call_of(context, field, other.call);
  }
  const std::string expression = call.empty() ? fmt::format("{}()", name) : std::string(call);
  for (const DatabaseFunction& function : kDatabaseFunctions) {
    if (function.name != lower) continue;
    const std::string_view provider = schema::to_string(context.connector().provider);
    const bool has = context.datasource && is_listed(function.providers, provider);
    if (has && may_have(context, field, "dbgenerated")) return MeantDefault{generated(expression)};
    return call_of(context, field, function.otherwise);
  }
  if (const std::string_view near = nearest(name, known); !near.empty())
    return MeantDefault{fmt::format("{}{}", near, arguments)};
  // A call may be one of the database.
  if (call.empty() || !context.datasource || !may_have(context, field, "dbgenerated")) return std::nullopt;
  return MeantDefault{generated(expression), false};
}

}  // namespace refract::validation
