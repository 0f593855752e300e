#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/sql.h"
#include "migrate/history.h"

namespace refract::migrate {

// What reading and replaying a folder gave, kept for the next time, so that a migration that was added or edited costs
// itself only: files by size and time of change, their steps by content, and the catalog before the places where
// folders change. Safe to use from several threads.
class HistoryCache {
 public:
  explicit HistoryCache(bool lasting = true);  // false: for one use, nothing is kept
  HistoryCache(const HistoryCache&) = delete;
  HistoryCache& operator=(const HistoryCache&) = delete;
  ~HistoryCache();

  // Fills in the SQL and the hash of a migration whose path is known. Errors: unreadable.
  Result<void> read(Migration& migration);

  // Fills in catalog and issues.
  void replay(History& history);

 private:
  struct File;
  struct Checkpoint;

  std::shared_ptr<const Checkpoint> start_for(const std::vector<std::uint64_t>& identities) const;
  void forget_unused(const std::vector<Migration>& migrations);

  const bool lasting_;
  std::mutex mutex_;
  std::unordered_map<std::string, File> files_;                                          // by path
  std::unordered_map<std::uint64_t, std::shared_ptr<const catalog::ParsedSql>> parsed_;  // by hash
  std::vector<std::shared_ptr<const Checkpoint>> checkpoints_;
  std::shared_ptr<const std::vector<std::uint64_t>> last_;  // the hashes of the folder replayed last
};

}  // namespace refract::migrate
