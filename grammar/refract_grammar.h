#pragma once

#ifdef __cplusplus
extern "C" {
#endif

struct TSLanguage;

// The Prisma schema language as tree-sitter reads it (ABI 14). A static value: free at no time, from any thread.
// README.md beside this file lists the node types and fields.
const struct TSLanguage* tree_sitter_prisma(void);

#ifdef __cplusplus
}
#endif
