#include "workspace/url_move.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "support/ascii.h"
#include "support/percent.h"
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
  if (!*direct) return ConfigUrls{std::move(*url), std::move(*shadow)};
  return ConfigUrls{std::move(*direct), std::move(*shadow), std::move(*url)};
}

std::string relative_to(const fs::path& folder, const fs::path& path) {
  return path.lexically_proximate(folder).generic_string();
}

// A path relative to `from` as one that is relative to `to`. Empty: it is no relative path.
std::string moved_path(std::string_view path, const fs::path& from, const fs::path& to) {
  const bool drive = path.size() > 1 && path[1] == ':';
  if (path.empty() || path.starts_with('/') || path.starts_with('\\') || path.starts_with(':') || drive) return {};
  return relative_to(to.lexically_normal(), (from / path).lexically_normal());
}

std::string moved_file_url(const std::string& url, const fs::path& from, const fs::path& to) {
  constexpr std::string_view kScheme = "file:";
  if (!url.starts_with(kScheme)) return url;
  const std::size_t end = std::min(url.find('?'), url.size());
  const std::string moved = moved_path(url.substr(kScheme.size(), end - kScheme.size()), from, to);
  if (moved.empty()) return url;
  return fmt::format("{}{}{}{}", kScheme, moved.starts_with("..") ? "" : "./", moved, url.substr(end));
}

// The parameters of a URL that name files.
constexpr std::string_view kFileParameters[] = {"sslcert",     "sslidentity", "sslkey",
                                                "sslrootcert", "tlsCAFile",   "tlsCertificateKeyFile"};

// One parameter, `sslcert=../ca.pem`.
std::string moved_parameter(std::string_view parameter, const fs::path& from, const fs::path& to) {
  const std::size_t equals = parameter.find('=');
  const std::string_view key = parameter.substr(0, equals);
  const bool names_file = std::ranges::find(kFileParameters, key) != std::end(kFileParameters);
  if (equals == std::string_view::npos || !names_file) return std::string(parameter);
  const std::string value = percent_decoded(parameter.substr(equals + 1));
  // libpq's name for the authorities of the system.
  const std::string moved = key == "sslrootcert" && value == "system" ? std::string() : moved_path(value, from, to);
  return moved.empty() ? std::string(parameter) : fmt::format("{}={}", key, percent_encoded_path(moved));
}

// SQL Server has its properties after semicolons, with a value in braces where it has special characters.
std::string moved_property(std::string_view property, const fs::path& from, const fs::path& to) {
  constexpr std::string_view kKey = "trustservercertificateca";
  const std::size_t equals = property.find('=');
  const std::string_view key = property.substr(0, equals);
  const bool names_file = std::ranges::equal(key, kKey, [](char a, char b) { return ascii::to_lower(a) == b; });
  if (equals == std::string_view::npos || !names_file) return std::string(property);
  std::string_view value = property.substr(equals + 1);
  const bool braces = value.starts_with('{') && value.ends_with('}');
  if (braces) value = value.substr(1, value.size() - 2);
  const std::string moved = moved_path(value, from, to);
  if (moved.empty()) return std::string(property);
  return braces ? fmt::format("{}={{{}}}", key, moved) : fmt::format("{}={}", key, moved);
}

// A URL with relative paths, of a database or of certificates, from the folder `from`, as one that means the same files
// from `to`: up to version 6 Prisma resolves them from the schema's folder, then from the configuration's.
std::string moved_url(const std::string& url, schema::Provider provider, const fs::path& from, const fs::path& to) {
  if (provider == schema::Provider::sqlite) return moved_file_url(url, from, to);
  const bool properties = provider == schema::Provider::sqlserver;
  const char separator = properties ? ';' : '&';
  std::size_t begin = url.find(properties ? ';' : '?');
  if (begin == std::string::npos) return url;
  std::string moved = url.substr(0, ++begin);
  while (true) {
    const std::size_t end = std::min(url.find(separator, begin), url.size());
    const std::string_view one = std::string_view(url).substr(begin, end - begin);
    moved += properties ? moved_property(one, from, to) : moved_parameter(one, from, to);
    if (end == url.size()) return moved;
    moved += separator;
    begin = end + 1;
  }
}

// Whether the configuration sets the URL, to another one as far as that is known.
bool is_other(const ConfigValue& present, const std::optional<ConfigUrl>& wanted, const fs::path& folder,
              schema::Provider provider) {
  if (!present.present || !wanted) return false;
  if (!present.known || present.alternatives.empty()) return true;
  const ConfigOperand& first = present.alternatives.front();
  const std::string text = first.variable ? first.text : moved_url(first.text, provider, folder, folder);
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
  const schema::Provider provider = analysis.snapshot()->provider();
  const schema::FileRange place = analysis.snapshot()->place_of(*datasource->block, datasource->block->name.range);
  const fs::path schema_folder = fs::path(analysis.snapshot()->files()[place.file].path).parent_path();
  for (auto* url : {&urls->url, &urls->shadow_url, &urls->client_url}) {
    if (*url && !(*url)->variable) (*url)->text = moved_url((*url)->text, provider, schema_folder, folder);
  }
  if (move.exists) {
    const ConfigFile& config = project.config;
    // What the schema has would be lost.
    if (is_other(config.url, urls->url, folder, provider) ||
        is_other(config.shadow_url, urls->shadow_url, folder, provider))
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
