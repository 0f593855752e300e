#include "protocol/process_watch.h"

#include <signal.h>
#include <sys/types.h>

#include <cerrno>
#include <fstream>
#include <limits>
#include <string>

namespace refract::protocol {
namespace {

// Linux gives the state after the name in parentheses, which may itself hold parentheses. Elsewhere: false.
bool is_zombie(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return false;
  auto name_end = line.rfind(')');
  return name_end != std::string::npos && line.substr(name_end + 1, 2) == " Z";
}

}  // namespace

bool process_alive(std::int64_t pid) {
  // 0 and below mean groups of processes to kill().
  if (pid <= 0 || pid > std::numeric_limits<pid_t>::max()) return false;
  // EPERM: alive, but another user's.
  if (::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH) return false;
  return !is_zombie(pid);
}

}  // namespace refract::protocol
