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
  const auto urls = urls_of(*datasource);
  if (!urls || (!urls->url && !urls->shadow_url)) return std::nullopt;

  UrlMove move;
  for (const validation::Diagnostic& diagnostic : analysis.diagnostics()) {
    if (diagnostic.code != validation::Code("url-removed")) continue;
    for (const validation::Fix& fix : diagnostic.fixes) std::ranges::copy(fix.edits, std::back_inserter(move.schema));
  }
  if (move.schema.empty()) return std::nullopt;

  move.exists = !project.config.file.empty();
  if (move.exists) {
    move.config = project.config.file;
    move.before = project.config.text;
    auto edits = with_urls(move.before, *urls);
    if (!edits) return std::nullopt;
    move.edits = std::move(*edits);
  } else {
    move.config = project.root / "prisma.config.ts";
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
