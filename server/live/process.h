#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

#include "support/result.h"

namespace refract::live {

// The user a child process runs as; zero ids mean "as we are".
struct Account {
  uid_t user = 0;
  gid_t group = 0;
};

struct ProcessOutput {
  int exit_code = 0;   // 128 + signal where a signal ended it
  std::string output;  // stdout and stderr together
};

// Starts a program with stdin empty and both outputs into the file; it gets SIGQUIT should the thread that
// started it die. Errors: missing_program, internal.
Result<pid_t> spawn(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const std::filesystem::path& output_file, Account account);

// spawn, wait, read the file.
Result<ProcessOutput> run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                          const std::filesystem::path& output_file, Account account);

}  // namespace refract::live
