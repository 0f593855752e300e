#include <set>

#include "schema/attributes.h"
#include "support/catch.h"

using namespace refract::schema;

TEST_CASE("tables: names lead to values and back", "[schema]") {
  CHECK(provider_from("postgres") == Provider::postgresql);
  CHECK(to_string(Provider::postgresql) == "postgresql");
  CHECK_FALSE(provider_from("oracle"));
  CHECK(scalar_from("BigInt") == ScalarType::big_int);
  CHECK_FALSE(scalar_from("bigint"));
  CHECK(referential_action_from("NoAction") == ReferentialAction::no_action);
}

TEST_CASE("tables: native types say what they fit and take", "[schema]") {
  const NativeTypeSpec* decimal = find_native_type(Provider::postgresql, "Decimal");
  REQUIRE(decimal);
  CHECK(decimal->max_arguments == 2);
  CHECK(decimal->scalars.front() == ScalarType::decimal);
  CHECK(native_types(Provider::sqlite).empty());
  for (const Provider provider :
       {Provider::postgresql, Provider::mysql, Provider::sqlserver, Provider::mongodb, Provider::cockroachdb}) {
    std::set<std::string_view> seen;
    for (const NativeTypeSpec& type : native_types(provider)) {
      INFO(to_string(provider) << " " << type.name);
      CHECK(seen.insert(type.name).second);
      CHECK_FALSE(type.scalars.empty());
      CHECK_FALSE(type.doc.empty());
    }
  }
}

TEST_CASE("tables: SQLite got enums with Prisma 6", "[schema]") {
  CHECK_FALSE(connector(Provider::sqlite, PrismaVersion::v5).enums);
  CHECK(connector(Provider::sqlite, PrismaVersion::v6).enums);
  CHECK(connector(Provider::sqlite).json);
}

TEST_CASE("tables: attributes by place", "[schema]") {
  REQUIRE(find_attribute("id", false));
  REQUIRE(find_attribute("id", true));
  CHECK(find_attribute("index", true)->repeatable);
  CHECK(find_attribute("index", false) == nullptr);
  CHECK((find_attribute("map", false)->targets & static_cast<std::uint8_t>(Target::enum_value)) != 0);
  for (const AttributeSpec& spec : attributes()) CHECK_FALSE(spec.doc.empty());
}
