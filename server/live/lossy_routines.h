#pragma once

#include <map>
#include <string>

#include "catalog/catalog.h"

namespace refract::live {

// Which of a database's functions may delete or write over rows, by the words of their bodies.
class LossyRoutines {
 public:
  explicit LossyRoutines(const catalog::Catalog& catalog) : catalog_(catalog) {}  // `catalog` has to outlive this

  // True too for a function that is neither the database's own nor known to be harmless.
  bool may_lose(const std::string& function) const;
  bool trigger_may_lose(const catalog::Unmanaged& trigger) const;

 private:
  mutable std::map<std::string, bool> answers_;
  const catalog::Catalog& catalog_;
};

}  // namespace refract::live
