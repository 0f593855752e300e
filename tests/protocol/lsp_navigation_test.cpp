// Round trips of what shows a document and leads through it: each struct in full, and with only what is required.

#include "protocol/lsp/call_hierarchy.h"
#include "protocol/lsp/document_link.h"
#include "protocol/lsp/inlay_hint.h"
#include "protocol/lsp/linked_editing.h"
#include "protocol/lsp/selection_range.h"
#include "protocol/lsp/semantic_tokens.h"
#include "protocol/lsp/server_capabilities.h"
#include "protocol/lsp/signature_help.h"
#include "round_trip.h"

using namespace refract::protocol;
using refract::test::check_round_trip;
using refract::test::check_unfit;

// Shorthands for the texts below.
#define RANGE R"({"start":{"line":1,"character":2},"end":{"line":3,"character":4}})"
#define DOCUMENT R"({"uri":"file:///a"})"
#define ITEM R"({"name":"n","kind":5,"uri":"u","range":)" RANGE R"(,"selectionRange":)" RANGE "}"

TEST_CASE("lsp: selection ranges are chains of parents", "[protocol]") {
  check_round_trip<SelectionRangeParams>(R"({"textDocument":)" DOCUMENT R"(,"positions":[{"line":1,"character":2}]})");
  check_round_trip<SelectionRange>(R"({"range":)" RANGE "}");
  check_round_trip<SelectionRange>(R"({"range":)" RANGE R"(,"parent":{"range":)" RANGE R"(,"parent":{"range":)" RANGE
                                   "}}}");
  check_unfit<SelectionRange>(R"({"range":)" RANGE R"(,"parent":3})", "expected an object");
}

TEST_CASE("lsp: linked editing ranges", "[protocol]") {
  check_round_trip<LinkedEditingRanges>(R"({"ranges":[]})");
  check_round_trip<LinkedEditingRanges>(R"({"ranges":[)" RANGE R"(],"wordPattern":"[a-z]+"})");
}

TEST_CASE("lsp: semantic tokens", "[protocol]") {
  check_round_trip<SemanticTokensOptions>(R"({"legend":{"tokenTypes":["class"],"tokenModifiers":[]}})");
  check_round_trip<SemanticTokensOptions>(
      R"({"legend":{"tokenTypes":[],"tokenModifiers":["declaration"]},"range":true,"full":{"delta":true}})");
  check_round_trip<SemanticTokensOptions>(R"({"legend":{"tokenTypes":[],"tokenModifiers":[]},"full":true})");
  check_round_trip<SemanticTokensDeltaParams>(R"({"textDocument":)" DOCUMENT R"(,"previousResultId":"1"})");
  check_round_trip<SemanticTokensRangeParams>(R"({"textDocument":)" DOCUMENT R"(,"range":)" RANGE "}");
  check_round_trip<SemanticTokens>(R"({"data":[]})");
  check_round_trip<SemanticTokens>(R"({"resultId":"1","data":[0,1,2,3,4294967295]})");
  check_round_trip<SemanticTokensDelta>(R"({"edits":[]})");
  check_round_trip<SemanticTokensDelta>(
      R"({"resultId":"2","edits":[{"start":5,"deleteCount":10},{"start":0,"deleteCount":0,"data":[1,2]}]})");
  check_round_trip<SemanticTokensDeltaResult>(R"({"edits":[]})");
  check_round_trip<SemanticTokensDeltaResult>(R"({"data":[1]})");
}

TEST_CASE("lsp: inlay hints", "[protocol]") {
  check_round_trip<InlayHintParams>(R"({"textDocument":)" DOCUMENT R"(,"range":)" RANGE "}");
  check_round_trip<InlayHint>(R"({"position":{"line":1,"character":2},"label":"l"})");
  check_round_trip<InlayHint>(R"({"position":{"line":1,"character":2},"label":"l","kind":1,"tooltip":"t",
    "paddingLeft":true,"paddingRight":false})");
}

TEST_CASE("lsp: signature help", "[protocol]") {
  check_round_trip<SignatureHelp>(R"({"signatures":[]})");
  check_round_trip<SignatureHelp>(R"({"signatures":[{"label":"@id(map: String) ",
    "documentation":{"kind":"markdown","value":"v"},
    "parameters":[{"label":"map: String"},{"label":"x","documentation":{"kind":"plaintext","value":"v"}}]
}],
    "activeSignature":0,"activeParameter":1
})");
  check_round_trip<SignatureHelpOptions>(R"({"triggerCharacters":["("],"retriggerCharacters":[]})");
}

TEST_CASE("lsp: document links", "[protocol]") {
  check_round_trip<DocumentLink>(R"({"range":)" RANGE "}");
  check_round_trip<DocumentLink>(R"({"range":)" RANGE R"(,"target":"file:///a","tooltip":"t"})");
}

TEST_CASE("lsp: call hierarchy", "[protocol]") {
  check_round_trip<CallHierarchyItem>(ITEM);
  check_round_trip<CallHierarchyItem>(R"({"name":"n","kind":5,"detail":"d","uri":"u","range":)" RANGE
                                      R"(,"selectionRange":)" RANGE R"(,"data":{"a":1}})");
  check_round_trip<CallHierarchyCallsParams>(R"({"item":)" ITEM "}");
  check_round_trip<CallHierarchyIncomingCall>(R"({"from":)" ITEM R"(,"fromRanges":[)" RANGE "]}");
  check_round_trip<CallHierarchyOutgoingCall>(R"({"to":)" ITEM R"(,"fromRanges":[]})");
}

TEST_CASE("lsp: what a server offers to show and lead with", "[protocol]") {
  check_round_trip<ServerCapabilities>(R"({"signatureHelpProvider":{"triggerCharacters":["(",","]},
    "typeDefinitionProvider":true,"implementationProvider":true,"documentLinkProvider":{"resolveProvider":false},
    "selectionRangeProvider":true,"linkedEditingRangeProvider":true,"callHierarchyProvider":true,
    "semanticTokensProvider":{"legend":{"tokenTypes":["class"],"tokenModifiers":[]},"range":true,"full":true},
    "inlayHintProvider":true})");
}
