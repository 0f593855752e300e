// Times a server as its client sees it, beside Prisma's own. It measures and asserts nothing about time.
//   refract_bench PROGRAM [SCHEMA.prisma ...] [--lines N ...] [--repeat N] [--migrations FOLDER] [--without-prisma]
//                 [--lint CONFORMANCE [--oracle FOLDER]]
//   refract_bench PROGRAM --growth SIZE [--only SHAPE]

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bench/growth.h"
#include "bench/lint.h"
#include "bench/measure.h"
#include "bench/migrations.h"
#include "bench/places.h"
#include "bench/prisma_server.h"
#include "bench/repeat.h"
#include "bench/replays.h"
#include "support/temporary_folder.h"
#include "syntax/format.h"

namespace {

namespace fs = std::filesystem;
using refract::bench::Measured;
using refract::bench::PrismaServer;
using refract::bench::Samples;

struct Options {
  std::string program;
  std::vector<std::string> schemas;
  std::vector<std::size_t> lines;
  int repeat = 100;
  std::string migrations;
  std::string lint;
  std::string oracle;
  std::size_t grown = 0;
  int growth = 0;
  std::string only;
  bool only_migrations = false;
  bool without_prisma = false;
};

std::string cell(const Samples& samples) {
  if (samples.empty()) return "no answer";
  return fmt::format("{:.2f} / {:.2f}", samples.percentile(50), samples.percentile(99));
}

std::string ratio(double ours, double theirs) {
  return fmt::format("{:.0f}x", theirs / ours);
}

void print_row(const std::string& name, const std::string& ours, const std::string& theirs, const std::string& ratio) {
  fmt::print("{:<26} {:>20} {:>20} {:>8}\n", name, ours, theirs, ratio);
}

void print_row(const std::string& name, const Samples& ours, const Samples* theirs) {
  print_row(name, cell(ours), theirs != nullptr ? cell(*theirs) : "-",
            theirs != nullptr && !ours.empty() && !theirs->empty() ? ratio(ours.percentile(50), theirs->percentile(50))
                                                                   : "-");
}

void print_table(const Measured& ours, const std::optional<Measured>& theirs) {
  print_row("ms, p50 / p99", "Refract", "Prisma", "ratio");
  for (std::size_t at = 0; at < ours.rows.size(); ++at)
    print_row(ours.rows[at].name, ours.rows[at].samples, theirs ? &theirs->rows[at].samples : nullptr);
  print_row("start to initialized", ours.start, theirs ? &theirs->start : nullptr);
  print_row("peak memory, MB", fmt::format("{:.1f}", ours.peak_megabytes),
            theirs ? fmt::format("{:.1f}", theirs->peak_megabytes) : "-",
            theirs ? ratio(ours.peak_megabytes, theirs->peak_megabytes) : "-");
}

// `lines`: repeated under other names to at least so many; 0: as it is.
void bench_schema(const Options& options, const fs::path& schema, std::size_t lines,
                  const std::optional<PrismaServer>& prisma) {
  std::ifstream file(schema, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + schema.string());
  const std::string original = refract::bench::without_urls(std::string(std::istreambuf_iterator<char>(file), {}));
  // Other names make other columns: formatted again, so that formatting finds in the copies what it finds in the file.
  const refract::text::Document document(lines > 0 ? refract::syntax::format(refract::bench::repeated(original, lines))
                                                   : original);
  const auto places = refract::bench::find_places(document, original);
  if (!places) throw std::runtime_error(schema.string() + " has no scalar field, or no field whose type is a model");
  // A copy, because Prisma's server reads all that lies below the folder above the document.
  const refract::test::TemporaryFolder folder;
  folder.write("project/prisma/schema.prisma", document.text());
  const fs::path copy = folder / "project/prisma/schema.prisma";

  fmt::print("\n{}: {} lines, {} bytes; {} is referenced {} times; {} repetitions\n", schema.string(),
             std::ranges::count(document.text(), '\n'), document.size(), places->model, places->reference_count,
             options.repeat);
  std::fflush(stdout);
  const Measured ours = measure({options.program, "lsp", "--stdio"}, copy, *places, options.repeat);
  std::optional<Measured> theirs;
  if (prisma) theirs = measure(prisma->command, copy, *places, options.repeat);
  print_table(ours, theirs);
  std::fflush(stdout);
  refract::bench::measure_prefixes(std::string(document.text()), schema.filename().string());
}

void print_machine(const Options& options, const std::optional<PrismaServer>& prisma) {
  double load = 0;
  ::getloadavg(&load, 1);
  fmt::print("{} cores, load average {:.2f} (what else runs here slows both columns)\n",
             std::thread::hardware_concurrency(), load);
  fmt::print("Refract {}{}\n", refract::bench::output_of("'" + options.program + "' --version"),
             prisma ? "; " + prisma->version : "");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Times a language server for Prisma schemas, beside Prisma's own");
  app.add_option("PROGRAM", options.program, "the refract program")->required()->check(CLI::ExistingFile);
  app.add_option("SCHEMA", options.schemas, "schema files; the example project where none is named");
  app.add_option("--lines", options.lines, "also each schema repeated under other names to so many lines");
  app.add_option("--repeat", options.repeat, "how often each row is measured")->check(CLI::Range(1, 100000));
  app.add_option("--migrations", options.migrations, "also the next migration from this folder to each schema")
      ->check(CLI::ExistingDirectory);
  app.add_option("--lint", options.lint, "also the lint cases of this conformance data")->check(CLI::ExistingDirectory);
  app.add_option("--oracle", options.oracle, "beside Prisma's engines, which are installed here")
      ->check(CLI::ExistingDirectory);
  app.add_option("--grown", options.grown, "also with the folder's migrations repeated up to so many")
      ->check(CLI::Range(1, 100000));
  app.add_option("--growth", options.growth,
                 "nothing but how times grow from so many repetitions to four times as many")
      ->check(CLI::Range(1, 1000000));
  app.add_option("--only", options.only, "with --growth: the shapes whose name contains this");
  app.add_flag("--only-migrations", options.only_migrations, "nothing but migrations");
  app.add_flag("--without-prisma", options.without_prisma, "only our own server");
  CLI11_PARSE(app, argc, argv);
  if (options.schemas.empty()) options.schemas = {REFRACT_EXAMPLE_SCHEMA};

  try {
    if (options.growth > 0) {
      refract::bench::measure_growth(options.program, options.growth, options.only);
      return 0;
    }
    const bool alone = options.without_prisma || options.only_migrations;
    const auto prisma = alone ? std::nullopt : refract::bench::find_prisma_server();
    print_machine(options, prisma);
    if (!options.only_migrations) {
      for (const std::string& schema : options.schemas) {
        bench_schema(options, schema, 0, prisma);
        for (const std::size_t lines : options.lines) bench_schema(options, schema, lines, prisma);
      }
    }
    if (!options.lint.empty()) refract::bench::measure_lint(options.program, options.lint, options.oracle);
    if (options.migrations.empty()) return 0;
    bool passed = true;
    for (const std::string& schema : options.schemas)
      passed =
          refract::bench::measure_migrations(options.program, options.migrations, schema, options.repeat) && passed;
    passed = refract::bench::measure_replays(options.migrations, options.grown, options.repeat) && passed;
    return passed ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "refract_bench: {}\n", error.what());
    return 1;
  }
}
