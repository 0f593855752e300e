#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "platform/process.h"
#include "support/result.h"

namespace refract::live {

using platform::Account;

struct ProcessOutput {
  int exit_code = 0;   // 128 + signal where a signal ended it
  std::string output;  // stdout and stderr together
};

// Starts a program as platform::start_process() does, without libpq's environment variables.
// Errors: unwritable (the output file), internal.
Result<platform::ProcessId> spawn(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                  const std::filesystem::path& output_file, Account account);

// spawn, wait, read the file.
Result<ProcessOutput> run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                          const std::filesystem::path& output_file, Account account);

}  // namespace refract::live
