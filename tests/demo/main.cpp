// Shows the main functions as a transcript: an LSP client on a copy of the example project, then commands on
// PostgreSQL.
//   refract_demo PROGRAM EXAMPLE

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "demo/editor.h"
#include "live/temporary_server.h"

namespace {

namespace fs = std::filesystem;
using refract::demo::Editor;
using refract::test::Json;

void heading(const std::string& text) {
  fmt::print("\n\033[1m{}\033[0m\n", text);
}

void quote(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    fmt::print("  | {}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Runs the program and shows command and output. Throws if the exit code is not the expected one.
void command(const std::string& program, const std::string& arguments, const std::string& shown, int wanted = 0) {
  fmt::print("$ refract {}\n", shown);
  std::fflush(stdout);
  const int status = std::system((program + " " + arguments + " 2>&1").c_str());
  if (!WIFEXITED(status) || WEXITSTATUS(status) != wanted)
    throw std::runtime_error("refract " + shown + " ended with an unexpected exit code");
}

void show_diagnostics(const Json& diagnostics) {
  for (const Json& diagnostic : diagnostics) {
    fmt::print("  line {}: {} [{}]\n", diagnostic["range"]["start"]["line"].get<int>() + 1,
               diagnostic["message"].get<std::string>(), diagnostic["code"].get<std::string>());
  }
}

void edit_schema(Editor& editor) {
  heading("1. Open a schema");
  if (!editor.diagnostics().empty()) throw std::runtime_error("the example has diagnostics");
  fmt::print("The server was ready after {:.1f} ms. No diagnostics. Code lens above the datasource: \"{}\"\n",
             editor.start_milliseconds(), editor.lens());

  heading("2. Type a mistake into model User");
  fmt::print("  + bio           Strng?\n");
  editor.insert("  accounts      Account[]", "  bio           Strng?\n");
  const Json diagnostics = editor.diagnostics();
  if (diagnostics.size() != 1) throw std::runtime_error("one diagnostic was expected");
  fmt::print("Diagnostics after {:.2f} ms:\n", editor.last_milliseconds());
  show_diagnostics(diagnostics);
  const Json fixes = editor.fixes_for(diagnostics[0]);
  if (fixes.empty()) throw std::runtime_error("no fix was offered");
  fmt::print("Quick fix offered and applied: {}\n", fixes[0]["title"].get<std::string>());
  editor.apply(fixes[0]["edit"]);
  if (!editor.diagnostics().empty()) throw std::runtime_error("the fix did not remove the diagnostic");

  heading("3. Add a field with an enum, and format the file");
  editor.insert("  accounts      Account[]", "  role Role @default(MEMBER)\n");
  editor.diagnostics();
  editor.insert("/// One way a person signs in", "enum Role {\n  MEMBER\n  ADMIN\n}\n\n");
  if (!editor.diagnostics().empty()) throw std::runtime_error("the schema should have no diagnostics now");
  editor.format();
  editor.diagnostics();
  const std::string_view text = editor.text();
  const std::size_t user = text.find("model User");
  quote(text.substr(user, text.find("}\n", user) + 1 - user));
  fmt::print("Code lens above the datasource: \"{}\"\n", editor.lens());
}

void preview(Editor& editor) {
  heading("4. Preview the next migration, computed offline");
  const Json answer = editor.run("refract.migration.preview", {{"uri", editor.uri()}});
  fmt::print("SQL from the migrations folder and the schema after {:.2f} ms, without a database:\n",
             answer["milliseconds"].get<double>());
  quote(answer["sql"].get<std::string>());
}

fs::path generate(Editor& editor) {
  heading("5. Write the migration");
  editor.save();
  const Json answer = editor.run("refract.migration.generate", {{"uri", editor.uri()}, {"name", "Add bio and role"}});
  const fs::path folder = answer["folder"].get<std::string>();
  fmt::print("{}/ with migration.sql and down.sql\n", folder.filename().string());
  quote(answer["summary"].get<std::string>());
  std::ifstream down(folder / "down.sql");
  fmt::print("down.sql:\n");
  quote(std::string{std::istreambuf_iterator<char>(down), {}});
  return folder;
}

void verify_and_deploy(const std::string& program, const fs::path& project) {
  heading("6. Verify it on a temporary PostgreSQL server");
  command(program, "migrate verify --schema " + project.string(), "migrate verify");

  heading("7. Deploy it to a PostgreSQL server (started for this demo, removed at its end), then roll it back");
  const auto server = refract::live::TemporaryServer::start();
  if (!server) throw std::runtime_error(server.error().message);
  const auto database = server->create_database("app");
  if (!database) throw std::runtime_error(database.error().message);
  const std::string options = " --schema " + project.string() + " --url \"" + database->secret() + "\"";
  command(program, "migrate status" + options, "migrate status", 1);
  command(program, "migrate deploy" + options, "migrate deploy");
  command(program, "migrate status" + options, "migrate status");
  command(program, "migrate rollback" + options, "migrate rollback");
  command(program, "migrate status" + options, "migrate status", 1);
}

// A folder that is removed at the end of the demo.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "refract-demo-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create a temporary folder");
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) {
    fmt::print(stderr, "usage: refract_demo PROGRAM EXAMPLE\n");
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::string program = fs::absolute(argv[1]).string();
  const fs::path example = fs::absolute(argv[2]);
  const TemporaryFolder folder;
  fs::copy(example, folder.path(), fs::copy_options::recursive);

  fmt::print("Refract works on a copy of {}.\n", example.string());
  {
    Editor editor(program, folder.path() / "prisma" / "schema.prisma");
    edit_schema(editor);
    preview(editor);
    generate(editor);
    editor.quit();
  }
  verify_and_deploy(program, folder.path());

  heading("Try it yourself on the same project");
  fmt::print(
      "VS Code: ./dev extension, then: code --install-extension editors/vscode/refract.vsix && code docs/example\n"
      "Neovim:  nvim --cmd 'set rtp+=editors/nvim' docs/example/prisma/schema.prisma\n"
      "Both search refract in PATH: export PATH=\"$PWD/build/release/server/cli:$PATH\"\n");
  return 0;
} catch (const std::exception& problem) {
  fmt::print(stderr, "the demo stopped: {}\n", problem.what());
  return 1;
}
