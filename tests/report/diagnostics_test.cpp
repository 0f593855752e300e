#include <algorithm>

#include "report/annotations.h"
#include "report/diagnostics.h"
#include "report/sarif.h"
#include "report/shown.h"
#include "support/catch.h"

using namespace refract;
using protocol::Json;

namespace {

struct Checked {
  explicit Checked(std::string text, std::string path = "prisma/a b.prisma")
      : snapshot(schema::Snapshot::build({{std::move(path), syntax::File::parse(text::Document(std::move(text)))}},
                                         {.version = schema::PrismaVersion::v7})),
        analysis(validation::Analysis::run(snapshot)) {}

  const std::vector<validation::Diagnostic>& found() const { return analysis->diagnostics(); }

  std::shared_ptr<const schema::Snapshot> snapshot;
  std::shared_ptr<const validation::Analysis> analysis;
};

constexpr std::string_view kRelated =
    "model A {\n  id Int @id\n  bId Int\n  b B @relation(fields: [bId], references: [id])\n}\n\nmodel B {\n  id Int "
    "@id\n}\n";

std::string many_errors(std::size_t count) {
  std::string text = "model A {\n  id Int @id\n";
  for (std::size_t i = 0; i < count; ++i) text += "  f" + std::to_string(i) + " Strin\n";
  return text + "}\n";
}

}  // namespace

TEST_CASE("sarif: a log with the rule, the place, related places and fixes", "[report]") {
  const Checked checked{std::string(kRelated)};
  report::SarifLog log("1.2.3");
  log.add(*checked.snapshot, checked.found());
  const Json json = log.json();
  CHECK(json.at("version") == "2.1.0");
  CHECK(json.at("$schema").get<std::string>().find("sarif-2.1.0") != std::string::npos);
  const Json& run = json.at("runs").at(0);
  CHECK(run.at("tool").at("driver").at("name") == "refract");
  CHECK(run.at("tool").at("driver").at("version") == "1.2.3");
  CHECK(run.at("columnKind") == "utf16CodeUnits");
  REQUIRE(run.at("results").size() == 1);
  const Json& result = run.at("results").at(0);
  CHECK(result.at("ruleId") == "relation-without-opposite");
  CHECK(run.at("tool").at("driver").at("rules").at(result.at("ruleIndex").get<std::size_t>()).at("id") ==
        "relation-without-opposite");
  CHECK(result.at("level") == "error");
  const Json& place = result.at("locations").at(0).at("physicalLocation");
  CHECK(place.at("artifactLocation").at("uri") == "prisma/a%20b.prisma");
  CHECK(place.at("region").at("startLine") == 4);
  CHECK(place.at("region").at("startColumn") == 3);
  CHECK(place.at("region").at("byteOffset") == kRelated.find("b B @"));
  CHECK(result.at("relatedLocations").at(0).at("physicalLocation").at("region").at("startLine") == 7);
  const Json& change = result.at("fixes").at(0).at("artifactChanges").at(0);
  CHECK(change.at("replacements").at(0).at("insertedContent").at("text").get<std::string>().find("A[]") !=
        std::string::npos);
}

TEST_CASE("sarif: several schemas share one list of rules", "[report]") {
  const Checked one("model A {\n  id Int @id\n  a Strin\n}\n", "one.prisma");
  const Checked two("model A {\n  id Int @id\n  a Strin\n}\n", "/abs/two.prisma");
  report::SarifLog log("1");
  log.add(*one.snapshot, one.found());
  log.add(*two.snapshot, two.found());
  const Json json = log.json();
  const Json& run = json.at("runs").at(0);
  CHECK(run.at("results").size() == 2);
  CHECK(run.at("tool").at("driver").at("rules").size() == 1);
  CHECK(run.at("results").at(1).at("locations").at(0).at("physicalLocation").at("artifactLocation").at("uri") ==
        "file:///abs/two.prisma");
}

TEST_CASE("github: one command a diagnostic, escaped", "[report]") {
  const Checked checked("model A {\n  id Int @id\n  name Strin\n}\n", "a,b:c%.prisma");
  const std::string text = report::github_annotations(*checked.snapshot, checked.found());
  CHECK(text.starts_with("::error file=a%2Cb%3Ac%25.prisma,line=3,col=8,endLine=3,endColumn=13,title=unknown-type::"));
  CHECK(std::ranges::count(text, '\n') == 1);
  CHECK(text.find("Did you mean `String`?") != std::string::npos);
}

TEST_CASE("diagnostics: columns count UTF-16 units", "[report]") {
  // "é" takes one, "😀" two.
  const Checked checked("model A {\n  id String @id @map(\"é😀\") @uniq\n}\n");
  REQUIRE(checked.found().size() == 1);
  const Json json = report::diagnostics_json(*checked.snapshot, checked.found());
  CHECK(json.at("diagnostics").at(0).at("range").at("start") == Json{{"line", 1}, {"character", 28}});
}

TEST_CASE("diagnostics: of too many the first are shown, errors before warnings", "[report]") {
  const Checked checked(many_errors(1500));
  REQUIRE(checked.found().size() == 1500);
  const report::Shown shown = report::shown_of(checked.found());
  CHECK(shown.diagnostics.size() == report::kMaxDiagnostics);
  CHECK(shown.left_out_in_all() == 500);
  const Json json = report::diagnostics_json(*checked.snapshot, checked.found());
  CHECK(json.at("diagnostics").size() == report::kMaxDiagnostics);
  CHECK(json.at("omitted") == 500);
  CHECK(report::diagnostics_text(*checked.snapshot, checked.found(), false)
            .ends_with("\n500 more diagnostics are not shown. Correct the ones above first.\n"));
  CHECK(report::github_annotations(*checked.snapshot, checked.found())
            .ends_with("::notice title=refract::500 more diagnostics are not shown. Correct the ones above first.\n"));
  report::SarifLog log("1");
  log.add(*checked.snapshot, checked.found());
  CHECK(log.json().at("runs").at(0).at("invocations").at(0).at("toolExecutionNotifications").size() == 1);
  CHECK_FALSE(report::diagnostics_json(*checked.snapshot, {}).contains("omitted"));

  std::vector<validation::Diagnostic> mixed(3, {.code = "unknown-type"});
  mixed[0].severity = validation::Severity::warning;
  mixed[1].severity = validation::Severity::warning;
  const report::Shown two = report::shown_of(mixed, 2);
  REQUIRE(two.diagnostics.size() == 2);
  CHECK(two.diagnostics[0] == &mixed[0]);
  CHECK(two.diagnostics[1] == &mixed[2]);
}

TEST_CASE("diagnostics: a long line is cut around the place, and control characters are not printed", "[report]") {
  const Checked checked("model A {\n  id Int @id\n  n Strin // \x1b[31m" + std::string(5000, 'x') + "\n}\n");
  const std::string text = report::diagnostics_text(*checked.snapshot, checked.found(), false);
  CHECK(text.size() < 1000);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find(" …\n") != std::string::npos);

  const Checked far("model A {\n  id Int @id @map(\"" + std::string(5000, 'y') + "\") @uniq\n}\n");
  const std::string late = report::diagnostics_text(*far.snapshot, far.found(), false);
  CHECK(late.size() < 1000);
  CHECK(late.find("… y") != std::string::npos);
  CHECK(late.find("@uniq") != std::string::npos);
}

TEST_CASE("diagnostics: the version in force is part of the answer", "[report]") {
  const Checked checked("model A {\n  id Int @id\n}\n", "a.prisma");
  Json json = report::empty_schemas_json();
  report::add_schema_json(json, *checked.snapshot, "as requested", checked.found());
  CHECK(json == Json::parse(R"({"files": ["a.prisma"], "diagnostics": [],
    "schemas": [{"files": ["a.prisma"], "prisma": 7, "reason": "as requested"}]})"));
  CHECK(report::version_text(schema::PrismaVersion::v6, "as requested") == "Prisma 6, as requested");
}
