#include "bench/growth.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "bench/growth_shapes.h"
#include "bench/samples.h"
#include "support/temporary_folder.h"
#include "support/wire_client.h"
#include "text/encoding.h"

namespace refract::bench {
namespace {

using test::Json;

constexpr int kFactor = 4;
constexpr double kMost = 6;  // what a ratio should not be above
// Less at four times the size is the program's start and noise: no ratio.
constexpr double kLeastMilliseconds = 60;
constexpr std::chrono::seconds kLimit{60};

constexpr std::string_view kSchema =
    "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel A {\n  id Int @id\n  s String?\n}\n\nenum E {\n  X\n}\n";

// Milliseconds; nullopt: it did not end in time, or crashed.
using Time = std::optional<double>;

// Of processor time, so that what else runs here does not count.
Time run(const std::vector<std::string>& arguments) {
  const auto used = [] {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto milliseconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
  };
  std::vector<std::string> command = {"/bin/sh", "-c", "exec \"$0\" \"$@\" >/dev/null 2>&1"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const double before = used();
  test::Process process(command);
  process.close_input();
  const auto exit_code = process.wait(kLimit);
  if (!exit_code || *exit_code > 128) return std::nullopt;
  return used() - before;
}

// A server with one document open. It is asked for diagnostics after an edit, so that it computes them.
class Server {
 public:
  Server(const std::string& program, const std::filesystem::path& file, const std::string& text, bool sql)
      : uri_("file://" + file.string()),
        text_(text),
        process_({program, "lsp", "--stdio"}),
        client_(process_.input(), process_.output()) {
    client_.initialize({{"processId", nullptr},
                        {"rootUri", nullptr},
                        {"capabilities", {{"textDocument", {{"diagnostic", Json::object()}}}}}});
    client_.notify(
        "textDocument/didOpen",
        {{"textDocument", {{"uri", uri_}, {"languageId", sql ? "sql" : "prisma"}, {"version", 1}, {"text", text_}}}});
    opened_ = !diagnostics().is_null();
  }

  // A letter typed at the end and taken back; each is followed by a question for the diagnostics.
  Time keystroke() {
    return best([&] {
      const auto begin = Clock::now();
      edit("x");
      return diagnostics().is_null() ? Time() : milliseconds_since(begin);
    });
  }
  Time completion() {
    return best([&] {
      const auto begin = Clock::now();
      const Json answer =
          client_.call("textDocument/completion", {{"textDocument", {{"uri", uri_}}}, {"position", end()}});
      return answer.is_null() ? Time() : milliseconds_since(begin);
    });
  }

 private:
  template <class Once>
  Time best(Once once) {
    Time found;
    for (int round = 0; opened_ && round < 3; ++round) {
      const Time time = once();
      if (!time) return time;
      found = std::min(found.value_or(*time), *time);
    }
    return found;
  }
  Json end() const {
    const auto lines = std::ranges::count(text_, '\n');
    return {{"line", lines}, {"character", 0}};
  }
  void edit(const char* text) {
    client_.notify(
        "textDocument/didChange",
        {{"textDocument", {{"uri", uri_}, {"version", ++version_}}},
         {"contentChanges", Json::array({{{"range", {{"start", end()}, {"end", end()}}}, {"text", text}}})}});
  }
  Json diagnostics() { return client_.call("textDocument/diagnostic", {{"textDocument", {{"uri", uri_}}}}); }

  std::string uri_;
  std::string text_;
  test::Process process_;
  test::WireClient client_;
  bool opened_ = false;
  int version_ = 1;
};

struct Measured {
  const char* name;
  Time time;
};

std::vector<Measured> measure(const std::string& program, const Shape& shape, int count) {
  const test::TemporaryFolder folder;
  const std::string text = shape.text(count);
  const char* const migration = "migrations/1_a/migration.sql";
  folder.write("schema.prisma", shape.sql ? kSchema : text);
  folder.write("migrations/migration_lock.toml", "provider = \"postgresql\"\n");
  if (shape.sql) folder.write(migration, text);
  const std::string schema = (folder / "schema.prisma").string(), migrations = (folder / "migrations").string();
  std::vector<Measured> found;
  const bool sql = shape.sql;
  if (!sql) found.push_back({"check", run({program, "check", schema})});
  if (!sql) found.push_back({"format", run({program, "format", "--check", schema})});
  if (!text::find_invalid_utf8(text)) {  // a message is UTF-8
    Server server(program, folder / (sql ? migration : "schema.prisma"), text, sql);
    found.push_back({"keystroke", server.keystroke()});
    if (!sql) found.push_back({"completion", server.completion()});
  }
  found.push_back({"diff", run({program, "migrate", "diff", "--from", migrations, "--to", schema})});
  std::vector<std::string> lint = {program, "migrate", "lint", "--schema", schema};
  if (sql) lint.emplace_back("--all");
  found.push_back({"lint", run(lint)});
  return found;
}

}  // namespace

void measure_growth(const std::string& program, int size, const std::string& only) {
  int above = 0;
  fmt::print("{:<40} ms at {} and {}, and the ratio\n", "", size, kFactor * size);
  for (const Shape& shape : growth_shapes()) {
    const std::string name = (shape.sql ? "SQL: " : "") + shape.name;
    if (!name.contains(only)) continue;
    const auto small = measure(program, shape, size);
    const auto large = measure(program, shape, kFactor * size);
    std::string row = fmt::format("{:<40}", name);
    bool high = false;
    for (std::size_t at = 0; at < small.size(); ++at) {
      const Time& before = small[at].time;
      const Time& after = large[at].time;
      if (!before || !after) {
        row += fmt::format(" {}: no answer in {} s;", small[at].name, kLimit.count());
        high = true;
        continue;
      }
      row += fmt::format(" {}: {:.0f} {:.0f}", small[at].name, *before, *after);
      if (*after >= kLeastMilliseconds) {
        const double ratio = *after / *before;
        row += fmt::format(" {:.1f}", ratio);
        high = high || ratio > kMost;
      }
      row += ';';
    }
    above += high ? 1 : 0;
    fmt::print("{}{}\n", row, high ? "  <<<" : "");
    std::fflush(stdout);
  }
  fmt::print("{} shapes have a ratio above {}\n", above, kMost);
}

}  // namespace refract::bench
