#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/refactor/new_files.h"
#include "schema/snapshot.h"
#include "support/result.h"
#include "workspace/prisma_config.h"
#include "workspace/project_settings.h"

namespace refract::workspace {

// Reads a file's text. The Host answers from open buffers first; everyone else from disk.
using ReadText = std::function<Result<std::string>(const std::filesystem::path&)>;

// Reads from disk. Errors: not_found; unreadable (permission, a folder, or not UTF-8: the message names the byte).
Result<std::string> read_text_file(const std::filesystem::path& path);

// One Prisma schema on disk: which files it is made of, where its migrations are, which Prisma reads it.
struct Project {
  std::filesystem::path root;                    // folder of package.json or prisma.config.*; else of the schema
  std::vector<std::filesystem::path> files;      // sorted; at least one
  std::filesystem::path migrations;              // the folder, whether or not it exists
  std::optional<schema::PrismaVersion> version;  // from package.json or node_modules; nullopt: not specified
  std::string version_source;                    // "prisma ^6.2.1 in package.json"; empty if not specified
  std::optional<int> unsupported_version;        // a major number that is specified in place of a supported version
  ProjectSettings settings;                      // of its refract.toml
  ConfigFile config = {};                        // its prisma.config.*
  features::NewFiles new_files = features::NewFiles::with_folder_configured;

  bool operator==(const Project&) const;  // whether a file, folder or setting is another one; not the files' text
};

// The project a command without a path means, looked for from `folder` as Prisma does: prisma.config.*,
// package.json#prisma.schema, then schema.prisma, prisma/schema.prisma, prisma/schema/.
// Errors: not_found, with the places that were searched and the schemas that are elsewhere below the folder;
// unreadable.
Result<Project> find_project(const std::filesystem::path& folder);

// The schemas in and below a folder, each with its own files, sorted: one for each file with a datasource. Empty too
// for a folder that is too large to be searched.
std::vector<Project> projects_below(const std::filesystem::path& folder);

// A schema that a command works on, with those of its files that were named; empty: it was named as a whole.
struct NamedProject {
  Project project;
  std::vector<std::filesystem::path> files;  // spelled as in `project`
};

// The schemas that paths name, each once, in the order of the paths. A folder with .prisma files is a schema of all
// files in and below it; the root of a project means its schema; a folder with several schemas below it means all of
// them; a .prisma file means the schema that it is part of. Paths of files are spelled as they were named.
// Errors: not_found; unreadable.
Result<std::vector<NamedProject>> projects_of_paths(const std::vector<std::filesystem::path>& paths);

// The same of one path. Errors: those of projects_of_paths; usage, if the folder has several schemas.
Result<Project> project_of_path(const std::filesystem::path& path);

// The project that a file in an editor belongs to: the schema that configuration names if the file is part of it;
// else its folder's files, where exactly one of them has the datasource; else the file alone. The file need not
// exist on disk. `open`: the documents of the editor; those that are not on disk, for they are new or were deleted
// there, count as files.
Project project_of_file(const std::filesystem::path& file, const ReadText& read,
                        std::span<const std::filesystem::path> open = {});

// Which Prisma reads a schema, and why: "as requested", "by prisma ^6.2.1 in package.json", "guessed: the datasource
// has a url".
struct VersionInForce {
  schema::PrismaVersion version = schema::PrismaVersion::v7;
  std::string reason;
};

// What was asked for, else the project's, or the nearest supported one to a version that is not, else 6 where the
// datasource has a url and 7 where it has none (design: `--prisma auto`).
VersionInForce version_in_force(std::optional<schema::PrismaVersion> asked, const Project& project,
                                const schema::Snapshot& snapshot);

// A project's files read and resolved. Errors: those of read_text_file.
struct LoadedSchema {
  Project project;
  std::shared_ptr<const schema::Snapshot> snapshot;
  std::string version_reason;  // of snapshot->options().version
};
Result<LoadedSchema> load_schema(Project project, std::optional<schema::PrismaVersion> asked);

// The options that a project's configuration gives its snapshots; the version is not among them.
schema::Options options_of(const Project& project);

// A key of prisma.config.* whose value is known only by running the file, and which a command that works with
// migrations cannot go without. Errors: usage.
Result<void> require_readable(const Project& project);

// The first file of a schema that is written in another language (syntax::other_language).
std::optional<schema::FileId> file_in_other_language(const schema::Snapshot& snapshot);
// The message about it, printed once; nullopt: there is no such file.
std::optional<std::string> other_language_notice(const schema::Snapshot& snapshot);

// The message about a version of Prisma that is not supported, printed once; nullopt: it is, or none is specified.
std::optional<std::string> unsupported_version_notice(const Project& project);

// A schema that is in no file, as from standard input; "-" is its name. The configuration around `folder` applies to it
// as to a file there. Errors: unreadable (not UTF-8).
Result<LoadedSchema> load_text(std::string text, const std::filesystem::path& folder,
                               std::optional<schema::PrismaVersion> asked);

}  // namespace refract::workspace
