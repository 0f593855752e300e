#include "report/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/colours.h"
#include "report/shown.h"

namespace refract::report {
namespace {

using protocol::Json;
using text::Encoding;
using validation::Diagnostic;
using validation::Severity;

const text::Document& document_of(const schema::Snapshot& snapshot, schema::FileId file) {
  return snapshot.files()[file].syntax->document();
}

Json range_json(const text::Document& document, text::Range range) {
  const auto position = [&](text::Offset offset) {
    const text::Position at = document.position_at(offset, Encoding::utf16);
    return Json{{"line", at.line}, {"character", at.character}};
  };
  return {{"start", position(range.begin)}, {"end", position(range.end)}};
}

Json edit_json(const schema::Snapshot& snapshot, const validation::FileEdit& edit) {
  return {{"file", snapshot.files()[edit.file].path},
          {"start", edit.edit.range.begin},
          {"end", edit.edit.range.end},
          {"range", range_json(document_of(snapshot, edit.file), edit.edit.range)},
          {"newText", edit.edit.text}};
}

// Replaces control characters, which a terminal would interpret.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += (byte < 0x20 && c != '\t') || byte == 0x7F ? std::string("\xEF\xBF\xBD") : std::string(1, c);
  }
  return out;
}

// The shown part of a line, in bytes of the line: all of it or, if it is too long, the part around the diagnostic.
constexpr std::size_t kLongestLine = 240;
constexpr std::size_t kShownBefore = 60;

std::size_t character_start(std::string_view line, std::size_t at) {
  while (at > 0 && at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) --at;
  return at;
}

struct Excerpt {
  std::string_view before, marked, after;
  bool cut_before = false, cut_after = false;
};

Excerpt excerpt_of(std::string_view line, std::size_t begin, std::size_t end) {
  std::size_t from = 0, to = line.size();
  if (line.size() > kLongestLine) {
    from = character_start(line, begin - std::min(begin, kShownBefore));
    to = character_start(line, std::min(line.size(), from + kLongestLine));
    end = std::min(end, to);
  }
  return {line.substr(from, begin - from), line.substr(begin, end - begin), line.substr(end, to - end), from > 0,
          to < line.size()};
}

// Padding as wide as the text on a terminal: one space per character, tabs kept.
std::string blank_of(std::string_view text) {
  std::string blank;
  for (const char c : text) {
    const bool continues_character = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (!continues_character) blank += c == '\t' ? '\t' : ' ';
  }
  return blank;
}

struct Style {
  std::string_view strong, severity, faint, plain;
};

Style style_of(Severity severity, bool colour) {
  if (!colour) return {};
  return {kStrong, severity == Severity::error ? kRed : kYellow, kFaint, kPlain};
}

std::string paragraph(const schema::Snapshot& snapshot, const Diagnostic& diagnostic, bool colour) {
  const text::Document& document = document_of(snapshot, diagnostic.at.file);
  const text::Position begin = document.position_at(diagnostic.at.range.begin, Encoding::utf16);
  const std::string_view line = document.line_text(begin.line);
  const text::Offset line_start = document.lines().line_start(begin.line);
  const std::size_t column = std::min<std::size_t>(diagnostic.at.range.begin - line_start, line.size());
  const std::size_t end = std::clamp<std::size_t>(diagnostic.at.range.end - line_start, column, line.size());
  const Excerpt excerpt = excerpt_of(line, column, end);
  const std::string marks(std::max<std::size_t>(1, blank_of(excerpt.marked).size()), '^');
  const std::string_view cut_before = excerpt.cut_before ? "… " : "", cut_after = excerpt.cut_after ? " …" : "";
  const Style style = style_of(diagnostic.severity, colour);
  const std::string number = fmt::format("{}", begin.line + 1);

  std::string out =
      fmt::format("{}{}:{}:{}{}: {}{}{}: {} {}[{}]{}\n", style.strong, snapshot.files()[diagnostic.at.file].path,
                  begin.line + 1, begin.character + 1, style.plain, style.severity, severity_name(diagnostic.severity),
                  style.plain, printable(diagnostic.message), style.faint, diagnostic.code, style.plain);
  out += fmt::format("{}{} |{} {}{}{}{}{}\n", style.faint, number, style.plain, cut_before, printable(excerpt.before),
                     printable(excerpt.marked), printable(excerpt.after), cut_after);
  out += fmt::format("{}{} |{} {}{}{}{}{}\n", style.faint, std::string(number.size(), ' '), style.plain,
                     blank_of(cut_before), blank_of(excerpt.before), style.severity, marks, style.plain);
  const std::string indent(number.size(), ' ');
  if (!diagnostic.help.empty()) out += fmt::format("{} = {}\n", indent, diagnostic.help);
  for (const validation::Related& related : diagnostic.related) {
    const text::Document& other = document_of(snapshot, related.at.file);
    const text::Position at = other.position_at(related.at.range.begin, Encoding::utf16);
    out += fmt::format("{} = {}:{}:{}: {}\n", indent, snapshot.files()[related.at.file].path, at.line + 1,
                       at.character + 1, related.message);
  }
  return out;
}

}  // namespace

std::string_view severity_name(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

std::string sentence_of(const Diagnostic& diagnostic) {
  return diagnostic.help.empty() ? diagnostic.message : fmt::format("{} {}", diagnostic.message, diagnostic.help);
}

Json facts(const Diagnostic& diagnostic) {
  Json json = Json::object();
  for (const auto& [key, fact] : diagnostic.data) {
    std::visit([&json, &name = key](const auto& value) { json[name] = value; }, fact);
  }
  return json;
}

Json diagnostics_json(const schema::Snapshot& snapshot, const std::vector<Diagnostic>& diagnostics) {
  Json files = Json::array();
  for (const schema::SourceFile& file : snapshot.files()) files.push_back(file.path);

  Json list = Json::array();
  const Shown shown = shown_of(diagnostics);
  for (const Diagnostic* shown_one : shown.diagnostics) {
    const Diagnostic& diagnostic = *shown_one;
    Json fixes = Json::array();
    for (const validation::Fix& fix : diagnostic.fixes) {
      Json edits = Json::array();
      for (const validation::FileEdit& edit : fix.edits) edits.push_back(edit_json(snapshot, edit));
      fixes.push_back({{"title", fix.title}, {"preferred", fix.preferred}, {"edits", std::move(edits)}});
    }
    Json related = Json::array();
    for (const validation::Related& place : diagnostic.related) {
      related.push_back({{"file", snapshot.files()[place.at.file].path},
                         {"start", place.at.range.begin},
                         {"end", place.at.range.end},
                         {"range", range_json(document_of(snapshot, place.at.file), place.at.range)},
                         {"message", place.message}});
    }
    list.push_back({{"file", snapshot.files()[diagnostic.at.file].path},
                    {"code", diagnostic.code},
                    {"severity", severity_name(diagnostic.severity)},
                    {"start", diagnostic.at.range.begin},
                    {"end", diagnostic.at.range.end},
                    {"range", range_json(document_of(snapshot, diagnostic.at.file), diagnostic.at.range)},
                    {"message", diagnostic.message},
                    {"help", diagnostic.help},
                    {"fixes", std::move(fixes)},
                    {"related", std::move(related)},
                    {"data", facts(diagnostic)}});
  }
  Json json{{"files", std::move(files)}, {"diagnostics", std::move(list)}};
  if (const std::size_t count = shown.left_out_in_all(); count > 0) json["omitted"] = count;
  return json;
}

Json empty_schemas_json() {
  return {{"files", Json::array()}, {"diagnostics", Json::array()}, {"schemas", Json::array()}};
}

void add_schema_json(Json& all, const schema::Snapshot& snapshot, std::string_view version_reason,
                     const std::vector<Diagnostic>& diagnostics) {
  Json one = diagnostics_json(snapshot, diagnostics);
  Json schema{
      {"files", one["files"]}, {"prisma", static_cast<int>(snapshot.options().version)}, {"reason", version_reason}};
  if (one.contains("omitted"))
    all["omitted"] = all.value("omitted", std::size_t{0}) + one["omitted"].get<std::size_t>();
  for (const char* key : {"files", "diagnostics"}) {
    for (Json& item : one[key]) all[key].push_back(std::move(item));
  }
  all["schemas"].push_back(std::move(schema));
}

std::string diagnostics_text(const schema::Snapshot& snapshot, const std::vector<Diagnostic>& diagnostics,
                             bool colour) {
  std::string out;
  const Shown shown = shown_of(diagnostics);
  for (const Diagnostic* diagnostic : shown.diagnostics) {
    if (!out.empty()) out += '\n';
    out += paragraph(snapshot, *diagnostic, colour);
  }
  if (const std::size_t count = shown.left_out_in_all(); count > 0) out += fmt::format("\n{}\n", left_out_text(count));
  return out;
}

std::string version_text(schema::PrismaVersion version, std::string_view reason) {
  return fmt::format("Prisma {}, {}", static_cast<int>(version), reason);
}

std::string diagnostics_total(const schema::Snapshot& snapshot, const std::vector<Diagnostic>& diagnostics) {
  const auto counted = [](std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
  };
  const auto errors = static_cast<std::size_t>(std::ranges::count(diagnostics, Severity::error, &Diagnostic::severity));
  const std::size_t warnings = diagnostics.size() - errors;
  const std::string files = counted(snapshot.files().size(), "file");
  if (diagnostics.empty()) return fmt::format("no diagnostics in {}", files);
  if (warnings == 0) return fmt::format("{} in {}", counted(errors, "error"), files);
  if (errors == 0) return fmt::format("{} in {}", counted(warnings, "warning"), files);
  return fmt::format("{} and {} in {}", counted(errors, "error"), counted(warnings, "warning"), files);
}

}  // namespace refract::report
