#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/step.h"

namespace refract::migrate {

// The migrations that had to do with a thing, as indices into a history, in order and each once: the first created
// it. Empty: none known.
using Trace = std::vector<std::uint32_t>;

// Which migration created and changed each table and column there is. Names follow renames; what was dropped is
// forgotten. A name without a schema is taken to be in "public".
class Provenance {
 public:
  // `own_schema`: what SQL may call "public" (Catalog::own_schema).
  void record(std::uint32_t migration, const catalog::Change& change, std::string_view own_schema = {});

  const Trace* find_table(const catalog::QualifiedName& table) const;
  const Trace* find_column(const catalog::QualifiedName& table, std::string_view column) const;

 private:
  struct Recorder;
  struct TableTrace {
    Trace own;
    std::map<std::string, Trace, std::less<>> columns;
  };
  // Shared with copies until one of them changes it: a history is copied far more often than it grows.
  using Tables = std::map<catalog::QualifiedName, std::shared_ptr<TableTrace>>;
  Tables tables_;
};

}  // namespace refract::migrate
