#include "bench/migrations.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <optional>

#include "bench/samples.h"
#include "live/temporary_server.h"
#include "support/temporary_folder.h"
#include "support/wire_client.h"

namespace refract::bench {
namespace {

namespace fs = std::filesystem;
using test::Json;

constexpr int kMaxRuns = 30;
// What the engines are asked in one process, to tell their start from their answer.
constexpr int kAnswers = 4;

struct Run {
  double milliseconds = 0;  // from the start of the command until it closes its output
  std::string output;
};

// nullopt: its exit code was not 0.
std::optional<Run> run(const std::vector<std::string>& command) {
  const auto begin = Clock::now();
  test::Process process(command);
  process.close_input();
  Run run;
  std::array<char, 65536> buffer;
  for (ssize_t count = 0; (count = ::read(process.output(), buffer.data(), buffer.size())) > 0;)
    run.output.append(buffer.data(), static_cast<std::size_t>(count));
  run.milliseconds = milliseconds_since(begin);
  return process.wait() == 0 ? std::optional(std::move(run)) : std::nullopt;
}

int count_migrations(const fs::path& folder) {
  return static_cast<int>(std::ranges::count_if(fs::directory_iterator(folder), [](const fs::directory_entry& entry) {
    return fs::exists(entry.path() / "migration.sql");
  }));
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The value of `name` in libpq's key=value form.
std::string setting(const std::string& connection, const std::string& name) {
  const std::size_t at = connection.find(name + "=");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + name.size() + 1;
  std::string value = connection.substr(begin, connection.find(' ', begin) - begin);
  std::erase(value, '\'');
  return value;
}

void measure_oracle(const char* oracle, const fs::path& folder, const fs::path& schema) {
  const auto server = live::TemporaryServer::start();
  if (!server) {
    fmt::print("  skipped: no PostgreSQL for the reference engines ({})\n", server.error().message);
    return;
  }
  const std::string& connection = server->connection().secret();
  const std::string port = setting(connection, "port");
  ::setenv("PGHOST", setting(connection, "host").c_str(), 1);
  ::setenv("PGPORT", port.empty() ? "5432" : port.c_str(), 1);
  ::setenv("PGUSER", "postgres", 1);
  const test::TemporaryFolder work;
  const auto ask = [&](int prisma, int times) -> std::optional<double> {
    std::string jobs;
    for (int id = 1; id <= times; ++id) {
      const Json job = {{"id", id},
                        {"cmd", "history"},
                        {"prisma", prisma},
                        {"fixDatasource", true},
                        {"dir", fs::absolute(folder).string()},
                        {"schema", read(schema)}};
      jobs += job.dump() + "\n";
    }
    work.write("jobs.jsonl", jobs);
    const auto answers = run({"node", (fs::path(oracle) / "oracle.mjs").string(), "batch", work / "jobs.jsonl"});
    // A job that failed has an "error" in place of its "result".
    if (!answers || answers->output.find("\"result\":") == std::string::npos) {
      fmt::print("  Prisma {} cannot be asked: {:.300}\n", prisma, answers ? answers->output : "no answer");
      return std::nullopt;
    }
    return answers->milliseconds;
  };
  // A schema of Prisma 6 may name preview features that 7 does not know.
  int prisma = 7;
  auto one = ask(prisma, 1);
  if (!one) one = ask(prisma = 6, 1);
  const auto several = one ? ask(prisma, kAnswers) : std::nullopt;
  if (!several) return;
  fmt::print("  Prisma's engine, shadow database on this machine, fsync off: {:.0f} ms, process start included\n",
             *one);
  fmt::print("  Prisma's engine, each further answer of the process:          {:.0f} ms\n",
             (*several - *one) / (kAnswers - 1));
}

}  // namespace

bool measure_migrations(const std::string& program, const fs::path& folder, const fs::path& schema, int repeat) {
  fmt::print("\nThe next migration from {} migrations in {} to {}\n", count_migrations(folder), folder.string(),
             schema.string());
  Samples ours;
  for (int round = 0; round < std::min(repeat, kMaxRuns); ++round) {
    const auto diff = run({program, "migrate", "diff", "--from", folder.string(), "--to", schema.string()});
    if (!diff) {
      fmt::print("  refract migrate diff failed\n");
      return false;
    }
    ours.add(diff->milliseconds);
  }
  fmt::print("  refract migrate diff, no database: {:.1f} ms p50, {:.1f} ms at most, process start included\n",
             ours.percentile(50), ours.percentile(100));
  if (const char* oracle = std::getenv("REFRACT_ORACLE");
      oracle != nullptr && fs::exists(fs::path(oracle) / "oracle.mjs"))
    measure_oracle(oracle, folder, schema);
  else
    fmt::print("  skipped: REFRACT_ORACLE names no folder with oracle.mjs, so Prisma's engine is not measured\n");
  return true;
}

}  // namespace refract::bench
