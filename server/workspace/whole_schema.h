#pragma once

#include <filesystem>
#include <span>

#include "workspace/prisma_config.h"
#include "workspace/project.h"

namespace refract::workspace {

// Whether a file is a schema alone, to which no file around it belongs: the one that the configuration names, or
// without a configuration the one where Prisma looks. The latter is a part of a schema nevertheless if it declares
// nothing, or if it names a type that only `others` declare: Prisma is then told the folder on its command line.
bool is_whole_schema(const std::filesystem::path& file, const PrismaConfig& config,
                     std::span<const std::filesystem::path> others, const ReadText& read);

}  // namespace refract::workspace
