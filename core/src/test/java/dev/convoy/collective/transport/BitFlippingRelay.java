package dev.convoy.collective.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A relay of one TCP connection that flips one bit on the way to the server. */
final class BitFlippingRelay implements Closeable {
  private final ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final InetSocketAddress server;
  private final long flipped;

  /**
   * @param server to which the relay connects
   * @param flipped index of the byte whose lowest bit is flipped
   */
  BitFlippingRelay(InetSocketAddress server, long flipped) throws IOException {
    this.server = server;
    this.flipped = flipped;
    start(this::relay);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) relay.getLocalSocketAddress();
  }

  private void relay() throws IOException {
    Socket client = relay.accept();
    Socket upstream = new Socket(server.getAddress(), server.getPort());
    start(() -> copy(upstream, client, -1));
    copy(client, upstream, flipped);
  }

  private static void copy(Socket from, Socket to, long flip) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1000];
      long at = 0;
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        if (flip >= at && flip < at + count) {
          buffer[(int) (flip - at)] ^= 1;
        }
        out.write(buffer, 0, count);
        at += count;
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                return; // One end has closed; so does the relay.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    relay.close();
  }
}
