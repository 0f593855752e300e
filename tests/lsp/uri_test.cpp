#include "lsp/uri.h"

#include "support/catch.h"

using refract::lsp::path_of_uri;
using refract::lsp::uri_of_path;

TEST_CASE("a path survives the way to a URI and back", "[lsp]") {
  for (const char* path : {"/a/b.prisma", "/with space/ü/100%.prisma", "/odd#name?.prisma"}) {
    CHECK(path_of_uri(uri_of_path(path)) == path);
  }
  CHECK(uri_of_path("/a b/ü.prisma") == "file:///a%20b/%C3%BC.prisma");
}

TEST_CASE("what clients escape differently names the same path", "[lsp]") {
  CHECK(path_of_uri("file:///c%3A/x") == path_of_uri("file:///c:/x"));
  CHECK(path_of_uri("file://localhost/a/b") == "/a/b");
}

TEST_CASE("a document without a file keeps its URI as its name", "[lsp]") {
  CHECK(path_of_uri("untitled:Untitled-1") == "untitled:Untitled-1");
  CHECK(uri_of_path("untitled:Untitled-1") == "untitled:Untitled-1");
}
