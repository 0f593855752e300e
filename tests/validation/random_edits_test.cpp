#include <fmt/format.h>

#include <random>

#include "support/analysis_story.h"
#include "validation/check.h"

using namespace refract;
using namespace refract::tests;

namespace {

// Models that see one another in every way there is: keys of one and of two fields, a key that is no id, one inferred,
// both sides of one-to-one, many-to-many, a model that points at itself, an enum.
constexpr std::string_view kModels = R"(model Hub {
  id Int @id
  code String @unique
  part Int
  piece Int
  title String
  spokes Spoke[]
  coded Coded[]
  paired Pair?
  tags Tag[]
  role Role @default(USER)
  @@unique([part, piece])
  @@index([title])
}

model Spoke {
  id Int @id
  hubId Int
  hub Hub @relation(fields: [hubId], references: [id], onDelete: SetNull)
  parentId Int?
  parent Spoke? @relation("tree", fields: [parentId], references: [id])
  children Spoke[] @relation("tree")
}

model Coded {
  id Int @id
  code String
  hub Hub @relation(fields: [code], references: [code])
}

model Pair {
  part Int
  piece Int
  hub Hub @relation(fields: [part, piece], references: [part, piece])
  @@id([part, piece])
}

model Tag {
  id Int @id
  name String
  hubs Hub[]
}

enum Role {
  USER
  ADMIN
}
)";

constexpr std::string_view kDatasources[] = {
    "datasource db {\n  provider = \"postgresql\"\n}\n",
    "datasource db {\n  provider = \"sqlserver\"\n}\n",
    "datasource db {\n  provider = \"mongodb\"\n}\n",
    "datasource db {\n  provider = \"mysql\"\n  relationMode = \"prisma\"\n}\n",
};

// What a word may become, and what is allowed in a line of its own.
constexpr std::string_view kWords[] = {"Int",   "String", "Hub",  "Hub?",  "Hub[]", "Spoke", "Spoke[]", "Tag[]",
                                       "Role",  "Lost",   "id",   "code",  "part",  "hubId", "@id",     "@unique",
                                       "@map(", "model",  "enum", "ADMIN", "",      "Int?",  "title",   "@ignore"};
constexpr std::string_view kLines[] = {"  title String",
                                       "  title Int @unique",
                                       "  extra",
                                       "  extra Hub?",
                                       "  @@map(\"spokes\")",
                                       "  @@ignore",
                                       "  @@unique([id])",
                                       "  hub2 Hub[]",
                                       "  id String @id",
                                       "  code Int[]",
                                       "}",
                                       "",
                                       "  pieces Int @map"};

// One word, or one line, of what follows the datasource.
text::Edit edit_of(std::string_view text, std::size_t first, std::mt19937& random) {
  const auto any = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); };
  const auto range = [](std::size_t begin, std::size_t end) {
    return text::Range{static_cast<text::Offset>(begin), static_cast<text::Offset>(end)};
  };
  const std::size_t at = first + any(text.size() - first);
  if (any(4) == 0) {
    const std::size_t begin = text.rfind('\n', at) + 1;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (begin < end && any(2) == 0) return {range(begin, end), std::string(kLines[any(std::size(kLines))])};
    return {range(begin, begin), std::string(kLines[any(std::size(kLines))]) + "\n"};
  }
  constexpr std::string_view kEnds = " \n[](),:";
  const std::size_t before = text.find_last_of(kEnds, at);
  const std::size_t end = std::min(text.find_first_of(kEnds, at), text.size());
  return {range(std::min(before + 1, end), end), std::string(kWords[any(std::size(kWords))])};
}

// Between what both begin and end with.
text::Edit edit_between(std::string_view before, std::string_view now) {
  const std::size_t shorter = std::min(before.size(), now.size());
  std::size_t head = 0, tail = 0;
  while (head < shorter && before[head] == now[head]) ++head;
  while (head + tail < shorter && before[before.size() - 1 - tail] == now[now.size() - 1 - tail]) ++tail;
  return {{static_cast<text::Offset>(head), static_cast<text::Offset>(before.size() - tail)},
          std::string(now.substr(head, now.size() - head - tail))};
}

}  // namespace

TEST_CASE("analysis: after any edits, the diagnostics are those of a fresh one", "[validation]") {
  constexpr schema::Options kOptions{.version = schema::PrismaVersion::v6};
  for (const std::string_view datasource : kDatasources) {
    std::mt19937 random(7);
    std::string text = std::string(datasource) + std::string(kModels);
    auto file = syntax::File::parse(text::Document(text));
    auto snapshot = schema::Snapshot::build({{"s", file}}, kOptions);
    std::shared_ptr<const validation::Analysis> last[2];
    std::vector<std::string> undo;
    for (int step = 0; step < 400; ++step) {
      // Back after a few, so that what was silenced speaks again and the schema stays one.
      const bool back = undo.size() == 4 || (!undo.empty() && random() % 3 == 0);
      std::string next;
      if (back) {
        next = std::move(undo.back());
        undo.pop_back();
      } else {
        const text::Edit edits[] = {edit_of(text, datasource.size(), random)};
        next = text::apply_edits(text, edits);
        undo.push_back(text);
      }
      file = file->with_edits({edit_between(text, next)});
      text = std::move(next);
      snapshot = schema::Snapshot::build({{"s", file}}, kOptions, snapshot);
      for (const validation::AnalysisMode reader :
           {validation::AnalysisMode::strict, validation::AnalysisMode::tolerant}) {
        // A server may skip states: not every one is looked at.
        if (reader == validation::AnalysisMode::strict && step % 3 == 0) continue;
        auto& known = last[reader == validation::AnalysisMode::tolerant];
        known = validation::Analysis::run(snapshot, known, reader);
        const auto fresh = validation::Analysis::run(
            schema::Snapshot::build({{"s", syntax::File::parse(text::Document(text))}}, kOptions), nullptr, reader);
        INFO(fmt::format("step {}, {}\n{}", step, reader == validation::AnalysisMode::tolerant ? "editor" : "prisma",
                         text));
        REQUIRE(story_of(*known) == story_of(*fresh));
      }
    }
  }
}
