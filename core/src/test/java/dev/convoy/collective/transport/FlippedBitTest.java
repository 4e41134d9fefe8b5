package dev.convoy.collective.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Ranks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bit flips on the way from rank 1 to rank 0, in the third of several frames. */
class FlippedBitTest {
  private static final int FLOATS = 1000;

  /** What the connector sends before frames: hello, proof, what it exchanges, and proof of that. */
  private static final int HANDSHAKE_BYTES =
      Handshake.HELLO_BYTES
          + Handshake.PROOF_BYTES
          + 1
          + "any floats".length()
          + Handshake.PROOF_BYTES;

  @ParameterizedTest
  @CsvSource({
    "ALL_GATHER, false, 16",
    "ALL_GATHER, false, 2000",
    "ALL_GATHER, false, 4016",
    "ALL_GATHER, true, 16",
    "ALL_GATHER, true, 2000",
    "ALL_GATHER, true, 4020",
    "ALL_GATHER_BFLOAT16, false, 16",
    "ALL_GATHER_BFLOAT16, false, 2016",
    "ALL_GATHER_BFLOAT16, true, 1000",
    "ALL_GATHER_BFLOAT16, true, 2020"
  })
  void theReceiverNamesRankStepAndFrame(Operation operation, boolean encrypt, int byteOfFrame)
      throws Exception {
    CollectiveException failure = failureOfRank0(operation, encrypt, byteOfFrame, 12L);
    assertEquals(CollectiveException.Kind.PROTOCOL, failure.kind());
    assertEquals(1, failure.peer());
    assertEquals(
        "sent frame 2, "
            + (encrypt ? "which was altered or sealed with another key" : "whose checksum is wrong")
            + " (during "
            + operation.label()
            + " of step 12)",
        withoutName(failure));
  }

  @ParameterizedTest
  @CsvSource({
    "0, sent bytes that are not a frame where frame 2 was due (during all-gather)",
    "8, sent frame 3 of all-gather with 1000 floats where frame 2 of all-gather with 1000 floats"
        + " was due (during all-gather)"
  })
  void anAlteredHeaderIsFoundFirst(int byteOfFrame, String expected) throws Exception {
    for (boolean encrypt : new boolean[] {false, true}) {
      assertEquals(
          expected, withoutName(failureOfRank0(Operation.ALL_GATHER, encrypt, byteOfFrame, null)));
    }
  }

  private static String withoutName(CollectiveException failure) {
    assertTrue(failure.getMessage().startsWith("rank 1 (127.0.0.1:"), failure.getMessage());
    return failure.getMessage().replaceFirst("^rank 1 \\([^)]*\\) ", "");
  }

  private static CollectiveException failureOfRank0(
      Operation operation, boolean encrypt, int byteOfFrame, Long step) throws Exception {
    int frame =
        Frame.bytes(operation.format(), FLOATS, encrypt ? Frame.TAG_BYTES : Frame.CHECKSUM_BYTES);
    List<MeshOptions> options = Ranks.options(2, encrypt, Duration.ofSeconds(20));
    long flipped = HANDSHAKE_BYTES + 2L * frame + byteOfFrame;
    try (BitFlippingRelay relay =
        new BitFlippingRelay(options.get(0).addresses().get(0), flipped)) {
      List<CollectiveException> failures =
          Ranks.failures(
              Ranks.with(options, 1, of -> through(of, relay.address())),
              of -> {
                try (Mesh mesh = Mesh.open(of, Set.of(1 - of.rank()))) {
                  if (step != null) {
                    mesh.step(step);
                  }
                  exchange(mesh, operation);
                }
                return null;
              });
      return failures.get(0);
    }
  }

  private static void exchange(Mesh mesh, Operation operation) {
    mesh.begin();
    Peer peer = mesh.peer(1 - mesh.rank());
    float[] values = new float[FLOATS];
    peer.send(new FiveFrames(operation));
    for (int i = 0; i < 5; i++) {
      peer.receive(operation, values, 0, FLOATS);
    }
    mesh.end(operation);
  }

  private static MeshOptions through(MeshOptions of, InetSocketAddress relay) {
    List<InetSocketAddress> addresses = new ArrayList<>(of.addresses());
    addresses.set(0, relay);
    return new MeshOptions(
        of.rank(),
        addresses,
        of.server(),
        of.secret(),
        of.jobId(),
        of.attempt(),
        of.encrypt(),
        of.connectTimeout(),
        of.timeout());
  }

  private record FiveFrames(Operation operation) implements Outgoing {
    @Override
    public void writeTo(FrameWriter writer) throws IOException {
      float[] values = new float[FLOATS];
      for (int i = 0; i < 5; i++) {
        writer.write(operation, values, 0, FLOATS);
      }
    }
  }

  /** Without the flipped bit the same exchange succeeds. */
  @Test
  void theRelayAloneDisturbsNothing() throws Exception {
    assertEquals(null, failureOfRank0(Operation.ALL_GATHER, false, 1 << 20, 12L));
  }
}
