#include "platform/process.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

#include <cerrno>
#include <fstream>
#include <limits>

namespace refract::platform {
namespace {

// Linux gives the state after the name in parentheses, which may itself hold parentheses. Elsewhere: false.
bool is_zombie(std::int64_t id) {
  std::ifstream file("/proc/" + std::to_string(id) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return false;
  const auto name_end = line.rfind(')');
  return name_end != std::string::npos && line.substr(name_end + 1, 2) == " Z";
}

// For execve.
std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// What a thread of ours blocks, a program that we start must not inherit.
void unblock_signals() {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

bool is_privileged() {
  return ::geteuid() == 0;
}

std::optional<Account> account_of(const std::string& user) {
  const passwd* found = ::getpwnam(user.c_str());
  return found == nullptr ? std::nullopt : std::optional(Account{found->pw_uid, found->pw_gid});
}

bool give_to(const std::filesystem::path& path, Account account) {
  return ::chown(path.c_str(), account.user, account.group) == 0;
}

std::expected<ProcessId, StartError> start_process(const ProcessStart& start) {
  std::vector<std::string> words{start.program.string()};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> environment = pointers_to(start.environment);
  const std::string folder = start.output_file.parent_path().string();
  const Account account = start.account;
  const int input = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int output = ::open(start.output_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (input < 0 || output < 0) {
    if (input >= 0) ::close(input);
    if (output >= 0) ::close(output);
    return std::unexpected(StartError::output_file);
  }

  [[maybe_unused]] const pid_t parent = ::getpid();
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
#ifdef __linux__
    // After setuid, which clears it. A parent that died before this call would leave us to init.
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (::getppid() != parent) ::_exit(125);
#endif
    if (::chdir(folder.c_str()) != 0) ::_exit(126);
    ::setpgid(0, 0);  // Ctrl+C at our terminal is ours to handle
    unblock_signals();
    ::execve(arguments.front(), arguments.data(), environment.data());
    ::_exit(127);
  }
  ::close(input);
  ::close(output);
  if (child < 0) return std::unexpected(StartError::process);
  return child;
}

int wait_for(ProcessId process) {
  int status = 0;
  while (::waitpid(static_cast<pid_t>(process), &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool has_ended(ProcessId process) {
  return ::waitpid(static_cast<pid_t>(process), nullptr, WNOHANG) != 0;
}

void end_process(ProcessId process) {
  ::kill(static_cast<pid_t>(process), SIGQUIT);
  ::waitpid(static_cast<pid_t>(process), nullptr, 0);
}

bool process_alive(std::int64_t id) {
  // 0 and below mean groups of processes to kill().
  if (id <= 0 || id > std::numeric_limits<pid_t>::max()) return false;
  // EPERM: alive, but another user's.
  if (::kill(static_cast<pid_t>(id), 0) != 0 && errno == ESRCH) return false;
  return !is_zombie(id);
}

std::filesystem::path program_path() {
#ifdef __APPLE__
  std::uint32_t size = 0;
  ::_NSGetExecutablePath(nullptr, &size);
  std::string path(size, '\0');
  if (::_NSGetExecutablePath(path.data(), &size) != 0) return {};
  return std::filesystem::path(path.c_str());
#else
  std::error_code failed;
  return std::filesystem::read_symlink("/proc/self/exe", failed);
#endif
}

// A shell that waits for the end of a pipe whose other end only we hold. SIGKILL leaves us no other way.
struct FolderRemover::State {
  int ours = -1;
  pid_t child = -1;
};

FolderRemover::FolderRemover(const std::filesystem::path& folder) : state_(std::make_unique<State>()) {
  int ends[2];
  if (::pipe(ends) != 0) return;
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  const std::string name = folder.string();
  state_->child = ::fork();
  if (state_->child == 0) {
    // Only async-signal-safe calls from here to exec. A separate session keeps Ctrl+C away; /dev/null keeps
    // no process waiting for our output to end.
    ::setsid();
    unblock_signals();
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(ends[0], STDIN_FILENO);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    // The processes that use the folder may still write while they end, so one attempt may not be enough.
    constexpr const char* kScript =
        "read -r nothing; for try in 1 2 3 4 5 6 7 8 9 10; do rm -rf -- \"$1\" && break; sleep 0.2; done";
    ::execl("/bin/sh", "sh", "-c", kScript, "refract-cleanup", name.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[0]);
  state_->ours = ends[1];
}

FolderRemover::~FolderRemover() {
  if (state_->ours >= 0) ::close(state_->ours);
  if (state_->child > 0) ::waitpid(state_->child, nullptr, 0);
}

}  // namespace refract::platform
