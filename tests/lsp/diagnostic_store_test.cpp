#include "lsp/diagnostic_store.h"

#include <future>

#include "support/catch.h"
#include "support/temporary_folder.h"

using namespace refract;

namespace {

constexpr std::string_view kSchema = "model A {\n  id Int @id\n  b Nope\n}\n";

struct Opened {
  test::TemporaryFolder folder;
  workspace::Host host;
  std::string path = (folder / "schema.prisma").string();

  Opened() { host.open(path, 1, std::string(kSchema)); }
  lsp::Scope scope() { return {host.view(path), {}}; }
};

}  // namespace

TEST_CASE("diagnostic store: those of a snapshot are written once, whoever asks first", "[lsp]") {
  Opened opened;
  lsp::DiagnosticStore store;
  const lsp::Scope scope = opened.scope();
  std::vector<std::future<std::shared_ptr<const lsp::SchemaDiagnostics>>> asked;
  for (int i = 0; i < 4; ++i) asked.push_back(std::async(std::launch::async, [&] { return store.of(scope); }));
  const auto first = store.of(scope);
  for (auto& one : asked) CHECK(one.get() == first);

  REQUIRE(first->files.size() == 1);
  const lsp::FileDiagnostics& file = first->files.front();
  CHECK_FALSE(file.empty);
  CHECK(file.version == 1);
  const auto items = protocol::Json::parse(file.items.text);
  REQUIRE(items.size() == 1);
  CHECK(items[0]["code"] == "unknown-type");
}

TEST_CASE("diagnostic store: an edit has other diagnostics, with the same id where they are the same", "[lsp]") {
  Opened opened;
  lsp::DiagnosticStore store;
  const auto before = store.of(opened.scope());
  const auto end = static_cast<text::Offset>(kSchema.size());
  opened.host.change(opened.path, 2, {{{end, end}, "// a comment\n"}});
  const auto after = store.of(opened.scope());
  CHECK(after != before);
  const lsp::FileDiagnostics& one = before->files.front();
  const lsp::FileDiagnostics& other = after->files.front();
  CHECK(one.content_id() == other.content_id());
  // While a text is edited, a client moves what it shows: it has to be set again.
  CHECK(one.result_id() != other.result_id());
  opened.host.change(opened.path, 3, {{{0, end}, "model A {\n  id Int @id\n}\n"}});
  const auto none = store.of(opened.scope());
  CHECK(none->files.front().empty);
  CHECK(none->files.front().items.text == "[]");
  CHECK(none->files.front().result_id() == none->files.front().content_id());
}
