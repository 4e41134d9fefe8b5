package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.convoy.collective.Buckets;
import dev.convoy.collective.Buddies;
import dev.convoy.collective.Collective;
import dev.convoy.collective.CollectivePlan;
import dev.convoy.collective.LoopbackRanks;
import dev.convoy.collective.Rounding;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.collective.transport.WireFormat;
import dev.convoy.kernel.RecommendedJvmOptions;
import dev.convoy.loss.Losses;
import dev.convoy.nn.Network;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.ChildJvm;
import dev.convoy.zoo.Zoo;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A training step allocates nothing in any thread once the JIT has compiled it, neither in two
 * workers of one rank nor in two ranks that exchange buckets; before that, the vector API's objects
 * are real. So the JVM's own counters have to come to rest.
 *
 * <p>In a JVM of its own with the settings of an executor: where other tests had the kernels
 * compiled for other shapes, the JIT at times keeps objects. In about one JVM of a hundred it does
 * so all the same, by the order in which it happens to compile; code that allocates does in each.
 */
class NoAllocationTest {
  private static final int NODES = 2;
  private static final int BATCH = 16;
  private static final int BUCKET = 16 * 1024;
  private static final int STEPS = 100;
  private static final int MOST_ROUNDS = 120;
  private static final int MOST_JVMS = 3;

  private static final ThreadMXBean COUNTER = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({"lenet5-modern, 1", "lenet5, 1", "lenet5-modern, 2"})
  void aTrainingStepAllocatesNothing(String name, String ranks) {
    List<String> settings = new ArrayList<>(RecommendedJvmOptions.SETTINGS);
    settings.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    long fewest = Long.MAX_VALUE;
    for (int jvm = 0; jvm < MOST_JVMS && fewest >= STEPS; jvm++) {
      String printed = ChildJvm.run(ChildJvm.thisHome(), settings, Main.class, name, ranks);
      fewest = Math.min(fewest, Long.parseLong(printed));
    }
    String bytes = fewest + " bytes in " + STEPS + " steps at the least";
    assertTrue(fewest < STEPS, bytes);
  }

  /** Prints the bytes that all threads allocate in a round of steps, the fewest of all rounds. */
  static final class Main {
    private static volatile long fewest = Long.MAX_VALUE;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      int ranks = Integer.parseInt(arguments[1]);
      Network network = Zoo.named(arguments[0]).classes(10).build();
      CyclicBarrier together = new CyclicBarrier(ranks);
      LoopbackRanks.run(
          ranks,
          options -> Collective.open(options, plan(network, options.hosts()), Rounding.NONE),
          collective -> train(network, arguments[0], collective, together));
      System.out.println(fewest);
    }

    /** Ranks keep replicas of each other's slices. */
    private static CollectivePlan plan(Network network, List<String> hosts) {
      return new CollectivePlan(
          new VirtualNodes(NODES, hosts.size()),
          Buckets.ofParts(network.backwardParts(), network.vectorLength(), BUCKET),
          WireFormat.FLOAT32,
          Buddies.of(hosts, 1));
    }

    private static int train(
        Network network, String name, Collective collective, CyclicBarrier together)
        throws Exception {
      try (Trainer trainer =
          Trainer.of(network)
              .optimizer(Sgd.of(0.9, 1e-4))
              .loss(Losses.of(Zoo.named(name).loss(), Losses.Settings.ofConstant(20)))
              .batchSize(BATCH)
              .collective(collective)
              .threads(NODES / collective.ranks())
              .batches((step, node, images, labels, keys, at) -> Arrays.fill(labels, 3))
              .build()) {
        for (int round = 0; round < MOST_ROUNDS && fewest >= STEPS; round++) {
          together.await();
          long[] threads = COUNTER.getAllThreadIds();
          together.await();
          long before = allocated(threads);
          for (int step = 0; step < STEPS; step++) {
            trainer.step(1e-6f);
          }
          trainer.await();
          long bytes = allocated(threads) - before;
          together.await();
          if (collective.rank() == 0) {
            fewest = Math.min(fewest, bytes);
          }
          together.await();
        }
      }
      return collective.rank();
    }

    private static long allocated(long[] threads) {
      long sum = 0;
      for (long thread : threads) {
        sum += Math.max(0, COUNTER.getThreadAllocatedBytes(thread));
      }
      return sum;
    }
  }
}
