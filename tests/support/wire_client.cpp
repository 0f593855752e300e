#include "support/wire_client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace refract::test {
namespace {

using Clock = std::chrono::steady_clock;

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  return ends;
}

int milliseconds_until(Clock::time_point deadline) {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(left > 0 ? left : 0);
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const Files& files) {
  // A server that has died must fail a test, not end the test program.
  ::signal(SIGPIPE, SIG_IGN);
  auto in = make_pipe();
  auto out = make_pipe();
  auto err = make_pipe();
  std::vector<char*> arguments;
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  // Not fork(): a program that has grown would spend milliseconds on copying itself, and the benchmark would count
  // them.
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  if (files.input.empty())
    ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  else
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, files.input.c_str(), O_RDONLY, 0);
  if (files.output.empty())
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  else
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, files.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                       0600);
  ::posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t defaults;
  ::sigemptyset(&defaults);
  ::sigaddset(&defaults, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const int failed = ::posix_spawnp(&pid_, arguments[0], &actions, &attributes, arguments.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) exit_code_ = 127;  // as a shell has it
  ::close(in[0]);
  ::close(out[1]);
  ::close(err[1]);
  input_ = in[1];
  output_ = out[0];
  errors_ = err[0];
}

Process::~Process() {
  if (!exit_code_) {
    kill();
    wait();
  }
  close_input();
  close_output();
  ::close(errors_);
}

void Process::close_input() {
  if (input_ >= 0) ::close(std::exchange(input_, -1));
}

void Process::close_output() {
  if (output_ >= 0) ::close(std::exchange(output_, -1));
}

void Process::kill() {
  ::kill(pid_, SIGKILL);
}

std::optional<int> Process::wait(std::chrono::milliseconds limit) {
  auto deadline = Clock::now() + limit;
  while (!exit_code_) {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    } else if (Clock::now() > deadline) {
      return std::nullopt;
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
  return exit_code_;
}

std::string Process::read_errors_until(std::string_view text) {
  std::string read;
  auto deadline = Clock::now() + kPatience;
  while (read.find(text) == std::string::npos) {
    pollfd watched{errors_, POLLIN, 0};
    if (::poll(&watched, 1, milliseconds_until(deadline)) <= 0) break;
    std::array<char, 4096> buffer;
    auto count = ::read(errors_, buffer.data(), buffer.size());
    if (count <= 0) break;
    read.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return read;
}

std::size_t Process::peak_memory_kib() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::strtoul(line.c_str() + 6, nullptr, 10);
  }
  return 0;
}

void WireClient::send_raw(std::string_view bytes) {
  while (!bytes.empty()) {
    auto count = ::write(input_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // the server is gone; the missing answer will tell
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void WireClient::send(const Json& message) {
  send_raw(protocol::frame(message.dump()));
}

std::int64_t WireClient::request(std::string_view method, Json params) {
  auto id = next_id_++;
  Json message = {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}};
  if (!params.is_null()) message["params"] = std::move(params);
  send(message);
  return id;
}

void WireClient::notify(std::string_view method, Json params) {
  Json message = {{"jsonrpc", "2.0"}, {"method", method}};
  if (!params.is_null()) message["params"] = std::move(params);
  send(message);
}

Json WireClient::receive(std::chrono::milliseconds limit) {
  auto deadline = Clock::now() + limit;
  while (arrived_.empty()) {
    if (!fill(std::chrono::milliseconds(milliseconds_until(deadline)))) return nullptr;
  }
  const Message message = std::move(arrived_.front());
  arrived_.pop_front();
  arrival_ = message.arrival;
  return Json::parse(message.text);
}

bool WireClient::fill(std::chrono::milliseconds limit) {
  pollfd watched{output_, POLLIN, 0};
  if (::poll(&watched, 1, static_cast<int>(limit.count())) <= 0) return false;
  std::array<char, 64 * 1024> buffer;
  auto count = ::read(output_, buffer.data(), buffer.size());
  if (count <= 0) return false;
  decoder_.feed({buffer.data(), static_cast<std::size_t>(count)}, [this](const auto& piece) {
    if (const auto* whole = std::get_if<protocol::Frame>(&piece)) {
      arrived_.push_back({std::string(whole->text), std::chrono::steady_clock::now()});
    } else {
      throw std::runtime_error("the server wrote: " + std::get<protocol::FramingError>(piece).message);
    }
  });
  return true;
}

Json WireClient::answer(const Json& id) {
  while (true) {
    Json message = receive();
    if (message.is_null() || (!message.contains("method") && message.at("id") == id)) return message;
    skipped_.push_back(std::move(message));
  }
}

Json WireClient::call(std::string_view method, Json params) {
  return answer(request(method, std::move(params)));
}

std::vector<Json> WireClient::take_skipped() {
  return std::exchange(skipped_, {});
}

Json WireClient::initialize(Json params) {
  Json answer = call("initialize", std::move(params));
  notify("initialized", Json::object());
  return answer;
}

int connect_to(std::uint16_t port) {
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

}  // namespace refract::test
