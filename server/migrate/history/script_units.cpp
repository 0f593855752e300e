#include "migrate/history/script_units.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "catalog/parse/name_uses.h"
#include "catalog/parse/sql.h"

namespace refract::migrate {
namespace {

using catalog::Sending;
using catalog::SentStatement;
using enum Sending;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Whether a block is open after a statement.
bool open_after(const SentStatement& statement, bool open) {
  switch (statement.rule.sending) {
    case begins:
      return true;
    case ends:
      return false;
    default:
      return open;
  }
}

// Divides a script of which some statement refuses a transaction block: each of these is a separate unit, each block
// of the script's own is one, and what lies between shares one.
std::vector<ScriptUnit> divided(std::span<const SentStatement> statements, std::size_t first) {
  std::vector<ScriptUnit> units;
  bool open = false;
  for (std::size_t at = first; at < statements.size(); ++at) {
    const Sending sending = statements[at].rule.sending;
    const bool was_open = open;
    open = open_after(statements[at], open);
    if (was_open) {
      ++units.back().count;
    } else if (sending == alone) {
      units.push_back({UnitKind::alone, at, 1});
    } else if (sending == begins || sending == ends || sending == continues) {
      units.push_back({UnitKind::as_written, at, 1});
    } else if (!units.empty() && units.back().kind == UnitKind::transaction) {
      ++units.back().count;
    } else {
      units.push_back({UnitKind::transaction, at, 1});
    }
  }
  return units;
}

// Whether no transaction of ours is around the statements: some begin or end one, and none has to run alone.
bool sent_as_written(std::span<const SentStatement> statements) {
  bool open = false, controls = false;
  for (const SentStatement& statement : statements) {
    const Sending sending = statement.rule.sending;
    if (sending == alone && !open) return false;
    controls = controls || sending == begins || sending == ends || sending == continues;
    open = open_after(statement, open);
  }
  return controls;
}

}  // namespace

bool Script::one_transaction() const {
  return statements.empty() ||
         (units.size() == 1 && units.front().kind == UnitKind::transaction && units.front().count == statements.size());
}

Script::Sent Script::sent(const ScriptUnit& unit) const {
  if (unit.count == statements.size()) {
    const std::size_t mark = sql.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    return {sql.substr(mark), mark};
  }
  const std::size_t begin = statements[unit.first].range.begin;
  return {sql.substr(begin, statements[unit.first + unit.count - 1].range.end - begin), begin};
}

std::size_t Script::committed(const ScriptUnit& unit, std::size_t failed) const {
  std::size_t done = 0;
  bool open = false;  // a transaction that changes may be in, implicit or not
  for (std::size_t at = 0; at < std::min(failed, unit.count); ++at) {
    const auto& [sending, command] = statements[unit.first + at].rule;
    const bool finishes = sending == ends || sending == continues;
    // After ROLLBACK the next COMMIT ends a transaction in which nothing was done.
    if (finishes && open && command != "ROLLBACK") done = at + 1;
    open = !finishes;
  }
  return done;
}

std::vector<std::size_t> Script::taken_back(std::size_t done) const {
  std::vector<std::size_t> undone;
  std::size_t begin = 0;  // of the transaction
  std::vector<std::pair<std::string, std::size_t>> savepoints;
  const auto take_back = [&](std::size_t first, std::size_t end) {
    for (std::size_t at = first; at < end; ++at) {
      if (statements[at].rule.sending != begins && std::ranges::find(undone, at) == undone.end()) undone.push_back(at);
    }
  };
  for (std::size_t at = 0; at < std::min(done, statements.size()); ++at) {
    const auto& [sending, command] = statements[at].rule;
    if (sending == alone) begin = at + 1;
    if (sending == begins || sending == ends || sending == continues) {
      // BEGIN within a transaction that is open without it takes its statements in.
      if (command == "ROLLBACK") take_back(begin, at);
      if (sending != begins) begin = at + 1;
      if (sending != begins) savepoints.clear();
    } else if (command == "SAVEPOINT") {
      savepoints.emplace_back(savepoint_of(at), at + 1);
    } else if (command == "ROLLBACK TO SAVEPOINT") {
      const auto found = std::ranges::find(savepoints.rbegin(), savepoints.rend(), savepoint_of(at),
                                           &std::pair<std::string, std::size_t>::first);
      if (found != savepoints.rend()) take_back(found->second, at);
    }
  }
  std::ranges::sort(undone);
  return undone;
}

std::string Script::savepoint_of(std::size_t at) const {
  const catalog::SqlRange& range = statements[at].range;
  const std::vector<catalog::NameUse> uses = catalog::name_uses(sql.substr(range.begin, range.end - range.begin));
  return uses.empty() ? std::string() : uses.back().name;
}

Script read_script(std::string_view sql, std::size_t first) {
  Script script;
  script.sql = sql;
  catalog::ParsedSql parsed = catalog::parse_sql(sql);
  if (!parsed.errors.empty()) parsed = catalog::parse_leniently(sql);
  script.statements = std::move(parsed.statements);
  const std::size_t count = script.statements.size();
  if (first >= count) return script;

  const std::span<const SentStatement> rest = std::span(script.statements).subspan(first);
  bool open = false;
  bool refuses = false;
  for (const SentStatement& statement : rest) {
    refuses = refuses || (statement.rule.sending == alone && !open);
    open = open_after(statement, open);
  }
  script.closed = !open;
  if (refuses) {
    script.units = divided(script.statements, first);
  } else {
    const bool procedure_alone = count - first == 1 && (script.statements.back().rule.sending == procedure ||
                                                        script.statements.back().rule.sending == never);
    script.units.push_back({sent_as_written(rest) || procedure_alone ? UnitKind::as_written : UnitKind::transaction,
                            first, count - first});
  }
  return script;
}

std::vector<ScriptProblem> script_problems(std::span<const SentStatement> statements) {
  std::vector<ScriptProblem> problems;
  std::optional<catalog::SqlRange> open;  // the statement that opened the block
  const bool own_blocks = sent_as_written(statements);
  for (const SentStatement& statement : statements) {
    const auto& [sending, command] = statement.rule;
    if (sending == from_client) {
      problems.push_back({statement.range,
                          "COPY FROM STDIN reads rows that a migration cannot contain; write INSERT, or load the rows "
                          "with psql"});
    } else if (sending == never) {
      problems.push_back({statement.range, fmt::format("{} cannot be executed from a DO block; write it as a "
                                                       "separate statement",
                                                       command)});
    } else if (sending == alone && open) {
      problems.push_back(
          {statement.range, fmt::format("{} cannot run inside a transaction block; end the one that begins at line {} "
                                        "before it",
                                        command, open->line + 1)});
    } else if (sending == continues && !open) {
      problems.push_back(
          {statement.range, fmt::format("{} AND CHAIN can only be used in transaction blocks", command)});
    }
    if (sending == in_block && own_blocks && !open) {
      problems.push_back({statement.range,
                          fmt::format("{} can only be used in transaction blocks, and this script begins and ends its "
                                      "own; put it between BEGIN and COMMIT",
                                      command)});
    }
    if (sending == begins && !open) open = statement.range;
    if (sending == ends) open.reset();
  }
  if (open) problems.push_back({*open, "this transaction is begun and never ended; add COMMIT"});
  return problems;
}

std::size_t column_of(std::string_view sql, std::size_t offset) {
  const std::string_view before = sql.substr(0, std::min(offset, sql.size()));
  const std::size_t line_end = before.rfind('\n');
  const std::string_view line = before.substr(line_end == std::string_view::npos ? 0 : line_end + 1);
  const auto continuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  const std::size_t column = 1 + line.size() - static_cast<std::size_t>(std::ranges::count_if(line, continuation));
  const bool after_mark = line_end == std::string_view::npos && sql.starts_with(kByteOrderMark) && column > 1;
  return after_mark ? column - 1 : column;
}

ScriptPlace place_of(std::string_view sql, std::size_t offset) {
  const std::string_view before = sql.substr(0, std::min(offset, sql.size()));
  return {.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n')), .column = column_of(sql, offset)};
}

}  // namespace refract::migrate
