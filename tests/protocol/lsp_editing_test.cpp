// Round trips of what a document is edited and read with: each struct in full, and with only what is required.

#include "protocol/lsp/code_action.h"
#include "protocol/lsp/code_lens.h"
#include "protocol/lsp/completion.h"
#include "protocol/lsp/diagnostics.h"
#include "protocol/lsp/folding.h"
#include "protocol/lsp/formatting.h"
#include "protocol/lsp/hover.h"
#include "protocol/lsp/navigation.h"
#include "protocol/lsp/rename.h"
#include "protocol/lsp/symbols.h"
#include "protocol/lsp/text_sync.h"
#include "protocol/lsp/workspace_edit.h"
#include "round_trip.h"

using namespace refract::protocol;
using refract::test::check_round_trip;
using refract::test::check_unfit;

// Shorthands for the texts below.
#define RANGE R"({"start":{"line":1,"character":2},"end":{"line":3,"character":4}})"
#define DOCUMENT R"({"uri":"file:///a"})"
#define LOCATION R"({"uri":"file:///a","range":)" RANGE "}"

TEST_CASE("lsp: places", "[protocol]") {
  check_round_trip<Position>(R"({"line":0,"character":4294967295})");
  check_round_trip<Range>(RANGE);
  check_round_trip<Location>(LOCATION);
  check_round_trip<LocationLink>(R"({"originSelectionRange":)" RANGE R"(,"targetUri":"file:///a","targetRange":)" RANGE
                                 R"(,"targetSelectionRange":)" RANGE "}");
  check_round_trip<LocationLink>(R"({"targetUri":"u","targetRange":)" RANGE R"(,"targetSelectionRange":)" RANGE "}");
  check_round_trip<TextDocumentPositionParams>(R"({"textDocument":)" DOCUMENT
                                               R"(,"position":{"line":1,"character":2}})");
  check_round_trip<TextDocumentParams>(R"({"textDocument":)" DOCUMENT "}");
  check_unfit<Position>(R"({"line":-1,"character":0})", "line: expected an integer from 0 to 4294967295");
  check_unfit<Location>(R"({"uri":"u","range":{"start":{"line":1},"end":{"line":1,"character":1}}})",
                        "range.start.character: expected a value");
  check_unfit<TextDocumentParams>("null", "expected an object");
}

TEST_CASE("lsp: documents and versions", "[protocol]") {
  check_round_trip<TextDocumentIdentifier>(DOCUMENT);
  check_round_trip<VersionedTextDocumentIdentifier>(R"({"uri":"u","version":-2147483648})");
  check_round_trip<OptionalVersionedTextDocumentIdentifier>(R"({"uri":"u","version":7})");
  check_round_trip<OptionalVersionedTextDocumentIdentifier>(R"({"uri":"u","version":null})");
  check_unfit<VersionedTextDocumentIdentifier>(R"({"uri":"u","version":null})",
                                               "version: expected an integer from -2147483648 to 2147483647");
  check_round_trip<TextEdit>(R"({"range":)" RANGE R"(,"newText":""})");
  check_round_trip<TextEdit>(R"({"range":)" RANGE R"(,"newText":"x","annotationId":"a"})");
  check_round_trip<Command>(R"({"title":"T","command":"c"})");
  check_round_trip<Command>(R"({"title":"T","command":"c","arguments":[]})");
  check_round_trip<Command>(R"({"title":"T","command":"c","arguments":[null,1,{"a":[]}]})");
  check_round_trip<MarkupContent>(R"({"kind":"plaintext","value":"v"})");
}

TEST_CASE("lsp: text synchronization", "[protocol]") {
  check_round_trip<TextDocumentItem>(R"({"uri":"u","languageId":"l","version":1,"text":"t"})");
  check_round_trip<DidOpenTextDocumentParams>(R"({"textDocument":{"uri":"u","languageId":"l","version":1,"text":""}})");
  check_round_trip<TextDocumentContentChangeEvent>(R"({"range":)" RANGE R"(,"rangeLength":0,"text":"t"})");
  check_round_trip<TextDocumentContentChangeEvent>(R"({"text":"t"})");
  check_round_trip<DidChangeTextDocumentParams>(
      R"({"textDocument":{"uri":"u","version":2},"contentChanges":[{"text":"a"},{"range":)" RANGE R"(,"text":""}]})");
  check_round_trip<DidSaveTextDocumentParams>(R"({"textDocument":)" DOCUMENT "}");
  check_round_trip<DidSaveTextDocumentParams>(R"({"textDocument":)" DOCUMENT R"(,"text":""})");
  check_round_trip<DidCloseTextDocumentParams>(R"({"textDocument":)" DOCUMENT "}");
  check_unfit<DidChangeTextDocumentParams>(
      R"({"textDocument":{"uri":"u","version":2},"contentChanges":[{"text":"a"},{"text":3}]})",
      "contentChanges[1].text: expected a string");
}

TEST_CASE("lsp: diagnostics", "[protocol]") {
  check_round_trip<CodeDescription>(R"({"href":"https://example.org"})");
  check_round_trip<DiagnosticRelatedInformation>(R"({"location":)" LOCATION R"(,"message":"m"})");
  check_round_trip<Diagnostic>(R"({"range":)" RANGE R"(,"message":"m"})");
  check_round_trip<Diagnostic>(R"({"range":)" RANGE R"(,"severity":2,"code":"c","codeDescription":{"href":"h"},
    "source":"s","message":"m","tags":[1,2],"relatedInformation":[{"location":)" LOCATION R"(,"message":"n"}],
    "data":{"a":null}})");
  check_round_trip<Diagnostic>(R"({"range":)" RANGE R"(,"code":12,"message":"m","tags":[],"relatedInformation":[],
    "data":null})");
  check_round_trip<PublishDiagnosticsParams>(R"({"uri":"u","diagnostics":[]})");
  check_round_trip<PublishDiagnosticsParams>(R"({"uri":"u","version":0,"diagnostics":[{"range":)" RANGE
                                             R"(,"message":"m"}]})");
}

TEST_CASE("lsp: diagnostics that are asked for", "[protocol]") {
  check_round_trip<DiagnosticOptions>(R"({"interFileDependencies":true,"workspaceDiagnostics":false})");
  check_round_trip<DiagnosticOptions>(
      R"({"identifier":"i","interFileDependencies":false,"workspaceDiagnostics":true})");
  check_round_trip<DocumentDiagnosticParams>(R"({"textDocument":)" DOCUMENT "}");
  check_round_trip<DocumentDiagnosticParams>(R"({"textDocument":)" DOCUMENT
                                             R"(,"identifier":"i","previousResultId":"1"})");
  check_round_trip<DocumentDiagnosticReport>(R"({"kind":"full","items":[]})");
  check_round_trip<DocumentDiagnosticReport>(R"({"kind":"full","resultId":"1","items":[{"range":)" RANGE
                                             R"(,"message":"m"}],"relatedDocuments":{"u":{"kind":"unchanged",
                                             "resultId":"2"},"v":{"kind":"full","items":[]}}})");
  check_round_trip<DocumentDiagnosticReport>(R"({"kind":"unchanged","resultId":"1"})");
  check_unfit<DocumentDiagnosticReport>(R"({"kind":"full","resultId":"1"})", R"(kind: expected "unchanged")");
  check_round_trip<WorkspaceDiagnosticParams>(R"({"previousResultIds":[]})");
  check_round_trip<WorkspaceDiagnosticParams>(R"({"identifier":"i","previousResultIds":[{"uri":"u","value":"1"}]})");
  check_round_trip<WorkspaceDiagnosticReport>(R"({"items":[
    {"uri":"u","version":null,"kind":"unchanged","resultId":"1"},
    {"uri":"v","version":3,"kind":"full","resultId":"2","items":[]}]})");
  check_round_trip<DiagnosticServerCancellationData>(R"({"retriggerRequest":true})");
}

TEST_CASE("lsp: completion", "[protocol]") {
  check_round_trip<CompletionContext>(R"({"triggerKind":1})");
  check_round_trip<CompletionContext>(R"({"triggerKind":2,"triggerCharacter":"@"})");
  check_round_trip<CompletionParams>(R"({"textDocument":)" DOCUMENT R"(,"position":{"line":1,"character":2}})");
  check_round_trip<CompletionParams>(R"({"textDocument":)" DOCUMENT
                                     R"(,"position":{"line":1,"character":2},"context":{"triggerKind":3}})");
  check_round_trip<CompletionItem>(R"({"label":"l"})");
  check_round_trip<CompletionItem>(R"({"label":"l","kind":25,"detail":"d",
    "documentation":{"kind":"markdown","value":"v"},"sortText":"s","insertTextFormat":2,
    "textEdit":{"range":)" RANGE R"(,"newText":"t"},"textEditText":"t"})");
  check_round_trip<CompletionItem>(R"({"label":"l","documentation":"plain"})");
  check_round_trip<CompletionList>(R"({"isIncomplete":false,"items":[]})");
  check_round_trip<CompletionList>(R"({"isIncomplete":true,"items":[{"label":"l"}]})");
  CHECK(encode(CompletionItemKind::type_parameter) == 25);
  CHECK(encode(CompletionItemKind::enum_member) == 20);
}

TEST_CASE("lsp: hover and navigation", "[protocol]") {
  check_round_trip<Hover>(R"({"contents":{"kind":"markdown","value":"v"}})");
  check_round_trip<Hover>(R"({"contents":{"kind":"markdown","value":"v"},"range":)" RANGE "}");
  check_round_trip<DefinitionResult>("[" LOCATION "]");
  check_round_trip<DefinitionResult>(R"([{"targetUri":"u","targetRange":)" RANGE R"(,"targetSelectionRange":)" RANGE
                                     "}]");
  check_round_trip<std::optional<DefinitionResult>>("null");
  check_round_trip<ReferenceParams>(R"({"textDocument":)" DOCUMENT
                                    R"(,"position":{"line":1,"character":2},"context":{"includeDeclaration":true}})");
  check_unfit<ReferenceParams>(R"({"textDocument":)" DOCUMENT R"(,"position":{"line":1,"character":2}})",
                               "context: expected a value");
  check_round_trip<DocumentHighlight>(R"({"range":)" RANGE "}");
  check_round_trip<DocumentHighlight>(R"({"range":)" RANGE R"(,"kind":3})");
}

TEST_CASE("lsp: symbols", "[protocol]") {
  check_round_trip<DocumentSymbol>(R"({"name":"n","kind":23,"range":)" RANGE R"(,"selectionRange":)" RANGE "}");
  check_round_trip<DocumentSymbol>(R"({"name":"n","detail":"","kind":5,"tags":[1],"range":)" RANGE
                                   R"(,"selectionRange":)" RANGE R"(,"children":[{"name":"m","kind":8,"range":)" RANGE
                                   R"(,"selectionRange":)" RANGE R"(,"children":[]}]})");
  check_round_trip<SymbolInformation>(R"({"name":"n","kind":10,"location":)" LOCATION "}");
  check_round_trip<SymbolInformation>(R"({"name":"n","kind":10,"tags":[],"location":)" LOCATION
                                      R"(,"containerName":"c"})");
  check_round_trip<WorkspaceSymbolParams>(R"({"query":""})");
  CHECK(encode(SymbolKind::type_parameter) == 26);
  CHECK(encode(SymbolKind::struct_) == 23);
}

TEST_CASE("lsp: workspace edits", "[protocol]") {
  check_round_trip<TextDocumentEdit>(R"({"textDocument":{"uri":"u","version":null},"edits":[{"range":)" RANGE
                                     R"(,"newText":"t"}]})");
  check_round_trip<CreateFileOptions>("{}");
  check_round_trip<CreateFileOptions>(R"({"overwrite":false,"ignoreIfExists":true})");
  check_round_trip<CreateFile>(R"({"kind":"create","uri":"u"})");
  check_round_trip<CreateFile>(R"({"kind":"create","uri":"u","options":{},"annotationId":"a"})");
  check_round_trip<RenameFileOptions>(R"({"overwrite":true,"ignoreIfExists":false})");
  check_round_trip<RenameFile>(R"({"kind":"rename","oldUri":"u","newUri":"v"})");
  check_round_trip<RenameFile>(R"({"kind":"rename","oldUri":"u","newUri":"v","options":{},"annotationId":"a"})");
  check_round_trip<DeleteFileOptions>(R"({"recursive":true,"ignoreIfNotExists":true})");
  check_round_trip<DeleteFile>(R"({"kind":"delete","uri":"u"})");
  check_round_trip<DeleteFile>(R"({"kind":"delete","uri":"u","options":{"recursive":true},"annotationId":"a"})");
  check_unfit<DeleteFile>(R"({"kind":"create","uri":"u"})", "kind: expected \"delete\"");
  check_round_trip<ChangeAnnotation>(R"({"label":"l"})");
  check_round_trip<ChangeAnnotation>(R"({"label":"l","needsConfirmation":true,"description":"d"})");
  check_round_trip<WorkspaceEdit>("{}");
  check_round_trip<WorkspaceEdit>(R"({"changes":{}})");
  check_round_trip<WorkspaceEdit>(R"({"changes":{"u":[],"v":[{"range":)" RANGE R"(,"newText":"t"}]}})");
  check_round_trip<WorkspaceEdit>(R"({"documentChanges":[{"kind":"create","uri":"u"},
    {"textDocument":{"uri":"u","version":1},"edits":[]},{"kind":"rename","oldUri":"u","newUri":"v"},
    {"kind":"delete","uri":"v"}],"changeAnnotations":{"a":{"label":"l"}}})");
  check_round_trip<ApplyWorkspaceEditParams>(R"({"edit":{}})");
  check_round_trip<ApplyWorkspaceEditParams>(R"({"label":"l","edit":{}})");
  check_round_trip<ApplyWorkspaceEditResult>(R"({"applied":true})");
  check_round_trip<ApplyWorkspaceEditResult>(R"({"applied":false,"failureReason":"r","failedChange":0})");
}

TEST_CASE("lsp: rename and formatting", "[protocol]") {
  check_round_trip<RenameParams>(R"({"textDocument":)" DOCUMENT
                                 R"(,"position":{"line":1,"character":2},"newName":"n"})");
  check_round_trip<PrepareRenameResult>(R"({"range":)" RANGE R"(,"placeholder":"p"})");
  check_round_trip<FormattingOptions>(R"({"tabSize":2,"insertSpaces":true})");
  check_round_trip<FormattingOptions>(R"({"tabSize":2,"insertSpaces":false,"trimTrailingWhitespace":true,
    "insertFinalNewline":false,"trimFinalNewlines":true})");
  check_round_trip<DocumentFormattingParams>(R"({"textDocument":)" DOCUMENT
                                             R"(,"options":{"tabSize":2,"insertSpaces":true}})");
  check_round_trip<DocumentRangeFormattingParams>(R"({"textDocument":)" DOCUMENT R"(,"range":)" RANGE
                                                  R"(,"options":{"tabSize":2,"insertSpaces":true}})");
  check_round_trip<DocumentOnTypeFormattingParams>(
      R"({"textDocument":)" DOCUMENT
      R"(,"position":{"line":1,"character":2},"ch":"}","options":{"tabSize":2,"insertSpaces":true}})");
}

TEST_CASE("lsp: code actions, lenses and commands", "[protocol]") {
  check_round_trip<CodeActionContext>(R"({"diagnostics":[]})");
  check_round_trip<CodeActionContext>(R"({"diagnostics":[{"range":)" RANGE
                                      R"(,"message":"m"}],"only":["quickfix"],"triggerKind":2})");
  check_round_trip<CodeActionParams>(R"({"textDocument":)" DOCUMENT R"(,"range":)" RANGE
                                     R"(,"context":{"diagnostics":[]}})");
  check_round_trip<CodeActionDisabled>(R"({"reason":"r"})");
  check_round_trip<CodeAction>(R"({"title":"t"})");
  check_round_trip<CodeAction>(R"({"title":"t","kind":"","diagnostics":[],"isPreferred":false,
    "disabled":{"reason":"r"},"edit":{},"command":{"title":"t","command":"c"},"data":[]})");
  check_round_trip<CodeActionResult>(R"([{"title":"t","command":"c"},
    {"title":"t","command":{"title":"t","command":"c"}},{"title":"t"}])");
  check_round_trip<std::optional<CodeActionResult>>("null");
  check_round_trip<CodeLens>(R"({"range":)" RANGE "}");
  check_round_trip<CodeLens>(R"({"range":)" RANGE R"(,"command":{"title":"t","command":"c"},"data":0})");
  check_round_trip<ExecuteCommandParams>(R"({"command":"c"})");
  check_round_trip<ExecuteCommandParams>(R"({"command":"c","arguments":[1]})");
  check_round_trip<FoldingRange>(R"({"startLine":1,"endLine":2})");
  check_round_trip<FoldingRange>(R"({"startLine":1,"startCharacter":0,"endLine":2,"endCharacter":3,"kind":"region",
    "collapsedText":"..."})");
}
