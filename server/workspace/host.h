#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "features/rejections.h"
#include "migrate/history/history.h"
#include "migrate/history/history_cache.h"
#include "migrate/history/next.h"
#include "platform/file.h"
#include "validation/core/diagnostic.h"
#include "workspace/project.h"

namespace refract::workspace {

// A migrations folder as last read: its replay, or why it cannot be read.
using HistoryState = Result<migrate::History>;

// One schema at one moment: what features and front ends read. Immutable (what is computed on demand is computed once)
// and safe to use from any thread.
class ProjectSnapshot {
 public:
  ProjectSnapshot(Project project, std::shared_ptr<const schema::Snapshot> snapshot, std::string version_reason,
                  std::shared_ptr<const ProjectSnapshot> previous, std::shared_ptr<const HistoryState> history,
                  std::shared_ptr<const std::vector<std::string>> environment,
                  std::map<std::string, std::int64_t> versions);

  const Project& project() const { return project_; }
  const schema::Snapshot& snapshot() const { return *snapshot_; }
  std::shared_ptr<const schema::Snapshot> shared_snapshot() const { return snapshot_; }
  // Why the snapshot is read as its version of Prisma reads it (VersionInForce::reason).
  const std::string& version_reason() const { return version_reason_; }
  // The diagnostics; computed by the first caller.
  const validation::Analysis& analysis() const { return *shared_analysis(); }
  std::shared_ptr<const validation::Analysis> shared_analysis() const;
  // nullptr until the folder was read (it is read in the background).
  const std::shared_ptr<const HistoryState>& history() const { return history_; }
  // The names that the project's .env files set (environment_names), as last read.
  const std::shared_ptr<const std::vector<std::string>>& environment() const { return environment_; }
  // What leads from the history to this schema; computed by the first caller. nullptr: no history yet, one that
  // cannot be read, a database other than PostgreSQL, or a schema with errors.
  const migrate::NextMigration* next_migration() const;

  // What the database will reject (features::rejections) as far as it is known: of this schema after find_rejections(),
  // until then of the one before. nullptr: nothing is known.
  std::shared_ptr<const std::vector<features::Rejection>> rejections() const;
  // Whether find_rejections() would find more than is known.
  bool lacks_rejections() const;
  // Computes them; takes milliseconds in a large schema. May be called from any thread.
  void find_rejections() const;
  // The warnings about them, at their present places.
  std::vector<validation::Diagnostic> rejection_diagnostics() const;

  // The database just before a migration of the folder, or before one that is to come; computed by the first caller
  // and kept for the last name asked. nullptr: no history yet, or one that cannot be replayed.
  std::shared_ptr<const catalog::Catalog> catalog_before(const std::string& migration) const;

  // The version of an open document as its client counts; nullopt: not open.
  std::optional<std::int64_t> document_version(const std::string& path) const;

 private:
  // What is there already: of this snapshot, else of the one before; may be null.
  std::shared_ptr<const validation::Analysis> available_analysis() const;

  Project project_;
  std::shared_ptr<const schema::Snapshot> snapshot_;
  std::string version_reason_;
  std::shared_ptr<const HistoryState> history_;
  std::shared_ptr<const std::vector<std::string>> environment_;
  std::map<std::string, std::int64_t> versions_;
  // One lock each: the next edit waits for the analysis, and must not wait for a plan or a replay.
  mutable std::mutex analysis_mutex_;
  mutable std::shared_ptr<const validation::Analysis> previous_analysis_;  // lends its diagnostics until ours are there
  mutable std::shared_ptr<const validation::Analysis> analysis_;
  mutable std::mutex next_mutex_;
  mutable std::optional<migrate::NextMigration> next_;
  mutable bool next_computed_ = false;
  mutable std::mutex rejections_mutex_;
  mutable std::shared_ptr<const std::vector<features::Rejection>> rejections_;
  mutable bool rejections_computed_ = false;
  mutable std::mutex before_mutex_;
  mutable std::string before_name_;  // the migration that `before_` is for
  mutable std::shared_ptr<const catalog::Catalog> before_;
};

// A migrations folder that is to be read, as it was when it changed for the `generation`th time.
struct StaleHistory {
  std::filesystem::path folder;
  std::uint64_t generation = 0;
  std::shared_ptr<const ProjectSnapshot> view;  // of a schema with this folder, for load_history
};

// The view's migrations folder as it is on disk now. Errors: those of migrate::load_history.
HistoryState load_history(const ProjectSnapshot& view, migrate::HistoryCache* cache = nullptr);

// An open migration.sql with the schema whose folder it is in.
struct MigrationFile {
  std::shared_ptr<const ProjectSnapshot> view;  // nullptr: no schema keeps its migrations there
  std::string name;                             // of the migration
  text::Document text;
};

struct Settings {
  std::optional<schema::PrismaVersion> version;  // nullopt: auto; a version in refract.toml has precedence
  bool operator==(const Settings&) const = default;
};

// The one mutable place: open documents and the projects they belong to. Used from one thread (the main strand);
// the views it hands out may go anywhere. The disk is read where a document is opened or closed, a file or the roots
// change, and by the first use of a project after that; what an edit or a request needs then is in memory.
class Host {
 public:
  void configure(Settings settings);
  const Settings& settings() const { return settings_; }

  // The folders that the editor has open; schemas at them are known though none of their files is open.
  void set_roots(std::vector<std::filesystem::path> roots);
  const std::vector<std::filesystem::path>& roots() const { return roots_; }

  // Paths are absolute. An open document hides the file on disk.
  void open(const std::string& path, std::int64_t version, std::string text);
  // The same for a document in SQL, which is part of no schema but may be one of its migrations.
  void open_sql(const std::string& path, std::int64_t version, std::string text);
  // Edits in the order the client made them; each range refers to the text after the ones before it. An unknown
  // path is ignored.
  void change(const std::string& path, std::int64_t version, const std::vector<text::Edit>& edits);
  void close(const std::string& path);
  // A file or folder was created, changed, moved or deleted on disk.
  void file_changed(const std::string& path);
  // The same of a migrations folder that the client no longer watches: it is no part of a schema.
  void history_changed(const std::filesystem::path& changed);
  // The schemas' files and configuration may have changed: for clients that watch nothing. What did not change is kept.
  void look_at_disk();
  // Any migrations folder and any .env file may have changed.
  void look_again();
  // Any .env file may have changed.
  void read_environments();

  // The text of an open document, of a schema or in SQL; nullptr: not open.
  const text::Document* document(const std::string& path) const;
  // Whether a schema's document is open; SQL is asked for separately.
  bool is_open(const std::string& path) const { return open_.contains(path); }
  bool is_sql(const std::string& path) const { return sql_.contains(path); }
  std::vector<std::string> open_documents() const;

  // The schema that the file belongs to, as it is now.
  std::shared_ptr<const ProjectSnapshot> view(const std::string& path);

  // The schemas that open documents belong to, with those at the roots where all are wanted; each once.
  enum class Known { open, all };
  std::vector<std::shared_ptr<const ProjectSnapshot>> views(Known known);

  // An open document in SQL. Errors: not_found, when it is not open.
  Result<MigrationFile> migration(const std::string& path);

  // The migrations folders in use whose state is not known (never read, or changed since): to be read by
  // migrate::load_history in the background and handed back with their generation.
  std::vector<StaleHistory> stale_histories();
  // What was read before the folder's last change is not taken: the folder stays stale. Gives whether it was taken.
  bool set_history(const StaleHistory& read, std::shared_ptr<const HistoryState> state);
  // The migrations folders of all schemas that are known, sorted, each once; they need not exist.
  std::vector<std::filesystem::path> migrations_folders() const;
  // The folders that files of these schemas are in, and those between them and the project's root, sorted, each once.
  std::vector<std::filesystem::path> schema_folders() const;
  // Of these, the folders that are a schema with all of their files, so that a new folder in one belongs to it.
  // Looks on disk.
  std::vector<std::filesystem::path> whole_schema_folders() const;
  // Another number whenever other schemas are known or they may lie in other folders.
  std::uint64_t generation() const { return generation_; }

 private:
  struct OpenDocument {
    std::int64_t version = 0;
    std::shared_ptr<const syntax::File> syntax;
  };
  struct DiskFile {
    std::shared_ptr<const syntax::File> syntax;
    std::optional<platform::FileStamp> stamp;  // when it was read; nullopt: it is not there
  };
  struct KnownHistory {
    std::uint64_t generation = 0;               // one more after each change of the folder
    std::shared_ptr<const HistoryState> state;  // nullptr: to be read

    void forget() {
      ++generation;
      state.reset();
    }
  };
  struct Entry {
    std::string path;  // of the file that it was made for
    Project project;
    std::shared_ptr<const std::vector<std::string>> environment;  // another pointer only if the names differ
    std::shared_ptr<const ProjectSnapshot> view;                  // nullptr: to be built
  };

  Entry& entry_of(const std::string& path);
  Project read_project(const std::string& path) const;
  // A file that is open under another name of it, before or after a link, gets that name: it is the document whose text
  // counts, and the one that the client can edit.
  void name_as_open(std::vector<std::filesystem::path>& files) const;
  bool concerns_schemas(const std::filesystem::path& changed) const;
  std::shared_ptr<const ProjectSnapshot> view_of_migrations(const std::filesystem::path& folder);
  std::shared_ptr<const syntax::File> syntax_of(const std::string& path);
  void forget_projects();
  // Whether there was one.
  bool forget_changed_files();
  const std::vector<std::string>& files_at_roots();

  Settings settings_;
  std::vector<std::filesystem::path> roots_;
  std::optional<std::vector<std::string>> files_at_roots_;  // nullopt: to be looked for
  std::map<std::string, OpenDocument> open_;
  std::map<std::string, text::Document> sql_;  // open, by path
  std::map<std::string, DiskFile> disk_;       // read files that are not open
  std::vector<std::unique_ptr<Entry>> projects_;
  std::uint64_t generation_ = 0;
  std::map<std::string, Entry*> project_of_;       // by file
  std::map<std::string, KnownHistory> histories_;  // by folder
};

}  // namespace refract::workspace
