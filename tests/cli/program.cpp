#include "cli/program.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "support/catch.h"

namespace refract::test {
namespace {

std::string name_of(const std::string& assignment) {
  return assignment.substr(0, assignment.find('='));
}

std::vector<std::string> environment_with(const std::vector<std::string>& changes) {
  std::vector<std::string> result;
  for (char** variable = ::environ; *variable != nullptr; ++variable) {
    const std::string name = name_of(*variable);
    const bool changed =
        std::ranges::any_of(changes, [&](const std::string& change) { return name_of(change) == name; });
    if (!changed && name != "DATABASE_URL") result.emplace_back(*variable);
  }
  for (const std::string& change : changes) {
    if (change.contains('=')) result.push_back(change);
  }
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// What a program writes to a terminal, read while it runs; with line ends as it wrote them.
class Terminal {
 public:
  Terminal() : own_end_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    REQUIRE(own_end_ >= 0);
    REQUIRE(::grantpt(own_end_) == 0);
    REQUIRE(::unlockpt(own_end_) == 0);
    programs_end_ = ::open(::ptsname(own_end_), O_RDWR | O_NOCTTY | O_CLOEXEC);
    REQUIRE(programs_end_ >= 0);
  }
  ~Terminal() {
    if (programs_end_ >= 0) ::close(programs_end_);
    ::close(own_end_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  int programs_end() const { return programs_end_; }

  // Until the program, which is the last one to have its end open, ends.
  std::string read_all() {
    ::close(std::exchange(programs_end_, -1));
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 0; (count = ::read(own_end_, buffer.data(), buffer.size())) > 0;)
      text.append(buffer.data(), static_cast<std::size_t>(count));
    std::erase(text, '\r');
    return text;
  }

 private:
  int own_end_ = -1;
  int programs_end_ = -1;
};

int wait_for(pid_t process) {
  int status = 0;
  const auto begin = std::chrono::steady_clock::now();
  while (::waitpid(process, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() - begin > std::chrono::minutes(1)) {
      ::kill(process, SIGKILL);
      ::waitpid(process, &status, 0);
      FAIL_CHECK("refract did not end within a minute");
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Ran Project::refract(const std::vector<std::string>& arguments, const Setting& setting) const {
  const TemporaryFolder streams;
  streams.write("in", setting.input);
  std::vector<std::string> words{setting.program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment_with(setting.environment);
  const std::vector<char*> argv = pointers(words);
  const std::vector<char*> envp = pointers(variables);

  const passwd* nobody = setting.as_nobody ? ::getpwnam("nobody") : nullptr;
  // Opened while we still may: the program can lie below a home that "nobody" must not enter.
  const int program = ::open(setting.program.c_str(), O_RDONLY | O_CLOEXEC);

  std::optional<Terminal> terminal;
  if (setting.terminal) terminal.emplace();

  const pid_t child = ::fork();
  if (child == 0) {
    const int in = ::open((streams / "in").c_str(), O_RDONLY);
    const int out = terminal ? terminal->programs_end() : ::open((streams / "out").c_str(), O_WRONLY | O_CREAT, 0600);
    const int err = terminal ? out : ::open((streams / "err").c_str(), O_WRONLY | O_CREAT, 0600);
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    if (::chdir(path().c_str()) != 0) ::_exit(126);
    if (nobody != nullptr && (::setgid(nobody->pw_gid) != 0 || ::setuid(nobody->pw_uid) != 0)) ::_exit(126);
    ::fexecve(program, argv.data(), envp.data());
    ::_exit(127);
  }
  ::close(program);
  if (setting.meanwhile) setting.meanwhile(child);
  Ran ran;
  if (terminal) ran.out = terminal->read_all();
  ran.exit_code = wait_for(child);
  if (!terminal) ran.out = streams.read("out");
  const std::string errors = streams.read("err");
  for (std::string_view rest = errors; !rest.empty();) {
    const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    (line.starts_with("using ") ? ran.context : ran.err) += line;
    rest.remove_prefix(line.size());
  }
  return ran;
}

bool is_one_sentence(const std::string& text) {
  return text.starts_with("refract: ") && std::ranges::count(text, '\n') == 1 && text.ends_with('\n') &&
         text.size() > 20;
}

std::string schema_text(std::string_view models) {
  std::string text = "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n";
  return text += models;
}

}  // namespace refract::test
