package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.WireFormat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final int LENGTH = 3_000_000;

  @Test
  void aRankThatDiesIsNamed() throws Exception {
    List<MeshOptions> options = Ranks.options(3, false, Duration.ofSeconds(20));
    List<CollectiveException> failures =
        Ranks.failures(
            options,
            of -> {
              try (Collective collective = Collective.open(of, LENGTH, 4)) {
                if (of.rank() != 1) {
                  reduceScatter(collective);
                }
              }
              return null;
            });
    assertClosed(options, failures.get(0));
    assertClosed(options, failures.get(2));
  }

  /** The first to notice closes too, so the other may see either of them go. */
  private static void assertClosed(List<MeshOptions> options, CollectiveException failure) {
    assertEquals(CollectiveException.Kind.CLOSED, failure.kind());
    assertEquals(Operation.REDUCE_SCATTER, failure.operation());
    assertEquals(
        options.get(0).name(failure.peer()) + " closed the connection during reduce-scatter",
        failure.getMessage());
  }

  @Test
  void ofTwoRanksTheDeadOneIsNamed() throws Exception {
    List<MeshOptions> options = Ranks.options(2, true, Duration.ofSeconds(20));
    List<CollectiveException> failures =
        Ranks.failures(
            options,
            of -> {
              try (Collective collective = Collective.open(of, LENGTH, 4)) {
                if (of.rank() == 0) {
                  collective.allGather(new float[LENGTH]);
                }
              }
              return null;
            });
    assertEquals(
        options.get(0).name(1) + " closed the connection during all-gather",
        failures.get(0).getMessage());
  }

  /** Returns the failures of ranks that add, while rank 1 is connected and does nothing. */
  private static List<CollectiveException> withSilentRank1(List<MeshOptions> options)
      throws Exception {
    CountDownLatch others = new CountDownLatch(options.size() - 1);
    return Ranks.failures(
        options,
        of -> {
          try (Collective collective = Collective.open(of, 8000, 4)) {
            if (of.rank() == 1) {
              assertTrue(others.await(20, TimeUnit.SECONDS));
            } else {
              try {
                reduceScatter(collective);
              } finally {
                others.countDown();
              }
            }
          }
          return null;
        });
  }

  @Test
  void aSilentRankIsNamedByEveryOther() throws Exception {
    List<MeshOptions> options = Ranks.options(3, false, Duration.ofSeconds(1));
    List<CollectiveException> failures = withSilentRank1(options);
    for (int rank : new int[] {0, 2}) {
      CollectiveException failure = failures.get(rank);
      assertEquals(CollectiveException.Kind.SILENT, failure.kind());
      assertEquals(1, failure.peer());
      assertEquals(
          options.get(0).name(1) + " was silent for 1.0 s during reduce-scatter: it sent nothing",
          failure.getMessage());
    }
  }

  /** Rank 1's partners of halving are 0 and 3; rank 2 waits for 0, which has done nothing wrong. */
  @Test
  void inHalvingASilentRankIsNamedByItsPartners() throws Exception {
    List<MeshOptions> options = Ranks.options(4, false, Duration.ofSeconds(1));
    List<CollectiveException> failures = withSilentRank1(options);
    for (int rank : new int[] {0, 3}) {
      assertEquals(
          options.get(0).name(1) + " was silent for 1.0 s during reduce-scatter: it sent nothing",
          failures.get(rank).getMessage());
    }
    assertEquals(0, failures.get(2).peer());
  }

  @Test
  void inHalvingADeadRankEndsAllOthers() throws Exception {
    List<MeshOptions> options = Ranks.options(8, false, Duration.ofSeconds(20));
    List<CollectiveException> failures =
        Ranks.failures(
            options,
            of -> {
              try (Collective collective = Collective.open(of, LENGTH, 8)) {
                if (of.rank() != 5) {
                  reduceScatter(collective);
                }
              }
              return null;
            });
    for (int rank = 0; rank < 8; rank++) {
      if (rank != 5) {
        assertClosed(options, failures.get(rank));
      }
    }
    assertEquals(5, failures.get(4).peer());
  }

  @Test
  void aRankThatTakesNothingIsNamed() throws Exception {
    List<MeshOptions> options = Ranks.options(2, false, Duration.ofMillis(500));
    CountDownLatch other = new CountDownLatch(1);
    List<CollectiveException> failures =
        Ranks.failures(
            options,
            of -> {
              try (Collective collective = Collective.open(of, 8000, 4)) {
                if (of.rank() == 1) {
                  assertTrue(other.await(20, TimeUnit.SECONDS));
                } else {
                  float[] values = new float[8_000_000];
                  List<Range> onlyMine =
                      List.of(new Range(0, values.length), new Range(values.length, values.length));
                  try {
                    collective.allGather(values, onlyMine);
                  } finally {
                    other.countDown();
                  }
                }
              }
              return null;
            });
    assertEquals(
        options.get(0).name(1)
            + " was silent for 0.5 s during all-gather: it took nothing of what was sent to it",
        failures.get(0).getMessage());
  }

  @Test
  void slowIsNotSilent() throws Exception {
    List<MeshOptions> options = Ranks.options(2, false, Duration.ofMillis(600));
    Ranks.run(
        options,
        of -> {
          try (Collective collective = Collective.open(of, 8000, 2)) {
            for (int step = 0; step < 5; step++) {
              Thread.sleep(of.rank() == 1 ? 250 : 0);
              reduceScatter(collective);
            }
          }
          return null;
        });
  }

  @Test
  void ranksOutOfStepFindOut() throws Exception {
    List<MeshOptions> options = Ranks.options(2, false, Duration.ofSeconds(20));
    List<CollectiveException> failures =
        Ranks.failures(
            options,
            of -> {
              try (Collective collective = Collective.open(of, 2048, 2)) {
                if (of.rank() == 0) {
                  reduceScatter(collective);
                } else {
                  collective.allGather(new float[2048]);
                }
              }
              return null;
            });
    assertTrue(
        failures.stream()
            .filter(failure -> failure != null)
            .map(CollectiveException::getMessage)
            .anyMatch(message -> message.contains("with 1024 floats was due")),
        failures.toString());
  }

  @Test
  void ranksWithOtherBucketsOrLengthsAreRefused() throws Exception {
    for (Buckets other : List.of(Buckets.of(5000, 1024), Buckets.single(4999))) {
      List<MeshOptions> options = Ranks.options(2, false, Duration.ofSeconds(20));
      List<CollectiveException> failures =
          Ranks.failures(
              options,
              of -> {
                Buckets cut = of.rank() == 0 ? Buckets.of(5000, 2048) : other;
                Collective.open(of, cut, 2).close();
                return null;
              });
      assertEquals(CollectiveException.Kind.REFUSED, failures.get(1).kind());
      assertEquals(
          options.get(0).name(1)
              + " exchanges "
              + other.sizes()
              + ", wire float32"
              + ", but "
              + options.get(0).name(0)
              + " exchanges 5,000 floats in 3 buckets of up to 2,048, wire float32; all ranks"
              + " must exchange"
              + " the same",
          failures.get(0).getMessage());
    }
  }

  @Test
  void ranksWithAnotherWireAreRefused() throws Exception {
    List<MeshOptions> options = Ranks.options(2, false, Duration.ofSeconds(20));
    List<CollectiveException> failures =
        Ranks.failures(
            options,
            of -> {
              WireFormat wire = of.rank() == 0 ? WireFormat.FLOAT32 : WireFormat.BFLOAT16;
              CollectivePlan plan =
                  new CollectivePlan(new VirtualNodes(2, 2), Buckets.of(5000, 2048), wire);
              Collective.open(of, plan, Rounding.NONE).close();
              return null;
            });
    String expected =
        "rank %d (%s) exchanges 5,000 floats in 3 buckets of up to 2,048, wire %s, but rank %d (%s)"
            + " exchanges 5,000 floats in 3 buckets of up to 2,048, wire %s; all ranks must exchange"
            + " the same";
    String zero = options.get(0).name(0).replaceAll(".*\\(|\\)", "");
    String one = options.get(0).name(1).replaceAll(".*\\(|\\)", "");
    assertEquals(
        expected.formatted(1, one, "bfloat16", 0, zero, "float32"), failures.get(0).getMessage());
    assertEquals(
        expected.formatted(0, zero, "float32", 1, one, "bfloat16"), failures.get(1).getMessage());
    assertEquals(CollectiveException.Kind.REFUSED, failures.get(0).kind());
    assertEquals(CollectiveException.Kind.REFUSED, failures.get(1).kind());
  }

  @Test
  void anInterruptEndsTheWaiting() throws Exception {
    List<MeshOptions> options = Ranks.options(2, false, Duration.ofSeconds(20));
    CountDownLatch other = new CountDownLatch(1);
    List<CollectiveException> failures =
        Ranks.failures(
            options,
            of -> {
              try (Collective collective = Collective.open(of, 8000, 2)) {
                if (of.rank() == 1) {
                  assertTrue(other.await(20, TimeUnit.SECONDS));
                } else {
                  Thread.currentThread().interrupt();
                  try {
                    reduceScatter(collective);
                  } finally {
                    assertTrue(Thread.interrupted());
                    other.countDown();
                  }
                }
              }
              return null;
            });
    assertEquals(CollectiveException.Kind.INTERRUPTED, failures.get(0).kind());
  }

  @Test
  void aFailedMeshStaysFailed() throws Exception {
    List<MeshOptions> options = Ranks.options(2, false, Duration.ofSeconds(20));
    Ranks.run(
        options,
        of -> {
          try (Collective collective = Collective.open(of, 8000, 2)) {
            if (of.rank() == 0) {
              CollectiveException first =
                  assertThrows(CollectiveException.class, () -> reduceScatter(collective));
              CollectiveException second =
                  assertThrows(CollectiveException.class, () -> reduceScatter(collective));
              assertEquals(first, second);
            }
          }
          return null;
        });
  }

  @Test
  void aClosedMeshSaysSo() {
    Collective collective = Collective.open(MeshOptions.singleRank(), 1000, 2);
    collective.close();
    assertEquals(
        "the mesh is closed",
        assertThrows(IllegalStateException.class, () -> reduceScatter(collective)).getMessage());
  }

  private static void reduceScatter(Collective collective) {
    int subtrees = collective.virtualNodes().subtrees(collective.rank()).size();
    float[] gradient = new float[collective.buckets().length()];
    collective.reduceScatter(
        0,
        java.util.Collections.nCopies(subtrees, gradient),
        new float[collective.slice(0).length()]);
  }
}
