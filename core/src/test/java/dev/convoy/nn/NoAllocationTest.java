package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.RecommendedJvmOptions;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;
import dev.convoy.optim.Optimizers;
import dev.convoy.optim.ParameterRange;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.ChildJvm;
import dev.convoy.zoo.Zoo;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training step of two workers allocates nothing in either once the JIT has compiled it; before
 * that, the vector API's objects are real. So the JVM's own counters have to come to rest.
 *
 * <p>In a JVM of its own with the settings of an executor: where other tests had the kernels
 * compiled for other shapes, the JIT at times keeps objects.
 */
class NoAllocationTest {
  private static final int NODES = 2;
  private static final int MICROBATCH = 8;
  private static final int STEPS = 100;
  private static final int MOST_ROUNDS = 120;

  private static final ThreadMXBean COUNTER = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"lenet5-modern", "lenet5"})
  void aTrainingStepAllocatesNothing(String name) {
    List<String> settings = new ArrayList<>(RecommendedJvmOptions.SETTINGS);
    settings.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    String printed = ChildJvm.run(ChildJvm.thisHome(), settings, Main.class, name);
    assertTrue(
        Long.parseLong(printed) < STEPS,
        () -> printed + " bytes in " + STEPS + " steps at the least");
  }

  /** Prints the bytes that both workers allocate in a round of steps, the fewest of all rounds. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      String name = arguments[0];
      try (ThreadTeam team = new ThreadTeam(2)) {
        Steps steps =
            new Steps(
                Zoo.named(name).classes(10).build(),
                Losses.of(Zoo.named(name).loss(), Losses.Settings.ofConstant(20)),
                team);
        long[] threads = new long[team.count()];
        team.run(worker -> threads[worker.index()] = Thread.currentThread().getId());
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && fewest >= STEPS; round++) {
          long before = allocated(threads);
          for (int step = 0; step < STEPS; step++) {
            steps.run();
          }
          fewest = Math.min(fewest, allocated(threads) - before);
        }
        System.out.println(fewest);
      }
    }
  }

  private static long allocated(long[] threads) {
    long sum = 0;
    for (long thread : threads) {
      sum += COUNTER.getThreadAllocatedBytes(thread);
    }
    return sum;
  }

  private static final class Steps {
    private final ThreadTeam team;
    private final Loss loss;
    private final Replica replica;
    private final int[] labels = new int[MICROBATCH];
    private final Tensor[] logits = new Tensor[NODES];
    private final Tensor[] gradients = new Tensor[NODES];
    private final Pass[] passes;
    private final Optimizer optimizer;
    private final OptimizerShard slice;
    private final int length;
    private final ThreadTeam.Program program = this::work;

    Steps(Network network, Loss loss, ThreadTeam team) {
      this.team = team;
      this.loss = loss;
      int images = NODES * MICROBATCH;
      replica =
          Replica.training(network, KernelChoice.of("vector").kernels(), images, team.count());
      for (int node = 0; node < NODES; node++) {
        logits[node] = replica.logits().from(node * MICROBATCH, MICROBATCH);
        gradients[node] = replica.logitsGradient().from(node * MICROBATCH, MICROBATCH);
      }
      float[] weights = network.initialWeights(1);
      float[] sum = new float[weights.length];
      length = weights.length;
      slice = OptimizerShard.whole(weights, sum, new float[length]);
      optimizer =
          Optimizers.of("sgd", Optimizers.Settings.of(0.9, 1e-4), ParameterRange.of(network));
      passes = new Pass[team.count()];
      List<VirtualNodeTree> trees = List.of(new VirtualNodeTree(0, NODES, MICROBATCH));
      long[] keys = new long[images];
      try {
        team.run(
            worker ->
                passes[worker.index()] =
                    new Pass(worker, images, NODES, weights, trees, List.of(sum), keys));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    void run() throws Exception {
      team.run(program);
    }

    private void work(Worker worker) {
      Pass pass = passes[worker.index()];
      replica.forward(pass);
      for (int node = worker.from(NODES); node < worker.to(NODES); node++) {
        loss.evaluate(MICROBATCH, logits[node], labels, gradients[node]);
      }
      worker.barrier();
      replica.backward(pass);
      int lines = length / 16;
      optimizer.update(slice, 16 * worker.from(lines), 16 * worker.to(lines), 1e-6f);
    }
  }
}
