package dev.convoy.collective.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Ranks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final int UNPROVEN_BYTES = Handshake.HELLO_BYTES + Handshake.PROOF_BYTES;

  @Test
  void bothEndsAgreeOnTwoKeys() throws Exception {
    PipedInputStream toAcceptor = new PipedInputStream();
    PipedInputStream toConnector = new PipedInputStream();
    PipedOutputStream fromConnector = new PipedOutputStream(toAcceptor);
    PipedOutputStream fromAcceptor = new PipedOutputStream(toConnector);
    CompletableFuture<Session> accepted =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return handshake(0).accept(toAcceptor, fromAcceptor);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    Session connector = handshake(2).connect(0, toConnector, fromConnector);
    Session acceptor = accepted.get();
    assertEquals(2, acceptor.peer());
    assertEquals(0, connector.peer());
    assertArrayEquals(connector.sendKey().getEncoded(), acceptor.receiveKey().getEncoded());
    assertArrayEquals(connector.receiveKey().getEncoded(), acceptor.sendKey().getEncoded());
    assertFalse(
        Arrays.equals(connector.sendKey().getEncoded(), connector.receiveKey().getEncoded()));
    assertEquals(32, connector.sendKey().getEncoded().length);
  }

  @Property(tries = 500)
  void randomBytesAreRefusedAndNoMoreThanDueIsRead(@ForAll @Size(max = 200) byte[] bytes)
      throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    assertThrows(IOException.class, () -> handshake(0).accept(in, new ByteArrayOutputStream()));
    assertTrue(bytes.length - in.available() <= UNPROVEN_BYTES);
    assertThrows(
        IOException.class,
        () ->
            handshake(2).connect(0, new ByteArrayInputStream(bytes), new ByteArrayOutputStream()));
  }

  @Property(tries = 300)
  void aRightBeginningDoesNotHelp(@ForAll int rank, @ForAll @Size(200) byte[] rest)
      throws Exception {
    ByteBuffer hello = ByteBuffer.allocate(208).put("CVY2".getBytes(US_ASCII));
    hello.putInt(rank % 4).put(rest);
    ByteArrayInputStream in = new ByteArrayInputStream(hello.array());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThrows(HandshakeException.class, () -> handshake(0).accept(in, out));
    assertTrue(hello.capacity() - in.available() <= UNPROVEN_BYTES);
    assertTrue(out.size() <= Handshake.NONCE_BYTES + Handshake.PROOF_BYTES);
  }

  /** An intruder that sends back the very proof it was given, under the same nonces. */
  @Test
  void aReflectedProofIsRefused() throws Exception {
    PipedInputStream toAcceptor = new PipedInputStream();
    PipedOutputStream intruder = new PipedOutputStream(toAcceptor);
    ByteBuffer hello = ByteBuffer.allocate(Handshake.HELLO_BYTES);
    hello.put("CVY2".getBytes(US_ASCII)).putInt(1);
    intruder.write(hello.array());
    ByteArrayOutputStream reflector =
        new ByteArrayOutputStream() {
          @Override
          public void flush() throws IOException {
            intruder.write(toByteArray(), Handshake.NONCE_BYTES, Handshake.PROOF_BYTES);
          }
        };
    assertThrows(HandshakeException.class, () -> handshake(0).accept(toAcceptor, reflector));
  }

  private static Handshake handshake(int rank) throws IOException {
    try (ServerSocketChannel unused = ServerSocketChannel.open()) {
      return new Handshake(
          new MeshOptions(
              rank,
              Collections.nCopies(3, InetSocketAddress.createUnresolved("localhost", 1)),
              unused,
              Ranks.SECRET,
              "job",
              1,
              true,
              Duration.ofSeconds(1),
              Duration.ofSeconds(1)),
          rank == 0 ? Set.of(1, 2) : Set.of());
    }
  }
}
