#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace refract::platform {

// The user a process runs as; zero ids mean "as we are". Windows has no other.
struct Account {
  std::uint32_t user = 0;
  std::uint32_t group = 0;
};

// Whether this process may act as any user, which some programs refuse.
bool is_privileged();
// nullopt: there is no user of this name.
std::optional<Account> account_of(const std::string& user);
// Makes the account the owner of a file or folder.
bool give_to(const std::filesystem::path& path, Account account);

// A child process that this process has not waited for.
using ProcessId = std::intptr_t;

struct ProcessStart {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::vector<std::string> environment;  // NAME=value
  std::filesystem::path output_file;     // of both outputs; its folder becomes the working directory
  Account account;
};

enum class StartError { output_file, process };

// Starts a program with an empty standard input. It ends with the thread that started it, where the system can do
// that (Linux, Windows), and Ctrl+C at our terminal does not reach it.
std::expected<ProcessId, StartError> start_process(const ProcessStart& start);

// Waits for the end and returns the exit code; 128 + signal where a signal ended it.
int wait_for(ProcessId process);
// Whether it has ended; if so, it needs no wait_for() any more.
bool has_ended(ProcessId process);
// Asks it to end at once, without anything that takes time, and waits for its end.
void end_process(ProcessId process);

// Whether a process of this machine runs under `id`. One that has ended but was not waited for by its parent does not.
bool process_alive(std::int64_t id);

// The file of the running program. Empty: the system does not say.
std::filesystem::path program_path();

// Removes a folder at the end of its life, and where the system can do that, also when this process was killed.
class FolderRemover {
 public:
  explicit FolderRemover(const std::filesystem::path& folder);
  ~FolderRemover();
  FolderRemover(const FolderRemover&) = delete;
  FolderRemover& operator=(const FolderRemover&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace refract::platform
