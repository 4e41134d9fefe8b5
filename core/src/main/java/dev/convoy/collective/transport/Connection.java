package dev.convoy.collective.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;

/**
 * A TCP connection whose other end has proved which rank it is.
 *
 * @param channel blocking
 * @param session the peer and the keys
 */
record Connection(SocketChannel channel, Session session) implements Closeable {

  /** Connects to a lower rank and performs the handshake. */
  static Connection to(int peer, MeshOptions options, Handshake handshake, Deadline deadline) {
    InetSocketAddress address = options.addresses().get(peer);
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      Socket socket = channel.socket();
      // Addresses that came over the network as names are resolved here.
      socket.connect(
          address.isUnresolved()
              ? new InetSocketAddress(address.getHostString(), address.getPort())
              : address,
          deadline.millis());
      tune(channel);
      Session session =
          handshake.connect(peer, new DeadlineStream(socket, deadline), socket.getOutputStream());
      return new Connection(channel, session);
    } catch (IOException e) {
      closeQuietly(channel);
      throw failure(peer, options, e);
    }
  }

  /**
   * Performs the handshake on an accepted channel; if that fails, the caller closes the channel.
   */
  static Connection from(SocketChannel channel, Handshake handshake, Deadline deadline)
      throws IOException {
    tune(channel);
    Socket socket = channel.socket();
    return new Connection(
        channel, handshake.accept(new DeadlineStream(socket, deadline), socket.getOutputStream()));
  }

  /**
   * Turns Nagle's algorithm off, which only delays frames that are written whole; leaves the sizes
   * of buffers to the kernel, which adapts them.
   */
  private static void tune(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
  }

  static CollectiveException failure(int peer, MeshOptions options, IOException e) {
    CollectiveException.Kind kind = CollectiveException.Kind.UNREACHABLE;
    String sentence = "cannot connect to " + options.name(peer) + ": " + e.getMessage();
    if (e instanceof ClosedByInterruptException) {
      kind = CollectiveException.Kind.INTERRUPTED;
      sentence = "connect was interrupted while waiting for " + options.name(peer);
    } else if (e instanceof HandshakeException) {
      kind = CollectiveException.Kind.REFUSED;
      sentence = options.name(peer) + " " + e.getMessage();
    } else if (e instanceof SocketTimeoutException) {
      kind = CollectiveException.Kind.SILENT;
      sentence =
          options.name(peer)
              + " did not answer within "
              + Seconds.of(options.connectTimeout())
              + " during connect";
    }
    return new CollectiveException(kind, Operation.CONNECT, peer, sentence, e);
  }

  static void closeQuietly(Closeable closeable) {
    if (closeable != null) {
      try {
        closeable.close();
      } catch (IOException e) {
        // A thread that is blocked on it is woken all the same, and nothing else uses it.
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
