#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "schema/snapshot.h"
#include "validation/codes/code.h"

namespace refract::validation {

enum class Severity { error, warning };

// Which checks found it: the grammar, the local ones, which read each declaration by itself, or those of the whole
// schema, which Prisma runs if those found no error.
enum class Stage { syntax, local, schema };

// An edit of one file of the snapshot.
struct FileEdit {
  schema::FileId file = 0;
  text::Edit edit;
};

struct Fix {
  std::string title;  // imperative: "Create the enum Role"
  std::vector<FileEdit> edits;
  bool preferred = false;  // the one an editor may apply without asking
};

struct Related {
  schema::FileRange at;
  std::string message;
};

// What is wrong as structure, for programs: a flat object. Keys are lowerCamel: "model", "field", "candidates".
using Fact = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;
using Facts = std::vector<std::pair<std::string, Fact>>;

struct Diagnostic {
  Code code;
  Severity severity = Severity::error;
  Stage stage = Stage::local;
  schema::FileRange at;  // bytes; agrees with Prisma's span
  std::string message;   // what is wrong, in one sentence with the names involved
  std::string help;      // what to do, in one sentence; may be empty
  std::vector<Related> related;
  std::vector<Fix> fixes;
  Facts data;
};

// `strict`: the diagnostics that Prisma reports, which ends after a stage with errors. `tolerant`: for an editor while
// someone types. Diagnostics of valid blocks stay while another block has errors, a syntax error is reported once
// without what follows from it, and nothing is concluded from what cannot be read.
enum class AnalysisMode { strict, tolerant };

// All diagnostics of a snapshot, sorted by file, start, end. Diagnostics of one declaration are computed once and kept
// as long as the snapshot shares the declaration: `previous` (may be null) is the analysis of an earlier snapshot.
class Analysis {
 public:
  static std::shared_ptr<const Analysis> run(std::shared_ptr<const schema::Snapshot> snapshot,
                                             std::shared_ptr<const Analysis> previous = nullptr,
                                             AnalysisMode mode = AnalysisMode::strict);

  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  bool has_errors() const;
  const std::shared_ptr<const schema::Snapshot>& snapshot() const { return snapshot_; }
  AnalysisMode mode() const;

 private:
  struct Cache;  // diagnostics by declaration
  class Run;
  std::shared_ptr<const schema::Snapshot> snapshot_;
  std::vector<Diagnostic> diagnostics_;
  std::shared_ptr<const Cache> cache_;
};

}  // namespace refract::validation
