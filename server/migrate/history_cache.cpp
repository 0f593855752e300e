#include "migrate/history_cache.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "migrate/checksum.h"
#include "migrate/files.h"
#include "migrate/sql_trouble.h"

namespace refract::migrate {
namespace {

// A file that changed so shortly before it was read may change again without its time telling.
constexpr auto kSettled = std::chrono::seconds(2);

// What tells a migration apart from others: its name is part of what its issues say.
std::string identity(const Migration& migration) {
  return migration.name + '/' + migration.checksum;
}

std::uint32_t column_of(std::string_view sql, std::size_t offset) {
  offset = std::min(offset, sql.size());
  const std::size_t line = offset == 0 ? std::string_view::npos : sql.rfind('\n', offset - 1);
  const std::string_view before = sql.substr(line == std::string_view::npos ? 0 : line + 1);
  const auto length = offset - (sql.size() - before.size());
  return static_cast<std::uint32_t>(std::ranges::count_if(
      before.substr(0, length), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void report_sql(const Migration& migration, const catalog::ParsedSql& parsed, std::vector<HistoryIssue>& issues) {
  for (const catalog::SqlError& error : parsed.errors) {
    const SqlTrouble trouble = explain(migration.sql, error);
    issues.push_back({migration.name, migration.sql_path, error.range, column_of(migration.sql, error.range.begin),
                      !trouble.newer, trouble.message, !trouble.newer});
  }
}

}  // namespace

struct HistoryCache::File {
  FileStamp stamp;
  bool settled = false;
  std::string text;
  std::string checksum;
};

// A catalog on the way, after the first `before.size()` migrations.
struct HistoryCache::Checkpoint {
  std::vector<std::string> before;  // identities
  catalog::Catalog catalog;
  catalog::ReplayState state;
  std::vector<HistoryIssue> issues;
  Provenance provenance;
};

HistoryCache::HistoryCache(bool lasting) : lasting_(lasting) {}
HistoryCache::~HistoryCache() = default;

Result<void> HistoryCache::read(Migration& migration) {
  const std::scoped_lock lock(mutex_);
  const auto stamp = stamp_of(migration.sql_path);
  if (!stamp) {
    files_.erase(migration.sql_path);
    return fail(
        ErrorCode::unreadable,
        fmt::format("{} holds no migration.sql; restore the file, or remove the folder if it was never applied.",
                    migration.sql_path.parent_path().string()));
  }
  const auto kept = files_.find(migration.sql_path);
  if (kept != files_.end() && kept->second.settled && kept->second.stamp == *stamp) {
    migration.sql = kept->second.text;
    migration.checksum = kept->second.checksum;
    return {};
  }
  const std::chrono::nanoseconds now = std::chrono::system_clock::now().time_since_epoch();
  auto sql = read_text(migration.sql_path);
  if (!sql) {
    files_.erase(migration.sql_path);
    return fail(sql.error());
  }
  migration.sql = std::move(*sql);
  migration.checksum = sha256_hex(migration.sql);
  if (lasting_) {
    const bool settled = stamp->changed + std::chrono::nanoseconds(kSettled).count() < now.count();
    files_[migration.sql_path] = {*stamp, settled, migration.sql, migration.checksum};
  }
  return {};
}

// The checkpoint that is furthest along the history's own way.
std::shared_ptr<const HistoryCache::Checkpoint> HistoryCache::start_for(const History& history) const {
  std::shared_ptr<const Checkpoint> best;
  for (const auto& checkpoint : checkpoints_) {
    const std::vector<std::string>& before = checkpoint->before;
    if (before.size() > history.migrations.size() || (best && best->before.size() >= before.size())) continue;
    if (std::ranges::equal(before, std::span(history.migrations).first(before.size()), {}, {}, identity))
      best = checkpoint;
  }
  return best;
}

void HistoryCache::replay(History& history) {
  const std::scoped_lock lock(mutex_);
  const std::vector<Migration>& migrations = history.migrations;
  // Without a checksum (made in memory) a text has no identity.
  const bool keep =
      lasting_ && std::ranges::none_of(migrations, [](const Migration& one) { return one.checksum.empty(); });
  const auto start = keep ? start_for(history) : nullptr;
  const std::size_t first = start ? start->before.size() : 0;

  std::vector<std::size_t> unparsed;
  std::vector<std::string_view> texts;
  std::vector<std::shared_ptr<const catalog::ParsedSql>> parsed(migrations.size());
  for (std::size_t at = first; at < migrations.size(); ++at) {
    const auto known = keep ? parsed_.find(migrations[at].checksum) : parsed_.end();
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

  history.catalog = start ? start->catalog : catalog::Catalog::empty();
  history.issues = start ? start->issues : std::vector<HistoryIssue>();
  history.provenance = start ? start->provenance : Provenance();
  catalog::Replay session(history.catalog, start ? start->state : catalog::ReplayState());

  std::vector<std::string> identities;
  if (keep) std::ranges::transform(migrations, std::back_inserter(identities), identity);
  // Where this folder and the last one part is where the next change is likely.
  const auto parting = std::ranges::mismatch(last_, identities).in1 - last_.begin();
  std::vector<std::shared_ptr<const Checkpoint>> checkpoints;
  if (start) checkpoints.push_back(start);
  const auto remember = [&](std::size_t at) {
    const bool worthwhile = at + 1 >= migrations.size() || at == static_cast<std::size_t>(parting);
    if (!keep || at == first || !worthwhile) return;
    if (const auto state = session.state()) {
      const auto end = identities.begin() + static_cast<std::ptrdiff_t>(at);
      checkpoints.push_back(std::make_shared<const Checkpoint>(
          Checkpoint{{identities.begin(), end}, history.catalog, *state, history.issues, history.provenance}));
    }
  };
  for (std::size_t at = first; at < migrations.size(); ++at) {
    remember(at);
    const Migration& migration = migrations[at];
    report_sql(migration, *parsed[at], history.issues);
    for (const catalog::Step& step : parsed[at]->steps) {
      history.provenance.record(static_cast<std::uint32_t>(at), step.change);
    }
    for (catalog::ReplayIssue& issue : session.run(parsed[at]->steps)) {
      const catalog::SqlRange range = parsed[at]->steps[issue.step].origin;
      history.issues.push_back({migration.name, migration.sql_path, range, column_of(migration.sql, range.begin),
                                issue.error, std::move(issue.message)});
    }
  }
  remember(migrations.size());
  session.finish();
  if (!keep) return;
  // The way before the parting stays known, so that edits in the middle start from there again.
  checkpoints_ = std::move(checkpoints);
  last_ = std::move(identities);
  for (const std::size_t at : unparsed) parsed_[migrations[at].checksum] = parsed[at];
  if (parsed_.size() > 2 * migrations.size() + 16) forget_unused(migrations);
}

// What no migration of the folder says any longer.
void HistoryCache::forget_unused(const std::vector<Migration>& migrations) {
  std::map<std::string, std::shared_ptr<const catalog::ParsedSql>> used;
  for (const Migration& migration : migrations) {
    if (auto node = parsed_.extract(migration.checksum); !node.empty()) used.insert(std::move(node));
  }
  parsed_ = std::move(used);
}

}  // namespace refract::migrate
