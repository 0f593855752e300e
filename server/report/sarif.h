#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/json.h"
#include "schema/snapshot.h"
#include "validation/core/diagnostic.h"

namespace refract::report {

// Diagnostics of any number of schemas as one SARIF 2.1.0 log, with the rules they name and their fixes. Columns count
// UTF-16 units.
class SarifLog {
 public:
  // `version`: the program's.
  explicit SarifLog(std::string_view version) : version_(version) {}

  void add(const schema::Snapshot& snapshot, const std::vector<validation::Diagnostic>& diagnostics);
  protocol::Json json() const;

 private:
  std::string version_;
  std::vector<std::string_view> rules_;  // codes, in the order they were met
  protocol::Json results_ = protocol::Json::array();
  protocol::Json notices_ = protocol::Json::array();
};

}  // namespace refract::report
