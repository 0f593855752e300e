#include <utility>  // Boost 1.74's Asio uses it without including it

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdio>

#include "platform/channel.h"
#include "protocol/transport.h"

namespace refract::protocol {

namespace asio = boost::asio;
using asio::ip::tcp;

std::expected<std::unique_ptr<Transport>, std::string> tcp_transport(
    std::uint16_t port, const std::function<void(std::uint16_t)>& listening) {
  auto failed = [&](const char* what, const boost::system::error_code& error) {
    return std::unexpected("cannot " + std::string(what) + " on 127.0.0.1:" + std::to_string(port) + ": " +
                           error.message());
  };
  asio::io_context context;
  boost::system::error_code error;
  tcp::acceptor acceptor(context);
  acceptor.open(tcp::v4(), error);
  if (error) return failed("open a socket", error);
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  // Loopback only: a process that reaches the port can read the user's files through the server.
  acceptor.bind({asio::ip::address_v4::loopback(), port}, error);
  if (error) return failed("listen", error);
  acceptor.listen(1, error);
  if (error) return failed("listen", error);
  auto bound = acceptor.local_endpoint(error);
  if (error) return failed("listen", error);
  listening(bound.port());

  tcp::socket client(context);
  acceptor.accept(client, error);
  if (error) return failed("accept a client", error);
  acceptor.close(error);
  // Small messages both ways: waiting to fill a packet would cost 40 ms each.
  client.set_option(tcp::no_delay(true), error);
  const platform::Socket socket = client.release(error);
  if (error) return failed("take over the connection", error);
  return channel_transport(platform::socket_channel(socket));
}

void announce_port(std::uint16_t port) {
  std::fprintf(stderr, "listening on 127.0.0.1:%u\n", static_cast<unsigned>(port));
  std::fflush(stderr);
}

}  // namespace refract::protocol
