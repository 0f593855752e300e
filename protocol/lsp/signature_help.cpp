#include "protocol/lsp/signature_help.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(ParameterInformation, label, documentation)

LSP_STRUCT(SignatureInformation, label, documentation, parameters)

LSP_STRUCT(SignatureHelp, signatures, activeSignature, activeParameter)

LSP_STRUCT(SignatureHelpOptions, triggerCharacters, retriggerCharacters)

}  // namespace refract::protocol
