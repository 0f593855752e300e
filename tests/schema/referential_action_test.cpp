#include "schema/referential_action.h"

#include "schema/attributes.h"
#include "support/catch.h"

using namespace refract;
using schema::ReferentialAction;

namespace {

std::shared_ptr<const schema::Snapshot> snapshot_of(std::string_view provider, std::string_view relation,
                                                    std::string_view datasource = "") {
  std::string text = "datasource db {\n  provider = \"" + std::string(provider) + "\"\n" + std::string(datasource) +
                     "}\n\nmodel User {\n  id Int @id\n  posts Post[]\n}\n\nmodel Post {\n  id Int @id\n" +
                     std::string(relation) + "}\n";
  return schema::Snapshot::build({{"schema.prisma", syntax::File::parse(text::Document(std::move(text)))}},
                                 {.version = schema::PrismaVersion::v6});
}

schema::Actions actions(const schema::Snapshot& snapshot) {
  const schema::Placed* post = snapshot.find("Post");
  REQUIRE(post != nullptr);
  const schema::Field* author = (*post)->find_field("author");
  REQUIRE(author != nullptr);
  return schema::actions_of(snapshot, **post, *author);
}

constexpr std::string_view kRequired = "  userId Int\n  author User @relation(fields: [userId], references: [id])\n";
constexpr std::string_view kOptional = "  userId Int?\n  author User? @relation(fields: [userId], references: [id])\n";

}  // namespace

TEST_CASE("referential actions: what a relation does that says nothing", "[schema]") {
  const auto required = actions(*snapshot_of("postgresql", kRequired));
  CHECK(required.on_delete == ReferentialAction::restrict_);
  CHECK(required.on_update == ReferentialAction::cascade);
  CHECK_FALSE(required.on_delete_given);
  CHECK_FALSE(required.on_update_given);
  CHECK(actions(*snapshot_of("postgresql", kOptional)).on_delete == ReferentialAction::set_null);
  // SQL Server has no Restrict.
  CHECK(actions(*snapshot_of("sqlserver", kRequired)).on_delete == ReferentialAction::no_action);
  // An optional field that a required scalar holds cannot become null.
  CHECK(actions(
            *snapshot_of("postgresql", "  userId Int\n  author User? @relation(fields: [userId], references: [id])\n"))
            .on_delete == ReferentialAction::restrict_);
}

TEST_CASE("referential actions: those written count, each for itself", "[schema]") {
  const auto given = actions(*snapshot_of(
      "postgresql", "  userId Int\n  author User @relation(fields: [userId], references: [id], onDelete: Cascade)\n"));
  CHECK(given.on_delete == ReferentialAction::cascade);
  CHECK(given.on_delete_given);
  CHECK(given.on_update == ReferentialAction::cascade);
  CHECK_FALSE(given.on_update_given);
}

TEST_CASE("snapshot: what the datasource and generators say of all of it", "[schema]") {
  const auto plain = snapshot_of("postgresql", kRequired);
  CHECK(plain->provider() == schema::Provider::postgresql);
  CHECK(plain->datasources().size() == 1);
  CHECK(plain->generators().empty());
  CHECK_FALSE(plain->uses_database_schemas());
  CHECK_FALSE(plain->has_composite_types());
  CHECK_FALSE(plain->has_preview_feature("views"));
  const auto in_schema =
      snapshot_of("postgresql", std::string(kRequired) + "\n  @@schema(\"a\")\n", "  schemas = [\"a\"]\n");
  CHECK(in_schema->uses_database_schemas());

  std::string text =
      "datasource db {\n  provider = \"mongodb\"\n}\n\ngenerator client {\n  provider = "
      "\"prisma-client-js\"\n  previewFeatures = [\"views\"]\n}\n\ntype Address {\n  street String\n}\n";
  const auto mongo = schema::Snapshot::build({{"schema.prisma", syntax::File::parse(text::Document(std::move(text)))}},
                                             {.version = schema::PrismaVersion::v6});
  CHECK(mongo->has_composite_types());
  CHECK(mongo->has_preview_feature("views"));
  CHECK_FALSE(mongo->has_preview_feature("view"));
  REQUIRE(mongo->generators().size() == 1);
}

TEST_CASE("snapshot: where a block is now, and one of an older text", "[schema]") {
  const auto before = snapshot_of("postgresql", kRequired);
  const schema::Placed* user = before->find("User");
  REQUIRE(user != nullptr);
  const auto name = (*user)->block->name.range;
  const schema::FileRange at = before->place_of(*(*user)->block, name);
  CHECK(at == user->in_file(name));
  CHECK(before->known_place_of(*(*user)->block, name) == at);
  CHECK(before->declaration_at({0, at.range.begin}) == user);
  // The block moves with what is put in front of it; the same block keeps its place in its own snapshot.
  const auto after = snapshot_of("postgresql", kRequired, "  schemas = [\"a\"]\n");
  CHECK_FALSE(after->known_place_of(*(*user)->block, name));
}

TEST_CASE("declarations: the primary key, of a field or of the block", "[schema]") {
  std::string text =
      "model A {\n  id Int @id\n}\n\nmodel B {\n  x Int\n  y Int\n\n  @@id([x, y])\n}\n\nmodel C {\n  x Int "
      "@unique\n}\n";
  const auto snapshot =
      schema::Snapshot::build({{"schema.prisma", syntax::File::parse(text::Document(std::move(text)))}}, {});
  const schema::Index* one = (*snapshot->find("A"))->primary_key();
  REQUIRE(one != nullptr);
  CHECK(one->fields.size() == 1);
  const schema::Index* two = (*snapshot->find("B"))->primary_key();
  REQUIRE(two != nullptr);
  CHECK(two->fields.size() == 2);
  CHECK((*snapshot->find("C"))->primary_key() == nullptr);
  CHECK((*snapshot->find("C"))->find_field("y") == nullptr);
  CHECK(snapshot->find("D") == nullptr);
}

TEST_CASE("tables: default functions, each found by its name", "[schema]") {
  for (const schema::FunctionSpec& spec : schema::default_functions()) {
    INFO(spec.name);
    CHECK(schema::find_default_function(spec.name) == &spec);
    CHECK_FALSE(spec.doc.empty());
  }
  CHECK(schema::find_default_function("nothing") == nullptr);
}
