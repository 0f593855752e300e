#include "validation/codes/examples.h"

// Indexes.
namespace refract::validation {

namespace {

using enum schema::Provider;

constexpr Example kExamples[] = {
    {"index-name-and-map", R"(model User {
  id   Int    @id
  name String

  @@index([name], name: "by_name", map: "by_name")
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name], map: "by_name")
}
)"},
    {"unknown-index-type", R"(model User {
  id   Int    @id
  name String

  @@index([name], type: Tree)
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name], type: BTree)
}
)"},
    {"index-type-unsupported", R"(model User {
  id   Int    @id
  name String

  @@index([name], type: Hash)
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name])
}
)",
     mysql},
    {"index-type-field", R"(model User {
  id   Int    @id
  name String

  @@index([name], type: Gin)
}
)",
     R"(model User {
  id   Int      @id
  tags String[]

  @@index([tags], type: Gin)
}
)"},
    {"index-length-unsupported", R"(model User {
  id   Int    @id
  name String

  @@index([name(length: 20)])
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name])
}
)"},
    {"index-length-type", R"(model User {
  id   Int @id
  rank Int

  @@index([rank(length: 4)])
}
)",
     R"(model User {
  id   Int @id
  rank Int

  @@index([rank])
}
)",
     mysql},
    {"hash-index-sort", R"(model User {
  id   Int    @id
  name String

  @@index([name(sort: Desc)], type: Hash)
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name(sort: Desc)])
}
)"},
    {"spgist-several-fields", R"(model User {
  id    Int    @id
  first String
  last  String

  @@index([first, last], type: SpGist)
}
)",
     R"(model User {
  id    Int    @id
  first String
  last  String

  @@index([first], type: SpGist)
  @@index([last], type: SpGist)
}
)"},
    {"inverted-json-position", R"(model User {
  id   Int      @id
  data Json
  tags String[]

  @@index([data, tags], type: Gin)
}
)",
     R"(model User {
  id   Int      @id
  data Json
  tags String[]

  @@index([tags, data], type: Gin)
}
)",
     cockroachdb},
    {"duplicate-index", R"(model User {
  id   String @id @map("_id")
  name String

  @@index([name])
  @@index([name], map: "again")
}
)",
     R"(model User {
  id   String @id @map("_id")
  name String

  @@index([name])
}
)",
     mongodb},
    {"id-and-unique", R"(model User {
  id String @id @unique @map("_id")
}
)",
     R"(model User {
  id String @id @map("_id")
}
)",
     mongodb},
    {"composite-in-compound-index", R"(model User {
  id      String  @id @map("_id")
  name    String
  address Address

  @@unique([name, address])
}

type Address {
  city String
}
)",
     R"(model User {
  id      String  @id @map("_id")
  name    String
  address Address

  @@unique([name, address.city])
}

type Address {
  city String
}
)",
     mongodb},
    {"unknown-operator-class", R"(model User {
  id   Int    @id
  name String

  @@index([name(ops: TrgmOps)], type: Gin)
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name(ops: raw("gin_trgm_ops"))], type: Gin)
}
)"},
    {"operator-class-form", R"(model User {
  id   Int    @id
  name String

  @@index([name(ops: raw(gin_trgm_ops))], type: Gin)
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name(ops: raw("gin_trgm_ops"))], type: Gin)
}
)"},
    {"operator-class-index-type", R"(model User {
  id   Int  @id
  data Json

  @@index([data(ops: JsonbPathOps)], type: Gist)
}
)",
     R"(model User {
  id   Int  @id
  data Json

  @@index([data(ops: JsonbPathOps)], type: Gin)
}
)"},
    {"operator-class-missing", R"(model Host {
  id      Int    @id
  address String @db.Inet

  @@index([address], type: Gist)
}
)",
     R"(model Host {
  id      Int    @id
  address String @db.Inet

  @@index([address(ops: InetOps)], type: Gist)
}
)"},
    {"operator-class-needs-list", R"(model User {
  id   Int  @id
  data Json

  @@index([data(ops: ArrayOps)], type: Gin)
}
)",
     R"(model User {
  id   Int   @id
  tags Int[]

  @@index([tags(ops: ArrayOps)], type: Gin)
}
)"},
    {"operator-class-needs-native-type", R"(model Host {
  id      Int    @id
  address String

  @@index([address(ops: InetOps)], type: Gist)
}
)",
     R"(model Host {
  id      Int    @id
  address String @db.Inet

  @@index([address(ops: InetOps)], type: Gist)
}
)"},
    {"operator-class-field-type", R"(model User {
  id   Int    @id
  name String

  @@index([name(ops: JsonbOps)], type: Gin)
}
)",
     R"(model User {
  id   Int  @id
  data Json

  @@index([data(ops: JsonbOps)], type: Gin)
}
)"},
    {"operator-class-native-type", R"(model Host {
  id      Int    @id
  address String @db.VarChar(40)

  @@index([address(ops: InetOps)], type: Gist)
}
)",
     R"(model Host {
  id      Int    @id
  address String @db.Inet

  @@index([address(ops: InetOps)], type: Gist)
}
)"},
    {"operator-class-not-on-index", R"(model User {
  id   Int    @id
  name String

  @@unique([name(ops: TextOps)])
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@unique([name])
}
)"},
    {"operator-class-unsupported", R"(model User {
  id   Int  @id
  data Json

  @@index([data(ops: JsonbOps)], type: Gin)
}
)",
     R"(model User {
  id   Int  @id
  data Json

  @@index([data], type: Gin)
}
)",
     cockroachdb},
    {"clustering-unsupported", R"(model User {
  id   Int    @id
  name String

  @@index([name], clustered: true)
}
)",
     R"(model User {
  id   Int    @id
  name String

  @@index([name])
}
)"},
    {"several-clustered", R"(model User {
  id   Int @id
  rank Int

  @@index([rank], clustered: true)
}
)",
     R"(model User {
  id   Int @id(clustered: false)
  rank Int

  @@index([rank], clustered: true)
}
)",
     sqlserver},
    {"fulltext-unsupported", R"(model Page {
  id   Int    @id
  text String

  @@fulltext([text])
}
)",
     R"(model Page {
  id   Int    @id
  text String

  @@index([text])
}
)"},
    {"fulltext-length", R"(model Page {
  id   Int    @id
  text String

  @@fulltext([text(length: 100)])
}
)",
     R"(model Page {
  id   Int    @id
  text String

  @@fulltext([text])
}
)",
     mysql},
    {"fulltext-sort", R"(model Page {
  id   Int    @id
  text String

  @@fulltext([text(sort: Desc)])
}
)",
     R"(model Page {
  id   Int    @id
  text String

  @@fulltext([text])
}
)",
     mysql},
    {"fulltext-order", R"(model Page {
  id    String @id @map("_id")
  title String
  rank  Int
  text  String

  @@fulltext([title, rank(sort: Asc), text])
}
)",
     R"(model Page {
  id    String @id @map("_id")
  title String
  rank  Int
  text  String

  @@fulltext([rank(sort: Asc), title, text])
}
)",
     mongodb},
    {"several-fulltext-indexes", R"(model Page {
  id    String @id @map("_id")
  title String
  text  String

  @@fulltext([title])
  @@fulltext([text])
}
)",
     R"(model Page {
  id    String @id @map("_id")
  title String
  text  String

  @@fulltext([title, text])
}
)",
     mongodb},
};

}  // namespace

std::span<const Example> index_examples() {
  return kExamples;
}

}  // namespace refract::validation
