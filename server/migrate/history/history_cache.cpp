#include "migrate/history/history_cache.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <span>

#include <fmt/format.h>

#include "migrate/history/files.h"
#include "migrate/history/script_units.h"
#include "migrate/history/sql_problem.h"
#include "platform/file.h"

namespace refract::migrate {
namespace {

// A file that changed so shortly before it was read may change again in the same tick of the file system's clock, and
// then keep its stamp. Such a file is read again the next time (git calls it racily clean). The time decides only
// whether a file is read or its kept text used, never what the text means; where the clocks of two machines differ, a
// file is read too often, or, if the file server's is more than two seconds behind, as git would read it.
constexpr auto kUnchangedFor = std::chrono::seconds(2);

// Not the checksum: SHA-256 would take a tenth of the time of a first look at a folder.
std::uint64_t hash_of(const Migration& migration) {
  const std::hash<std::string_view> hash;
  const std::uint64_t both = hash(migration.sql) * 0x9E3779B97F4A7C15U + hash(migration.name);
  return both == 0 ? 1 : both;
}

std::uint32_t column_from_zero(std::string_view sql, std::size_t offset) {
  return static_cast<std::uint32_t>(column_of(sql, offset) - 1);
}

void report_sql(const Migration& migration, const catalog::ParsedSql& parsed, std::vector<HistoryIssue>& issues) {
  for (const catalog::SqlError& error : parsed.errors) {
    const SqlProblem explanation = describe_problem(migration.sql, error);
    issues.push_back({migration.name, migration.sql_path, error.range,
                      column_from_zero(migration.sql, error.range.begin), !explanation.newer, explanation.message,
                      !explanation.newer, explanation.newer});
  }
  for (ScriptProblem& problem : script_problems(parsed.statements)) {
    issues.push_back({.migration = migration.name,
                      .path = migration.sql_path,
                      .range = problem.range,
                      .column = column_from_zero(migration.sql, problem.range.begin),
                      .error = true,
                      .message = std::move(problem.message),
                      .sending = true});
  }
}

}  // namespace

struct HistoryCache::File {
  platform::FileStamp stamp;
  bool unchanging = false;
  SharedText text;
  std::uint64_t hash = 0;  // see Migration
};

// Where a folder's replay was after its first `count` migrations, in the midst of the session.
struct HistoryCache::Checkpoint {
  std::shared_ptr<const std::vector<Identity>> identities;  // of the whole folder
  std::size_t count = 0;
  std::shared_ptr<const catalog::Catalog> catalog;  // nullptr: no session can go on from here
  catalog::ReplayState state;
  std::vector<HistoryIssue> issues;
  std::shared_ptr<const Provenance> provenance;
  std::shared_ptr<const catalog::Catalog> finished;  // where the session ended here: without its temporary tables

  std::span<const Identity> before() const { return std::span(*identities).first(count); }
};

HistoryCache::HistoryCache(bool lasting) : lasting_(lasting), last_(std::make_shared<const std::vector<Identity>>()) {}
HistoryCache::~HistoryCache() = default;

Result<void> HistoryCache::read(Migration& migration) {
  const std::scoped_lock lock(mutex_);
  const std::string& path = migration.sql_path;
  const auto stamp = platform::stamp_of(path);
  if (!stamp) {
    files_.erase(path);
    return fail(ErrorCode::unreadable,
                fmt::format("{} has no migration.sql; restore the file, or remove the folder if it was never applied.",
                            std::filesystem::path(path).parent_path().string()));
  }
  const auto kept = files_.find(path);
  if (kept != files_.end() && kept->second.unchanging && kept->second.stamp == *stamp) {
    migration.sql = kept->second.text;
    migration.hash = kept->second.hash;
    return {};
  }
  const std::chrono::nanoseconds now = std::chrono::system_clock::now().time_since_epoch();
  auto sql = read_text(path);
  if (!sql) {
    files_.erase(path);
    return fail(sql.error());
  }
  migration.sql = std::move(*sql);
  migration.hash = hash_of(migration);
  if (lasting_) {
    const bool unchanging = stamp->changed + std::chrono::nanoseconds(kUnchangedFor).count() < now.count();
    files_[path] = {*stamp, unchanging, migration.sql, migration.hash};
  }
  return {};
}

// The checkpoint that is furthest along the history's own way.
std::shared_ptr<const HistoryCache::Checkpoint> HistoryCache::start_for(const std::vector<Identity>& identities) const {
  std::shared_ptr<const Checkpoint> best;
  for (const auto& checkpoint : checkpoints_) {
    if (checkpoint->count > identities.size() || (!checkpoint->catalog && checkpoint->count < identities.size()))
      continue;
    if (best && best->count >= checkpoint->count) continue;
    if (std::ranges::equal(checkpoint->before(), std::span(identities).first(checkpoint->count))) best = checkpoint;
  }
  return best;
}

void HistoryCache::replay(History& history) {
  const std::scoped_lock lock(mutex_);
  const std::vector<Migration>& migrations = history.migrations;
  if (history.base != base_) checkpoints_.clear();
  base_ = history.base;
  const bool keep = lasting_ && std::ranges::none_of(migrations, [](const Migration& one) { return one.hash == 0; });
  auto identities = std::make_shared<std::vector<Identity>>();
  if (keep) {
    identities->reserve(migrations.size());
    for (const Migration& one : migrations) identities->push_back({one.hash, one.name, one.sql});
  }
  const auto start = keep ? start_for(*identities) : nullptr;
  const std::size_t first = start ? start->count : 0;

  if (start && first == migrations.size() && start->finished) {
    history.catalog = start->finished;
    history.provenance = start->provenance;
    history.issues = start->issues;
    last_ = std::move(identities);
    return;
  }

  std::vector<std::size_t> unparsed;
  std::vector<std::string_view> texts;
  std::vector<std::shared_ptr<const catalog::ParsedSql>> parsed(migrations.size());
  for (std::size_t at = first; at < migrations.size(); ++at) {
    const auto known = keep ? parsed_.find((*identities)[at]) : parsed_.end();
    if (known != parsed_.end()) {
      parsed[at] = known->second;
      continue;
    }
    unparsed.push_back(at);
    texts.push_back(migrations[at].sql);
  }
  std::vector<catalog::ParsedSql> fresh = catalog::parse_many(texts);
  for (std::size_t i = 0; i < unparsed.size(); ++i) {
    if (!fresh[i].errors.empty()) fresh[i] = catalog::parse_leniently(texts[i]);
    parsed[unparsed[i]] = std::make_shared<const catalog::ParsedSql>(std::move(fresh[i]));
  }

  auto made = std::make_shared<catalog::Catalog>(start ? *start->catalog : *history.before);
  auto traces = std::make_shared<Provenance>(start ? *start->provenance : Provenance());
  history.issues = start ? start->issues : std::vector<HistoryIssue>();
  catalog::Replay session(*made, start ? start->state : catalog::ReplayState());

  std::vector<std::shared_ptr<const Checkpoint>> checkpoints;
  if (start && first != migrations.size()) checkpoints.push_back(start);
  const auto remember = [&](std::size_t count, std::shared_ptr<const catalog::Catalog> catalog,
                            std::shared_ptr<const Provenance> provenance,
                            std::shared_ptr<const catalog::Catalog> finished) {
    if (const auto state = session.state()) {
      checkpoints.push_back(std::make_shared<const Checkpoint>(Checkpoint{
          identities, count, std::move(catalog), *state, history.issues, std::move(provenance), std::move(finished)}));
    }
  };
  // Where this folder and the last one part is where the next change is likely.
  const std::ptrdiff_t parting = std::ranges::mismatch(*last_, *identities).in1 - last_->begin();
  for (std::size_t at = first; at < migrations.size(); ++at) {
    if (keep && at != first && at == static_cast<std::size_t>(parting)) {
      remember(at, std::make_shared<const catalog::Catalog>(*made), std::make_shared<const Provenance>(*traces),
               nullptr);
    }
    const Migration& migration = migrations[at];
    report_sql(migration, *parsed[at], history.issues);
    for (const catalog::Step& step : parsed[at]->steps) {
      traces->record(static_cast<std::uint32_t>(at), step.change, base_.own_schema);
    }
    for (catalog::ReplayIssue& issue : session.run(parsed[at]->steps)) {
      const catalog::SqlRange range = parsed[at]->steps[issue.step].origin;
      history.issues.push_back({migration.name, migration.sql_path, range, column_from_zero(migration.sql, range.begin),
                                issue.error, std::move(issue.message)});
    }
  }
  if (keep) {
    // Shared with the answer, unless the end of the session changes that. While the last migration alone is edited,
    // a copy is not worth its time.
    std::shared_ptr<const catalog::Catalog> unfinished = made;
    if (session.has_temporary_tables()) {
      const bool last_alone = first + 1 == migrations.size();
      unfinished = last_alone ? nullptr : std::make_shared<const catalog::Catalog>(*made);
    }
    remember(migrations.size(), std::move(unfinished), traces, made);
  }
  session.finish();
  history.catalog = std::move(made);
  history.provenance = std::move(traces);
  if (!keep) return;
  // The way before the parting stays known, so that edits in the middle start from there again.
  checkpoints_ = std::move(checkpoints);
  for (const std::size_t at : unparsed) parsed_[(*identities)[at]] = parsed[at];
  if (parsed_.size() > 2 * migrations.size() + 16) forget_unused(*identities);
  last_ = std::move(identities);
}

// Entries that no migration of the folder uses any more.
void HistoryCache::forget_unused(const std::vector<Identity>& identities) {
  Parsed used;
  for (const Identity& identity : identities) {
    if (auto node = parsed_.extract(identity); !node.empty()) used.insert(std::move(node));
  }
  parsed_ = std::move(used);
}

}  // namespace refract::migrate
