#include "conformance/cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace refract::conformance {

void each_case(const std::filesystem::path& file, const std::function<void(const json::Value&)>& each) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) fmt::print("missing: {}\n", file.string());
  for (std::string line; std::getline(stream, line);) {
    const auto parsed = json::Document::parse(line);
    if (parsed) {
      each(parsed->root());
    } else {
      fmt::print("{}: a line is {}\n", file.string(), parsed.error().message);
    }
  }
}

std::vector<std::filesystem::path> case_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

schema::PrismaVersion version_of(const json::Value& one) {
  return static_cast<schema::PrismaVersion>(one["prisma"].integer(6));
}

std::shared_ptr<const schema::Snapshot> snapshot_of(std::string_view text, schema::PrismaVersion version) {
  return schema::Snapshot::build({{"schema.prisma", syntax::File::parse(text::Document(std::string(text)))}},
                                 {.version = version});
}

std::string_view without_trailing_space(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

void show_difference(std::string_view id, std::string_view expected, std::string_view actual) {
  fmt::print("---- {}\n-- expected\n{}\n-- actual\n{}\n", id, expected, actual);
}

std::vector<schema::SourceFile> sources_of(const json::Value& one) {
  std::vector<schema::SourceFile> sources;
  const auto add = [&](std::string_view name, std::string_view text) {
    sources.push_back({std::string(name), syntax::File::parse(text::Document(std::string(text)))});
  };
  if (one["schema"].exists()) {
    add("", one["schema"].string());
    return sources;
  }
  for (const json::Value& file : one["files"].items()) {
    const auto parts = file.items();
    add(parts.at(0).string(), parts.at(1).string());
  }
  return sources;
}

}  // namespace refract::conformance
