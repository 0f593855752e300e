#include "protocol/event_loop.h"

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.h"

using namespace refract::protocol;
using std::chrono::milliseconds;

namespace {

struct Loop {
  std::mutex mutex;
  std::vector<std::string> log;
  EventLoop loop{2, [this](std::string line) {
                   std::lock_guard lock(mutex);
                   log.push_back(std::move(line));
                 }};
};

}  // namespace

TEST_CASE("event loop: posted work runs in order, dispatched work at once", "[protocol]") {
  Loop fixture;
  EventLoop& loop = fixture.loop;
  std::string seen;
  loop.post([&] {
    CHECK(loop.on_strand());
    loop.post([&] {
      seen += "c";
      loop.stop();
    });
    loop.dispatch([&] { seen += "a"; });
    seen += "b";
  });
  CHECK_FALSE(loop.on_strand());
  loop.run();
  CHECK(seen == "abc");
}

TEST_CASE("event loop: a timer started again runs once, a cancelled one never", "[protocol]") {
  Loop fixture;
  EventLoop& loop = fixture.loop;
  Timer debounce = loop.timer();
  Timer cancelled = loop.timer();
  Timer end = loop.timer();
  std::string seen;
  debounce.start(milliseconds(5), [&] { seen += "first"; });
  debounce.start(milliseconds(10), [&] { seen += "second"; });
  cancelled.start(milliseconds(5), [&] { seen += "cancelled"; });
  cancelled.cancel();
  {
    loop.timer().start(milliseconds(5), [&] { seen += "destroyed"; });
  }
  end.start(milliseconds(60), [&] { loop.stop(); });
  loop.run();
  CHECK(seen == "second");
}

TEST_CASE("event loop: a timer may start itself again", "[protocol]") {
  Loop fixture;
  Timer tick = fixture.loop.timer();
  int ticks = 0;
  std::function<void()> again = [&] {
    if (++ticks == 3) return fixture.loop.stop();
    tick.start(milliseconds(1), again);
  };
  tick.start(milliseconds(1), again);
  fixture.loop.run();
  CHECK(ticks == 3);
}

TEST_CASE("event loop: the pool works beside the strand", "[protocol]") {
  Loop fixture;
  EventLoop& loop = fixture.loop;
  std::atomic<int> done = 0;
  bool on_strand = true;
  for (int count = 0; count < 20; ++count) {
    loop.post_to_pool([&] {
      if (loop.on_strand()) on_strand = false;
      if (++done == 20) loop.post([&] { loop.stop(); });
    });
  }
  loop.run();
  CHECK(on_strand);
  CHECK(done == 20);
  CHECK(loop.wait_for_pool(milliseconds(5000)));
  std::atomic<bool> release = false;
  loop.post_to_pool([&] {
    while (!release) std::this_thread::yield();
  });
  CHECK_FALSE(loop.wait_for_pool(milliseconds(10)));
  release = true;
  CHECK(loop.wait_for_pool(milliseconds(5000)));
}

TEST_CASE("event loop: what work throws is logged, and the loop goes on", "[protocol]") {
  Loop fixture;
  EventLoop& loop = fixture.loop;
  loop.post([] { throw std::runtime_error("one"); });
  loop.post([&] { loop.post_to_pool([&] { loop.post([&] { loop.stop(); }), throw std::runtime_error("two"); }); });
  loop.run();
  CHECK(loop.wait_for_pool(milliseconds(5000)));
  std::lock_guard lock(fixture.mutex);
  CHECK(fixture.log == std::vector<std::string>{"a piece of work failed: one", "a piece of work failed: two"});
}

TEST_CASE("event loop: its functions do nothing once it is gone", "[protocol]") {
  std::function<void(Work)> strand;
  std::function<void(Work)> pool;
  {
    Loop fixture;
    strand = fixture.loop.dispatcher();
    pool = fixture.loop.pool_poster();
  }
  bool ran = false;
  strand([&] { ran = true; });
  pool([&] { ran = true; });
  CHECK_FALSE(ran);
}
