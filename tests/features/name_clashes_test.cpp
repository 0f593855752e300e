#include "features/name_clashes.h"

#include "features/fixture.h"
#include "features/rename.h"

using namespace refract;

namespace {

constexpr std::string_view kPostgres = "datasource db {\n  provider = \"postgresql\"\n}\n\n";

// The refusal; empty: it is renamed.
std::string refused(std::string_view datasource, std::string_view marked, const std::string& name,
                    features::DatabaseName database = features::DatabaseName::follow,
                    const migrate::History* history = nullptr) {
  const auto made = test::fixture(std::string(datasource) + std::string(marked));
  const auto edits = features::rename(*made.snapshot, made.cursor, name, database, history);
  return edits ? std::string() : edits.error().message;
}

std::string refused(std::string_view marked, const std::string& name) {
  return refused(kPostgres, marked, name);
}

constexpr std::string_view kRelated =
    "model A {\n  id Int @id\n  b B[] @relation(\"A$0B\")\n}\nmodel B {\n  id Int @id\n  a A[] @relation(\"AB\")\n}\n";

}  // namespace

TEST_CASE("name clashes: the table of a relation onto the table of a model or a relation", "[rename]") {
  const std::string with_table = std::string(kRelated) + "model N {\n  id Int @id\n  @@map(\"_Zz\")\n}\n";
  CHECK(refused(with_table, "Zz") ==
        "The database cannot have the name Zz for AB: table _Zz would belong to both model N and relation Zz. Choose "
        "another name.");
  for (const char* provider : {"mysql", "sqlite", "sqlserver"}) {
    INFO(provider);
    const std::string datasource = "datasource db {\n  provider = \"" + std::string(provider) + "\"\n}\n\n";
    CHECK(refused(datasource, with_table, "Zz").contains("table _Zz would belong to both"));
  }
  CHECK(refused(with_table, "Zy").empty());
  // Alike in the 63 bytes that PostgreSQL keeps.
  const std::string stem(62, 'r');
  const std::string two = "model A {\n  id Int @id\n  b B[] @relation(\"o$0ne\")\n  c B[] @relation(\"" + stem +
                          "a\")\n}\nmodel B {\n  id Int @id\n  a A[] @relation(\"one\")\n  d A[] @relation(\"" + stem +
                          "a\")\n}\n";
  CHECK(refused(two, stem + "b").contains("would belong to both relation"));
  CHECK(refused(two, "b" + stem).empty());
  // A relation without a name has that of its models.
  CHECK(refused("model A$0 {\n  id Int @id\n  b B[]\n}\nmodel B {\n  id Int @id\n  a A[]\n}\n"
                "model N {\n  id Int @id\n  @@map(\"_BToC\")\n}\n",
                "C")
            .contains("table _BToC would belong to both"));
}

TEST_CASE("name clashes: tables, enums and columns", "[rename]") {
  CHECK(refused("model A$0 {\n  id Int @id\n}\nmodel C {\n  id Int @id\n  @@map(\"B\")\n}\n", "B")
            .contains("table B would belong to both"));
  CHECK(refused("model A {\n  id Int @id\n  @@map(\"a$0\")\n}\nenum E {\n  X\n  @@map(\"e\")\n}\n", "e")
            .contains("already exists"));
  CHECK(refused("enum E$0 {\n  X\n}\nmodel A {\n  id Int @id\n  e E\n  @@map(\"F\")\n}\n", "F")
            .contains("already exists"));
  CHECK(refused("enum E$0 {\n  X\n}\nenum F {\n  X\n  @@map(\"G\")\n}\n", "G").starts_with("The database cannot"));
  CHECK(
      refused("model A {\n  id Int @id\n  a$0 Int\n  b Int @map(\"c\")\n}\n", "c").starts_with("The database cannot"));
  CHECK(refused("model A {\n  id Int @id\n  a$0 Int\n}\n", "ctid").contains("PostgreSQL gives every table"));
  CHECK(refused("model A$0 {\n  id Int @id\n}\n", "B").empty());
  CHECK(refused("model A {\n  id Int @id\n  a$0 Int\n  b Int @map(\"c\")\n}\n", "d").empty());
  // The database keeps its name.
  CHECK(refused(kPostgres, "model A$0 {\n  id Int @id\n}\nmodel C {\n  id Int @id\n  @@map(\"B\")\n}\n", "B",
                features::DatabaseName::keep)
            .empty());
}

TEST_CASE("name clashes: indexes and keys", "[rename]") {
  const auto with_index = [](std::string_view attributes) {
    return "model A {\n  id Int @id\n  a Int\n  b Int\n" + std::string(attributes) + "}\nmodel B {\n  id Int @id\n}\n";
  };
  CHECK(refused(with_index("  @@index([a], map: \"i$0\")\n  @@index([b], map: \"j\")\n"), "j")
            .starts_with("The database cannot"));
  CHECK(refused(with_index("  @@index([a], map: \"i$0\")\n"), "B").contains("relation \"B\" already exists"));
  CHECK(refused(with_index("  @@index([a], map: \"i$0\")\n"), "A_pkey").starts_with("The database cannot"));
  CHECK(refused(with_index("  @@index([a], map: \"i$0\")\n"), "k").empty());
  // The index is named after its model and field.
  CHECK(refused("model A {\n  id Int @id\n  a$0 Int @unique\n  c Int\n  @@index([c], map: \"A_b_key\")\n}\n", "b")
            .starts_with("The database cannot"));
}

TEST_CASE("name clashes: what the migrations made beside the schema", "[rename]") {
  migrate::History history;
  history.migrations.emplace_back();
  auto catalog = catalog::Catalog::empty();
  catalog.views[{"public", "V"}].name = {"public", "V"};
  history.catalog = std::make_shared<const catalog::Catalog>(std::move(catalog));
  const auto follow = features::DatabaseName::follow;
  CHECK(refused(kPostgres, "model A$0 {\n  id Int @id\n}\n", "V", follow, &history).contains("already exists"));
  CHECK(refused(kPostgres, "model A$0 {\n  id Int @id\n}\n", "W", follow, &history).empty());
}
