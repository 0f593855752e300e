// Takes every suggestion of completion at random places of schemas without errors, on six databases: it must add no
// error, unless it leaves a placeholder that waits for input.
//   refract_completions FOLDER [--places N] [--seed N] [--show]

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <random>
#include <set>

#include "conformance/cases.h"
#include "features/completion/completion.h"
#include "syntax/locate.h"
#include "validation/core/diagnostic.h"

namespace refract::conformance {
namespace {

// What CTest takes for "skipped".
constexpr int kNotRun = 77;
constexpr std::string_view kProviders[] = {"postgresql", "mysql", "sqlite", "sqlserver", "mongodb", "cockroachdb"};

struct Schema {
  std::string text;
  schema::PrismaVersion version = schema::PrismaVersion::v7;
};

std::vector<validation::Diagnostic> errors_of(std::string_view text, schema::PrismaVersion version,
                                              validation::AnalysisMode mode = validation::AnalysisMode::strict) {
  auto found = validation::Analysis::run(snapshot_of(text, version), nullptr, mode)->diagnostics();
  std::erase_if(found, [](const auto& one) { return one.severity != validation::Severity::error; });
  return found;
}

// The text for another database; empty: it has no provider to exchange.
std::string with_provider(const std::string& text, std::string_view provider) {
  for (const std::string_view known : kProviders) {
    const std::size_t at = text.find(fmt::format("\"{}\"", known));
    if (at == std::string::npos) continue;
    std::string made = text;
    return made.replace(at + 1, known.size(), provider);
  }
  return {};
}

// Of a schema its models ignored, and with composite types: what the cases have few of.
std::vector<std::string> variants_of(const std::string& text, std::string_view provider) {
  std::vector<std::string> made;
  const std::size_t model = text.find("model ");
  const std::size_t close = model == std::string::npos ? model : text.find("\n}", model);
  if (close != std::string::npos) made.push_back(std::string(text).insert(close, "\n\n  @@ignore"));
  if (provider == "mongodb" && close != std::string::npos) {
    made.push_back(std::string(text).insert(close, "\n  zPlace ZPlace?\n  zPlaces ZPlace[]") +
                   "\n\ntype ZPlace {\n  street String\n  number Int @default(1)\n  at DateTime @default(now())\n  "
                   "point ZPoint\n  tags String[]\n}\n\ntype ZPoint {\n  x Float\n  name String? @map(\"n\")\n}\n");
  }
  return made;
}

// The valid schemas of the cases, by database.
std::map<std::string_view, std::vector<Schema>> schemas_in(const std::filesystem::path& folder) {
  std::map<std::string_view, std::vector<Schema>> found;
  std::set<std::string> seen;
  const auto take = [&](const std::string& text, schema::PrismaVersion version) {
    for (const std::string_view provider : kProviders) {
      const std::string made = with_provider(text, provider);
      if (made.empty() || !seen.insert(made).second || !errors_of(made, version).empty()) continue;
      found[provider].push_back({made, version});
      // Of one in eight.
      if (found[provider].size() % 8 != 0) continue;
      for (const std::string& variant : variants_of(made, provider))
        if (errors_of(variant, version).empty()) found[provider].push_back({variant, version});
    }
  };
  for (const char* kind : {"lint", "diff", "format"}) {
    for (const std::filesystem::path& file : case_files(folder / kind)) {
      each_case(file, [&](const json::Value& one) {
        for (const char* key : {"schema", "to", "input"}) {
          if (one[key].is_string()) take(std::string(one[key].string()), version_of(one));
        }
      });
    }
  }
  return found;
}

// A part of the text that completion is asked for in place of: a whole attribute with its at signs, a whole argument, a
// type with what is after it in the line, since it is typed before that. Another provider makes another schema.
struct Place {
  text::Range word;
  text::Range around;      // the field or attribute: what the text without it has of errors was there before
  std::string typed = {};  // what is there instead of the word, before the cursor
  std::string alone = {};  // the word itself, where the place is more
};

// Places where something is added: an attribute or native type of a field, an attribute of a block, an argument of an
// index, a property and its value.
void add_openings(const syntax::PlacedBlock& placed, const schema::Snapshot& snapshot, std::vector<Place>& places) {
  const syntax::Block& block = *placed.block;
  const auto add = [&](text::Offset at, std::string typed) {
    const text::Range range = text::Range{at, at}.shifted(placed.start);
    places.push_back({range, range, std::move(typed)});
  };
  const schema::Datasource* datasource = snapshot.datasource();
  for (const syntax::Field& field : block.fields) {
    if (!field.type) continue;
    add(field.type->range.end, " @");
    add(field.range.end, " @");
    if (datasource) add(field.range.end, fmt::format(" @{}.", datasource->name));
    // The type alone, before what follows it.
    const text::Range name = field.type->name.range.shifted(placed.start);
    places.push_back({name, field.line.shifted(placed.start), {}, {}});
  }
  const auto arguments = [&](const syntax::Attribute& attribute) {
    if (!attribute.has_arguments) return;
    const text::Offset inside = attribute.arguments_range.begin + 1;
    // A word there would be the one that is completed.
    if (std::string_view("[\")").contains(block.text[inside])) add(inside, "");
    if (!attribute.arguments.empty()) add(attribute.arguments.back().range.end, ", ");
  };
  text::Offset last = 0;  // the end of the last member
  const auto note = [&](const auto& member) { last = std::max(last, member.range.end); };
  for (const syntax::Attribute& attribute : block.attributes) {
    arguments(attribute);
    note(attribute);
  }
  for (const syntax::Field& field : block.fields) {
    for (const syntax::Attribute& attribute : field.attributes) arguments(attribute);
    note(field);
  }
  for (const syntax::EnumValue& value : block.values) note(value);
  for (const syntax::Property& property : block.properties) note(property);
  if (last == 0) return;
  std::vector<std::string_view> keys;
  if (block.kind == syntax::BlockKind::datasource) keys = {"relationMode", "schemas", "extensions", "url"};
  if (block.kind == syntax::BlockKind::generator)
    keys = {"previewFeatures", "engineType", "runtime", "moduleFormat", "binaryTargets"};
  add(last, keys.empty() ? "\n  @@" : "\n  ");
  for (const std::string_view key : keys)
    if (!block.find_property(key)) add(last, fmt::format("\n  {} = ", key));
}

std::vector<Place> words_of(const Schema& schema) {
  std::vector<Place> words;
  const auto snapshot = snapshot_of(schema.text, schema.version);
  for (const syntax::PlacedBlock& placed : snapshot->files()[0].syntax->blocks())
    add_openings(placed, *snapshot, words);
  for (const syntax::PlacedBlock& placed : snapshot->files()[0].syntax->blocks()) {
    syntax::for_each_word(*placed.block, [&](const syntax::Located& word) {
      using enum syntax::LocatedKind;
      if (word.kind == keyword || word.kind == block_name || word.kind == field_name || word.kind == enum_value_name ||
          word.kind == property_key)
        return;
      if (word.property != nullptr && word.property->key.text == "provider") return;
      text::Range range = word.kind == attribute_name ? word.attribute->range : word.token.range;
      if (word.kind == string) range = {range.begin + 1, range.end - 1};
      if (word.kind == field_type) range.end = word.field->range.end;
      if (word.kind == argument_name) {
        if (word.argument == nullptr || word.argument->range.begin != word.token.range.begin) return;
        range = word.argument->range;
      }
      const text::Range around = word.kind == field_type     ? word.field->line
                                 : word.attribute != nullptr ? word.attribute->range
                                 : word.property != nullptr  ? word.property->range
                                                             : range;
      const std::string alone = word.kind == field_type ? std::string(word.field->type->name.text) : std::string();
      words.push_back({range.shifted(placed.start), around.shifted(placed.start), {}, alone});
    });
  }
  return words;
}

struct Outcome {
  std::size_t places = 0;
  std::size_t taken = 0;
  std::size_t waiting = 0;                   // with a placeholder
  std::map<std::string, std::size_t> added;  // errors, by code and label
};

void try_place(const Schema& schema, const Place& place, bool show, Outcome& outcome) {
  const text::Range word = place.word;
  std::string before = schema.text;
  before.replace(word.begin, word.size(), place.typed);
  const auto cursor = word.begin + static_cast<text::Offset>(place.typed.size());
  std::string without = schema.text;
  without.erase(place.around.begin, place.around.size());
  const auto snapshot = snapshot_of(before, schema.version);
  std::set<std::string_view> known;
  for (const validation::Diagnostic& one : errors_of(before, schema.version)) known.insert(one.code.name());
  for (const validation::Diagnostic& one : errors_of(without, schema.version)) known.insert(one.code.name());
  for (const validation::Diagnostic& one : errors_of(without, schema.version, validation::AnalysisMode::tolerant))
    known.insert(one.code.name());
  // A type that what was after it in the line does not follow any more: as if it were typed again.
  if (!place.alone.empty()) {
    std::string again = schema.text;
    again.replace(word.begin, word.size(), place.alone);
    for (const validation::Diagnostic& one : errors_of(again, schema.version)) known.insert(one.code.name());
  }
  ++outcome.places;
  for (const features::CompletionItem& item : features::completion(*snapshot, {0, cursor})) {
    ++outcome.taken;
    std::string insert = item.insert;
    // The other side of a relation is still to be written.
    const bool relation = item.kind == features::CompletionKind::model;
    const bool dot = insert.ends_with('.');
    const bool waits = relation || dot || (item.snippet && insert.contains("${"));
    if (waits) {
      ++outcome.waiting;
      continue;
    }
    if (item.snippet && insert.ends_with("$0")) insert.resize(insert.size() - 2);
    std::string after = before;
    after.replace(item.replace.begin, item.replace.size(), insert);
    for (const validation::Diagnostic& one : errors_of(after, schema.version)) {
      if (known.contains(one.code.name())) continue;
      ++outcome.added[fmt::format("{} by {}", one.code.name(), item.label)];
      if (show) fmt::print("--- {} by {}: {}\n{}\n", one.code.name(), item.label, one.message, after);
      break;
    }
  }
}

}  // namespace
}  // namespace refract::conformance

int main(int argc, char** argv) {
  using namespace refract::conformance;
  CLI::App app("Every suggestion of completion adds no error");
  std::filesystem::path folder;
  std::size_t places = 100;
  unsigned seed = 1;
  bool show = false;
  app.add_option("folder", folder, "The conformance data")->required();
  app.add_option("--places", places, "How many places for each database");
  app.add_option("--seed", seed, "Which of them");
  app.add_flag("--show", show, "Print the text of each suggestion that adds an error");
  CLI11_PARSE(app, argc, argv);
  const auto schemas = schemas_in(folder);
  if (schemas.empty()) {
    fmt::print("not run: no valid schemas in {}\n", folder.string());
    return kNotRun;
  }
  std::mt19937 random(seed);
  bool good = true;
  for (const auto& [provider, texts] : schemas) {
    Outcome outcome;
    while (outcome.places < places) {
      const Schema& schema = texts[random() % texts.size()];
      const auto words = words_of(schema);
      if (!words.empty()) try_place(schema, words[random() % words.size()], show, outcome);
    }
    std::size_t added = 0;
    for (const auto& [what, count] : outcome.added) added += count;
    fmt::print("{}: {} schemas, {} places, {} suggestions, {} of them with a placeholder; {} add an error\n", provider,
               texts.size(), outcome.places, outcome.taken, outcome.waiting, added);
    for (const auto& [what, count] : outcome.added) fmt::print("  {:<60} {}\n", what, count);
    good = good && added == 0;
  }
  return good ? 0 : 1;
}
