#include "workspace/config_edit.h"

#include <fmt/format.h>

#include <algorithm>

#include "workspace/config_module.h"

namespace refract::workspace {
namespace {

constexpr std::string_view kModule = "prisma/config";

// A string literal of JavaScript.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

// `env`: how the file calls that function.
std::string lines_of(const ConfigUrls& urls, std::string_view indent, std::string_view env) {
  std::string lines;
  const auto value_of = [&](const ConfigUrl& url) {
    const std::string text = quoted(url.text);
    return url.variable ? fmt::format("{}({})", env, text) : text;
  };
  const auto add = [&](std::string_view key, const std::optional<ConfigUrl>& url) {
    if (url) lines += fmt::format("{}{}: {},\n", indent, key, value_of(*url));
  };
  if (urls.url && urls.client_url)
    lines += fmt::format("{}// for the adapter of Prisma Client: {}\n", indent, value_of(*urls.client_url));
  add("url", urls.url);
  add("shadowDatabaseUrl", urls.shadow_url);
  return lines;
}

// What begins the line of an offset, and what its members have in addition.
struct Indent {
  std::string line;
  std::string unit;
};

Indent indent_at(std::string_view source, std::size_t offset) {
  constexpr std::string_view kSpace = " \t";
  Indent indent{{}, "  "};
  const std::size_t begin = offset == 0 ? 0 : source.rfind('\n', offset - 1) + 1;
  indent.line = source.substr(begin, source.find_first_not_of(kSpace, begin) - begin);
  // The smallest one of the file, without the lines of block comments.
  std::size_t smallest = 0;
  for (std::size_t at = 0; at < source.size(); at = std::min(source.find('\n', at), source.size() - 1) + 1) {
    const std::size_t word = source.find_first_not_of(kSpace, at);
    if (word == std::string_view::npos) break;
    if (word == at || std::string_view("\r\n*").contains(source[word])) continue;
    if (smallest != 0 && word - at >= smallest) continue;
    smallest = word - at;
    indent.unit = source[at] == '\t' ? "\t" : std::string(source.substr(at, word - at));
  }
  return indent;
}

bool needs_env(const ConfigUrls& urls) {
  return (urls.url && urls.url->variable) || (urls.shadow_url && urls.shadow_url->variable);
}

// After a directive or a comment at the beginning an import may stand anywhere; before all else is simplest.
text::Edit import_edit(const ConfigModule& config_module) {
  if (const auto names = config_module.imported_names_begin(kModule)) {
    const auto at = static_cast<text::Offset>(*names);
    return {{at, at}, " env,"};
  }
  return {{0, 0},
          config_module.is_es_module() ? fmt::format("import {{ env }} from \"{}\";\n", kModule)
                                       : fmt::format("const {{ env }} = require(\"{}\");\n", kModule)};
}

// Lines after a "{"; what comes after it on its line begins a new one.
text::Edit after_brace(std::string_view source, std::size_t brace, const std::string& lines, const Indent& indent) {
  const auto at = static_cast<text::Offset>(brace);
  const std::size_t next = source.find_first_not_of(" \t\r", brace);
  // Without its last line end where the text after the brace brings one.
  if (next == std::string_view::npos || source[next] == '\n') {
    return {{at, at}, "\n" + lines.substr(0, lines.size() - 1)};
  }
  const std::string next_indent = source[next] == '}' ? indent.line : indent.line + indent.unit;
  return {{at, static_cast<text::Offset>(next)}, "\n" + lines + next_indent};
}

// The line ends of the source.
void spell_line_ends(std::string_view source, text::Edit& edit) {
  if (!source.contains("\r\n")) return;
  std::string spelled;
  for (const char c : edit.text) spelled += c == '\n' ? std::string("\r\n") : std::string(1, c);
  edit.text = std::move(spelled);
}

}  // namespace

std::optional<std::vector<text::Edit>> with_urls(std::string_view source, const ConfigUrls& urls, bool loads_dotenv) {
  const ConfigModule config_module(source);
  const auto object = config_module.object_begin({});
  if (!object) return std::nullopt;
  ConfigUrls missing = urls;
  const std::optional<std::string> env = config_module.imported_as(kModule, "env");
  text::Edit members;
  if (!config_module.has({"datasource"})) {
    const Indent indent = indent_at(source, *object);
    const std::string member = indent.line + indent.unit;
    const std::string lines = lines_of(missing, member + indent.unit, env.value_or("env"));
    members = after_brace(source, *object, fmt::format("{}datasource: {{\n{}{}}},\n", member, lines, member), indent);
  } else {
    const auto datasource = config_module.object_begin({"datasource"});
    if (!datasource) return std::nullopt;
    if (config_module.has({"datasource", "url"})) missing.url.reset();
    if (config_module.has({"datasource", "shadowDatabaseUrl"})) missing.shadow_url.reset();
    if (!missing.url && !missing.shadow_url) return std::vector<text::Edit>();
    const Indent indent = indent_at(source, *datasource);
    members =
        after_brace(source, *datasource, lines_of(missing, indent.line + indent.unit, env.value_or("env")), indent);
  }
  std::vector<text::Edit> edits;
  if (needs_env(missing) && !env) {
    // Another `env` would be called, or declared twice.
    if (config_module.uses_name("env")) return std::nullopt;
    edits.push_back(import_edit(config_module));
  }
  if (needs_env(missing) && loads_dotenv) {
    const std::string import =
        config_module.is_es_module() ? "import \"dotenv/config\";\n" : "require(\"dotenv/config\");\n";
    const bool first = !edits.empty() && edits.front().range.begin == 0;
    if (first) {
      edits.front().text.insert(0, import);
    } else {
      edits.push_back({{0, 0}, import});
    }
  }
  edits.push_back(std::move(members));
  std::ranges::sort(edits, {}, [](const text::Edit& edit) { return edit.range.begin; });
  for (text::Edit& edit : edits) spell_line_ends(source, edit);
  return edits;
}

std::string new_config(std::string_view schema, std::string_view migrations, const ConfigUrls& urls) {
  // Prisma loads no .env file where there is a configuration.
  std::string text = needs_env(urls) ? "import \"dotenv/config\";\n" : "";
  text += fmt::format("import {{ defineConfig{} }} from \"{}\";\n\n", needs_env(urls) ? ", env" : "", kModule);
  text += fmt::format("export default defineConfig({{\n  schema: {},\n", quoted(schema));
  text += fmt::format("  migrations: {{\n    path: {},\n  }},\n", quoted(migrations));
  text += "  datasource: {\n" + lines_of(urls, "    ", "env") + "  },\n});\n";
  return text;
}

}  // namespace refract::workspace
