#include "platform/process.h"

#include <windows.h>

#include <algorithm>
#include <string_view>

#include "platform/windows/handle.h"
#include "platform/windows/wide.h"

namespace refract::platform {
namespace {

// As CommandLineToArgvW takes it apart: backslashes count only before a quotation mark.
std::wstring quoted_argument(std::wstring_view argument) {
  std::wstring text = L"\"";
  std::size_t backslashes = 0;
  for (const wchar_t letter : argument) {
    if (letter == L'"') text.append(backslashes + 1, L'\\');
    backslashes = letter == L'\\' ? backslashes + 1 : 0;
    text += letter;
  }
  return text.append(backslashes, L'\\') += L'"';
}

std::wstring command_line(const ProcessStart& start) {
  std::wstring line = quoted_argument(start.program.wstring());
  for (const std::string& argument : start.arguments) line += L' ' + quoted_argument(wide(argument));
  return line;
}

// NAME=value, each ended by a zero, sorted by name, and a zero at the end.
std::wstring environment_block(std::vector<std::string> variables) {
  std::ranges::sort(variables);
  std::wstring block;
  for (const std::string& variable : variables) block += wide(variable) + L'\0';
  return block + L'\0';
}

// Ends the processes in it when this process ends, however it ends.
HANDLE family() {
  static const HANDLE job = [] {
    const HANDLE made = ::CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    ::SetInformationJobObject(made, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return made;
  }();
  return job;
}

HANDLE handle_of(ProcessId process) {
  return reinterpret_cast<HANDLE>(process);
}

}  // namespace

// Windows' servers may run as an administrator's process: they give up the rights themselves.
bool is_privileged() {
  return false;
}

std::optional<Account> account_of(const std::string&) {
  return std::nullopt;
}

bool give_to(const std::filesystem::path&, Account) {
  return true;
}

std::expected<ProcessId, StartError> start_process(const ProcessStart& start) {
  SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
  const Handle input(::CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING,
                                   FILE_ATTRIBUTE_NORMAL, nullptr));
  const Handle output(::CreateFileW(start.output_file.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                                    &inherited, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
  if (!input.is_open() || !output.is_open()) return std::unexpected(StartError::output_file);

  STARTUPINFOW streams{};
  streams.cb = sizeof streams;
  streams.dwFlags = STARTF_USESTDHANDLES;
  streams.hStdInput = input.get();
  streams.hStdOutput = output.get();
  streams.hStdError = output.get();
  std::wstring line = command_line(start);
  std::wstring variables = environment_block(start.environment);
  // Ctrl+C at our console is ours to handle. Suspended, so that it starts as a member of the family.
  constexpr DWORD kFlags = CREATE_UNICODE_ENVIRONMENT | CREATE_NEW_PROCESS_GROUP | CREATE_SUSPENDED;
  PROCESS_INFORMATION started{};
  if (::CreateProcessW(start.program.c_str(), line.data(), nullptr, nullptr, TRUE, kFlags, variables.data(),
                       start.output_file.parent_path().c_str(), &streams, &started) == 0) {
    return std::unexpected(StartError::process);
  }
  ::AssignProcessToJobObject(family(), started.hProcess);
  ::ResumeThread(started.hThread);
  ::CloseHandle(started.hThread);
  return reinterpret_cast<ProcessId>(started.hProcess);
}

int wait_for(ProcessId process) {
  ::WaitForSingleObject(handle_of(process), INFINITE);
  DWORD code = 0;
  ::GetExitCodeProcess(handle_of(process), &code);
  ::CloseHandle(handle_of(process));
  return static_cast<int>(code);
}

bool has_ended(ProcessId process) {
  if (::WaitForSingleObject(handle_of(process), 0) == WAIT_TIMEOUT) return false;
  ::CloseHandle(handle_of(process));
  return true;
}

void end_process(ProcessId process) {
  ::TerminateProcess(handle_of(process), 1);
  wait_for(process);
}

bool process_alive(std::int64_t id) {
  if (id <= 0 || id > MAXDWORD) return false;
  const Handle process(::OpenProcess(SYNCHRONIZE, FALSE, static_cast<DWORD>(id)));
  // Access denied: alive, but another user's.
  if (!process.is_open()) return ::GetLastError() == ERROR_ACCESS_DENIED;
  return ::WaitForSingleObject(process.get(), 0) == WAIT_TIMEOUT;
}

std::filesystem::path program_path() {
  std::wstring path(MAX_PATH, L'\0');
  for (;;) {
    const DWORD size = ::GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
    if (size < path.size()) return path.substr(0, size);
    path.resize(path.size() * 2);
  }
}

// Without what POSIX has for the time after a kill: the system cleans the temporary folder.
struct FolderRemover::State {
  std::filesystem::path folder;
};

FolderRemover::FolderRemover(const std::filesystem::path& folder) : state_(std::make_unique<State>(folder)) {}

FolderRemover::~FolderRemover() {
  // The processes that use the folder may still write while they end, so one attempt may not be enough.
  constexpr int kAttempts = 10;
  std::error_code error;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::filesystem::remove_all(state_->folder, error);
    if (!error) return;
    ::Sleep(200);
  }
}

}  // namespace refract::platform
