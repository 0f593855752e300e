#include "bench/replays.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "bench/samples.h"
#include "migrate/history/history_cache.h"
#include "support/temporary_folder.h"

namespace refract::bench {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

constexpr int kMaxRuns = 30;

// The migrations again and again, each time in a schema of its own and under other names.
void repeat_migrations(const std::vector<migrate::Migration>& migrations, std::size_t count,
                       const TemporaryFolder& into) {
  std::size_t written = 0;
  for (int round = 0; written < count; ++round) {
    const std::string prefix = fmt::format("{:02}", round);
    into.write(prefix + "_begin/migration.sql",
               fmt::format("CREATE SCHEMA IF NOT EXISTS r{0};\nSET search_path = r{0}, public;\n", round));
    ++written;
    for (const migrate::Migration& migration : migrations) {
      if (written++ >= count) break;
      into.write(prefix + "_" + migration.name + "/migration.sql", migration.sql);
    }
  }
}

void print(const char* what, const Samples& samples) {
  fmt::print("  {:<44} {:>8.2f} ms p50, {:>8.2f} ms at most\n", what, samples.percentile(50), samples.percentile(100));
}

// Each run is preceded by `change`, which is not measured.
bool measure(const char* what, int repeat, const std::function<void(int)>& change, const std::function<bool()>& load) {
  Samples samples;
  for (int round = 0; round < std::min(repeat, kMaxRuns); ++round) {
    change(round);
    const auto begin = Clock::now();
    if (!load()) return false;
    samples.add(milliseconds_since(begin));
  }
  print(what, samples);
  return true;
}

bool measure_folder(const TemporaryFolder& folder, std::size_t count, int repeat) {
  std::size_t issues = 0;
  const auto cold = [&] {
    const auto history = migrate::load_history(folder.path());
    if (history) issues = history->issues.size();
    return history.has_value();
  };
  migrate::HistoryCache cache;
  const auto warm = [&] { return migrate::load_history(folder.path(), &cache).has_value(); };
  const auto nothing = [](int) {};
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder.path())) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  // As in a project: written long ago. A file's time only counts once it lies in the past.
  for (const std::string& name : names)
    fs::last_write_time(folder / (name + "/migration.sql"), fs::file_time_type::clock::now() - std::chrono::hours(1));
  const auto edit = [&](const std::string& name) {
    return [&folder, name, before = folder.read(name + "/migration.sql")](int round) {
      folder.write(name + "/migration.sql", fmt::format("{}\nCREATE TABLE edited_{} (id INT);\n", before, round));
    };
  };
  fmt::print("\nReading and replaying {} migrations, no process start\n", count);
  if (!measure("without a cache", repeat, nothing, cold) || !warm()) return false;
  if (!measure("nothing changed", repeat, nothing, warm)) return false;
  if (!measure("the last one edited", repeat, edit(names.back()), warm)) return false;
  if (!measure("one in the middle edited", repeat, edit(names[names.size() / 2]), warm)) return false;
  const auto add = [&](int round) {
    folder.write(fmt::format("zz_{:03}/migration.sql", round), fmt::format("CREATE TABLE added_{} (id INT);\n", round));
  };
  if (!measure("one added", repeat, add, warm)) return false;
  if (issues > 0) fmt::print("  ({} statements are refused or opaque)\n", issues);
  return true;
}

}  // namespace

bool measure_replays(const fs::path& folder, std::size_t grown, int repeat) {
  const auto history = migrate::load_history(folder);
  if (!history) {
    fmt::print("{}\n", history.error().message);
    return false;
  }
  for (const std::size_t count : {history->migrations.size(), grown}) {
    if (count == 0) continue;
    const TemporaryFolder copy;
    if (count == history->migrations.size()) {
      for (const migrate::Migration& migration : history->migrations)
        copy.write(migration.name + "/migration.sql", migration.sql);
    } else {
      repeat_migrations(history->migrations, count, copy);
    }
    if (!measure_folder(copy, count, repeat)) return false;
  }
  return true;
}

}  // namespace refract::bench
