package dev.convoy.collective.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/**
 * How two ranks prove to each other that they know the job's secret, before any frame. The rank
 * with the higher number connects. Big-endian.
 *
 * <pre>
 *   connector (higher rank)                                  acceptor (lower rank)
 *
 *   hello       | 'CVY1' 4 | rank 4 | nonce 32 |     ------&gt;
 *                                          &lt;------   | nonce 32 | acceptor's proof 32 |  challenge
 *   proof       | connector's proof 32 |             ------&gt;
 *                                          &lt;------   | 1 |                               welcome
 *
 *   proof, key = HMAC-SHA256(secret, purpose | 'CVY1' | ranks | acceptor's rank | connector's rank
 *                            | attempt | encrypt | both nonces | job)
 * </pre>
 *
 * The purpose is one of four words, so that no proof can be reflected or used as a key. Proofs over
 * fresh nonces are the only values sent that depend on the secret. The acceptor reads {@value
 * #HELLO_BYTES} + {@value #PROOF_BYTES} bytes of a pending connection and no more. Both ends derive
 * one key per direction from the same text.
 */
final class Handshake {
  static final int NONCE_BYTES = 32;
  static final int PROOF_BYTES = 32;
  static final int HELLO_BYTES = 2 * Integer.BYTES + NONCE_BYTES;

  private static final int VERSION = 'C' << 24 | 'V' << 16 | 'Y' << 8 | '1';
  private static final int WELCOME = 1;
  private static final String NO_PROOF =
      "does not prove that it knows this job's secret: its secret, job, attempt, number of ranks or"
          + " encryption differs";

  private final MeshOptions options;
  private final Set<Integer> connectors;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param connectors the ranks that may connect to this one
   */
  Handshake(MeshOptions options, Set<Integer> connectors) {
    this.options = options;
    this.connectors = connectors;
  }

  /** Performs the connector's side, towards {@code acceptor}. */
  Session connect(int acceptor, InputStream in, OutputStream out) throws IOException {
    byte[] mine = nonce();
    send(out, ints(VERSION, options.rank()), mine);
    byte[] theirs = receive(in, NONCE_BYTES);
    Transcript transcript = new Transcript(acceptor, options.rank(), theirs, mine);
    check(receive(in, PROOF_BYTES), transcript.under("acceptor's proof"));
    send(out, transcript.under("connector's proof"));
    if (receive(in, 1)[0] != WELCOME) {
      throw new HandshakeException("sent no welcome");
    }
    return new Session(
        acceptor, transcript.key("connector's key"), transcript.key("acceptor's key"));
  }

  /** Performs the acceptor's side, towards an unknown peer that has connected. */
  Session accept(InputStream in, OutputStream out) throws IOException {
    ByteBuffer hello = ByteBuffer.wrap(receive(in, HELLO_BYTES));
    if (hello.getInt() != VERSION) {
      throw new HandshakeException("does not speak this protocol");
    }
    int peer = hello.getInt();
    if (!connectors.contains(peer)) {
      throw new HandshakeException("says it is rank " + peer + ", which does not connect here");
    }
    byte[] theirs = new byte[NONCE_BYTES];
    hello.get(theirs);
    byte[] mine = nonce();
    Transcript transcript = new Transcript(options.rank(), peer, mine, theirs);
    send(out, mine, transcript.under("acceptor's proof"));
    check(receive(in, PROOF_BYTES), transcript.under("connector's proof"));
    send(out, new byte[] {WELCOME});
    return new Session(peer, transcript.key("acceptor's key"), transcript.key("connector's key"));
  }

  private byte[] nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return nonce;
  }

  private static void check(byte[] proof, byte[] expected) throws HandshakeException {
    if (!MessageDigest.isEqual(proof, expected)) {
      throw new HandshakeException(NO_PROOF);
    }
  }

  private static byte[] receive(InputStream in, int bytes) throws IOException {
    byte[] received = in.readNBytes(bytes);
    if (received.length < bytes) {
      throw new EOFException("closed the connection during the handshake");
    }
    return received;
  }

  private static void send(OutputStream out, byte[]... parts) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      message.writeBytes(part);
    }
    out.write(message.toByteArray());
    out.flush();
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    Arrays.stream(values).forEach(bytes::putInt);
    return bytes.array();
  }

  /** Everything both ends must agree on. */
  private final class Transcript {
    private final int acceptor;
    private final int connector;
    private final byte[] acceptorNonce;
    private final byte[] connectorNonce;

    Transcript(int acceptor, int connector, byte[] acceptorNonce, byte[] connectorNonce) {
      this.acceptor = acceptor;
      this.connector = connector;
      this.acceptorNonce = acceptorNonce;
      this.connectorNonce = connectorNonce;
    }

    byte[] under(String purpose) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(text)) {
        out.writeUTF(purpose);
        out.write(ints(VERSION, options.ranks(), acceptor, connector, options.attempt()));
        out.writeBoolean(options.encrypt());
        out.write(acceptorNonce);
        out.write(connectorNonce);
        out.write(options.jobId().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail", e);
      }
      return options.secret().hmac(text.toByteArray());
    }

    SecretKeySpec key(String purpose) {
      return new SecretKeySpec(under(purpose), "AES");
    }
  }
}
