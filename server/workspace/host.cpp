#include "workspace/host.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "migrate/wanted/schema_catalog.h"
#include "workspace/database_url.h"
#include "workspace/dotenv.h"
#include "workspace/lock_files.h"
#include "workspace/schema_files.h"

namespace refract::workspace {
namespace {

bool lies_in(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const auto relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

// Whether the folder may be another one after a change of the path: it lies in it, or is it, or the folder lies in what
// was moved or deleted as a whole. A client may name either end of a symbolic link.
bool concerns(const std::filesystem::path& changed, const std::filesystem::path& folder) {
  if (lies_in(changed, folder) || lies_in(folder, changed)) return true;
  std::error_code failed;
  const auto real = std::filesystem::canonical(folder, failed);
  return !failed && real != folder && (lies_in(changed, real) || lies_in(real, changed));
}

// Files that name schemas, versions or settings, apart from prisma.config.*.
bool is_configuration(const std::filesystem::path& file) {
  const auto is_named = [name = file.filename()](const char* known) { return name == known; };
  return is_named(kSettingsFile) || std::ranges::any_of(kPackageFiles, is_named) ||
         std::ranges::any_of(kLockFiles, is_named);
}

}  // namespace

ProjectSnapshot::ProjectSnapshot(Project project, std::shared_ptr<const schema::Snapshot> snapshot,
                                 std::string version_reason, std::shared_ptr<const ProjectSnapshot> previous,
                                 std::shared_ptr<const HistoryState> history,
                                 std::shared_ptr<const std::vector<std::string>> environment,
                                 std::map<std::string, std::int64_t> versions)
    : project_(std::move(project)),
      snapshot_(std::move(snapshot)),
      version_reason_(std::move(version_reason)),
      history_(std::move(history)),
      environment_(std::move(environment)),
      versions_(std::move(versions)) {
  // Taken now: the previous view is destroyed as soon as it has no reader; its diagnostics are worth keeping.
  if (previous) previous_analysis_ = previous->available_analysis();
  if (previous) rejections_ = previous->rejections();
}

std::shared_ptr<const validation::Analysis> ProjectSnapshot::available_analysis() const {
  const std::lock_guard lock(analysis_mutex_);
  return analysis_ ? analysis_ : previous_analysis_;
}

std::shared_ptr<const validation::Analysis> ProjectSnapshot::shared_analysis() const {
  const std::lock_guard lock(analysis_mutex_);
  if (!analysis_) {
    analysis_ = validation::Analysis::run(snapshot_, previous_analysis_, validation::AnalysisMode::tolerant);
    previous_analysis_.reset();
  }
  return analysis_;
}

const migrate::NextMigration* ProjectSnapshot::next_migration() const {
  if (!history_ || !*history_ || snapshot_->provider() != schema::Provider::postgresql || analysis().has_errors()) {
    return nullptr;
  }
  // Without its blocks it would seem that everything is to be dropped.
  if (file_in_other_language(*snapshot_)) return nullptr;
  const std::lock_guard lock(next_mutex_);
  if (!next_computed_) {
    next_computed_ = true;
    if (auto next = migrate::next_migration(**history_, *snapshot_)) next_ = std::move(*next);
  }
  return next_ ? &*next_ : nullptr;
}

std::shared_ptr<const std::vector<features::Rejection>> ProjectSnapshot::rejections() const {
  const std::lock_guard lock(rejections_mutex_);
  return rejections_;
}

bool ProjectSnapshot::lacks_rejections() const {
  const schema::Datasource* datasource = snapshot_->datasource();
  if (datasource == nullptr ||
      (datasource->provider != schema::Provider::postgresql && datasource->provider != schema::Provider::mongodb)) {
    return rejections() != nullptr;
  }
  {
    const std::lock_guard lock(rejections_mutex_);
    if (rejections_computed_) return false;
  }
  return !analysis().has_errors();
}

void ProjectSnapshot::find_rejections() const {
  if (!lacks_rejections()) return;
  const migrate::History* history = history_ && *history_ ? &**history_ : nullptr;
  auto found = features::rejections(*snapshot_, history);
  const std::lock_guard lock(rejections_mutex_);
  rejections_computed_ = true;
  rejections_ = found.empty() ? nullptr : std::make_shared<const std::vector<features::Rejection>>(std::move(found));
}

std::vector<validation::Diagnostic> ProjectSnapshot::rejection_diagnostics() const {
  const auto known = rejections();
  return known ? features::rejection_diagnostics(*snapshot_, *known) : std::vector<validation::Diagnostic>();
}

std::optional<std::int64_t> ProjectSnapshot::document_version(const std::string& path) const {
  const auto found = versions_.find(path);
  return found == versions_.end() ? std::nullopt : std::optional(found->second);
}

void Host::configure(Settings settings) {
  if (settings == settings_) return;
  settings_ = settings;
  for (const auto& entry : projects_) entry->view.reset();
}

void Host::open(const std::string& path, std::int64_t version, std::string text) {
  open_[path] = {version, syntax::File::parse(text::Document(std::move(text)))};
  disk_.erase(path);
  // A new file may join a folder's schema, or bring the datasource that decides about it.
  if (!project_of_.contains(path)) forget_projects();
}

void Host::change(const std::string& path, std::int64_t version, const std::vector<text::Edit>& edits) {
  if (const auto sql = sql_.find(path); sql != sql_.end()) {
    for (const text::Edit& edit : edits) sql->second = sql->second.with_edit(edit);
    return;
  }
  const auto found = open_.find(path);
  if (found == open_.end()) return;
  found->second.version = version;
  found->second.syntax = found->second.syntax->with_edits(edits);
}

void Host::close(const std::string& path) {
  sql_.erase(path);
  if (open_.erase(path) == 0) return;
  forget_projects();
}

// A folder: one that files of a known schema are in, or one that brings some.
bool Host::concerns_schemas(const std::filesystem::path& changed) const {
  // By text: this is asked of every file that changes, of all files that are known.
  const std::filesystem::path::string_type within = changed.native() + std::filesystem::path::preferred_separator;
  const auto is_below = [&](const std::filesystem::path& file) { return file.native().starts_with(within); };
  for (const auto& entry : projects_) {
    if (std::ranges::any_of(entry->project.files, is_below)) return true;
  }
  if (std::ranges::any_of(disk_, [&](const auto& known) { return is_below(known.first); })) return true;
  std::error_code ignored;
  if (!std::filesystem::is_directory(changed, ignored)) return false;
  const auto is_left_out = [](const std::filesystem::path& part) { return part == "node_modules" || part == ".git"; };
  if (std::ranges::any_of(changed, is_left_out)) return false;
  const auto files = prisma_files_around(changed);
  return files && !files->empty();
}

void Host::file_changed(const std::string& path) {
  const std::filesystem::path file(path);
  // One that is not known by this name may be by that of a link.
  if (disk_.erase(path) == 0 && file.extension() == ".prisma") forget_changed_files();
  const bool config =
      file.stem() == "prisma.config" || (file.stem() == "prisma" && file.parent_path().filename() == ".config");
  // Both determine the URL, the configuration also the effect of initShadowDb.
  if (config || file.filename().string().starts_with(".env")) look_again();
  if (config || file.extension() == ".prisma" || is_configuration(file)) {
    forget_projects();
    return;
  }
  if (concerns_schemas(file)) {
    std::erase_if(disk_, [&](const auto& known) { return lies_in(known.first, file); });
    forget_projects();
  } else if (std::error_code ignored; !std::filesystem::exists(file, ignored) && forget_changed_files()) {
    // What was in a folder that is gone may be known by the name of a link.
    forget_projects();
  }
  history_changed(file);
}

void Host::history_changed(const std::filesystem::path& changed) {
  for (auto& [folder, history] : histories_) {
    if (concerns(changed, folder)) history.forget();
  }
}

bool Host::forget_changed_files() {
  return std::erase_if(disk_, [](const auto& known) { return platform::stamp_of(known.first) != known.second.stamp; }) >
         0;
}

void Host::look_at_disk() {
  forget_changed_files();
  files_at_roots_.reset();
  const bool same =
      std::ranges::all_of(projects_, [&](const auto& entry) { return read_project(entry->path) == entry->project; });
  if (!same) forget_projects();
}

void Host::look_again() {
  for (auto& [folder, history] : histories_) history.forget();
  read_environments();
}

void Host::read_environments() {
  for (const auto& entry : projects_) {
    std::vector<std::string> names = environment_names(entry->project);
    if (names == *entry->environment) continue;
    entry->environment = std::make_shared<const std::vector<std::string>>(std::move(names));
  }
}

const text::Document* Host::document(const std::string& path) const {
  if (const auto sql = sql_.find(path); sql != sql_.end()) return &sql->second;
  const auto found = open_.find(path);
  return found == open_.end() ? nullptr : &found->second.syntax->document();
}

std::vector<std::string> Host::open_documents() const {
  std::vector<std::string> paths;
  for (const auto& [path, document] : open_) paths.push_back(path);
  return paths;
}

std::shared_ptr<const syntax::File> Host::syntax_of(const std::string& path) {
  if (const auto found = open_.find(path); found != open_.end()) return found->second.syntax;
  DiskFile& kept = disk_[path];
  if (!kept.syntax) {
    kept.stamp = platform::stamp_of(path);
    // A file of the schema that cannot be read counts as empty here; `check` is where it is an error.
    kept.syntax = syntax::File::parse(text::Document(read_text_file(path).value_or(std::string())));
  }
  return kept.syntax;
}

Project Host::read_project(const std::string& path) const {
  const auto read = [this](const std::filesystem::path& file) -> Result<std::string> {
    if (const auto found = open_.find(file.string()); found != open_.end()) {
      return std::string(found->second.syntax->document().text());
    }
    return read_text_file(file);
  };
  std::vector<std::filesystem::path> open;
  for (const auto& [name, document] : open_) open.emplace_back(name);
  Project project = project_of_file(path, read, open);
  name_as_open(project.files);
  return project;
}

void Host::name_as_open(std::vector<std::filesystem::path>& files) const {
  std::map<std::filesystem::path, std::filesystem::path> others;  // documents that are no such file, by their real path
  for (const auto& [path, document] : open_) {
    if (std::ranges::find(files, std::filesystem::path(path)) != files.end()) continue;
    std::error_code failed;
    if (auto real = std::filesystem::canonical(path, failed); !failed) others.emplace(std::move(real), path);
  }
  if (others.empty()) return;
  for (std::filesystem::path& file : files) {
    if (open_.contains(file.string())) continue;
    std::error_code failed;
    const auto open = others.find(std::filesystem::canonical(file, failed));
    if (!failed && open != others.end()) file = open->second;
  }
}

Host::Entry& Host::entry_of(const std::string& path) {
  if (const auto found = project_of_.find(path); found != project_of_.end()) return *found->second;
  auto entry = std::make_unique<Entry>();
  entry->path = path;
  entry->project = read_project(path);
  entry->environment = std::make_shared<const std::vector<std::string>>(environment_names(entry->project));
  for (const auto& file : entry->project.files) project_of_.emplace(file.string(), entry.get());
  project_of_.insert_or_assign(path, entry.get());
  histories_.try_emplace(entry->project.migrations.string());
  projects_.push_back(std::move(entry));
  ++generation_;
  return *projects_.back();
}

std::shared_ptr<const ProjectSnapshot> Host::view(const std::string& path) {
  Entry& entry = entry_of(path);
  const auto& history = histories_[entry.project.migrations.string()].state;
  if (entry.view && entry.view->history() == history && entry.view->environment() == entry.environment) {
    const bool current = std::ranges::all_of(entry.view->snapshot().files(), [&](const schema::SourceFile& file) {
      return &file.syntax->original() == syntax_of(file.path).get();
    });
    if (current) return entry.view;
  }
  std::vector<schema::SourceFile> files;
  std::map<std::string, std::int64_t> versions;
  for (const auto& file : entry.project.files) {
    files.push_back({file.string(), syntax_of(file.string())});
    if (const auto open = open_.find(file.string()); open != open_.end())
      versions[file.string()] = open->second.version;
  }
  auto previous = entry.view ? entry.view->shared_snapshot() : nullptr;
  schema::Options options = previous ? previous->options() : options_of(entry.project);
  auto snapshot = schema::Snapshot::build(files, options, previous);
  VersionInForce in_force =
      version_in_force(entry.project.settings.value("prisma.version").empty() ? settings_.version : std::nullopt,
                       entry.project, *snapshot);
  options.version = in_force.version;
  if (options.version != snapshot->options().version) {
    snapshot = schema::Snapshot::build(std::move(files), options, std::move(snapshot));
  }
  entry.view = std::make_shared<const ProjectSnapshot>(entry.project, std::move(snapshot), std::move(in_force.reason),
                                                       entry.view, history, entry.environment, std::move(versions));
  return entry.view;
}

void Host::set_roots(std::vector<std::filesystem::path> roots) {
  roots_ = std::move(roots);
  forget_projects();
}

const std::vector<std::string>& Host::files_at_roots() {
  if (files_at_roots_) return *files_at_roots_;
  files_at_roots_.emplace();
  for (const auto& root : roots_) {
    std::vector<Project> projects;
    if (auto project = find_project(root)) {
      projects.push_back(std::move(*project));
    } else {
      projects = projects_below(root);  // a monorepo
    }
    for (const Project& project : projects) {
      for (const auto& file : project.files) files_at_roots_->push_back(file.string());
    }
  }
  return *files_at_roots_;
}

std::vector<std::shared_ptr<const ProjectSnapshot>> Host::views(Known known) {
  std::vector<std::string> paths = open_documents();
  if (known == Known::all) std::ranges::copy(files_at_roots(), std::back_inserter(paths));
  std::vector<std::shared_ptr<const ProjectSnapshot>> all;
  std::set<const Entry*> seen;
  for (const std::string& path : paths) {
    if (seen.insert(&entry_of(path)).second) all.push_back(view(path));
  }
  return all;
}

void Host::forget_projects() {
  ++generation_;
  files_at_roots_.reset();
  projects_.clear();
  project_of_.clear();
}

HistoryState load_history(const ProjectSnapshot& view, migrate::HistoryCache* cache) {
  return migrate::load_history(view.project().migrations, cache, history_base(view.project(), view.snapshot()));
}

std::vector<StaleHistory> Host::stale_histories() {
  std::vector<StaleHistory> stale;
  for (const std::filesystem::path& folder : migrations_folders()) {
    const auto found = histories_.find(folder.string());
    const KnownHistory known = found == histories_.end() ? KnownHistory() : found->second;
    if (known.state) continue;
    const auto entry = std::ranges::find(projects_, folder, [](const auto& one) { return one->project.migrations; });
    stale.push_back({folder, known.generation, view((*entry)->project.files.front().string())});
  }
  return stale;
}

bool Host::set_history(const StaleHistory& read, std::shared_ptr<const HistoryState> state) {
  KnownHistory& known = histories_[read.folder.string()];
  if (known.generation != read.generation) return false;
  known.state = std::move(state);
  return true;
}

std::vector<std::filesystem::path> Host::migrations_folders() const {
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : projects_) folders.push_back(entry->project.migrations);
  std::ranges::sort(folders);
  folders.erase(std::ranges::unique(folders).begin(), folders.end());
  return folders;
}

std::vector<std::filesystem::path> Host::schema_folders() const {
  std::set<std::filesystem::path> folders;
  for (const auto& entry : projects_) {
    const std::filesystem::path& root = entry->project.root;
    for (const std::filesystem::path& file : entry->project.files) {
      for (auto folder = file.parent_path();
           folders.insert(folder).second && lies_in(folder, root) && folder != root;) {
        folder = folder.parent_path();
      }
    }
  }
  return {folders.begin(), folders.end()};
}

std::vector<std::filesystem::path> Host::whole_schema_folders() const {
  std::set<std::filesystem::path> folders;
  for (const auto& entry : projects_) {
    const Project& project = entry->project;
    if (project.new_files != features::NewFiles::join) continue;
    std::filesystem::path common = project.files.front().parent_path();
    for (const std::filesystem::path& file : project.files) {
      while (!lies_in(file, common) && common != common.parent_path()) common = common.parent_path();
    }
    // All below a package's folder would be too much: node_modules is there.
    std::error_code ignored;
    const bool package = std::filesystem::exists(common / "package.json", ignored);
    if (!package && !holds_more_than_projects(common)) folders.insert(common);
  }
  return {folders.begin(), folders.end()};
}

}  // namespace refract::workspace
