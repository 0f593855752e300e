// Holds every #include of the product against the table of layers in docs/architecture.md.

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "support/catch.h"

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = REFRACT_SOURCE_DIR;

struct Layer {
  fs::path folder;
  std::set<std::string> uses;       // layers, as the row names them
  std::set<std::string> libraries;  // include prefixes in brackets
};

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" `");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" `/") - begin + 1);
}

// "schema, catalog, [pqxx]"
void read_uses(const std::string& cell, Layer& layer) {
  static const std::regex kWord(R"((\[)?([a-z_A-Z+]+))");
  bool bracket = false;
  std::size_t at = 0;
  for (auto it = std::sregex_iterator(cell.begin(), cell.end(), kWord); it != std::sregex_iterator(); ++it) {
    bracket = bracket || (*it)[1].matched;
    const auto begin = static_cast<std::size_t>(it->position(2));
    if (cell.substr(at, begin - at).find(']') != std::string::npos && !(*it)[1].matched) bracket = false;
    (bracket ? layer.libraries : layer.uses).insert((*it)[2]);
    at = begin;
  }
}

std::map<std::string, Layer> read_table() {
  std::map<std::string, Layer> layers;
  std::ifstream file(kRoot / "docs/architecture.md");
  for (std::string line; std::getline(file, line);) {
    static const std::regex kRow(R"(\| ([a-z]+) \| `([a-z/]+)` \|[^|]*\|([^|]*)\|)");
    std::smatch row;
    if (!std::regex_match(line, row, kRow)) continue;
    Layer layer;
    layer.folder = kRoot / trimmed(row[2]);
    read_uses(row[3], layer);
    layers[row[1]] = layer;
  }
  return layers;
}

// The layer and all that it may include through others.
std::set<std::string> reachable(const std::map<std::string, Layer>& layers, const std::string& name) {
  std::set<std::string> found{name};
  std::vector<std::string> open{name};
  while (!open.empty()) {
    const std::string next = open.back();
    open.pop_back();
    for (const std::string& used : layers.at(next).uses) {
      if (found.insert(used).second) open.push_back(used);
    }
  }
  return found;
}

std::vector<std::string> includes_of(const fs::path& path) {
  std::vector<std::string> includes;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    static const std::regex kInclude(R"re(\s*#\s*include\s*[<"]([^>"]+)[>"].*)re");
    std::smatch found;
    if (std::regex_match(line, found, kInclude)) includes.push_back(found[1]);
  }
  return includes;
}

// The first part of an include: a layer's or a library's name; "pg_query.h" counts as pg_query.
std::string owner(const std::string& include) {
  const std::string first = include.substr(0, include.find('/'));
  return first.substr(0, first.find('.'));
}

}  // namespace

TEST_CASE("the architecture document's table is read", "[architecture]") {
  const auto layers = read_table();
  CHECK(layers.size() >= 15);
  for (const auto& [name, layer] : layers) {
    INFO(name);
    CHECK(fs::is_directory(layer.folder));
    for (const std::string& used : layer.uses) {
      INFO(used);
      CHECK(layers.contains(used));
    }
  }
}

TEST_CASE("a layer includes what its row allows", "[architecture]") {
  const auto layers = read_table();
  std::map<std::string, std::set<std::string>> homes;  // library → layers
  for (const auto& [name, layer] : layers) {
    for (const std::string& library : layer.libraries) homes[library].insert(name);
  }
  std::size_t checked = 0;
  for (const auto& [name, layer] : layers) {
    const auto allowed = reachable(layers, name);
    for (const auto& entry : fs::recursive_directory_iterator(layer.folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      for (const std::string& include : includes_of(entry.path())) {
        const std::string first = owner(include);
        INFO(fs::relative(entry.path(), kRoot).string() + " includes " + include);
        if (layers.contains(first)) CHECK(allowed.contains(first));
        // nlohmann_json is what protocol's own headers speak in, so that its users see it too; they include it through
        // "protocol/json.h" all the same.
        if (homes.contains(first)) CHECK(homes[first].contains(name));
        ++checked;
      }
    }
  }
  CHECK(checked > 300);
}

TEST_CASE("only platform includes headers of an operating system and asks which one it is", "[architecture]") {
  static const std::regex kSystem(
      R"((sys/|net/|arpa/|mach).*|(unistd|fcntl|signal|poll|dirent|pwd|grp|dlfcn|pthread|malloc|windows|io)\.h|csignal)");
  static const std::regex kQuestion(R"(\b(_WIN32|__linux__|__APPLE__|__unix__|__GLIBC__)\b)");
  std::size_t checked = 0;
  for (const char* folder : {"server", "protocol"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const std::string path = fs::relative(entry.path(), kRoot).string();
      const auto extension = entry.path().extension();
      if ((extension != ".h" && extension != ".cpp") || path.starts_with("server/platform/")) continue;
      for (const std::string& include : includes_of(entry.path())) {
        INFO(path + " includes " + include);
        CHECK_FALSE(std::regex_match(include, kSystem));
      }
      // A path's form is a parameter there, with this system's form as its default; a module exports its function.
      if (path == "server/lsp/uri.h" || path == "server/live/pqxx_connection.cpp") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        INFO(path + ": " + line);
        CHECK_FALSE(std::regex_search(line, kQuestion));
      }
      ++checked;
    }
  }
  CHECK(checked > 300);
}

namespace {

struct FolderOrder {
  std::string layer;
  std::vector<std::string> folders;  // each may include those behind it
};

// "| validation | engine, fixes, rules, core | …": the table of folders inside a layer.
std::vector<FolderOrder> read_folders() {
  std::vector<FolderOrder> orders;
  std::ifstream file(kRoot / "docs/architecture.md");
  for (std::string line; std::getline(file, line);) {
    static const std::regex kRow(R"(\| ([a-z]+) \| ([a-z]+(?:, [a-z]+)*) \|[^|]*\|)");
    std::smatch row;
    if (!std::regex_match(line, row, kRow) || !fs::is_directory(kRoot / "server" / row[1].str())) continue;
    FolderOrder order{row[1], {}};
    const std::string names = row[2];
    static const std::regex kName("[a-z]+");
    for (auto it = std::sregex_iterator(names.begin(), names.end(), kName); it != std::sregex_iterator(); ++it) {
      order.folders.push_back(it->str());
    }
    orders.push_back(order);
  }
  return orders;
}

}  // namespace

TEST_CASE("folders inside a layer include one way", "[architecture]") {
  const auto orders = read_folders();
  CHECK(orders.size() >= 7);
  // What a folder may include of its layer: the folders behind it in a row, and what lies in no folder.
  std::map<std::string, std::map<std::string, std::set<std::string>>> allowed;
  for (const FolderOrder& order : orders) {
    for (std::size_t at = 0; at < order.folders.size(); ++at) {
      INFO(order.layer + "/" + order.folders[at]);
      CHECK(fs::is_directory(kRoot / "server" / order.layer / order.folders[at]));
      auto& may = allowed[order.layer][order.folders[at]];
      may.insert({"", order.folders[at]});
      may.insert(order.folders.begin() + static_cast<std::ptrdiff_t>(at) + 1, order.folders.end());
    }
  }
  std::size_t checked = 0;
  for (const auto& [layer, folders] : allowed) {
    const fs::path home = kRoot / "server" / layer;
    for (const auto& entry : fs::recursive_directory_iterator(home)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      const std::string folder = fs::relative(entry.path(), home).parent_path().string();
      {
        INFO(entry.path().string() + " is in a folder of the table");
        CHECK((folder.empty() || folders.contains(folder)));
      }
      for (const std::string& include : includes_of(entry.path())) {
        if (owner(include) != layer) continue;
        const std::string into = fs::path(include).lexically_relative(layer).parent_path().string();
        INFO(fs::relative(entry.path(), kRoot).string() + " includes " + include);
        CHECK((folder.empty() ? into.empty() : folders.at(folder).contains(into)));
        ++checked;
      }
    }
  }
  CHECK(checked > 300);
}
