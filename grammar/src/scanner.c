#include "tree_sitter/parser.h"

// One token, which stands in no rule: the rest of a line, read from its first column. So tree-sitter asks for it
// only while it recovers from an error and has already passed over a line end. Without it, an open bracket could
// be closed by a bracket lines below; with it such lines are nothing but skipped text, which costs more than
// giving up the one line that is broken.
enum TokenType { SKIPPED_LINE };

void *tree_sitter_prisma_external_scanner_create(void) { return 0; }
void tree_sitter_prisma_external_scanner_destroy(void *payload) { (void)payload; }
unsigned tree_sitter_prisma_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}
void tree_sitter_prisma_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

bool tree_sitter_prisma_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  (void)payload;
  if (!valid_symbols[SKIPPED_LINE] || lexer->get_column(lexer) != 0) return false;
  bool any = false;
  while (!lexer->eof(lexer) && lexer->lookahead != '\n' && lexer->lookahead != '\r') {
    lexer->advance(lexer, false);
    any = true;
  }
  lexer->result_symbol = SKIPPED_LINE;
  return any;
}
