#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace refract::test {

// A generated database: hostile names, all types, and objects that no schema describes.
struct HostileDatabase {
  std::vector<std::string> schemas;     // the datasource's; empty: it names none
  bool partial_indexes = false;         // the schema has the preview feature
  std::vector<std::string> prelude;     // what the tables rest on and no schema describes: extensions, types, functions
  std::vector<std::string> statements;  // some of which PostgreSQL refuses
};

// The same for the same seed.
HostileDatabase hostile_database(std::uint64_t seed);

}  // namespace refract::test
