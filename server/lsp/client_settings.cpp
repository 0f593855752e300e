#include "lsp/client_settings.h"

#include "protocol/lsp/workspace.h"

namespace refract::lsp {
namespace {

std::optional<schema::PrismaVersion> version_of(std::string_view value) {
  if (value == "5") return schema::PrismaVersion::v5;
  if (value == "6") return schema::PrismaVersion::v6;
  if (value == "7") return schema::PrismaVersion::v7;
  return std::nullopt;
}

}  // namespace

ClientSettings::ClientSettings(protocol::Session& session, Context& context, Changed changed)
    : session_(session), context_(context), changed_(std::move(changed)) {}

void ClientSettings::apply(const protocol::Json& section) {
  std::vector<std::string> refusals;
  workspace::SettingValues values = client_settings(section, refusals);
  for (std::string& refusal : refusals) {
    // Said once: an editor sends all of its settings at every change of one.
    if (reported_refusals_.insert(refusal).second)
      session_.show_message(protocol::MessageType::warning, std::move(refusal));
  }
  if (values == context_.client_values) return;
  const bool shown_otherwise = display_settings(values) != display_settings(context_.client_values);
  const bool hides_others =
      workspace::HiddenDiagnostics(values) != workspace::HiddenDiagnostics(context_.client_values);
  context_.client_values = std::move(values);
  if (hides_others) changed_.diagnostics();
  // Before the client has asked for anything, there is nothing to ask for again.
  if (shown_otherwise && session_.state() == protocol::Lifecycle::State::running) changed_.display();
  workspace::Settings wanted;
  if (const auto version = context_.client_values.find("prisma.version"); version != context_.client_values.end()) {
    wanted.version = version_of(version->second);
  }
  if (wanted == context_.host.settings()) return;
  context_.host.configure(wanted);
  changed_.schemas();
}

void ClientSettings::ask() {
  if (!context_.client.configuration) return;
  protocol::ConfigurationParams params;
  params.items.push_back({std::nullopt, "refract"});
  session_.request<std::vector<protocol::Json>>("workspace/configuration", params,
                                                [this](const protocol::Result<std::vector<protocol::Json>>& answer) {
                                                  // null: the client has no such section, so the present settings
                                                  // remain.
                                                  if (answer && !answer->empty() && answer->front().is_object()) {
                                                    apply(answer->front());
                                                  }
                                                });
}

}  // namespace refract::lsp
