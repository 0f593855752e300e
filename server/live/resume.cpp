#include "live/resume.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catalog/expression/expression.h"
#include "catalog/parse/sql.h"
#include "support/ascii.h"

namespace refract::live {
namespace {

using catalog::Sending;

// Commands outside of transactions that may be run twice.
constexpr std::array<std::string_view, 9> kRepeatable = {
    "VACUUM",           "CLUSTER",        "REINDEX CONCURRENTLY",
    "REINDEX DATABASE", "REINDEX SYSTEM", "REINDEX SCHEMA",
    "ALTER SYSTEM",     "DISCARD ALL",    "ALTER DATABASE SET TABLESPACE"};

std::string_view text_of(const migrate::Script& script, std::size_t at) {
  const catalog::SqlRange range = script.statements[at].range;
  return script.sql.substr(range.begin, range.end - range.begin);
}

// Whether a statement sets something for the session.
bool is_setting(std::string_view statement) {
  const std::string text = ascii::to_lower(statement.substr(0, 64));
  if (text.starts_with("set ")) {
    return !text.starts_with("set local") && !text.starts_with("set transaction") &&
           !text.starts_with("set constraints");
  }
  return text.starts_with("reset ") || text.starts_with("select pg_catalog.set_config(") ||
         text.starts_with("select set_config(");
}

std::string name_of(const catalog::QualifiedName& name) {
  const std::string last = catalog::quote_name(name.name);
  return name.schema.empty() ? last : catalog::quote_name(name.schema) + "." + last;
}

// "": there is no such index; else "t" or "f", whether it is valid.
Result<std::string> validity(Session& session, const std::string& index) {
  const auto rows = session.query(
      "SELECT i.indisvalid FROM pg_catalog.pg_index i WHERE i.indexrelid = pg_catalog.to_regclass($1)", {index});
  if (!rows) return fail(rows.error());
  return rows->empty() ? "" : rows->at(0).at(0).value_or("");
}

}  // namespace

Result<std::size_t> prepare_rest(Session& session, const migrate::Script& script, const Progress& progress) {
  for (std::size_t at = 0; at < progress.done; ++at) {
    if (!is_setting(text_of(script, at))) continue;
    if (auto set = session.execute(text_of(script, at)); !set) return fail(set.error());
  }
  if (progress.done == script.statements.size()) return progress.done;

  const catalog::SentStatement& next = script.statements[progress.done];
  const catalog::ParsedSql parsed = catalog::parse_sql(text_of(script, progress.done));
  const catalog::Change* change = parsed.steps.size() == 1 ? &parsed.steps.front().change : nullptr;
  if (next.rule.sending == Sending::alone && change != nullptr) {
    if (const auto* create = std::get_if<catalog::CreateIndex>(change); create && !create->index.name.empty()) {
      const std::string name = name_of({create->table.schema, create->index.name});
      const auto valid = validity(session, name);
      if (!valid) return fail(valid.error());
      if (*valid == "t") return progress.done + 1;
      if (*valid == "f") {
        if (auto dropped = session.execute("DROP INDEX CONCURRENTLY " + name); !dropped) return fail(dropped.error());
      }
      return progress.done;
    }
    if (const auto* drop = std::get_if<catalog::DropIndex>(change)) {
      const auto valid = validity(session, name_of(drop->index));
      if (!valid) return fail(valid.error());
      return progress.done + (valid->empty() ? 1 : 0);
    }
    if (std::ranges::find(kRepeatable, next.rule.command) != kRepeatable.end()) return progress.done;
  }
  // A failure that PostgreSQL reported: the statement took no effect, or what it did was rolled back.
  const bool cut_off = progress.message.empty();
  const bool by_itself = next.rule.sending != Sending::anywhere && next.rule.sending != Sending::in_block;
  if (!by_itself || (!cut_off && !may_leave_part(script, progress.done))) return progress.done;
  const migrate::ScriptPlace place = migrate::place_of(script.sql, next.range.begin);
  return fail(ErrorCode::conflict,
              fmt::format("It is not recorded whether the statement at line {} ({}) took effect; check the database, "
                          "run the rest by hand, then record it with: refract migrate resolve --applied NAME.",
                          place.line, next.rule.command));
}

}  // namespace refract::live
