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
  CHECK(path_of_uri("file:/a/b%20c") == "/a/b c");
  CHECK(path_of_uri("FILE:///a/b") == "/a/b");
  CHECK(path_of_uri("file:a/b") == "file:a/b");
  CHECK(path_of_uri("file:///a/b/") == "/a/b");
  CHECK(path_of_uri("file:///") == "/");
}

TEST_CASE("a document without a file keeps its URI as its name", "[lsp]") {
  CHECK(path_of_uri("untitled:Untitled-1") == "untitled:Untitled-1");
  CHECK(uri_of_path("untitled:Untitled-1") == "untitled:Untitled-1");
}

TEST_CASE("uri: a Windows path with a drive, as VS Code writes it", "[lsp]") {
  constexpr auto kWindows = refract::lsp::PathFlavour::windows;
  CHECK(path_of_uri("file:///c%3A/Users/J%C3%BCrgen%20K/a.prisma", kWindows) == "c:\\Users\\Jürgen K\\a.prisma");
  CHECK(path_of_uri("file:///C:/x", kWindows) == "c:\\x");
  CHECK(path_of_uri("file:///C:/x/", kWindows) == "c:\\x");
  CHECK(path_of_uri("file:///C:/", kWindows) == "c:\\");
  CHECK(path_of_uri("file://localhost/c:/x", kWindows) == "c:\\x");
  CHECK(uri_of_path("c:\\Users\\Jürgen K\\a.prisma", kWindows) == "file:///c%3A/Users/J%C3%BCrgen%20K/a.prisma");
  CHECK(uri_of_path("C:/x", kWindows) == "file:///c%3A/x");
}

TEST_CASE("uri: a Windows path on another machine", "[lsp]") {
  constexpr auto kWindows = refract::lsp::PathFlavour::windows;
  CHECK(path_of_uri("file://server/share/a%20b.prisma", kWindows) == "\\\\server\\share\\a b.prisma");
  CHECK(uri_of_path("\\\\server\\share\\a b.prisma", kWindows) == "file://server/share/a%20b.prisma");
}

TEST_CASE("uri: on Windows too, other schemes and relative paths stay as they are", "[lsp]") {
  constexpr auto kWindows = refract::lsp::PathFlavour::windows;
  for (const char* text : {"untitled:Untitled-1", "vscode-remote://wsl+debian/home/a", "a\\b"}) {
    CHECK(path_of_uri(text, kWindows) == text);
    CHECK(uri_of_path(text, kWindows) == text);
  }
  for (const char* uri : {"file:///c%3A/a/b.prisma", "file:///c%3A/", "file://server/share/a.prisma"}) {
    CHECK(uri_of_path(path_of_uri(uri, kWindows), kWindows) == uri);
  }
}

TEST_CASE("uri: elsewhere a drive is a folder's name", "[lsp]") {
  constexpr auto kPosix = refract::lsp::PathFlavour::posix;
  CHECK(path_of_uri("file:///c%3A/x", kPosix) == "/c:/x");
  CHECK(uri_of_path("/c:/x", kPosix) == "file:///c%3A/x");
}

TEST_CASE("uri: files are written as the client writes those around them", "[lsp]") {
  refract::lsp::ClientUris uris;
  CHECK(uris.of("/a/b.prisma") == "file:///a/b.prisma");
  SECTION("as a document was opened") {
    uris.note("file:///home/a%2Bb/x@y.prisma");
    CHECK(uris.of("/home/a+b/x@y.prisma") == "file:///home/a%2Bb/x@y.prisma");
    CHECK(uris.of("/home/a+b/z@.prisma") == "file:///home/a%2Bb/z%40.prisma");
    uris.note("file:///home/a%2Bb/x%40y.prisma");
    CHECK(uris.of("/home/a+b/x@y.prisma") == "file:///home/a%2Bb/x%40y.prisma");
  }
  SECTION("with one slash") {
    uris.note("file:/java/p/x.prisma");
    CHECK(uris.of("/java/p/x.prisma") == "file:/java/p/x.prisma");
    CHECK(uris.of("/java/p/y.prisma") == "file:/java/p/y.prisma");
  }
  SECTION("on another machine") {
    uris.note("file://wsl.localhost/Debian/home/x.prisma");
    CHECK(uris.of("/Debian/home/x.prisma") == "file://wsl.localhost/Debian/home/x.prisma");
    CHECK(uris.of("/Debian/etc/y.prisma") == "file://wsl.localhost/Debian/etc/y.prisma");
  }
  SECTION("with a drive, and the folder alone known") {
    uris.note("file:///C:/site/");
    CHECK(uris.of("/C:/site/db/a b.prisma") == "file:///C:/site/db/a%20b.prisma");
    CHECK(uris.of("/C:/other.prisma") == "file:///C:/other.prisma");
    CHECK(uris.of("/d:/other.prisma") == "file:///d%3A/other.prisma");
  }
  SECTION("a document without a file") {
    uris.note("untitled:Untitled-1");
    CHECK(uris.of("untitled:Untitled-1") == "untitled:Untitled-1");
  }
  SECTION("Windows") {
    constexpr auto kWindows = refract::lsp::PathFlavour::windows;
    uris.note("file:///C:/site/a.prisma", kWindows);
    CHECK(uris.of("c:\\site\\a.prisma", kWindows) == "file:///C:/site/a.prisma");
    CHECK(uris.of("c:\\other\\b c.prisma", kWindows) == "file:///C:/other/b%20c.prisma");
    uris.note("file://wsl%24/Debian/home/a.prisma", kWindows);
    CHECK(uris.of("\\\\wsl$\\Debian\\home\\a.prisma", kWindows) == "file://wsl%24/Debian/home/a.prisma");
    CHECK(uris.of("\\\\wsl$\\Debian\\home\\b.prisma", kWindows) == "file://wsl%24/Debian/home/b.prisma");
  }
}
