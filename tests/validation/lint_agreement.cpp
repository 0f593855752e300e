// Compares our findings with recorded ones: `lint_agreement FOLDER [--prisma N] [--show COUNT] [--topic SLUG]`, where
// FOLDER holds .jsonl files of cases {"id", "prisma", "schema" | "files", "expect", "topics"}. Prints agreement per
// file, version and topic, and the false findings on schemas without any.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "support/json.h"
#include "text/encoding.h"
#include "validation/diagnostic.h"

namespace {

using namespace refract;

struct Found {
  std::string file;
  std::string severity;
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::string label;  // code or topic; no part of the comparison
  auto key() const { return std::tie(file, start, end, severity); }
  bool operator<(const Found& other) const { return key() < other.key(); }
  bool operator==(const Found& other) const { return key() == other.key(); }
};

struct Case {
  std::string id;
  int prisma = 7;
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<Found> expect;
};

struct Count {
  int agree = 0;
  int total = 0;
};

struct Tally {
  std::map<std::string, Count> by_file;
  std::map<int, Count> by_version;
  std::map<std::string, Count> by_topic;      // cases with the topic
  std::map<std::string, int> missing, extra;  // single findings, by topic and by our code
  int false_on_clean = 0;
};

std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

Case case_of(json::Value value) {
  Case result;
  result.id = value["id"].string();
  result.prisma = static_cast<int>(value["prisma"].integer());
  const bool several = value["files"].exists();
  if (several) {
    for (json::Value file : value["files"].items()) {
      const auto pair = file.items();
      result.files.emplace_back(std::string(pair[0].string()), std::string(pair[1].string()));
    }
  } else {
    result.files.emplace_back("schema.prisma", std::string(value["schema"].string()));
  }
  const auto topics = value["topics"].items();
  std::size_t position = 0;
  for (json::Value one : value["expect"].items()) {
    const auto parts = one.items();
    const std::size_t first = several ? 1 : 0;
    Found found;
    found.file = several ? std::string(parts[0].string()) : "schema.prisma";
    found.severity = parts[first].string();
    found.start = parts[first + 1].integer();
    found.end = parts[first + 2].integer();
    if (position < topics.size()) found.label = topics[position].string();
    ++position;
    result.expect.push_back(std::move(found));
  }
  std::sort(result.expect.begin(), result.expect.end());
  return result;
}

std::vector<Found> ours(const Case& one) {
  std::vector<schema::SourceFile> files;
  for (const auto& [name, text] : one.files) files.push_back({name, syntax::File::parse(text::Document(text))});
  const auto snapshot = schema::Snapshot::build(std::move(files), {static_cast<schema::PrismaVersion>(one.prisma)});
  const auto analysis = validation::Analysis::run(snapshot);
  std::vector<Found> found;
  for (const validation::Diagnostic& diagnostic : analysis->diagnostics()) {
    const schema::SourceFile& file = snapshot->files()[diagnostic.at.file];
    // The recorded offsets count UTF-16 units (as Prisma's engines answer), not the bytes that their README says.
    const auto units = [&](text::Offset offset) {
      return static_cast<std::int64_t>(
          text::length_in(file.syntax->document().text().substr(0, offset), text::Encoding::utf16));
    };
    found.push_back({file.path, diagnostic.severity == validation::Severity::error ? "error" : "warning",
                     units(diagnostic.at.range.begin), units(diagnostic.at.range.end), std::string(diagnostic.code)});
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Found> without(std::vector<Found> from, const std::vector<Found>& taken) {
  for (const Found& one : taken) {
    const auto place = std::ranges::find(from, one);
    if (place != from.end()) from.erase(place);
  }
  return from;
}

void show(const Case& one, const std::vector<Found>& missing, const std::vector<Found>& extra) {
  std::cout << fmt::format("--- {} (Prisma {})\n", one.id, one.prisma);
  const auto line = [&](std::string_view mark, const Found& found) {
    std::string text = "?";
    for (const auto& [name, content] : one.files) {
      if (name == found.file && static_cast<std::size_t>(found.end) <= content.size()) {
        text = content.substr(static_cast<std::size_t>(found.start),
                              static_cast<std::size_t>(std::min<std::int64_t>(found.end - found.start, 100)));
      }
    }
    std::ranges::replace(text, '\n', '~');
    std::cout << fmt::format("  {} {} {}..{} {} [{}]\n", mark, found.severity, found.start, found.end, found.label,
                             text);
  };
  for (const Found& found : missing) line("missing", found);
  for (const Found& found : extra) line("extra  ", found);
}

void print(std::string_view title, const auto& counts) {
  std::cout << title << "\n";
  for (const auto& [name, count] : counts) {
    std::cout << fmt::format("  {:40} {:5}/{:<5} {:5.1f} %\n", name, count.agree, count.total,
                             100.0 * count.agree / count.total);
  }
}

void print_worst(std::string_view title, const std::map<std::string, int>& counts) {
  std::vector<std::pair<int, std::string>> sorted;
  for (const auto& [name, count] : counts) sorted.emplace_back(count, name);
  std::ranges::sort(sorted, std::greater{});
  std::cout << title << "\n";
  for (std::size_t i = 0; i < std::min<std::size_t>(sorted.size(), 30); ++i) {
    std::cout << fmt::format("  {:5} {}\n", sorted[i].first, sorted[i].second);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: lint_agreement FOLDER [--prisma N] [--show COUNT] [--topic SLUG]\n";
    return 2;
  }
  int only_version = 0, to_show = 0;
  std::string only_topic;
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--prisma") only_version = std::atoi(argv[i + 1]);
    if (option == "--show") to_show = std::atoi(argv[i + 1]);
    if (option == "--topic") only_topic = argv[i + 1];
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  }
  std::ranges::sort(files);

  Tally tally;
  std::chrono::nanoseconds spent{0};
  for (const auto& path : files) {
    std::istringstream lines(read(path));
    for (std::string line; std::getline(lines, line);) {
      const auto document = json::Document::parse(line);
      if (!document) continue;
      const Case one = case_of(document->root());
      if (only_version != 0 && one.prisma != only_version) continue;
      const auto begin = std::chrono::steady_clock::now();
      const auto found = ours(one);
      spent += std::chrono::steady_clock::now() - begin;
      const auto missing = without(one.expect, found);
      const auto extra = without(found, one.expect);
      const bool agree = missing.empty() && extra.empty();
      for (Count* count : {&tally.by_file[path.filename()], &tally.by_version[one.prisma]}) {
        ++count->total;
        count->agree += agree;
      }
      std::set<std::string> topics;
      for (const Found& expected : one.expect) topics.insert(expected.label);
      for (const std::string& topic : topics) {
        ++tally.by_topic[topic].total;
        tally.by_topic[topic].agree += agree;
      }
      for (const Found& one_missing : missing) ++tally.missing[one_missing.label];
      for (const Found& one_extra : extra) ++tally.extra[one_extra.label];
      if (one.expect.empty() && !extra.empty()) ++tally.false_on_clean;
      const bool wanted =
          only_topic.empty() || topics.contains(only_topic) ||
          std::ranges::any_of(extra, [&](const Found& one_extra) { return one_extra.label == only_topic; }) ||
          (only_topic == "clean" && one.expect.empty());
      if (!agree && wanted && to_show > 0) {
        --to_show;
        show(one, missing, extra);
      }
    }
  }
  std::erase_if(tally.by_topic, [](const auto& entry) { return entry.second.agree == entry.second.total; });
  print("by file", tally.by_file);
  print("by version", tally.by_version);
  print("topics not in full agreement", tally.by_topic);
  print_worst("missing findings by topic", tally.missing);
  print_worst("extra findings by code", tally.extra);
  std::cout << fmt::format("clean schemas with findings: {}; {} ms\n", tally.false_on_clean,
                           std::chrono::duration_cast<std::chrono::milliseconds>(spent).count());
  return 0;
}
