#include "workspace/config_edit.h"

#include <utility>
#include <vector>

#include "support/catch.h"
#include "workspace/config_module.h"

using namespace refract;
using workspace::ConfigUrl;
using workspace::ConfigUrls;

namespace {

const ConfigUrls kVariable{.url = ConfigUrl{true, "DATABASE_URL"}, .shadow_url = std::nullopt};

// The source with the URLs. Empty: they cannot be added.
std::string completed(std::string_view source, const ConfigUrls& urls = kVariable) {
  const auto edits = workspace::with_urls(source, urls);
  return edits ? text::apply_edits(source, *edits) : std::string();
}

void check_readable(std::string_view source) {
  INFO(source);
  const std::string text = completed(source);
  const auto value = workspace::ConfigModule(text).value_of({"datasource", "url"});
  INFO(text);
  REQUIRE(value.known);
  REQUIRE(value.alternatives.size() == 1);
  CHECK(value.alternatives.front().variable);
  CHECK(value.alternatives.front().text == "DATABASE_URL");
  CHECK((workspace::ConfigModule(text).imported_as("prisma/config", "env")));
  // The second time there is nothing to add.
  CHECK(completed(text) == text);
}

}  // namespace

TEST_CASE("config: a new file has what Prisma's documentation shows", "[workspace]") {
  CHECK(workspace::new_config("prisma/schema.prisma", "prisma/migrations", kVariable) ==
        "import \"dotenv/config\";\n"
        "import { defineConfig, env } from \"prisma/config\";\n\n"
        "export default defineConfig({\n"
        "  schema: \"prisma/schema.prisma\",\n"
        "  migrations: {\n    path: \"prisma/migrations\",\n  },\n"
        "  datasource: {\n    url: env(\"DATABASE_URL\"),\n  },\n"
        "});\n");
  const std::string literal =
      workspace::new_config("s", "m", {.url = ConfigUrl{false, "a\"b\\c"}, .shadow_url = ConfigUrl{false, "x"}});
  CHECK(literal.contains("url: \"a\\\"b\\\\c\",\n    shadowDatabaseUrl: \"x\",\n"));
  CHECK_FALSE(literal.contains("env"));
}

TEST_CASE("config: a file that has no datasource gets one", "[workspace]") {
  CHECK(completed("import { defineConfig } from \"prisma/config\";\n\nexport default defineConfig({\n"
                  "  schema: \"a.prisma\",\n});\n") ==
        "import { env, defineConfig } from \"prisma/config\";\n\nexport default defineConfig({\n"
        "  datasource: {\n    url: env(\"DATABASE_URL\"),\n  },\n"
        "  schema: \"a.prisma\",\n});\n");
  for (const char* source :
       {"export default {};\n", "export default { schema: 'x' };\n", "module.exports = {\n};\n",
        "const { defineConfig } = require('prisma/config');\nmodule.exports = defineConfig({ schema: 'x' });\n",
        "import type { PrismaConfig } from 'prisma/config';\nexport default { } satisfies PrismaConfig;\n",
        "const config = {\n  schema: 'x'\n};\nexport default config;\n",
        "import { defineConfig, env } from 'prisma/config';\nexport default defineConfig({\r\n  schema: "
        "'x',\r\n});\r\n"}) {
    check_readable(source);
  }
}

TEST_CASE("config: a datasource is completed, and what it sets stays", "[workspace]") {
  check_readable("export default {\n  datasource: {\n  },\n};\n");
  check_readable("export default { datasource: { shadowDatabaseUrl: 'x' } };\n");
  const ConfigUrls both{.url = ConfigUrl{false, "u"}, .shadow_url = ConfigUrl{false, "s"}};
  CHECK(completed("export default {\n  datasource: {\n    url: \"mine\",\n  },\n};\n", both) ==
        "export default {\n  datasource: {\n    shadowDatabaseUrl: \"s\",\n    url: \"mine\",\n  },\n};\n");
}

TEST_CASE("config: what has to be run to be read is left alone", "[workspace]") {
  for (const char* source :
       {"", "export default load();\n", "export default { ...base };\n", "export default { datasource: make() };\n",
        "import { env } from './env';\nexport default {};\n"}) {
    INFO(source);
    CHECK_FALSE(workspace::with_urls(source, kVariable));
  }
}

TEST_CASE("config: functions imported by another name, or with their module, are called as the file does",
          "[workspace]") {
  for (const auto& [source, call] : std::vector<std::pair<const char*, const char*>>{
           {"import { defineConfig as dc } from 'prisma/config';\nexport default dc({ schema: 'x' });\n", "url: env("},
           {"import { defineConfig as dc, env as e } from 'prisma/config';\nexport default dc({});\n", "url: e("},
           {"import * as cfg from 'prisma/config';\nexport default cfg.defineConfig({});\n", "url: cfg.env("},
           {"import { defineConfig as dc } from '@prisma/config';\nexport default dc({});\n", "url: env("},
           {"const { defineConfig: dc } = require('prisma/config');\nmodule.exports = dc({});\n", "url: env("},
           {"const cfg = require('prisma/config');\nmodule.exports = cfg.defineConfig({\n});\n", "url: cfg.env("}}) {
    check_readable(source);
    CHECK(completed(source).contains(call));
  }
  // Another function may do anything with the object.
  CHECK(completed("import { dc } from './own';\nexport default dc({});\n").empty());
  CHECK(completed("import * as cfg from './own';\nexport default cfg.make({});\n").empty());
}

TEST_CASE("config: what is added is indented as the file is", "[workspace]") {
  CHECK(completed("export default {\n    schema: 'x',\n    migrations: {\n        path: 'm',\n    },\n};\n")
            .contains("export default {\n    datasource: {\n        url: env(\"DATABASE_URL\"),\n    },\n    schema:"));
  CHECK(completed("export default {\n\tschema: 'x',\n};\n")
            .contains("{\n\tdatasource: {\n\t\turl: env(\"DATABASE_URL\"),\n\t},\n\tschema:"));
  CHECK(completed("export default {\n\tdatasource: {\n\t\tshadowDatabaseUrl: 'x',\n\t},\n};\n")
            .contains("\tdatasource: {\n\t\turl: env(\"DATABASE_URL\"),\n\t\tshadowDatabaseUrl"));
  CHECK(completed("export default {\n    datasource: {},\n};\n")
            .contains("    datasource: {\n        url: env(\"DATABASE_URL\"),\n    },\n"));
  CHECK(completed("/*\n * A comment.\n */\nconst config = {\n    schema: 'x',\n};\nexport default config;\n")
            .contains("{\n    datasource: {\n        url:"));
  CHECK(completed("export default {};\n").contains("{\n  datasource: {\n    url: env(\"DATABASE_URL\"),\n  },\n};"));
}
