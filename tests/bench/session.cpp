#include "bench/session.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace refract::bench {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// TextDocumentSyncKind.Incremental of LSP 3.17; the capability is the kind itself or an object that has it.
bool wants_pieces(const Json& initialized) {
  const Json& sync = initialized["result"]["capabilities"]["textDocumentSync"];
  return (sync.is_object() ? sync.value("change", 0) : sync.is_number() ? sync.get<int>() : 0) == 2;
}

// What VS Code says of completion and symbols, where it decides how much a server has to write.
Json vs_code() {
  return {{"textDocument",
           {{"completion",
             {{"completionItem", {{"snippetSupport", true}, {"documentationFormat", {"markdown", "plaintext"}}}},
              {"completionList", {{"itemDefaults", {"editRange", "insertTextFormat"}}}}}},
            {"codeAction", {{"codeActionLiteralSupport", {{"codeActionKind", {{"valueSet", {"quickfix"}}}}}}}},
            {"documentSymbol", {{"hierarchicalDocumentSymbolSupport", true}}}}}};
}

}  // namespace

Session::Session(const std::vector<std::string>& command, const std::filesystem::path& schema, Client client)
    : uri_("file://" + schema.string()),
      document_(read(schema)),
      process_(command),
      client_(process_.input(), process_.output()) {
  const std::string folder = "file://" + schema.parent_path().string();
  Json initialized = wait_for_answer(
      client_.request("initialize", {{"processId", nullptr},
                                     {"rootUri", folder},
                                     {"workspaceFolders", {{{"uri", folder}, {"name", "bench"}}}},
                                     {"capabilities", client == Client::vs_code ? vs_code() : Json::object()}}));
  start_milliseconds_ = milliseconds_since(begin_);
  if (!initialized.contains("result")) throw std::runtime_error(command.front() + ": no answer to initialize");
  incremental_ = wants_pieces(initialized);
  client_.notify("initialized", Json::object());
  client_.notify(
      "textDocument/didOpen",
      {{"textDocument", {{"uri", uri_}, {"languageId", "prisma"}, {"version", version_}, {"text", document_.text()}}}});
  // What is still on its way from opening must not be taken for the answer to the first change.
  if (!request("textDocument/documentSymbol", {})) throw std::runtime_error(command.front() + ": no document symbols");
  while (diagnostics_.is_null()) {
    if (receive().is_null()) throw std::runtime_error(command.front() + ": no diagnostics");
  }
}

std::optional<double> Session::change(const text::Edit& edit) {
  Json change = {{"text", edit.text}};
  if (incremental_) change["range"] = {{"start", position(edit.range.begin)}, {"end", position(edit.range.end)}};
  document_ = document_.with_edit(edit);
  if (!incremental_) change["text"] = document_.text();
  const Json before = diagnostics_;
  const auto begin = Clock::now();
  client_.notify("textDocument/didChange", {{"textDocument", {{"uri", uri_}, {"version", ++version_}}},
                                            {"contentChanges", Json::array({std::move(change)})}});
  while (diagnostics_ == before) {
    if (receive().is_null()) return std::nullopt;
  }
  return milliseconds_between(begin, client_.arrival());
}

std::optional<double> Session::request(std::string_view method, Json params) {
  params["textDocument"] = {{"uri", uri_}};
  const auto begin = Clock::now();
  const Json answer = wait_for_answer(client_.request(method, std::move(params)));
  const double milliseconds = milliseconds_between(begin, client_.arrival());
  if (!answer.contains("result")) return std::nullopt;
  // A schema that is formatted already has nothing to change; anything else must have been found.
  if (answer["result"].empty() && method != "textDocument/formatting") return std::nullopt;
  return milliseconds;
}

Json Session::position(text::Offset offset) const {
  const text::Position at = document_.position_at(offset, text::Encoding::utf16);
  return {{"line", at.line}, {"character", at.character}};
}

// The next message; requests of the server are answered and diagnostics kept on the way.
Json Session::receive() {
  Json message = client_.receive();
  if (!message.contains("method")) return message;
  if (message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri_)
    diagnostics_ = message["params"]["diagnostics"];
  if (message.contains("id")) {
    Json result = nullptr;
    if (message["method"] == "workspace/configuration") result = Json(message["params"]["items"].size(), Json());
    client_.send({{"jsonrpc", "2.0"}, {"id", message["id"]}, {"result", std::move(result)}});
  }
  return message;
}

Json Session::wait_for_answer(std::int64_t id) {
  while (true) {
    Json message = receive();
    if (message.is_null() || (!message.contains("method") && message.value("id", Json()) == id)) return message;
  }
}

}  // namespace refract::bench
