// Edits a schema at random in the real program, asks in between, cancels some, and holds the server's state against
// that of a fresh one at every hundredth step. Ends with 1 and the seed's step where they differ or the server dies.

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "soak/typist.h"
#include "support/wire_client.h"

using refract::test::Json;
using refract::test::Process;
using refract::test::Typist;
using refract::test::WireClient;

namespace {

constexpr const char* kUri = "file:///soak/schema.prisma";
// What a state is told by: every one has to be the same on a fresh server.
constexpr const char* kCompared[] = {"textDocument/diagnostic",          "textDocument/documentSymbol",
                                     "textDocument/semanticTokens/full", "textDocument/foldingRange",
                                     "textDocument/documentLink",        "textDocument/formatting"};
constexpr const char* kAtPlace[] = {"textDocument/completion",          "textDocument/hover",
                                    "textDocument/definition",          "textDocument/typeDefinition",
                                    "textDocument/implementation",      "textDocument/references",
                                    "textDocument/documentHighlight",   "textDocument/signatureHelp",
                                    "textDocument/linkedEditingRange",  "textDocument/prepareRename",
                                    "textDocument/prepareCallHierarchy"};

std::string sample() {
  std::string text =
      "datasource db {\n  provider = \"postgresql\"\n}\n\ngenerator client {\n  provider = \"prisma-client\"\n}\n";
  for (int i = 0; i < 80; ++i) {
    const std::string n = std::to_string(i);
    const std::string next = std::to_string((i + 1) % 80);
    text += "\n/// Number " + n + "\nmodel M" + n +
            " {\n  id Int @id @default(autoincrement())\n  name String @unique // 😀\n" + "  kind K" + n +
            "\n  nextId Int\n  next M" + next + " @relation(\"r" + n + "\", fields: [nextId], references: [id])\n" +
            "  before M" + std::to_string((i + 79) % 80) + "[] @relation(\"r" + std::to_string((i + 79) % 80) +
            "\")\n\n  @@index([nextId])\n}\n\nenum K" + n + " {\n  A\n  B @map(\"b\")\n}\n";
  }
  return text;
}

struct Server {
  explicit Server(const std::string& text, bool pulls)
      : process({REFRACT_PROGRAM, "lsp"}), wire(process.input(), process.output()) {
    Json capabilities{{"general", {{"positionEncodings", {"utf-8"}}}}};
    if (pulls) capabilities["textDocument"]["diagnostic"] = {{"relatedDocumentSupport", true}};
    wire.initialize({{"processId", nullptr}, {"rootUri", nullptr}, {"capabilities", capabilities}});
    wire.notify("textDocument/didOpen",
                {{"textDocument", {{"uri", kUri}, {"languageId", "prisma"}, {"version", 1}, {"text", text}}}});
  }

  Json ask(const std::string& method) {
    Json params{{"textDocument", {{"uri", kUri}}}};
    if (method == "textDocument/formatting") params["options"] = {{"tabSize", 2}, {"insertSpaces", true}};
    Json answer = wire.call(method, params);
    wire.take_skipped();
    Json& result = answer["result"];
    // Ids of answers count what was answered before.
    if (result.is_object()) result.erase("resultId");
    return answer.is_null() ? Json("no answer to " + method) : result;
  }
  std::size_t resident_kib() const {
    std::size_t all = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/" + std::to_string(process.pid()) + "/statm") >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 1024;
  }

  Process process;
  WireClient wire;
};

class Soak {
 public:
  Soak(std::string text, std::uint64_t seed)
      : typist_(std::move(text), seed), pulls_(seed % 2 == 0), server_(typist_.text(), pulls_) {}

  // False: the states differ, or the server is gone.
  bool step() {
    ++step_;
    change(typist_.type());
    std::vector<std::int64_t> asked;
    for (std::size_t left = typist_.below(3); left > 0; --left) asked.push_back(ask_something());
    if (typist_.below(12) == 0 && !rename()) return false;
    for (const Json& message : server_.wire.take_skipped()) note_answer(message, asked);
    while (!asked.empty()) {
      const Json message = server_.wire.receive();
      if (message.is_null()) return gone("an answer did not come");
      note_answer(message, asked);
    }
    return step_ % 100 != 0 || same_as_fresh();
  }

  std::size_t steps() const { return step_; }
  std::size_t renames() const { return renames_; }
  std::size_t resident_kib() const { return server_.resident_kib(); }

 private:
  void change(const Json& changes) {
    edits_.push_back(changes);
    server_.wire.notify("textDocument/didChange",
                        {{"textDocument", {{"uri", kUri}, {"version", ++version_}}}, {"contentChanges", changes}});
  }

  std::int64_t ask_something() {
    Json params{{"textDocument", {{"uri", kUri}}}};
    const std::size_t what = typist_.below(20);
    std::string method;
    if (what < 11) {
      method = kAtPlace[typist_.below(std::size(kAtPlace))];
      params["position"] = typist_.position();
      params["context"] = {{"includeDeclaration", true}, {"triggerKind", 1}, {"isRetrigger", false}};
    } else if (what < 14) {
      method = typist_.below(2) == 0 ? "textDocument/codeAction" : "textDocument/inlayHint";
      params["range"] = {{"start", typist_.position()}, {"end", typist_.position()}};
      params["context"] = {{"diagnostics", Json::array()}};
    } else if (what < 15) {
      method = "workspace/diagnostic";
      params["previousResultIds"] = Json::array();
    } else if (what < 16) {
      method = "workspace/symbol";
      params["query"] = "m1";
    } else {
      method = kCompared[typist_.below(std::size(kCompared))];
      params["options"] = {{"tabSize", 2}, {"insertSpaces", true}};
    }
    const std::int64_t id = server_.wire.request(method, params);
    if (typist_.below(4) == 0) server_.wire.notify("$/cancelRequest", {{"id", id}});
    return id;
  }

  static void note_answer(const Json& message, std::vector<std::int64_t>& asked) {
    if (!message.contains("method")) std::erase(asked, message.at("id").get<std::int64_t>());
  }

  bool rename() {
    Json params{{"textDocument", {{"uri", kUri}}},
                {"position", typist_.position()},
                {"newName", "Renamed" + std::to_string(step_)}};
    const Json answer = server_.wire.call("textDocument/rename", params);
    if (answer.is_null()) return gone("a rename was not answered");
    if (!answer.contains("result") || !answer["result"].is_object()) return true;
    ++renames_;
    // Of an edit's places none moves another: from the last to the first.
    Json edits = answer["result"]["changes"][kUri];
    std::sort(edits.begin(), edits.end(), [](const Json& a, const Json& b) {
      const Json& left = a["range"]["start"];
      const Json& right = b["range"]["start"];
      return std::pair(left["line"].get<int>(), left["character"].get<int>()) >
             std::pair(right["line"].get<int>(), right["character"].get<int>());
    });
    Json changes = Json::array();
    for (const Json& edit : edits) changes.push_back(typist_.apply(edit));
    change(changes);
    return true;
  }

  bool same_as_fresh() {
    Server fresh(typist_.text(), pulls_);
    for (const char* method : kCompared) {
      const Json ours = server_.ask(method);
      const Json theirs = fresh.ask(method);
      if (ours == theirs) continue;
      std::printf("step %zu: %s differs from a fresh server's; see soak-*.json and soak-*.prisma here\n", step_,
                  method);
      std::ofstream("soak-before.prisma") << before_;
      std::ofstream("soak-edits.json") << edits_.dump(1) << '\n';
      std::ofstream("soak-ours.json") << ours.dump(1) << '\n';
      std::ofstream("soak-fresh.json") << theirs.dump(1) << '\n';
      std::ofstream("soak-failure.prisma") << typist_.text();
      return false;
    }
    before_ = typist_.text();
    edits_ = Json::array();
    return true;
  }

  bool gone(const char* what) {
    std::printf("step %zu: %s\n", step_, what);
    return false;
  }

  Typist typist_;
  bool pulls_;
  Server server_;
  std::int64_t version_ = 1;
  std::string before_;          // when last compared
  Json edits_ = Json::array();  // since then
  std::size_t step_ = 0;
  std::size_t renames_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::puts("refract_soak SECONDS SEED [SCHEMA]");
    return 2;
  }
  const std::chrono::seconds wanted(std::atoi(argv[1]));
  std::string text = sample();
  if (argc > 3) {
    std::ifstream file(argv[3], std::ios::binary);
    if (!file) return std::puts("the schema cannot be read"), 2;
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  Soak soak(std::move(text), std::strtoull(argv[2], nullptr, 10));
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  auto next_report = begin;
  while (Clock::now() - begin < wanted) {
    if (!soak.step()) return 1;
    if (Clock::now() < next_report) continue;
    next_report = Clock::now() + std::max(wanted / 60, std::chrono::seconds(1));
    const auto passed = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begin).count();
    std::printf("%5lld s  %8zu steps  %6zu renames  %8zu KiB\n", static_cast<long long>(passed), soak.steps(),
                soak.renames(), soak.resident_kib());
    std::fflush(stdout);
  }
  std::printf("%zu steps, %zu renames, %zu KiB at the end: every state was that of a fresh server\n", soak.steps(),
              soak.renames(), soak.resident_kib());
  return 0;
}
