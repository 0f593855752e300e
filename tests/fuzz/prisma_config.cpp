#include "fuzz/fuzz.h"
#include "workspace/config_edit.h"
#include "workspace/config_module.h"

namespace refract::fuzz {

void run(std::string_view input) {
  const workspace::ConfigModule script(input);
  for (const char* key : {"schema", "datasource", "migrations"}) {
    script.path_of({key});
    expect(!script.path_of({key}) || script.readable(), "a path comes from an exported object");
    for (const char* inner : {"url", "path", "directUrl"}) {
      const workspace::ConfigValue value = script.value_of({key, inner});
      expect(!value.known || value.present, "a known value is there");
      script.list_of({key, inner});
    }
  }
  script.imports("dotenv/config");
  script.calls("expand");
  script.environment_files();
  script.path_passed_to("prisma7Schema");
  script.imported_as("prisma/config", "env");
  const workspace::ConfigUrls urls{.url = workspace::ConfigUrl{true, "U"}, .shadow_url = std::nullopt};
  if (const auto edits = workspace::with_urls(input, urls)) {
    for (const text::Edit& edit : *edits) expect(edit.range.end <= input.size(), "an edit lies in the text");
  }
}

}  // namespace refract::fuzz
