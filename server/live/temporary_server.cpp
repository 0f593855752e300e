#include "live/temporary_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <thread>

#include "live/process.h"
#include "live/session.h"
#include "platform/environment.h"
#include "platform/file.h"
#include "platform/folder.h"

namespace refract::live {
namespace {

namespace fs = std::filesystem;

// Every setting that an environment variable could give otherwise: what reaches the server can be no other one.
constexpr const char* kConnection =
    "host={} port=5432 user=postgres dbname='{}' hostaddr='' options='' password='' sslmode=disable gssencmode=disable "
    "target_session_attrs=any";

bool holds_server(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "initdb", ignored) && fs::exists(folder / "postgres", ignored);
}

// Debian keeps the server programs of each major version outside PATH: the newest one wins.
std::optional<fs::path> newest_debian_folder() {
  std::optional<fs::path> newest;
  int best = 0;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", failed)) {
    const int version = std::atoi(entry.path().filename().c_str());
    if (version > best && holds_server(entry.path() / "bin")) {
      best = version;
      newest = entry.path() / "bin";
    }
  }
  return newest;
}

Result<fs::path> server_programs() {
  if (const auto chosen = platform::environment_variable("REFRACT_POSTGRES_BIN")) {
    if (holds_server(*chosen)) return fs::path(*chosen);
    return fail(
        ErrorCode::missing_program,
        fmt::format("REFRACT_POSTGRES_BIN names {}, which does not contain initdb and postgres; correct it.", *chosen));
  }
  if (const auto path = platform::environment_variable("PATH")) {
    for (std::string_view rest = *path; !rest.empty();) {
      const std::size_t end = std::min(rest.find(':'), rest.size());
      // A wrapper elsewhere in PATH may be a link: what counts is that both programs are there for real.
      if (const fs::path folder(rest.substr(0, end)); holds_server(folder)) return folder;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  if (auto folder = newest_debian_folder()) return *folder;
  return fail(ErrorCode::missing_program,
              "PostgreSQL's server programs (initdb, postgres) are not installed here; install them (Debian: apt-get "
              "install postgresql) or name their folder in REFRACT_POSTGRES_BIN.");
}

// PostgreSQL's programs refuse to run as root.
Account unprivileged_account() {
  if (!platform::is_privileged()) return {};
  auto account = platform::account_of("postgres");
  if (!account) account = platform::account_of("nobody");
  return account.value_or(Account{});
}

// The last lines of a log, enough to say why a start failed.
std::string tail(const fs::path& log) {
  std::string text = platform::read_bytes(log).value_or(std::string());
  constexpr std::size_t kMaxTail = 400;
  if (text.size() > kMaxTail) text.erase(0, text.size() - kMaxTail);
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

struct TemporaryServer::State {
  explicit State(std::string made) : folder(std::move(made)), remover(folder) {}

  std::string folder;
  platform::FolderRemover remover;
  std::optional<platform::ProcessId> server;
  std::optional<ConnectionString> connection;

  ~State() {
    if (server) platform::end_process(*server);  // nothing in it is worth a checkpoint
  }
};

TemporaryServer::TemporaryServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
TemporaryServer::TemporaryServer(TemporaryServer&&) noexcept = default;
TemporaryServer& TemporaryServer::operator=(TemporaryServer&&) noexcept = default;
TemporaryServer::~TemporaryServer() = default;

bool TemporaryServer::available() {
  return server_programs().has_value();
}

const ConnectionString& TemporaryServer::connection() const {
  return *state_->connection;
}

Result<TemporaryServer> TemporaryServer::start(std::stop_token stop) {
  const auto programs = server_programs();
  if (!programs) return fail(programs.error());

  // A unix socket's path may take 107 bytes at most, so a long TMPDIR is no place for it.
  constexpr std::size_t kMaxBytes = 60;
  const auto configured = platform::environment_variable("TMPDIR");
  const fs::path prefix = fs::path(configured && configured->size() < kMaxBytes ? *configured : "/tmp") / "refract-pg-";
  const auto made_folder = platform::make_private_folder(prefix);
  if (!made_folder) {
    return fail(ErrorCode::unwritable, fmt::format("Cannot create a temporary folder {}….", prefix.string()));
  }
  const std::string folder = made_folder->string();
  auto state = std::make_unique<State>(folder);
  const Account account = unprivileged_account();
  if (account.user != 0 && !platform::give_to(folder, account)) {
    return fail(ErrorCode::internal, "Cannot give the temporary folder to an unprivileged user.");
  }

  const std::string data = folder + "/data";
  const auto made =
      run(*programs / "initdb",
          {"-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"},
          folder + "/initdb.log", account);
  if (!made) return fail(made.error());
  if (made->exit_code != 0) {
    return fail(ErrorCode::internal, fmt::format("initdb failed: {}", tail(folder + "/initdb.log")));
  }

  const auto stopped = [] { return fail(ErrorCode::cancelled, "The start of the temporary server was interrupted."); };
  if (stop.stop_requested()) return stopped();

  const fs::path log = folder + "/server.log";
  auto server = spawn(*programs / "postgres", {"-D", data,
                                               "-k", folder,
                                               "-c", "listen_addresses=",
                                               "-p", "5432",  // whatever PGPORT says
                                               "-c", "fsync=off",
                                               "-c", "full_page_writes=off",
                                               "-c", "synchronous_commit=off",
                                               "-c", "autovacuum=off",
                                               "-c", "shared_buffers=32MB",
                                               "-c", "max_connections=20",
                                               "-c", "jit=off"},
                      log, account);
  if (!server) return fail(server.error());
  state->server = *server;
  state->connection = ConnectionString::parse(fmt::format(kConnection, folder, "postgres")).value();

  constexpr auto kPatience = std::chrono::seconds(30);
  const auto begin = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - begin < kPatience) {
    if (stop.stop_requested()) return stopped();
    if (platform::has_ended(*state->server)) {
      state->server.reset();
      return fail(ErrorCode::internal, fmt::format("postgres ended at once: {}", tail(log)));
    }
    // The socket appears just before the server accepts; until then a connection attempt is wasted work.
    if (fs::exists(folder + "/.s.PGSQL.5432") && Session::open(*state->connection))
      return TemporaryServer(std::move(state));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return fail(ErrorCode::internal, fmt::format("postgres did not start within 30 seconds: {}", tail(log)));
}

Result<ConnectionString> TemporaryServer::create_database(const std::string& name) const {
  auto session = Session::open(*state_->connection);
  if (!session) return fail(session.error());
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  quoted += '"';
  if (auto created = session->execute("CREATE DATABASE " + quoted); !created) return fail(created.error());
  std::string value;
  for (const char c : name) {
    if (c == '\'' || c == '\\') value += '\\';
    value += c;
  }
  return ConnectionString::parse(fmt::format(kConnection, state_->folder, value));
}

}  // namespace refract::live
