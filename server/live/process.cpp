#include "live/process.h"

#include <fmt/format.h>

#include "platform/environment.h"
#include "platform/file.h"

namespace refract::live {

Result<platform::ProcessId> spawn(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                  const std::filesystem::path& output_file, Account account) {
  // libpq's variables (PGHOST, PGDATA, PGOPTIONS, …) are about other servers than one of ours.
  std::vector<std::string> environment = platform::environment();
  std::erase_if(environment, [](const std::string& variable) { return variable.starts_with("PG"); });
  const auto started = platform::start_process({program, arguments, std::move(environment), output_file, account});
  if (started) return *started;
  if (started.error() == platform::StartError::output_file) {
    return fail(ErrorCode::unwritable, fmt::format("Cannot write {}.", output_file.string()));
  }
  return fail(ErrorCode::internal, "Cannot start another process.");
}

Result<ProcessOutput> run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                          const std::filesystem::path& output_file, Account account) {
  const auto child = spawn(program, arguments, output_file, account);
  if (!child) return fail(child.error());
  const int exit_code = platform::wait_for(*child);
  return ProcessOutput{exit_code, platform::read_bytes(output_file).value_or(std::string())};
}

}  // namespace refract::live
