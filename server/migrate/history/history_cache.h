#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/parse/sql.h"
#include "migrate/history/history.h"

namespace refract::migrate {

// What reading and replaying a folder gave, kept for the next time, so that a migration that was added or edited costs
// itself only: files by size and time of change, their steps by name and text, and the catalog before the places where
// folders change. A hash finds a text; that it is the same is decided by the text. Safe to use from several threads.
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
  // What distinguishes a migration from others: its name is part of the messages of its issues.
  struct Identity {
    std::uint64_t hash = 0;
    std::string name;
    SharedText sql;

    bool operator==(const Identity&) const = default;
  };
  struct HashIdentity {
    std::size_t operator()(const Identity& identity) const { return identity.hash; }
  };
  using Parsed = std::unordered_map<Identity, std::shared_ptr<const catalog::ParsedSql>, HashIdentity>;

  std::shared_ptr<const Checkpoint> start_for(const std::vector<Identity>& identities) const;
  void forget_unused(const std::vector<Identity>& identities);

  const bool lasting_;
  std::mutex mutex_;
  std::unordered_map<std::string, File> files_;  // by path
  Parsed parsed_;
  std::vector<std::shared_ptr<const Checkpoint>> checkpoints_;
  HistoryBase base_;                                   // of the checkpoints
  std::shared_ptr<const std::vector<Identity>> last_;  // the folder replayed last
};

}  // namespace refract::migrate
