package dev.convoy.spark.app.launch;

import dev.convoy.spark.config.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The address over which the processes of a run on this machine talk. It is a number, so that
 * neither the machine's name nor what a name server makes of it matters.
 */
public final class Loopback {
  static final String ADDRESS = "127.0.0.1";

  private static final byte[] BYTES = {127, 0, 0, 1};
  private static final int TIMEOUT_MILLIS = 5000;

  private Loopback() {}

  /** Refuses a machine whose processes cannot reach each other. */
  public static void check() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByAddress(BYTES));
        Socket client = new Socket(Proxy.NO_PROXY)) {
      client.connect(server.getLocalSocketAddress(), TIMEOUT_MILLIS);
    } catch (IOException down) {
      throw new UserError(
          "the processes of a run on this machine talk over "
              + ADDRESS
              + ", which does not work: "
              + down.getMessage()
              + "; is the loopback interface up (ip link set lo up)?",
          down);
    }
  }
}
