#pragma once

#include <csignal>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "support/temporary_folder.h"

namespace refract::test {

struct Ran {
  int exit_code = 0;  // 128 + signal where a signal ended it
  std::string out;
  std::string err;      // without the lines that are in `context`
  std::string context;  // the lines of stderr that say which schema and database are meant
};

struct Setting {
  std::string input = {};                     // of standard input
  std::vector<std::string> environment = {};  // NAME=value, added to ours; NAME alone takes it out
  bool as_nobody = false;                     // under root only: run as the user "nobody"
  std::filesystem::path program = REFRACT_PROGRAM;
  bool terminal = false;  // standard output and standard error are one terminal; all of it is in `out`
  // Called once the program runs, with its process id; the answer is waited for afterwards.
  std::function<void(pid_t)> meanwhile = {};
};

// A project's folder and the real program in it.
class Project : public TemporaryFolder {
 public:
  // Runs refract there with a bare environment (no DATABASE_URL of ours). Fails the test after a minute.
  Ran refract(const std::vector<std::string>& arguments, const Setting& setting = {}) const;
};

// One message, in one line, that ends the way a sentence or a hint does.
bool is_one_sentence(const std::string& text);

// The datasource block and whatever follows.
std::string schema_text(std::string_view models);

}  // namespace refract::test
