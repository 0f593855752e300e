#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/document.h"

namespace refract::workspace {

// A connection URL as a configuration file has it: an environment variable, or the URL.
struct ConfigUrl {
  bool variable = false;
  std::string text;  // the variable's name, or the URL
};

// What the datasource of a prisma.config.* is to have.
struct ConfigUrls {
  std::optional<ConfigUrl> url;
  std::optional<ConfigUrl> shadow_url;  // shadowDatabaseUrl
  // What Prisma Client connected with, where `url` is another one: it is kept in a comment beside it.
  std::optional<ConfigUrl> client_url = {};
};

// The edits that add the URLs to the object that a configuration file exports, with the import of `env` if they need
// it, and that of "dotenv/config" where `loads_dotenv` asks for it. What the file sets already stays. nullopt: where
// they belong cannot be read without running the file.
std::optional<std::vector<text::Edit>> with_urls(std::string_view source, const ConfigUrls& urls,
                                                 bool loads_dotenv = false);

// A new prisma.config.ts. Both paths are relative to it, with slashes.
std::string new_config(std::string_view schema, std::string_view migrations, const ConfigUrls& urls);

}  // namespace refract::workspace
