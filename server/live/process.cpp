#include "live/process.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string_view>

#include <fmt/format.h>

#include "support/file.h"

namespace refract::live {

Result<pid_t> spawn(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const std::filesystem::path& output_file, Account account) {
  std::vector<char*> argv;
  const std::string name = program.string();
  argv.push_back(const_cast<char*>(name.c_str()));
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  // libpq's variables (PGHOST, PGDATA, PGOPTIONS, …) are about other servers than one of ours.
  std::vector<char*> environment;
  for (char** variable = ::environ; variable != nullptr && *variable != nullptr; ++variable) {
    if (!std::string_view(*variable).starts_with("PG")) environment.push_back(*variable);
  }
  environment.push_back(nullptr);
  const std::string folder = output_file.parent_path().string();
  const int input = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int output = ::open(output_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (input < 0 || output < 0) {
    if (input >= 0) ::close(input);
    if (output >= 0) ::close(output);
    return fail(ErrorCode::unwritable, fmt::format("Cannot write {}.", output_file.string()));
  }

  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    // Only async-signal-safe calls from here to exec: other threads of ours may hold locks.
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    if (account.user != 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(account.group) != 0 || ::setuid(account.user) != 0)) {
      ::_exit(126);
    }
    // After setuid, which clears it. A parent that died before this call would leave us to init.
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (::getppid() != parent) ::_exit(125);
    if (::chdir(folder.c_str()) != 0) ::_exit(126);
    ::setpgid(0, 0);  // Ctrl+C at our terminal is ours to handle
    // What a thread of ours blocks the program must not inherit.
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(name.c_str(), argv.data(), environment.data());
    ::_exit(127);
  }
  ::close(input);
  ::close(output);
  if (child < 0) return fail(ErrorCode::internal, "Cannot start another process.");
  return child;
}

Result<ProcessOutput> run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                          const std::filesystem::path& output_file, Account account) {
  const auto child = spawn(program, arguments, output_file, account);
  if (!child) return fail(child.error());
  int status = 0;
  while (::waitpid(*child, &status, 0) < 0 && errno == EINTR) {
  }
  ProcessOutput result;
  result.output = read_bytes(output_file).value_or(std::string());
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace refract::live
