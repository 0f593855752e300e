#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "live/connection.h"
#include "live/process.h"

namespace refract::test {

// The folder of PostgreSQL's programs: $REFRACT_POSTGRES_BIN, or that of the newest version with pg_basebackup. Empty:
// there is none.
std::filesystem::path server_programs();
// The user that servers run as: under root another one.
live::Account server_account();
// The folder of a server's socket, which for the temporary server holds its `data` too.
std::string socket_folder(const live::ConnectionString& database);

// A PostgreSQL server on a data folder that exists; stopped at once with the object.
class ServerProcess {
 public:
  ServerProcess(const std::string& data, const std::filesystem::path& folder);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // Another server's database here, once this one answers.
  live::ConnectionString database(const live::ConnectionString& elsewhere) const;

 private:
  std::filesystem::path folder_;
  pid_t process_ = 0;
};

}  // namespace refract::test
