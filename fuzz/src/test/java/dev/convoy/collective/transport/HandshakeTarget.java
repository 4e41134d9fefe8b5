package dev.convoy.collective.transport;

import dev.convoy.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a stranger says, to a rank that accepts its connection or that connects to it. */
public final class HandshakeTarget implements FuzzTarget {
  private static final Secret SECRET = Secret.of(Secret.random());
  private static final ServerSocketChannel UNBOUND = unbound();

  private final boolean accepts;

  /** Creates the target. */
  public HandshakeTarget(boolean accepts) {
    this.accepts = accepts;
  }

  @Override
  public String name() {
    return accepts ? "handshake-of-acceptor" : "handshake-of-connector";
  }

  private static ServerSocketChannel unbound() {
    try {
      return ServerSocketChannel.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that can be right of somebody who lacks the secret. */
  @Override
  public List<byte[]> seeds() {
    byte[] exchange = "any floats".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer said = ByteBuffer.allocate(200);
    if (accepts) {
      said.putInt('C' << 24 | 'V' << 16 | 'Y' << 8 | '2').putInt(1);
    }
    said.put(new byte[Handshake.NONCE_BYTES]).put(new byte[Handshake.PROOF_BYTES]);
    said.put((byte) exchange.length).put(exchange).put(new byte[Handshake.PROOF_BYTES]);
    return List.of(said.array());
  }

  @Override
  public boolean seedsAreRead() {
    return false;
  }

  @Override
  public void read(byte[] input) throws IOException {
    InputStream in = new ByteArrayInputStream(input);
    OutputStream out = OutputStream.nullOutputStream();
    Duration second = Duration.ofSeconds(1);
    List<InetSocketAddress> addresses =
        List.of(
            InetSocketAddress.createUnresolved("a", 1), InetSocketAddress.createUnresolved("b", 2));
    MeshOptions options =
        new MeshOptions(
            accepts ? 0 : 1, addresses, UNBOUND, SECRET, "fuzz", 0, false, second, second);
    Handshake handshake = new Handshake(options, Set.of(1));
    Session session = accepts ? handshake.accept(in, out) : handshake.connect(0, in, out);
    throw new IllegalStateException("a stranger was admitted as rank " + session.peer());
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(HandshakeException.class, EOFException.class);
  }
}
