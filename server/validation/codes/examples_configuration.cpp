#include "validation/codes/examples.h"

// Datasources and generators.
namespace refract::validation {

namespace {

using enum schema::Provider;

using enum schema::PrismaVersion;

constexpr Example kExamples[] = {
    {"unknown-schema", R"(datasource db {
  provider = "postgresql"
  schemas  = ["public"]
}

model User {
  id Int @id

  @@schema("audit")
}
)",
     R"(datasource db {
  provider = "postgresql"
  schemas  = ["public", "audit"]
}

model User {
  id Int @id

  @@schema("audit")
}
)"},
    {"missing-schema", R"(datasource db {
  provider = "postgresql"
  schemas  = ["public", "audit"]
}

model User {
  id Int @id
}
)",
     R"(datasource db {
  provider = "postgresql"
  schemas  = ["public", "audit"]
}

model User {
  id Int @id

  @@schema("public")
}
)"},
    {"schema-unsupported", R"(model User {
  id Int @id

  @@schema("audit")
}
)",
     R"(model User {
  id Int @id
}
)",
     mysql},
    {"schemas-unsupported", R"(datasource db {
  provider = "mysql"
  schemas  = ["public"]
}
)",
     R"(datasource db {
  provider = "mysql"
}
)"},
    {"empty-schemas", R"(datasource db {
  provider = "postgresql"
  schemas  = []
}
)",
     R"(datasource db {
  provider = "postgresql"
  schemas  = ["public"]
}
)"},
    {"duplicate-schema", R"(datasource db {
  provider = "postgresql"
  schemas  = ["public", "public"]
}
)",
     R"(datasource db {
  provider = "postgresql"
  schemas  = ["public"]
}
)"},
    {"attribute-needs-preview", R"(generator client {
  provider = "prisma-client"
  output   = "../generated"
}

model Order {
  id   Int @id
  shop Int @shardKey
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["shardKeys"]
}

model Order {
  id   Int @id
  shop Int @shardKey
}
)",
     mysql},
    {"property-needs-preview", R"(generator client {
  provider = "prisma-client"
  output   = "../generated"
}

datasource db {
  provider   = "postgresql"
  extensions = [pg_trgm]
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["postgresqlExtensions"]
}

datasource db {
  provider   = "postgresql"
  extensions = [pg_trgm]
}
)"},
    {"unknown-preview-feature", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["view"]
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["views"]
}
)"},
    {"deprecated-preview-feature", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["tracing"]
}
)",
     R"(generator client {
  provider = "prisma-client"
  output   = "../generated"
}
)"},
    {"renamed-preview-feature", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["fullTextSearch"]
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["fullTextSearchPostgres"]
}
)"},
    {"preview-features-in-datasource", R"(datasource db {
  provider        = "postgresql"
  previewFeatures = ["views"]
}
)",
     R"(datasource db {
  provider = "postgresql"
}

generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["views"]
}
)"},
    {"missing-property", R"(datasource db {
  schemas = ["public"]
}
)",
     R"(datasource db {
  provider = "postgresql"
  schemas  = ["public"]
}
)"},
    {"unknown-property", R"(datasource db {
  provider = "postgresql"
  timezone = "UTC"
}
)",
     R"(datasource db {
  provider = "postgresql"
}
)"},
    {"duplicate-property", R"(datasource db {
  provider = "postgresql"
  provider = "postgresql"
}
)",
     R"(datasource db {
  provider = "postgresql"
}
)"},
    {"property-without-value", R"(generator client {
  provider = "prisma-client"
  output   =
}
)",
     R"(generator client {
  provider = "prisma-client"
  output   = "../generated"
}
)"},
    {"url-removed", R"(datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
)",
     R"(datasource db {
  provider = "postgresql"
}
)"},
    {"shadow-database-same", R"(datasource db {
  provider          = "postgresql"
  url               = env("DATABASE_URL")
  shadowDatabaseUrl = env("DATABASE_URL")
}
)",
     R"(datasource db {
  provider          = "postgresql"
  url               = env("DATABASE_URL")
  shadowDatabaseUrl = env("SHADOW_DATABASE_URL")
}
)",
     postgresql, v6},
    {"env-arguments", R"(datasource db {
  provider = "postgresql"
  url      = env()
}
)",
     R"(datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
)",
     postgresql, v6},
    {"env-named-argument", R"(datasource db {
  provider = "postgresql"
  url      = env(name: "DATABASE_URL")
}
)",
     R"(datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
)",
     postgresql, v6},
    {"provider-value", R"(datasource db {
  provider = postgresql
}
)",
     R"(datasource db {
  provider = "postgresql"
}
)"},
    {"provider-from-environment", R"(datasource db {
  provider = env("DATABASE_PROVIDER")
}
)",
     R"(datasource db {
  provider = "postgresql"
}
)"},
    {"unknown-provider", R"(datasource db {
  provider = "my-sql"
}
)",
     R"(datasource db {
  provider = "mysql"
}
)"},
    {"several-datasources", R"(datasource db {
  provider = "postgresql"
}

datasource archive {
  provider = "sqlite"
}
)",
     R"(datasource db {
  provider = "postgresql"
}
)"},
    {"unknown-relation-mode", R"(datasource db {
  provider     = "mysql"
  relationMode = "emulated"
}
)",
     R"(datasource db {
  provider     = "mysql"
  relationMode = "prisma"
}
)"},
    {"relation-mode-twice", R"(datasource db {
  provider             = "mysql"
  relationMode         = "prisma"
  referentialIntegrity = "prisma"
}
)",
     R"(datasource db {
  provider     = "mysql"
  relationMode = "prisma"
}
)"},
    {"referential-integrity-deprecated", R"(datasource db {
  provider             = "mysql"
  referentialIntegrity = "prisma"
}
)",
     R"(datasource db {
  provider     = "mysql"
  relationMode = "prisma"
}
)"},
    {"extension-argument", R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["postgresqlExtensions"]
}

datasource db {
  provider   = "postgresql"
  extensions = [postgis(release: "3.1")]
}
)",
     R"(generator client {
  provider        = "prisma-client"
  output          = "../generated"
  previewFeatures = ["postgresqlExtensions"]
}

datasource db {
  provider   = "postgresql"
  extensions = [postgis(version: "3.1")]
}
)"},
};

}  // namespace

std::span<const Example> configuration_examples() {
  return kExamples;
}

}  // namespace refract::validation
