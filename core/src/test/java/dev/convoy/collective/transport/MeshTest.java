package dev.convoy.collective.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.collective.Ranks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshTest {

  @Test
  void aRankWithAnotherSecretIsRefused() throws Exception {
    assertRefused(
        of ->
            copy(
                of,
                Secret.of("quite another secret".getBytes(StandardCharsets.UTF_8)),
                of.jobId(),
                of.attempt(),
                of.encrypt()));
  }

  @Test
  void aRankOfAnotherJobIsRefused() throws Exception {
    assertRefused(of -> copy(of, of.secret(), "job-2", of.attempt(), of.encrypt()));
  }

  @Test
  void aRankOfAnotherAttemptIsRefused() throws Exception {
    assertRefused(of -> copy(of, of.secret(), of.jobId(), of.attempt() + 1, of.encrypt()));
  }

  @Test
  void aRankThatDoesNotEncryptIsRefused() throws Exception {
    assertRefused(of -> copy(of, of.secret(), of.jobId(), of.attempt(), !of.encrypt()));
  }

  private static void assertRefused(UnaryOperator<MeshOptions> change) throws Exception {
    List<MeshOptions> options = new ArrayList<>();
    for (MeshOptions of : Ranks.options(2, true, Duration.ofSeconds(20))) {
      options.add(withConnectTimeout(of, Duration.ofMillis(700)));
    }
    List<CollectiveException> failures =
        Ranks.failures(
            Ranks.with(options, 1, change),
            of -> {
              Mesh.open(of).close();
              return null;
            });
    assertEquals(CollectiveException.Kind.REFUSED, failures.get(1).kind());
    assertEquals(
        options.get(0).name(0)
            + " does not prove that it knows this job's secret: its secret, job, attempt, number of"
            + " ranks or encryption differs",
        failures.get(1).getMessage());
    assertTrue(
        failures
            .get(0)
            .getMessage()
            .startsWith(
                options.get(0).name(1)
                    + " did not connect to "
                    + options.get(0).name(0)
                    + " within 0.7 s; the last one refused, /127.0.0.1:"),
        failures.get(0).getMessage());
  }

  @Test
  void unknownPeersDoNotDisturb() throws Exception {
    List<MeshOptions> options = Ranks.options(3, false, Duration.ofSeconds(20));
    List<Socket> unknownPeers = new ArrayList<>();
    Random random = new Random(1);
    try {
      for (MeshOptions of : options) {
        for (int i = 0; i < 12; i++) {
          Socket unknownPeer = new Socket();
          unknownPeer.connect(of.addresses().get(of.rank()));
          unknownPeers.add(unknownPeer);
          byte[] garbage = new byte[i % 3 == 0 ? 0 : 1 << i];
          random.nextBytes(garbage);
          unknownPeer.getOutputStream().write(garbage);
          if (i % 4 == 3) {
            unknownPeer.close();
          }
        }
      }
      long started = System.nanoTime();
      Ranks.run(
          options,
          of -> {
            try (Collective collective = Collective.open(of, 100, 4)) {
              float[] values = new float[3];
              values[of.rank()] = of.rank() + 1;
              collective.allGather(
                  values, List.of(new Range(0, 1), new Range(1, 2), new Range(2, 3)));
              assertEquals(List.of(1f, 2f, 3f), List.of(values[0], values[1], values[2]));
            }
            return null;
          });
      assertTrue(System.nanoTime() - started < Duration.ofSeconds(4).toNanos(), "waited");
    } finally {
      for (Socket unknownPeer : unknownPeers) {
        unknownPeer.close();
      }
    }
  }

  /** Many more than have their turn at once, each of which may be silent for seconds. */
  @Test
  void aFloodOfSilentConnectionsDoesNotKeepRanksOut() throws Exception {
    List<MeshOptions> options = Ranks.options(2, false, Duration.ofSeconds(20));
    List<Socket> flood = Collections.synchronizedList(new ArrayList<>());
    InetSocketAddress target = options.get(0).addresses().get(0);
    Thread flooding =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 400; i++) {
                  Socket silent = new Socket();
                  flood.add(silent);
                  silent.connect(target, 2_000);
                }
              } catch (IOException over) {
                // The ranks are connected, and listen no longer.
                assertFalse(flood.isEmpty());
              }
            });
    try {
      flooding.start();
      while (flood.size() < 40) {
        Thread.sleep(1);
      }
      long started = System.nanoTime();
      Ranks.run(
          options,
          of -> {
            if (of.rank() == 1) {
              Thread.sleep(500); // until after the flood
            }
            Mesh.open(of).close();
            return null;
          });
      assertTrue(System.nanoTime() - started < Duration.ofSeconds(5).toNanos(), "waited");
    } finally {
      flooding.join();
      for (Socket silent : flood) {
        silent.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ranksThatExchangeOtherVectorsAreRefusedAtOnce(boolean encrypt) throws Exception {
    String usual = "61,706 floats in buckets of 1,024, wire float32";
    String other = "61,706 floats in buckets of 2,048, wire float32";
    List<MeshOptions> options =
        Ranks.options(2, encrypt, Duration.ofSeconds(20)).stream()
            .map(of -> of.exchanging(of.rank() == 0 ? usual : other))
            .toList();
    long started = System.nanoTime();
    List<CollectiveException> failures =
        Ranks.failures(
            options,
            of -> {
              Mesh.open(of).close();
              return null;
            });
    assertTrue(System.nanoTime() - started < Duration.ofSeconds(5).toNanos(), "waited");
    for (int rank = 0; rank < 2; rank++) {
      assertEquals(CollectiveException.Kind.REFUSED, failures.get(rank).kind());
      assertEquals(
          options.get(0).name(1 - rank)
              + " exchanges "
              + (rank == 0 ? other : usual)
              + ", but "
              + options.get(0).name(rank)
              + " exchanges "
              + (rank == 0 ? usual : other)
              + "; all ranks must exchange the same",
          failures.get(rank).getMessage());
    }
  }

  @Test
  void whatRanksExchangeIsShortAndPrintable() {
    MeshOptions options = MeshOptions.singleRank();
    assertEquals("~".repeat(200), options.exchanging("~".repeat(200)).exchange());
    for (String wrong : List.of("", "a".repeat(201), "two\nlines", "\u00e4")) {
      assertEquals(
          "what ranks exchange is said in 1 to 200 printable characters of ASCII, got '"
              + wrong
              + "'",
          assertThrows(IllegalArgumentException.class, () -> options.exchanging(wrong))
              .getMessage());
    }
  }

  /** Returns the neighbours in a hypercube: rank xor 1, 2, 4, … */
  private static Set<Integer> neighbours(MeshOptions of) {
    Set<Integer> neighbours = new HashSet<>();
    for (int bit = 1; bit < of.ranks(); bit *= 2) {
      neighbours.add(of.rank() ^ bit);
    }
    return neighbours;
  }

  @ParameterizedTest
  @CsvSource({"8, false", "8, true", "64, false"})
  void aRankConnectsToItsPartnersAlone(int ranks, boolean encrypt) throws Exception {
    long started = System.nanoTime();
    while (senders() > 0) {
      Thread.sleep(10); // Those of another test's meshes, which are closed, are about to end.
      assertTrue(System.nanoTime() - started < Duration.ofSeconds(10).toNanos(), "does not end");
    }
    CyclicBarrier open = new CyclicBarrier(ranks);
    List<Long> threads =
        Ranks.run(
            ranks,
            encrypt,
            of -> {
              try (Mesh mesh = Mesh.open(of, neighbours(of))) {
                open.await(20, TimeUnit.SECONDS);
                long senders = senders();
                open.await(20, TimeUnit.SECONDS);
                float[] received = new float[1];
                mesh.begin();
                for (int partner : neighbours(of)) {
                  mesh.peer(partner).send(new OneFloat(of.rank()));
                  mesh.peer(partner).receive(Operation.ALL_GATHER, received, 0, 1);
                  mesh.peer(partner).awaitSent(Operation.ALL_GATHER);
                  assertEquals(partner, received[0]);
                }
                mesh.end(Operation.ALL_GATHER);
                return senders;
              }
            });
    long partners = Integer.numberOfTrailingZeros(ranks);
    threads.forEach(count -> assertEquals(ranks * partners, count));
    assertTrue(System.nanoTime() - started < Duration.ofSeconds(10).toNanos(), "took too long");
  }

  private static long senders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("convoy-send-"))
        .count();
  }

  /** A frame of one float. */
  private record OneFloat(float value) implements Outgoing {
    @Override
    public Operation operation() {
      return Operation.ALL_GATHER;
    }

    @Override
    public void writeTo(FrameWriter writer) throws IOException {
      writer.write(operation(), new float[] {value}, 0, 1);
    }
  }

  @Test
  void aRankThatIsNoPartnerIsNamed() throws Exception {
    List<MeshOptions> options = Ranks.options(3, false, Duration.ofSeconds(20));
    Ranks.run(
        options,
        of -> {
          try (Mesh mesh = Mesh.open(of, of.rank() == 1 ? Set.of(0, 2) : Set.of(1))) {
            if (of.rank() != 1) {
              int other = 2 - of.rank();
              assertEquals(
                  of.name(other) + " is no partner of " + of.name(of.rank()),
                  assertThrows(IllegalStateException.class, () -> mesh.peer(other)).getMessage());
            }
          }
          return null;
        });
  }

  @Test
  void onlyOtherRanksArePartners() throws Exception {
    for (int wrong : new int[] {-1, 0, 2}) {
      MeshOptions options = Ranks.options(2, false, Duration.ofSeconds(20)).get(0);
      assertEquals(
          "rank 0 of 2 cannot have rank " + wrong + " as a partner",
          assertThrows(IllegalArgumentException.class, () -> Mesh.open(options, Set.of(wrong)))
              .getMessage());
      assertFalse(options.server().isOpen());
    }
  }

  @Test
  void aRankThatIsNoPartnerIsRefused() throws Exception {
    List<MeshOptions> options = new ArrayList<>();
    for (MeshOptions of : Ranks.options(3, false, Duration.ofSeconds(20))) {
      options.add(withConnectTimeout(of, Duration.ofMillis(700)));
    }
    List<CollectiveException> failures =
        Ranks.failures(
            options,
            of -> {
              Mesh.open(of, of.rank() == 0 ? Set.of(1) : Set.of(0)).close();
              return null;
            });
    assertNull(failures.get(0));
    assertNull(failures.get(1));
    assertEquals(0, failures.get(2).peer());
  }

  @Test
  void memoryGrowsWithThePartners() {
    assertEquals(0, Mesh.offHeapBytes(0, true));
    long one = Mesh.offHeapBytes(1, true);
    assertEquals(2 * (Mesh.offHeapBytes(2, true) - one), Mesh.offHeapBytes(3, true) - one);
    assertTrue(Mesh.offHeapBytes(10, false) < Mesh.offHeapBytes(10, true));
    assertEquals(0, Mesh.heapBytes(10, false));
    assertEquals(3 * Mesh.heapBytes(1, true), Mesh.heapBytes(3, true));
  }

  @Test
  void aMissingRankIsNamed() throws Exception {
    List<MeshOptions> options = Ranks.options(3, false, Duration.ofSeconds(20));
    MeshOptions first = withConnectTimeout(options.get(0), Duration.ofMillis(300));
    CollectiveException failure = assertThrows(CollectiveException.class, () -> Mesh.open(first));
    assertEquals(
        first.name(1)
            + ", "
            + first.name(2)
            + " did not connect to "
            + first.name(0)
            + " within 0.3 s",
        failure.getMessage());
    assertFalse(first.server().isOpen());
    options.get(1).server().close();
    options.get(2).server().close();
  }

  @Test
  void aRankThatDoesNotListenIsNamed() throws Exception {
    List<MeshOptions> options = Ranks.options(2, false, Duration.ofSeconds(20));
    options.get(0).server().close();
    CollectiveException failure =
        assertThrows(CollectiveException.class, () -> Mesh.open(options.get(1)));
    assertEquals(CollectiveException.Kind.UNREACHABLE, failure.kind());
    assertTrue(
        failure.getMessage().startsWith("cannot connect to " + options.get(0).name(0) + ": "),
        failure.getMessage());
  }

  @Test
  void aRankThatListensButDoesNotAnswerIsNamed() throws Exception {
    List<MeshOptions> options = Ranks.options(2, false, Duration.ofSeconds(20));
    MeshOptions second = withConnectTimeout(options.get(1), Duration.ofMillis(300));
    CollectiveException failure = assertThrows(CollectiveException.class, () -> Mesh.open(second));
    assertEquals(
        second.name(0) + " did not answer within 0.3 s during connect", failure.getMessage());
    options.get(0).server().close();
  }

  @Test
  void aPortRangeIsUsedUpInOrder() throws IOException {
    try (ServerSocketChannel any = Listener.bind("127.0.0.1", PortRange.ANY)) {
      int port = ((InetSocketAddress) any.getLocalAddress()).getPort();
      IOException inUse =
          assertThrows(
              IOException.class, () -> Listener.bind("127.0.0.1", new PortRange(port, port)));
      assertEquals(
          "cannot listen on 127.0.0.1, port " + port + ": Address already in use",
          inUse.getMessage());
      int last = Math.min(65535, port + 20);
      try (ServerSocketChannel next = Listener.bind("127.0.0.1", new PortRange(port, last))) {
        assertTrue(((InetSocketAddress) next.getLocalAddress()).getPort() > port);
      }
    }
    assertNotNull(
        assertThrows(
            IOException.class, () -> Listener.bind("no-such-host.invalid", PortRange.ANY)));
  }

  @Test
  void portRangesAreReadFromText() {
    assertEquals(PortRange.ANY, PortRange.parse("0"));
    assertEquals(new PortRange(40000, 40000), PortRange.parse("40000"));
    assertEquals(new PortRange(40000, 40099), PortRange.parse(" 40000-40099 "));
    for (String wrong : List.of("", "a", "-1", "2-1", "1-65536", "0-5")) {
      assertThrows(IllegalArgumentException.class, () -> PortRange.parse(wrong));
    }
  }

  @Test
  void secretsAreLongEnoughAndHidden() {
    assertEquals(
        "the job's secret has 15 bytes, at least 16 are needed",
        assertThrows(IllegalArgumentException.class, () -> Secret.of(new byte[15])).getMessage());
    assertEquals("Secret[hidden]", Secret.of(Secret.random()).toString());
  }

  private static MeshOptions copy(
      MeshOptions of, Secret secret, String jobId, int attempt, boolean encrypt) {
    return new MeshOptions(
        of.rank(),
        of.addresses(),
        of.server(),
        secret,
        jobId,
        attempt,
        encrypt,
        of.connectTimeout(),
        of.timeout());
  }

  private static MeshOptions withConnectTimeout(MeshOptions of, Duration timeout) {
    return new MeshOptions(
        of.rank(),
        of.addresses(),
        of.server(),
        of.secret(),
        of.jobId(),
        of.attempt(),
        of.encrypt(),
        timeout,
        of.timeout());
  }
}
