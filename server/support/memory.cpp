#include "support/memory.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <cstdint>
#include <cstdlib>
#include <fstream>

namespace refract {

std::size_t resident_memory() {
  std::size_t all = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t peak_memory() {
  rusage usage{};
  if (::getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

void use_large_pages() {
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
  constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20;
  constexpr int kReserved = 64 << 20;
  constexpr int kUsualPad = 1 << 20;
  constexpr int kFirst = 256 << 10;
  // One heap for all threads, which grows by this much at once and does not give it back; large blocks come from it
  // too.
  ::mallopt(M_ARENA_MAX, 1);
  ::mallopt(M_MMAP_THRESHOLD, 8 << 20);
  ::mallopt(M_TRIM_THRESHOLD, kReserved + kReserved / 2);
  ::mallopt(M_TOP_PAD, kReserved);
  void* volatile first = std::malloc(kFirst);
  ::mallopt(M_TOP_PAD, kUsualPad);
  const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  const auto begin = (reinterpret_cast<std::uintptr_t>(first) + kLargePage - 1) / kLargePage * kLargePage;
  std::free(first);
  // Refused, it leaves the small pages.
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

}  // namespace refract
