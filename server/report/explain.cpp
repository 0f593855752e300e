#include "report/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "migrate/hazards/hazard_texts.h"
#include "migrate/hazards/hazards.h"
#include "report/colours.h"
#include "report/migrations.h"
#include "report/painted.h"
#include "validation/codes/codes.h"

namespace refract::report {
namespace {

using validation::CodeInfo;
using validation::Example;

// The explanation of a code. In Markdown the titles become headings and the samples code blocks.
struct Sample {
  std::string title;
  std::string_view language;
  std::string_view text;
};

struct Page {
  std::string_view code;
  std::string title;
  std::vector<std::string> paragraphs;
  std::vector<Sample> samples;
};

// The provider and Prisma version to which the sample applies, if not all.
std::string where_of(const Example& example) {
  std::string where;
  if (example.provider != schema::Provider::postgresql) {
    where += fmt::format(" on {}", schema::to_string(example.provider));
  }
  if (example.version != schema::PrismaVersion::v7) {
    where += fmt::format(" with Prisma {}", static_cast<int>(example.version));
  }
  return where;
}

Page page_of(const CodeInfo& info) {
  Page page{info.code, std::string(info.title), {std::string(info.explanation)}, {}};
  page.samples.push_back({fmt::format("Wrong{}", where_of(info.example)), "prisma", info.example.wrong});
  page.samples.push_back({"Right", "prisma", info.example.right});
  return page;
}

Page page_of(const migrate::HazardSpec& spec) {
  Page page{spec.code, fmt::format("{} (migration hazard, {})", spec.title, level_name(spec.level)), {}, {}};
  const migrate::HazardText& text = migrate::hazard_text(spec.kind);
  page.paragraphs.emplace_back(text.explanation);
  if (!spec.safer_way.empty()) page.paragraphs.emplace_back(spec.safer_way);
  page.samples.push_back({"Reported for", "sql", text.risky});
  const std::string_view safer = text.next.empty() ? "Safer" : "Safer, in two migrations. The first";
  if (!text.safer.empty()) page.samples.push_back({std::string(safer), "sql", text.safer});
  if (!text.next.empty()) page.samples.push_back({"The second", "sql", text.next});
  return page;
}

std::optional<Page> find_page(std::string_view code) {
  if (const CodeInfo* info = validation::find_code(code)) return page_of(*info);
  const auto specs = migrate::hazard_specs();
  const auto spec = std::ranges::find(specs, code, &migrate::HazardSpec::code);
  if (spec == specs.end()) return std::nullopt;
  return page_of(*spec);
}

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!line.empty()) out += fmt::format("    {}", line);
    out += '\n';
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return out;
}

// Lines of at most 100 columns; a word is never cut.
std::string wrapped(std::string_view text) {
  constexpr std::size_t kWidth = 100;
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (column > 0 && column + 1 + word.size() > kWidth) {
      out += '\n';
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  return out;
}

std::string row(std::string_view code, std::string_view title) {
  return fmt::format("| [`{}`]({}.md) | {} |\n", code, code, title);
}

}  // namespace

std::optional<std::string> explanation_text(std::string_view code, bool colour) {
  const auto page = find_page(code);
  if (!page) return std::nullopt;
  const auto strong = [&](std::string_view text) { return colour ? in_colour(kStrong, text) : std::string(text); };
  const auto painted_sample = [&](const Sample& sample) {
    if (!colour) return std::string(sample.text);
    return sample.language == "sql" ? painted_sql(sample.text) : painted_prisma(sample.text);
  };
  std::string text = fmt::format("{}: {}\n", strong(page->code), page->title);
  for (const std::string& paragraph : page->paragraphs) text += fmt::format("\n{}\n", wrapped(paragraph));
  for (const Sample& sample : page->samples)
    text += fmt::format("\n{}\n\n{}", strong(sample.title + ":"), indented(painted_sample(sample)));
  return text;
}

std::optional<std::string> explanation_markdown(std::string_view code) {
  const auto page = find_page(code);
  if (!page) return std::nullopt;
  std::string text = fmt::format("# `{}`: {}\n", page->code, page->title);
  for (const std::string& paragraph : page->paragraphs) text += fmt::format("\n{}\n", wrapped(paragraph));
  for (const Sample& sample : page->samples) {
    text += fmt::format("\n{}:\n\n```{}\n{}```\n", sample.title, sample.language, sample.text);
  }
  return text;
}

std::string code_list_markdown() {
  std::string text =
      "# Codes\n\nEvery diagnostic and every hazard has a stable code. `refract explain CODE` shows the page "
      "of one.\nThese pages are generated from the tables that the program uses: `./dev codes`.\n";
  for (const validation::CodeFamily& family : validation::code_families()) {
    text += fmt::format("\n## {}\n\n| code | diagnostic |\n| --- | --- |\n", family.title);
    for (const CodeInfo& info : family.codes) text += row(info.code, info.title);
  }
  text += "\n## Hazards of migrations\n\n| code | hazard |\n| --- | --- |\n";
  for (const migrate::HazardSpec& spec : migrate::hazard_specs()) {
    text += row(spec.code, fmt::format("{} ({})", spec.title, level_name(spec.level)));
  }
  return text;
}

std::vector<std::string_view> all_codes() {
  std::vector<std::string_view> codes;
  for (const CodeInfo& info : validation::codes()) codes.push_back(info.code);
  for (const migrate::HazardSpec& spec : migrate::hazard_specs()) codes.push_back(spec.code);
  return codes;
}

}  // namespace refract::report
