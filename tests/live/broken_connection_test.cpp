#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "live/deploy.h"
#include "live/fixture.h"
#include "support/catch.h"
#include "support/postgres.h"
#include "support/temporary_folder.h"

// A connection that breaks while the server goes on.
namespace refract::test {
namespace {

using live::ConnectionString;

// Stands between a client and the server, and breaks the connection at the first message that has the word in it.
class Wire {
 public:
  enum class Cut { before, after };  // the message reaches the server, or does not

  Wire(const ConnectionString& server, std::string word, Cut cut) : word_(std::move(word)), cut_(cut) {
    const std::string& secret = server.secret();
    server_ = secret.substr(5, secret.find(' ') - 5) + "/.s.PGSQL.5432";
    rest_ = secret.substr(secret.find(' '));
    listener_ = socket_at((folder_ / ".s.PGSQL.5432").string(), true);
    worker_ = std::jthread([this](std::stop_token stop) { accept_all(stop); });
  }
  ~Wire() {
    worker_.request_stop();
    worker_.join();
    ::close(listener_);
  }
  ConnectionString target() const {
    auto parsed = ConnectionString::parse("host=" + folder_.path().string() + rest_);
    REQUIRE(parsed);
    return *parsed;
  }
  bool cut() const { return done_; }

 private:
  static int socket_at(const std::string& path, bool listens) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    const int handle = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const auto* raw = reinterpret_cast<const sockaddr*>(&address);
    const int done = listens ? ::bind(handle, raw, sizeof address) : ::connect(handle, raw, sizeof address);
    if (done != 0 || (listens && ::listen(handle, 4) != 0)) throw std::runtime_error("no socket at " + path);
    return handle;
  }

  void accept_all(std::stop_token stop) {
    std::vector<std::jthread> connections;
    while (!stop.stop_requested()) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const int client = ::accept(listener_, nullptr, nullptr);
      if (client >= 0) connections.emplace_back([this, client](std::stop_token inner) { forward(client, inner); });
    }
  }

  void forward(int client, std::stop_token stop) {
    const int server = socket_at(server_, false);
    char bytes[65536];
    while (!stop.stop_requested()) {
      pollfd both[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
      if (::poll(both, 2, 20) <= 0) continue;
      if (both[0].revents != 0) {
        const ssize_t count = ::read(client, bytes, sizeof bytes);
        if (count <= 0) break;
        const std::string_view message(bytes, static_cast<std::size_t>(count));
        const bool meant = message.contains(word_) && !done_.exchange(message.contains(word_) || done_);
        if (!meant || cut_ == Cut::after) send_all(server, message);
        if (meant) {
          std::this_thread::sleep_for(std::chrono::milliseconds(200));
          break;
        }
      }
      if (both[1].revents != 0) {
        const ssize_t count = ::read(server, bytes, sizeof bytes);
        if (count <= 0) break;
        send_all(client, {bytes, static_cast<std::size_t>(count)});
      }
    }
    ::close(client);
    ::close(server);
  }

  static void send_all(int handle, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(handle, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  TemporaryFolder folder_;
  std::string server_;
  std::string rest_;
  std::string word_;
  Cut cut_;
  std::atomic<bool> done_ = false;
  int listener_ = -1;
  std::jthread worker_;
};

const std::string kUsers = "CREATE TABLE users (id INT PRIMARY KEY);";

}  // namespace

TEST_CASE("broken connection: lost at COMMIT, the record says what became of it", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  for (const auto cut : {Wire::Cut::after, Wire::Cut::before}) {
    const bool arrived = cut == Wire::Cut::after;
    INFO("COMMIT reaches the server: " << arrived);
    const ConnectionString database = fresh_database();
    Folder folder;
    folder.add("1_users", kUsers);
    const Wire wire(database, "COMMIT", cut);
    const std::string said = deployed(folder, wire.target());
    REQUIRE(wire.cut());
    CHECK((ask(database, "SELECT to_regclass('users') IS NOT NULL") == "t") == arrived);
    if (arrived) {
      CHECK(said == "1_users ");
      CHECK(deployed(folder, database).empty());
    } else {
      CHECK(said.starts_with("FAILED 1_users: The connection to the "));
      CHECK(!said.contains("(in parts)"));
      CHECK(deployed(folder, database) == "1_users ");
    }
    CHECK(records_of(database) == "1_users finished 1");
  }
}

TEST_CASE("broken connection: those after a migration that was applied are not tried", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers).add("2_after", "SELECT 2;");
  const Wire wire(database, "COMMIT", Wire::Cut::after);
  CHECK(deployed(folder, wire.target()).contains("was lost after 1_users, which is applied and recorded"));
  CHECK(deployed(folder, database) == "2_after ");
}

TEST_CASE("broken connection: in the middle of a script", "[live][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  const ConnectionString database = fresh_database();
  Folder folder;
  folder.add("1_users", kUsers + "SELECT 'here';");
  {
    const Wire wire(database, "here", Wire::Cut::before);
    CHECK(deployed(folder, wire.target()).starts_with("FAILED 1_users: The connection to the "));
  }
  CHECK(deployed(folder, database) == "1_users ");
  // The server runs a message to its end, and the mark comes with it.
  folder.add("2_own", "BEGIN; CREATE TABLE a (); COMMIT; SELECT 'there';");
  {
    const Wire wire(database, "there", Wire::Cut::after);
    CHECK(deployed(folder, wire.target()) == "2_own ");
  }
  // A statement that runs alone may have taken effect: it is looked for.
  folder.add("3_alone", "VACUUM users;\nCREATE INDEX CONCURRENTLY by_id ON users (id);\nSELECT 3;");
  {
    const Wire wire(database, "by_id", Wire::Cut::after);
    CHECK(deployed(folder, wire.target()).contains("(in parts)"));
  }
  const live::MigrationStatus status = status_of(folder, database, "3_alone");
  CHECK(status.state == live::MigrationState::failed);
  CHECK(status.effective.size() == 1);
  REQUIRE(status.uncertain);
  CHECK(status.uncertain->number == 2);
  CHECK(deployed(folder, database, {.resume = true}) == "3_alone ");
}

}  // namespace refract::test
