// Round trips of what a session is set up and led with.

#include "protocol/lsp/initialize.h"
#include "protocol/lsp/progress.h"
#include "protocol/lsp/window.h"
#include "protocol/lsp/workspace.h"
#include "round_trip.h"

using namespace refract::protocol;
using refract::test::check_round_trip;
using refract::test::check_unfit;

TEST_CASE("lsp: initialize", "[protocol]") {
  check_round_trip<ClientInfo>(R"({"name":"n"})");
  check_round_trip<ServerInfo>(R"({"name":"n","version":"1"})");
  check_round_trip<InitializeParams>(R"({"processId":null,"rootUri":null})");
  check_round_trip<InitializeParams>(R"({"processId":12,"clientInfo":{"name":"n","version":"1"},"locale":"en",
    "rootPath":"/a","rootUri":"file:///a","initializationOptions":{"x":null},
    "capabilities":{"window":{"workDoneProgress":true}},"trace":"off","workspaceFolders":[]})");
  // Old or careless clients.
  CHECK(decode<InitializeParams>(Json::object()) == InitializeParams{});
  CHECK(decode<InitializeParams>(Json{{"capabilities", nullptr}, {"workspaceFolders", nullptr}}) == InitializeParams{});
  check_round_trip<InitializeResult>(R"({"capabilities":{}})");
  check_round_trip<InitializeResult>(R"({"capabilities":{"hoverProvider":true},"serverInfo":{"name":"n"}})");
}

TEST_CASE("lsp: client capabilities", "[protocol]") {
  check_round_trip<ClientCapabilities>("{}");
  check_round_trip<ClientCapabilities>(R"({
    "workspace":{
      "workspaceEdit":{"documentChanges":true,"resourceOperations":["create","rename","delete"]},
      "didChangeWatchedFiles":{"dynamicRegistration":true,"relativePatternSupport":true},
      "workspaceFolders":true,"configuration":true,"codeLens":{"refreshSupport":true},
      "diagnostics":{"refreshSupport":true}},
    "textDocument":{
      "completion":{"completionItem":{"snippetSupport":true,"documentationFormat":["markdown"]},
        "completionList":{"itemDefaults":["editRange"]}},
      "hover":{"contentFormat":["markdown","plaintext"]},
      "signatureHelp":{"signatureInformation":{"documentationFormat":["markdown"]}},
      "definition":{"linkSupport":true},
      "documentSymbol":{"hierarchicalDocumentSymbolSupport":true},
      "codeAction":{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["quickfix"]}},
        "dataSupport":true,"resolveSupport":{"properties":["edit"]}},
      "rename":{"prepareSupport":true},
      "publishDiagnostics":{"relatedInformation":true,"dataSupport":true},
      "diagnostic":{"relatedDocumentSupport":true}},
    "window":{"workDoneProgress":true,"showDocument":{"support":true}},
    "general":{"positionEncodings":["utf-8","utf-16"]}})");
}

TEST_CASE("lsp: a capability of the wrong type counts as absent and does not reject the client", "[protocol]") {
  auto capabilities = decode<ClientCapabilities>(R"({"workspace":null,"window":{"workDoneProgress":"yes"},
    "textDocument":{"completion":{"completionItem":{"snippetSupport":true,"documentationFormat":"markdown"}}}})"_json);
  CHECK_FALSE(capabilities.window.workDoneProgress);
  CHECK_FALSE(capabilities.workspace.configuration);
  CHECK(capabilities.textDocument.completion.completionItem.snippetSupport);
  CHECK(capabilities.textDocument.completion.completionItem.documentationFormat.empty());
  // The same for an optional one; the members beside it are still read.
  capabilities = decode<ClientCapabilities>(R"({"window":{"workDoneProgress":true,"showDocument":[]},
    "textDocument":{"diagnostic":true,"codeAction":{"dataSupport":true,"resolveSupport":{"properties":1}},
      "completion":{"completionItem":{"snippetSupport":true},"completionList":1},
      "hover":{"contentFormat":["markdown"]}}})"_json);
  CHECK(capabilities.window.workDoneProgress);
  CHECK_FALSE(capabilities.window.showDocument);
  CHECK_FALSE(capabilities.textDocument.diagnostic);
  CHECK(capabilities.textDocument.codeAction.dataSupport);
  CHECK(capabilities.textDocument.codeAction.resolveSupport);
  CHECK(capabilities.textDocument.completion.completionItem.snippetSupport);
  CHECK_FALSE(capabilities.textDocument.completion.completionList);
  CHECK(capabilities.textDocument.hover.contentFormat == std::vector<std::string>{"markdown"});
}

TEST_CASE("lsp: server capabilities", "[protocol]") {
  check_round_trip<ServerCapabilities>("{}");
  check_round_trip<ServerCapabilities>(R"({"positionEncoding":"utf-8",
    "textDocumentSync":{"openClose":true,"change":2,"willSave":false,"willSaveWaitUntil":false,
      "save":{"includeText":false}},
    "completionProvider":{"triggerCharacters":["@","."],"allCommitCharacters":[],"resolveProvider":false,
      "completionItem":{"labelDetailsSupport":true}},
    "hoverProvider":true,"definitionProvider":true,"referencesProvider":true,"documentHighlightProvider":true,
    "documentSymbolProvider":true,"codeActionProvider":{"codeActionKinds":["quickfix"],"resolveProvider":true},
    "codeLensProvider":{"resolveProvider":false},"workspaceSymbolProvider":true,"documentFormattingProvider":true,
    "diagnosticProvider":{"interFileDependencies":true,"workspaceDiagnostics":true},
    "documentRangeFormattingProvider":true,
    "documentOnTypeFormattingProvider":{"firstTriggerCharacter":"}","moreTriggerCharacter":["\n"]},
    "renameProvider":{"prepareProvider":true},"foldingRangeProvider":true,
    "executeCommandProvider":{"commands":["a"],"workDoneProgress":true},
    "workspace":{"workspaceFolders":{"supported":true,"changeNotifications":"id"}},"experimental":{}})");
  check_round_trip<ServerCapabilities>(R"({"textDocumentSync":{"save":true},"completionProvider":{},
    "codeActionProvider":true,"codeLensProvider":{},"renameProvider":false,
    "documentOnTypeFormattingProvider":{"firstTriggerCharacter":"}"},"executeCommandProvider":{"commands":[]},
    "workspace":{"workspaceFolders":{"changeNotifications":true}}})");
}

TEST_CASE("lsp: window", "[protocol]") {
  check_round_trip<ShowMessageParams>(R"({"type":1,"message":"m"})");
  check_round_trip<LogMessageParams>(R"({"type":4,"message":""})");
  check_round_trip<MessageActionItem>(R"({"title":"t"})");
  check_round_trip<ShowMessageRequestParams>(R"({"type":3,"message":"m"})");
  check_round_trip<ShowMessageRequestParams>(R"({"type":2,"message":"m","actions":[{"title":"t"}]})");
  check_round_trip<std::optional<MessageActionItem>>("null");
  check_round_trip<ShowDocumentParams>(R"({"uri":"u"})");
  check_round_trip<ShowDocumentParams>(R"({"uri":"u","external":false,"takeFocus":true,
    "selection":{"start":{"line":1,"character":2},"end":{"line":3,"character":4}}})");
  check_round_trip<ShowDocumentResult>(R"({"success":false})");
}

TEST_CASE("lsp: progress", "[protocol]") {
  check_round_trip<ProgressParams>(R"({"token":"t","value":null})");
  check_round_trip<ProgressParams>(R"({"token":-1,"value":{"kind":"end"}})");
  check_unfit<WorkDoneProgressCancelParams>(R"({"token":1.5})", "token: expected a string");
  check_round_trip<WorkDoneProgressBegin>(R"({"kind":"begin","title":"t"})");
  check_round_trip<WorkDoneProgressBegin>(
      R"({"kind":"begin","title":"t","cancellable":true,"message":"m","percentage":0})");
  check_round_trip<WorkDoneProgressReport>(R"({"kind":"report"})");
  check_round_trip<WorkDoneProgressReport>(R"({"kind":"report","cancellable":false,"message":"m","percentage":100})");
  check_round_trip<WorkDoneProgressEnd>(R"({"kind":"end"})");
  check_round_trip<WorkDoneProgressEnd>(R"({"kind":"end","message":"m"})");
  check_unfit<WorkDoneProgressEnd>(R"({"kind":"begin"})", "kind: expected \"end\"");
  check_round_trip<WorkDoneProgressCreateParams>(R"({"token":1})");
  check_round_trip<WorkDoneProgressCancelParams>(R"({"token":"1"})");
}

TEST_CASE("lsp: workspace", "[protocol]") {
  check_round_trip<WorkspaceFolder>(R"({"uri":"u","name":"n"})");
  check_round_trip<DidChangeWorkspaceFoldersParams>(R"({"event":{"added":[{"uri":"u","name":"n"}],"removed":[]}})");
  check_round_trip<ConfigurationItem>("{}");
  check_round_trip<ConfigurationParams>(R"({"items":[{"scopeUri":"u","section":"s"}]})");
  check_round_trip<DidChangeConfigurationParams>(R"({"settings":null})");
  check_round_trip<DidChangeConfigurationParams>(R"({"settings":{"a":{"b":[]}}})");
  check_round_trip<FileEvent>(R"({"uri":"u","type":3})");
  check_round_trip<DidChangeWatchedFilesParams>(R"({"changes":[{"uri":"u","type":1}]})");
  check_round_trip<RelativePattern>(R"({"baseUri":"u","pattern":"**/*"})");
  check_round_trip<FileSystemWatcher>(R"({"globPattern":"**/*"})");
  check_round_trip<FileSystemWatcher>(R"({"globPattern":{"baseUri":"u","pattern":"*"},"kind":7})");
  check_round_trip<DidChangeWatchedFilesRegistrationOptions>(R"({"watchers":[{"globPattern":"a"}]})");
  check_round_trip<RegistrationParams>(R"({"registrations":[{"id":"i","method":"m"},
    {"id":"j","method":"m","registerOptions":{}}]})");
  check_round_trip<UnregistrationParams>(R"({"unregisterations":[{"id":"i","method":"m"}]})");
}
