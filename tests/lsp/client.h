#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "support/wire_client.h"

namespace refract::test::lsp {

// A client of the real program, started in a folder of its own with one schema, prisma/schema.prisma, open.
struct Client {
  using Prepare = std::function<void(const TemporaryFolder&)>;
  // `prepare` writes what else is in the folder, before the server reads it. `pushed`: the first diagnostics are waited
  // for; a client that asks for them gets none.
  explicit Client(std::string_view schema, Json capabilities = Json::object(), Json options = nullptr,
                  const Prepare& prepare = {}, bool pushed = true)
      : process({REFRACT_PROGRAM, "lsp", "--stdio"}), wire(process.input(), process.output()) {
    folder.write("prisma/schema.prisma", schema);
    if (prepare) prepare(folder);
    uri = "file://" + (folder / "prisma/schema.prisma").string();
    initialized = wire.initialize({{"processId", nullptr},
                                   {"rootUri", nullptr},
                                   {"capabilities", std::move(capabilities)},
                                   {"initializationOptions", std::move(options)}});
    wire.notify("textDocument/didOpen",
                {{"textDocument", {{"uri", uri}, {"languageId", "prisma"}, {"version", 1}, {"text", schema}}}});
    if (pushed) diagnostics();
  }

  Json diagnostics() {
    for (;;) {
      const Json message = wire.receive();
      REQUIRE_FALSE(message.is_null());
      if (message.value("method", "") == "textDocument/publishDiagnostics") return message["params"];
    }
  }
  void change(Json range, const std::string& text, int version) {
    wire.notify("textDocument/didChange", {{"textDocument", {{"uri", uri}, {"version", version}}},
                                           {"contentChanges", Json::array({Json{{"range", range}, {"text", text}}})}});
  }
  Json at(int line, int character) const {
    return {{"textDocument", {{"uri", uri}}}, {"position", {{"line", line}, {"character", character}}}};
  }
  Json result(const std::string& method, Json params) {
    Json answer = wire.call(method, std::move(params));
    INFO(answer.dump());
    REQUIRE(answer.contains("result"));
    return answer["result"];
  }
  Json run(const std::string& command, Json argument) {
    return wire.call("workspace/executeCommand",
                     {{"command", command}, {"arguments", Json::array({std::move(argument)})}});
  }

  TemporaryFolder folder;
  Process process;
  WireClient wire;
  std::string uri;
  Json initialized;
};

inline Json span(int line, int begin, int end) {
  return {{"start", {{"line", line}, {"character", begin}}}, {"end", {{"line", line}, {"character", end}}}};
}

}  // namespace refract::test::lsp
