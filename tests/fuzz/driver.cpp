// Runs a fuzz target without libFuzzer: over every file of its corpus, then over random changes to these for as long as
// it is told, with a fixed seed.   fuzz_NAME CORPUS SECONDS

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fuzz/fuzz.h"

namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t end) {
  return end == 0 ? 0 : random() % end;
}

void mutate(std::string& input, const std::vector<std::string>& corpus, Random& random) {
  const std::size_t at = below(random, input.size() + 1);
  switch (below(random, 6)) {
    case 0:
      input.insert(at, 1, static_cast<char>(random()));
      break;
    case 1:
      input.erase(at, below(random, 20));
      break;
    case 2:
      if (!input.empty()) input[below(random, input.size())] ^= static_cast<char>(1U << below(random, 8));
      break;
    case 3:
      input.insert(at, input.substr(below(random, input.size() + 1), below(random, 200)));
      break;
    case 4: {
      const std::string& other = corpus[below(random, corpus.size())];
      input.insert(at, other.substr(below(random, other.size() + 1), below(random, 200)));
      break;
    }
    default: {
      static constexpr const char* kPieces[] = {"\"", "'",  "{",  "}",  "(",  ")", "\n", "\r\n",
                                                "//", "/*", "*/", "--", "$$", ";", "\\", "="};
      input.insert(at, kPieces[below(random, std::size(kPieces))]);
    }
  }
  if (input.size() > 16 * 1024) input.resize(16 * 1024);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s CORPUS SECONDS\n", argv[0]);
    return 2;
  }
  // The input under way is written where a crash leaves it behind.
  const std::string last = std::string(argv[0]) + ".last-input";
  const auto try_input = [&](const std::string& input) {
    std::ofstream(last, std::ios::binary) << input;
    refract::fuzz::run(input);
  };
  std::vector<std::string> corpus;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    std::ifstream file(entry.path(), std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    try_input(corpus.back());
  }
  if (corpus.empty()) {
    std::fprintf(stderr, "%s holds no corpus\n", argv[1]);
    return 2;
  }
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[2]));
  Random random(1);
  std::size_t runs = 0;
  while (std::chrono::steady_clock::now() < until) {
    std::string input = corpus[below(random, corpus.size())];
    for (std::size_t changes = 1 + below(random, 8); changes > 0; --changes) mutate(input, corpus, random);
    try_input(input);
    ++runs;
  }
  std::filesystem::remove(last);
  std::printf("%zu inputs of the corpus, %zu changed ones\n", corpus.size(), runs);
}
