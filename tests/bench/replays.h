#pragma once

#include <filesystem>

namespace refract::bench {

// Prints how long reading and replaying the folder takes in this process: without a cache, with one where nothing
// changed, and after an edit of the last migration, of one in the middle, and of an added one; for the folder as it is
// and repeated under other names until it has `grown` migrations. False: it cannot be read.
bool measure_replays(const std::filesystem::path& folder, std::size_t grown, int repeat);

}  // namespace refract::bench
