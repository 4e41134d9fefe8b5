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
 *   hello       | 'CVY2' 4 | rank 4 | nonce 32 |     ------&gt;
 *                                          &lt;------   | nonce 32 | acceptor's proof 32 |  challenge
 *   proof       | connector's proof 32 |             ------&gt;
 *   its exchange | n 1 | text n | proof of it 32 |   ------&gt;
 *                                          &lt;------   | n 1 | text n | proof of it 32 |     welcome
 *
 *   proof, key = HMAC-SHA256(secret, purpose | 'CVY2' | ranks | acceptor's rank | connector's rank
 *                            | attempt | encrypt | both nonces | job)
 * </pre>
 *
 * The purposes differ, so that no proof can be reflected or used as a key. Proofs over fresh nonces
 * are the only values sent that depend on the secret. The acceptor reads {@value #HELLO_BYTES} +
 * {@value #PROOF_BYTES} bytes of a connection that has not proved itself, and no more. Then both
 * tell the other what they exchange ({@link MeshOptions#exchange}), and refuse the connection where
 * the two differ. Both ends derive one key per direction from the same text.
 */
final class Handshake {
  static final int NONCE_BYTES = 32;
  static final int PROOF_BYTES = 32;
  static final int HELLO_BYTES = 2 * Integer.BYTES + NONCE_BYTES;
  private static final String ACCEPTOR = "acceptor's ";
  private static final String CONNECTOR = "connector's ";

  private static final int VERSION = 'C' << 24 | 'V' << 16 | 'Y' << 8 | '2';
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
    check(receive(in, PROOF_BYTES), transcript.proof(ACCEPTOR));
    send(out, transcript.proof(CONNECTOR));
    sendExchange(out, transcript, CONNECTOR);
    checkExchange(acceptor, receiveExchange(in, transcript, ACCEPTOR));
    return new Session(acceptor, transcript.key(CONNECTOR), transcript.key(ACCEPTOR));
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
    send(out, mine, transcript.proof(ACCEPTOR));
    check(receive(in, PROOF_BYTES), transcript.proof(CONNECTOR));
    String exchange = receiveExchange(in, transcript, CONNECTOR);
    sendExchange(out, transcript, ACCEPTOR);
    checkExchange(peer, exchange);
    return new Session(peer, transcript.key(ACCEPTOR), transcript.key(CONNECTOR));
  }

  private void sendExchange(OutputStream out, Transcript transcript, String side)
      throws IOException {
    byte[] text = options.exchange().getBytes(StandardCharsets.US_ASCII);
    send(
        out,
        new byte[] {(byte) text.length},
        text,
        transcript.proofOfExchange(side, options.exchange()));
  }

  private static String receiveExchange(InputStream in, Transcript transcript, String side)
      throws IOException {
    int length = receive(in, 1)[0] & 0xFF;
    String text = new String(receive(in, length), StandardCharsets.US_ASCII);
    check(receive(in, PROOF_BYTES), transcript.proofOfExchange(side, text));
    return text;
  }

  private void checkExchange(int peer, String theirs) throws DisagreementException {
    if (!theirs.equals(options.exchange())) {
      throw new DisagreementException(
          peer,
          "exchanges "
              + theirs
              + ", but "
              + options.name(options.rank())
              + " exchanges "
              + options.exchange()
              + "; all ranks must exchange the same");
    }
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

    byte[] proof(String side) {
      return under(side + "proof");
    }

    /** The text is a part of the purpose, which its length precedes. */
    byte[] proofOfExchange(String side, String text) {
      return under(side + "exchange: " + text);
    }

    SecretKeySpec key(String side) {
      return new SecretKeySpec(under(side + "key"), "AES");
    }

    private byte[] under(String purpose) {
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
  }
}
