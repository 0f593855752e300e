#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "support/wire_client.h"
#include "text/document.h"

namespace refract::demo {

// An editor with one document, as far as the demo needs one: it keeps the text, tells the server of each edit as an
// incremental change, and applies what the server answers.
class Editor {
 public:
  // Starts `program lsp` and opens the document. Throws std::runtime_error where the server does not play along.
  Editor(const std::string& program, const std::filesystem::path& schema);

  // Types `inserted` in front of (or, with `after`, after) the first occurrence of `place`.
  void insert(std::string_view place, std::string_view inserted, bool after = false);
  // The diagnostics of the last edit; waits for them.
  test::Json diagnostics();
  // The quick fixes offered for a diagnostic.
  test::Json fixes_for(const test::Json& diagnostic);
  // Applies a WorkspaceEdit's edits of this document.
  void apply(const test::Json& workspace_edit);
  // Lays the document out as the server says.
  void format();
  // Runs a server command and gives its result.
  test::Json run(const std::string& command, test::Json argument);
  // The title of the code lens above the datasource that counts changes; waits until the migrations are read.
  std::string lens();
  void save() const;
  void quit();

  const std::string& uri() const { return uri_; }
  std::string_view text() const { return document_.text(); }
  double start_milliseconds() const { return start_milliseconds_; }
  double last_milliseconds() const { return last_milliseconds_; }  // from the last edit or request to its answer

 private:
  void change(text::Edit edit);
  test::Json call(const std::string& method, test::Json params);

  std::filesystem::path path_;
  std::string uri_;
  text::Document document_;
  int version_ = 1;
  test::Process process_;
  test::WireClient client_;
  std::chrono::steady_clock::time_point changed_at_;
  double start_milliseconds_ = 0;
  double last_milliseconds_ = 0;
};

}  // namespace refract::demo
