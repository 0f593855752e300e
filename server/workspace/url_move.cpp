#include "workspace/url_move.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "workspace/config_edit.h"

namespace refract::workspace {
namespace {

namespace fs = std::filesystem;

// nullopt: the property is there, but its value is no URL.
std::optional<std::optional<ConfigUrl>> url_of(const schema::Datasource& datasource, std::string_view key) {
  const syntax::Property* property = datasource.block->find_property(key);
  if (property == nullptr) return std::optional<ConfigUrl>();
  if (!property->value) return std::nullopt;
  const syntax::Expression& value = *property->value;
  if (value.kind == syntax::ExpressionKind::string) return ConfigUrl{false, value.value};
  if (value.kind != syntax::ExpressionKind::function || value.value != "env" || value.arguments.size() != 1 ||
      !value.arguments[0].value || value.arguments[0].value->kind != syntax::ExpressionKind::string) {
    return std::nullopt;
  }
  return ConfigUrl{true, value.arguments[0].value->value};
}

std::optional<ConfigUrls> urls_of(const schema::Datasource& datasource) {
  auto url = url_of(datasource, "url");
  auto direct = url_of(datasource, "directUrl");
  auto shadow = url_of(datasource, "shadowDatabaseUrl");
  if (!url || !direct || !shadow) return std::nullopt;
  return ConfigUrls{*direct ? std::move(*direct) : std::move(*url), std::move(*shadow)};
}

std::string relative_to(const fs::path& folder, const fs::path& path) {
  return path.lexically_proximate(folder).generic_string();
}

// A URL of SQLite with a relative path, which `from` is the folder of, as one that is relative to `to`: up to version 6
// Prisma resolves it from the schema's file, then from the configuration's.
std::string moved_path(const std::string& url, const fs::path& from, const fs::path& to) {
  constexpr std::string_view kScheme = "file:";
  if (!url.starts_with(kScheme)) return url;
  const std::size_t end = std::min(url.find('?'), url.size());
  const std::string path = url.substr(kScheme.size(), end - kScheme.size());
  const bool drive = path.size() > 1 && path[1] == ':';
  if (path.empty() || path.starts_with('/') || path.starts_with('\\') || path.starts_with(':') || drive) return url;
  const std::string moved = relative_to(to.lexically_normal(), (from / path).lexically_normal());
  return fmt::format("{}{}{}{}", kScheme, moved.starts_with("..") ? "" : "./", moved, url.substr(end));
}

// Whether the configuration sets the URL, to another one as far as that is known.
bool is_other(const ConfigValue& present, const std::optional<ConfigUrl>& wanted, const fs::path& folder, bool sqlite) {
  if (!present.present || !wanted) return false;
  if (!present.known || present.alternatives.empty()) return true;
  const ConfigOperand& first = present.alternatives.front();
  const std::string text = sqlite && !first.variable ? moved_path(first.text, folder, folder) : first.text;
  return first.variable != wanted->variable || text != wanted->text;
}

// What Prisma is given: the file, or the folder of a schema of several.
fs::path schema_place(const Project& project) {
  if (project.files.size() == 1) return project.files.front();
  fs::path folder = project.files.front().parent_path();
  for (const fs::path& file : project.files) {
    const auto outside = [&] {
      const fs::path relative = file.lexically_relative(folder);
      return relative.empty() || *relative.begin() == "..";
    };
    while (folder != folder.parent_path() && outside()) folder = folder.parent_path();
  }
  return folder;
}

}  // namespace

std::optional<UrlMove> url_move(const Project& project, const validation::Analysis& analysis) {
  const schema::Datasource* datasource = analysis.snapshot()->datasource();
  if (datasource == nullptr) return std::nullopt;
  auto urls = urls_of(*datasource);
  if (!urls || (!urls->url && !urls->shadow_url)) return std::nullopt;

  UrlMove move;
  for (const validation::Diagnostic& diagnostic : analysis.diagnostics()) {
    if (diagnostic.code != validation::Code("url-removed")) continue;
    for (const validation::Fix& fix : diagnostic.fixes) std::ranges::copy(fix.edits, std::back_inserter(move.schema));
  }
  if (move.schema.empty()) return std::nullopt;

  move.exists = !project.config.file.empty();
  move.config = move.exists ? project.config.file : project.root / "prisma.config.ts";
  const fs::path folder = move.config.parent_path();
  const bool sqlite = analysis.snapshot()->provider() == schema::Provider::sqlite;
  if (sqlite) {
    const schema::FileRange place = analysis.snapshot()->place_of(*datasource->block, datasource->block->name.range);
    const fs::path schema_folder = fs::path(analysis.snapshot()->files()[place.file].path).parent_path();
    for (auto* url : {&urls->url, &urls->shadow_url}) {
      if (*url && !(*url)->variable) (*url)->text = moved_path((*url)->text, schema_folder, folder);
    }
  }
  if (move.exists) {
    const ConfigFile& config = project.config;
    // What the schema has would be lost.
    if (is_other(config.url, urls->url, folder, sqlite) ||
        is_other(config.shadow_url, urls->shadow_url, folder, sqlite))
      return std::nullopt;
    move.before = config.text;
    const bool unread = config.environment_files.empty() && !config.other_environment_files;
    std::error_code error;
    auto edits = with_urls(move.before, *urls, unread && fs::exists(project.root / ".env", error));
    if (!edits) return std::nullopt;
    move.edits = std::move(*edits);
  } else {
    move.edits.push_back({{0, 0},
                          new_config(relative_to(project.root, schema_place(project)),
                                     relative_to(project.root, project.migrations), *urls)});
  }
  const std::string name = relative_to(project.root, move.config);
  if (move.edits.empty()) {
    move.title = fmt::format("Remove the connection URLs, which `{}` has", name);
  } else {
    move.title = fmt::format("Move the connection URLs to `{}`", name);
  }
  return move;
}

}  // namespace refract::workspace
