#include <CLI/CLI.hpp>

#include <memory>

#include "cli/command.h"
#include "lsp/serve.h"

namespace refract::cli {

void add_lsp(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<lsp::ServeOptions>();
  CLI::App* command = app.add_subcommand("lsp", "Run the language server (LSP) for an editor");
  auto stdio = std::make_shared<bool>(false);
  CLI::Option* flag = command->add_flag("--stdio", *stdio, "Communicate over standard input and output (the default)");
  command->add_option("--tcp", options->tcp_port, "Listen on this TCP port of the loopback address; 0 picks a free one")
      ->excludes(flag);
  command->callback([options, stdio, &exit_code] { exit_code = lsp::serve(*options); });
}

}  // namespace refract::cli
