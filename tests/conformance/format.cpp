#include <fmt/format.h>

#include "conformance/cases.h"
#include "features/formatting.h"

namespace refract::conformance {
namespace {

// The files of a case after each other, with a mark between that no file ends with.
std::string joined(const std::vector<schema::SourceFile>& files) {
  std::string text;
  for (const schema::SourceFile& file : files) text += fmt::format("{}\f", file.syntax->document().text());
  return text;
}

// One text, or one for each file.
std::string expected_of(const json::Value& one) {
  if (one["expect"].is_string()) return fmt::format("{}\f", one["expect"].string());
  std::string text;
  for (const json::Value& file : one["expect"].items()) text += fmt::format("{}\f", file.string());
  return text;
}

}  // namespace

Report run_format(const Options& options) {
  Report report;
  report.kind = "format";
  std::size_t unstable = 0;
  std::size_t prisma_unstable = 0;
  std::size_t own_answers = 0;
  const auto try_case = [&](const json::Value& one) {
    const std::string id(one["id"].string());
    if (id.find(options.only) == std::string::npos) return;
    // What is formatted once more is read again, as an editor does.
    const auto formatted = [&](std::vector<schema::SourceFile> sources, const features::FormattingOptions& options) {
      const auto snapshot = schema::Snapshot::build(std::move(sources), {.version = version_of(one)});
      std::vector<schema::SourceFile> answer;
      for (schema::FileId file = 0; file < snapshot->files().size(); ++file) {
        const auto& before = snapshot->files()[file];
        answer.push_back(
            {before.path, syntax::File::parse(text::Document(text::apply_edits(
                              before.syntax->document().text(), features::formatting(*snapshot, file, options))))});
      }
      return answer;
    };
    constexpr features::FormattingOptions kLikePrisma{.like_prisma = true};
    const std::string expected = expected_of(one);
    const auto sources = sources_of(one);
    const auto prisma = formatted(sources, kLikePrisma);
    const std::string actual = joined(prisma);
    const bool agrees = actual == expected;
    report.all.count(agrees);
    report.groups[fmt::format("prisma {}", one["prisma"].integer())].count(agrees);
    if (joined(formatted(prisma, kLikePrisma)) != actual) ++prisma_unstable;
    const auto own = formatted(sources, {});
    const auto once = joined(own);
    const auto twice = joined(formatted(own, {}));
    if (once != twice) {
      ++unstable;
      if (options.show) show_difference(id + " changes when it is formatted again", once, twice);
    }
    if (once != expected) {
      ++own_answers;
      if (options.show) show_difference(id + " is formatted in another way", expected, once);
    }
    if (!agrees) {
      report.differing.push_back(id);
      if (options.show) show_difference(id, expected, actual);
    }
  };
  for (const std::filesystem::path& file : case_files(options.folder / "format")) each_case(file, try_case);
  report.floors = {{"percent", report.all.percent()},
                   {"not-idempotent", static_cast<double>(unstable)},
                   {"not-idempotent-prisma", static_cast<double>(prisma_unstable)},
                   {"other-than-prisma", static_cast<double>(own_answers)}};
  return report;
}

}  // namespace refract::conformance
