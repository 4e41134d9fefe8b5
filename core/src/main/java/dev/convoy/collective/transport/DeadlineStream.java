package dev.convoy.collective.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Reads from a socket until a deadline, however slowly the bytes arrive. */
final class DeadlineStream extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private final Deadline deadline;

  DeadlineStream(Socket socket, Deadline deadline) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.deadline = deadline;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (deadline.isPast()) {
      throw late();
    }
    socket.setSoTimeout(deadline.millis());
    try {
      return in.read(into, from, length);
    } catch (SocketTimeoutException e) {
      throw late();
    }
  }

  private static SocketTimeoutException late() {
    return new SocketTimeoutException("did not finish the handshake in time");
  }
}
