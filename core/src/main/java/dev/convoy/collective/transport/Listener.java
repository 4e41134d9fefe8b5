package dev.convoy.collective.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/** Binds the socket on which a rank waits for the ranks above it. */
public final class Listener {
  /** Connections the kernel keeps until they are accepted: all ranks come at the same moment. */
  private static final int BACKLOG = 1024;

  private Listener() {}

  /**
   * Binds to {@code host} and to the first free port of {@code ports}. The channel's local address
   * is the one that was bound, and the one that the other ranks need.
   *
   * @throws IOException in one sentence: the host is unknown or not this machine's, or no port is
   *     free
   */
  public static ServerSocketChannel bind(String host, PortRange ports) throws IOException {
    BindException last = null;
    for (int port = ports.from(); port <= ports.to(); port++) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new UnknownHostException("cannot listen on '" + host + "': no such host");
      }
      ServerSocketChannel server = ServerSocketChannel.open();
      try {
        return server.bind(address, BACKLOG);
      } catch (BindException e) {
        server.close();
        last = e;
      } catch (IOException | RuntimeException e) {
        server.close();
        throw e;
      }
    }
    BindException failure =
        new BindException(
            "cannot listen on " + host + ", port " + ports + ": " + last.getMessage());
    failure.initCause(last);
    throw failure;
  }
}
