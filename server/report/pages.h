#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace refract::report {

// The files with the pages of the codes, for an editor to open: of the documentation that lies beside the program
// (share/doc/refract/codes, or docs/codes of the source tree it was built in); a code without one there has a copy in
// the user's cache folder. Immutable: may be used from any thread.
class Pages {
 public:
  // Looks for the documentation on disk, and creates the folder `cache` if copies are needed. nullopt: no copies.
  Pages(const std::filesystem::path& program, const std::optional<std::filesystem::path>& cache);

  // nullopt: no such code, or neither documentation nor a folder for copies. Reads nothing.
  std::optional<std::string> path(std::string_view code) const;
  // Writes the copies that are missing or differ; slow, since each is to reach the disk.
  void write_copies() const;

 private:
  std::map<std::string, std::string, std::less<>> paths_;   // by code
  std::map<std::string, std::string, std::less<>> copies_;  // those of them that are copies
};

// Those of the running program, looked for by the first call.
const Pages& pages();

}  // namespace refract::report
