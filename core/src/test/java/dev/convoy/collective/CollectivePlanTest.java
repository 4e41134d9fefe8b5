package dev.convoy.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CollectivePlanTest {
  private static final Buckets BUCKETS = Buckets.of(25_000_000, 1_000_000);

  @Test
  void aRankIsConnectedToFewOthers() {
    for (int ranks = 1; ranks <= 300; ranks++) {
      CollectivePlan plan = new CollectivePlan(new VirtualNodes(512, ranks), BUCKETS);
      int log = Integer.SIZE - Integer.numberOfLeadingZeros(ranks - 1);
      for (int rank = 0; rank < ranks; rank += 7) {
        int partners = plan.partners(rank).size();
        if (Integer.bitCount(ranks) == 1) {
          assertEquals(log, partners, ranks + " ranks");
        } else {
          assertTrue(partners <= 3 * log + 3, partners + " partners of " + ranks + " ranks");
        }
      }
    }
  }

  @Test
  void connectionsAndThreadsOfARankAreItsPartners() throws Exception {
    int ranks = 16;
    Set<Thread> before = senders();
    CyclicBarrier all = new CyclicBarrier(ranks);
    List<Integer> threads =
        LoopbackRanks.run(
            ranks,
            64,
            ranks,
            collective -> {
              all.await(20, TimeUnit.SECONDS);
              Set<Thread> now = senders();
              now.removeAll(before);
              all.await(20, TimeUnit.SECONDS);
              return now.size();
            });
    for (int together : threads) {
      assertEquals(ranks * 4, together);
    }
  }

  private static Set<Thread> senders() {
    Set<Thread> senders = new HashSet<>(Thread.getAllStackTraces().keySet());
    senders.removeIf(thread -> !thread.getName().startsWith("convoy-send-"));
    return senders;
  }

  @Property(tries = 200)
  void everyElementHasOneOwner(
      @ForAll @IntRange(max = 7) int log,
      @ForAll @IntRange(max = 127) int anyRanks,
      @ForAll @IntRange(max = 300_000) int length,
      @ForAll @IntRange(min = 1, max = 300_000) int bucket) {
    int ranks = 1 + anyRanks % (1 << log);
    Buckets buckets = Buckets.of(length, bucket);
    CollectivePlan plan = new CollectivePlan(new VirtualNodes(1 << log, ranks), buckets);
    List<Range> owned = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      assertEquals(plan.buckets().count(), plan.owned(rank).size());
      owned.addAll(plan.owned(rank));
    }
    owned.removeIf(range -> range.length() == 0);
    owned.sort(Comparator.comparingInt(Range::from));
    int end = 0;
    for (Range range : owned) {
      assertEquals(end, range.from());
      assertEquals(0, range.from() % Slices.ALIGNMENT);
      end = range.to();
    }
    assertEquals(length, end);
  }

  @Test
  void inHalvingTheSlicesOwnersAreInBitReversedOrder() {
    CollectivePlan plan = new CollectivePlan(new VirtualNodes(8, 4), Buckets.single(4096));
    assertEquals(
        List.of(
            new Range(0, 1024),
            new Range(2048, 3072),
            new Range(1024, 2048),
            new Range(3072, 4096)),
        plan.slices(0));
    SortedSet<Integer> partners = new TreeSet<>(List.of(1, 2));
    assertEquals(partners, plan.partners(3));
  }

  @Test
  void aFoldHasAHomeInTheMiddleOfEachSubtree() {
    Fold fold = new Fold(new VirtualNodes(8, 3));
    assertEquals(List.of(0, 1, -1), List.of(fold.homeOf(0), fold.homeOf(1), fold.homeOf(2)));
    assertEquals(
        List.of(new Fold.Part(0, 0, 2), new Fold.Part(0, 1, 1), new Fold.Part(1, 0, 1)),
        fold.parts(0));
    assertEquals(List.of(new Fold.Part(1, 1, 2), new Fold.Part(2, 0, 2)), fold.parts(1));
  }

  @Test
  void everyHomeHasAPartOfItsOwn() {
    for (int nodes = 1; nodes <= 256; nodes *= 2) {
      for (int ranks = 1; ranks <= nodes; ranks++) {
        Fold fold = new Fold(new VirtualNodes(nodes, ranks));
        Set<Integer> homes = new HashSet<>();
        for (int home = 0; home < fold.homes(); home++) {
          int rank = fold.rank(home);
          homes.add(rank);
          assertEquals(home, fold.homeOf(rank));
          assertTrue(fold.parts(home).stream().anyMatch(part -> part.rank() == rank));
        }
        assertEquals(fold.homes(), homes.size());
      }
    }
  }
}
