// Code lenses over the wire, in a schema of several files.

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "support/wire_client.h"

using refract::test::Json;
using refract::test::Process;
using refract::test::TemporaryFolder;
using refract::test::WireClient;

namespace {

constexpr const char* kUser = "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n}\n";
constexpr const char* kPost = "model Post {\n  id Int @id\n}\n";

bool mentions_reference(const Json& lenses) {
  return std::ranges::any_of(lenses, [](const Json& lens) { return lens["command"]["title"] == "1 reference"; });
}

}  // namespace

TEST_CASE("lenses: an edit of another file has the client ask again", "[lsp]") {
  TemporaryFolder folder;
  folder.write("package.json", R"({"prisma": {"schema": "db"}})");
  folder.write("db/user.prisma", kUser);
  folder.write("db/post.prisma", kPost);
  const auto uri = [&](const std::string& name) { return "file://" + (folder / name).string(); };
  const std::string user = uri("db/user.prisma"), post = uri("db/post.prisma");
  Process process({REFRACT_PROGRAM, "lsp"});
  WireClient wire(process.input(), process.output());
  wire.initialize({{"processId", nullptr},
                   {"rootUri", "file://" + folder.path().string()},
                   {"capabilities", {{"workspace", {{"codeLens", {{"refreshSupport", true}}}}}}}});
  for (const auto& [document, text] : {std::pair(user, kUser), std::pair(post, kPost)}) {
    wire.notify("textDocument/didOpen",
                {{"textDocument", {{"uri", document}, {"languageId", "prisma"}, {"version", 1}, {"text", text}}}});
  }
  const auto lenses = [&] { return wire.call("textDocument/codeLens", {{"textDocument", {{"uri", user}}}})["result"]; };
  CHECK_FALSE(mentions_reference(lenses()));

  int version = 1;
  const auto type = [&](const std::string& text) {
    wire.notify("textDocument/didChange", {{"textDocument", {{"uri", post}, {"version", ++version}}},
                                           {"contentChanges", Json::array({Json{{"text", text}}})}});
  };
  // Waits until it is told to ask, and asks; again where it was for something else: the migrations are read meanwhile.
  const auto becomes_reported = [&](bool reference) {
    const auto is_refresh = [](const Json& message) {
      return message.value("method", "") == "workspace/codeLens/refresh";
    };
    while (true) {
      if (std::ranges::none_of(wire.take_skipped(), is_refresh)) {
        const Json message = wire.receive();
        if (message.is_null()) return false;
        if (!is_refresh(message)) continue;
      }
      if (mentions_reference(lenses()) == reference) return true;
    }
  };
  type(std::string(kPost) + "// A comment changes no lens.\n");
  type("model Post {\n  id Int @id\n  user User\n}\n");
  CHECK(becomes_reported(true));
  type(kPost);
  CHECK(becomes_reported(false));
}
