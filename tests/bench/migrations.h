#pragma once

#include <filesystem>
#include <string>

namespace refract::bench {

// Prints how long `program migrate diff` takes from the folder of migrations to each schema, and beside it the
// reference engines' `history` where REFRACT_ORACLE names their folder and PostgreSQL's programs are here.
// False: our program failed.
bool measure_migrations(const std::string& program, const std::filesystem::path& folder,
                        const std::filesystem::path& schema, int repeat);

}  // namespace refract::bench
