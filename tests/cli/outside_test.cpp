#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "cli/program.h"
#include "support/catch.h"
#include "support/postgres.h"

// Every command that touches a database, in every situation in which something beside the project is there: a dump of
// what is not the project's is the same after each of them.
namespace refract::test {
namespace {

// What `ssh -L` and `kubectl port-forward` do: a port of this machine that leads to a server elsewhere.
class Tunnel {
 public:
  explicit Tunnel(std::string socket) : socket_(std::move(socket)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_, raw, size) == 0);
    REQUIRE(::listen(listener_, 8) == 0);
    REQUIRE(::getsockname(listener_, raw, &size) == 0);
    port_ = ::ntohs(address.sin_port);
    worker_ = std::jthread([this](std::stop_token stop) { accept_all(stop); });
  }
  ~Tunnel() {
    worker_.request_stop();
    worker_.join();
    ::close(listener_);
  }
  int port() const { return port_; }

 private:
  void accept_all(std::stop_token stop) const {
    std::vector<std::jthread> connections;
    while (!stop.stop_requested()) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const int client = ::accept(listener_, nullptr, nullptr);
      if (client >= 0) connections.emplace_back([this, client](std::stop_token inner) { forward(client, inner); });
    }
  }

  void forward(int client, std::stop_token stop) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket_.copy(address.sun_path, sizeof address.sun_path - 1);
    const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
    bool open = ::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    while (open && !stop.stop_requested()) {
      pollfd both[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
      if (::poll(both, 2, 20) <= 0) continue;
      open = (both[0].revents == 0 || pass(client, server)) && (both[1].revents == 0 || pass(server, client));
    }
    ::close(client);
    ::close(server);
  }

  static bool pass(int from, int to) {
    char bytes[65536];
    const ssize_t count = ::read(from, bytes, sizeof bytes);
    for (ssize_t sent = 0; sent < count;) {
      const ssize_t now = ::send(to, bytes + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
      if (now <= 0) return false;
      sent += now;
    }
    return count > 0;
  }

  std::string socket_;
  int listener_;
  int port_ = 0;
  std::jthread worker_;
};

struct Situation {
  std::string name;
  std::string setup;                 // SQL, by the superuser
  std::string datasource = {};       // lines of the datasource
  std::string model_attribute = {};  // "@@schema(…)"
  std::string prefix = {};           // of the table in the migration's SQL
  std::string parameters = {};       // of the URL
  std::string role = "postgres";
  std::string config = {};                // prisma.config.ts
  std::vector<std::string> outside = {};  // pg_dump's choice of what is not the project's
  bool tunnel = false;
};

constexpr const char* kOther = R"(
  CREATE SCHEMA other;
  CREATE TABLE other.precious (id int PRIMARY KEY, note text);
  INSERT INTO other.precious VALUES (1, 'keep');
  CREATE VIEW other.notes AS SELECT note FROM other.precious;
  CREATE FUNCTION other.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE TYPE other.mood AS ENUM ('good');
  CREATE SEQUENCE other.numbers;
)";

std::vector<Situation> situations() {
  return {
      {.name = "?schema=",
       .setup =
           std::string(kOther) + "CREATE TABLE public.\"User\" (other text); INSERT INTO public.\"User\" VALUES ('x')",
       .parameters = "schema=tenant1",
       .outside = {"-N", "tenant1"}},
      {.name = "several schemas",
       .setup =
           std::string(kOther) + "CREATE TABLE public.\"User\" (other text); INSERT INTO public.\"User\" VALUES ('x')",
       .datasource = "  schemas = [\"app\", \"more\"]\n",
       .model_attribute = "\n  @@schema(\"app\")\n",
       .prefix = "\"app\".",
       .parameters = "schema=app",
       .outside = {"-N", "app", "-N", "more"}},
      {.name = "schema not owned",
       .setup = std::string(kOther) + "GRANT ALL ON SCHEMA public TO outside_role",
       .role = "outside_role",
       .outside = {"-n", "other"}},
      {.name = "grants",
       .setup =
           std::string(kOther) +
           "GRANT USAGE ON SCHEMA public, other TO outside_role; GRANT SELECT ON ALL TABLES IN SCHEMA other TO "
           "outside_role; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO outside_role; COMMENT "
           "ON SCHEMA public IS 'ours'",
       .outside = {"-n", "other"}},
      {.name = "tunnel-like address", .setup = kOther, .outside = {"-n", "other"}, .tunnel = true},
      {.name = "another program's tables",
       .setup =
           "CREATE TYPE role AS ENUM ('a'); CREATE TABLE users (id serial PRIMARY KEY, r role); INSERT INTO users(r) "
           "VALUES ('a'); CREATE INDEX by_role ON users (r); CREATE FUNCTION users_hook() RETURNS trigger LANGUAGE "
           "plpgsql AS 'BEGIN RETURN NEW; END'; ",
       .config =
           "export default defineConfig({ schema: 'prisma/schema.prisma', tables: { external: ['public.users'] }, "
           "enums: { external: ['public.role'] } })\n",
       .outside = {"-t", "users", "-t", "users_id_seq"}},
  };
}

class Matrix : public Project {
 public:
  explicit Matrix(const Situation& situation) : situation_(situation), database_(fresh_database()) {
    name_ = ask(database_, "SELECT current_database()");
    write("prisma/schema.prisma", "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n" +
                                      situation.datasource + "}\n\nmodel User {\n  id Int @id\n" +
                                      situation.model_attribute + "}\n");
    write("prisma/migrations/1_user/migration.sql",
          (situation.datasource.empty()
               ? std::string()
               : "CREATE SCHEMA IF NOT EXISTS \"app\";\nCREATE SCHEMA IF NOT EXISTS \"more\";\n") +
              "CREATE TABLE " + situation.prefix +
              "\"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n");
    write("prisma/migrations/1_user/down.sql", "DROP TABLE " + situation.prefix + "\"User\";\n");
    if (!situation.config.empty()) write("prisma.config.ts", situation.config + "");
    run_sql(database_, "DO $$ BEGIN CREATE ROLE outside_role LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    run_sql(database_, situation.setup);
    if (situation.tunnel) {
      const std::string secret = database_.secret();
      tunnel_ = std::make_unique<Tunnel>(secret.substr(5, secret.find(' ') - 5) + "/.s.PGSQL.5432");
    }
    before_ = outside();
  }

  Ran migrate(std::vector<std::string> words) const {
    words.insert(words.begin(), "migrate");
    return refract(words, {.environment = {"DATABASE_URL=" + url()}});
  }
  std::string url() const {
    if (tunnel_) return "postgresql://postgres@127.0.0.1:" + std::to_string(tunnel_->port()) + "/" + name_;
    return url_of(database_, situation_.parameters, situation_.role);
  }
  const std::string& name() const { return name_; }
  const live::ConnectionString& database() const { return database_; }
  std::string schema() const { return situation_.parameters.empty() ? "public" : situation_.parameters.substr(7); }
  bool untouched() const { return outside() == before_; }

 private:
  std::optional<std::string> outside() const { return dump(database_, situation_.outside); }

  Situation situation_;
  live::ConnectionString database_;
  std::string name_;
  std::unique_ptr<Tunnel> tunnel_;
  std::optional<std::string> before_;
};

}  // namespace

TEST_CASE("outside: no command touches what is not the project's", "[cli][.pg]") {
  REFRACT_NEEDS_POSTGRES();
  for (const Situation& situation : situations()) {
    INFO(situation.name);
    Matrix project(situation);
    const auto succeeds = [&](std::vector<std::string> words) {
      const Ran ran = project.migrate(words);
      INFO(words.front() << "\n" << ran.out << ran.err);
      CHECK(ran.exit_code == 0);
      CHECK(project.untouched());
      return ran;
    };
    succeeds({"deploy"});
    CHECK(succeeds({"status"}).out.contains("1_user"));
    CHECK(succeeds({"diff", "--from", project.url(), "--to", "prisma/schema.prisma"}).out ==
          "-- This is an empty migration.\n");
    CHECK(succeeds({"diff", "--from", "prisma/schema.prisma", "--to", project.url()}).out ==
          "-- This is an empty migration.\n");
    const std::string schema = project.read("prisma/schema.prisma");
    const Ran pulled = succeeds({"pull", "--print"});
    // External tables are pulled: clients read them.
    CHECK((pulled.out == schema) == situation.config.empty());
    succeeds({"rollback"});
    succeeds({"deploy"});
    run_sql(project.database(), "DROP TABLE \"" + project.schema() + "\"._prisma_migrations");
    succeeds({"baseline"});
    // Unnamed, no database is emptied, however near it looks.
    CHECK(project.migrate({"reset", "--force"}).exit_code == 2);
    CHECK(ask(project.database(), "SELECT to_regclass('\"" + project.schema() + "\".\"User\"') IS NOT NULL") == "t");
    succeeds({"reset", "--force", "--database", project.name()});
    CHECK(ask(project.database(), "SELECT count(*) FROM \"" + project.schema() + "\".\"User\"") == "0");
  }
}

}  // namespace refract::test
