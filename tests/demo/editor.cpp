#include "demo/editor.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace refract::demo {
namespace {

using test::Json;
using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Json position(const text::Document& document, text::Offset offset) {
  const text::Position at = document.position_at(offset, text::Encoding::utf16);
  return {{"line", at.line}, {"character", at.character}};
}

text::Offset offset(const text::Document& document, const Json& position) {
  return document.offset_at({position["line"], position["character"]}, text::Encoding::utf16);
}

}  // namespace

Editor::Editor(const std::string& program, const std::filesystem::path& schema)
    : path_(schema),
      uri_("file://" + schema.string()),
      document_(read(schema)),
      process_({program, "lsp", "--stdio"}),
      client_(process_.input(), process_.output()) {
  const auto begin = Clock::now();
  client_.initialize(
      {{"processId", nullptr},
       {"rootUri", nullptr},
       {"capabilities",
        {{"textDocument",
          {{"codeAction", {{"codeActionLiteralSupport", {{"codeActionKind", {{"valueSet", {"quickfix"}}}}}}}}}}}}});
  start_milliseconds_ = milliseconds_since(begin);
  client_.notify(
      "textDocument/didOpen",
      {{"textDocument", {{"uri", uri_}, {"languageId", "prisma"}, {"version", version_}, {"text", document_.text()}}}});
}

void Editor::change(text::Edit edit) {
  const Json range{{"start", position(document_, edit.range.begin)}, {"end", position(document_, edit.range.end)}};
  changed_at_ = Clock::now();
  client_.notify("textDocument/didChange",
                 {{"textDocument", {{"uri", uri_}, {"version", ++version_}}},
                  {"contentChanges", Json::array({Json{{"range", range}, {"text", edit.text}}})}});
  document_ = document_.with_edit(edit);
}

void Editor::insert(std::string_view place, std::string_view inserted, bool after) {
  const std::size_t found = document_.text().find(place);
  if (found == std::string_view::npos) throw std::runtime_error("the example has no " + std::string(place));
  const auto at = static_cast<text::Offset>(found + (after ? place.size() : 0));
  change({{at, at}, std::string(inserted)});
}

Json Editor::diagnostics() {
  for (;;) {
    const Json message = client_.receive();
    if (message.is_null()) throw std::runtime_error("the server published no diagnostics");
    if (message.value("method", "") != "textDocument/publishDiagnostics") continue;
    if (message["params"].value("version", 0) != version_) continue;
    last_milliseconds_ = milliseconds_since(changed_at_);
    return message["params"]["diagnostics"];
  }
}

Json Editor::call(const std::string& method, Json params) {
  const auto begin = Clock::now();
  Json answer = client_.call(method, std::move(params));
  last_milliseconds_ = milliseconds_since(begin);
  if (answer.contains("error")) throw std::runtime_error(answer["error"]["message"].get<std::string>());
  return answer["result"];
}

Json Editor::fixes_for(const Json& diagnostic) {
  return call("textDocument/codeAction",
              {{"textDocument", {{"uri", uri_}}},
               {"range", diagnostic["range"]},
               {"context", {{"diagnostics", Json::array({diagnostic})}, {"only", {"quickfix"}}}}});
}

void Editor::apply(const Json& workspace_edit) {
  std::vector<text::Edit> edits;
  for (const Json& edit : workspace_edit["changes"][uri_]) {
    edits.push_back({{offset(document_, edit["range"]["start"]), offset(document_, edit["range"]["end"])},
                     edit["newText"].get<std::string>()});
  }
  // From the end, so that every range still counts in the text it was made for.
  std::ranges::sort(edits, std::greater<>(), [](const text::Edit& edit) { return edit.range.begin; });
  for (text::Edit& edit : edits) change(std::move(edit));
}

void Editor::format() {
  const Json edits = call("textDocument/formatting",
                          {{"textDocument", {{"uri", uri_}}}, {"options", {{"tabSize", 2}, {"insertSpaces", true}}}});
  apply({{"changes", {{uri_, edits}}}});
}

Json Editor::run(const std::string& command, Json argument) {
  return call("workspace/executeCommand", {{"command", command}, {"arguments", Json::array({std::move(argument)})}});
}

std::string Editor::lens() {
  constexpr int kTries = 200;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const Json lenses = call("textDocument/codeLens", {{"textDocument", {{"uri", uri_}}}});
    // The lens with the version of Prisma is also there and needs no migrations.
    const std::string_view before = document_.text().substr(0, document_.text().find("\ndatasource ") + 1);
    const auto line = std::ranges::count(before, '\n');
    for (const Json& lens : lenses) {
      const std::string title = lens["command"]["title"];
      if (lens["range"]["start"]["line"] == line && !title.starts_with("Prisma ")) return title;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  throw std::runtime_error("the server shows no code lens above the datasource");
}

void Editor::save() const {
  std::ofstream(path_, std::ios::binary) << document_.text();
}

void Editor::quit() {
  client_.call("shutdown");
  client_.notify("exit");
  if (process_.wait() != 0) throw std::runtime_error("the server ended with an error");
}

}  // namespace refract::demo
