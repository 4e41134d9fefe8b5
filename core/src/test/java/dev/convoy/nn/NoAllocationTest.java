package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Sgd;
import dev.convoy.optim.Slice;
import dev.convoy.zoo.Zoo;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training step allocates nothing once the JIT has compiled it; before that, the vector API's
 * objects are real. So the JVM's own counter has to come to rest.
 */
class NoAllocationTest {
  private static final int IMAGES = 16;
  private static final int STEPS = 200;
  private static final int MOST_ROUNDS = 60;

  private final ThreadMXBean counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"lenet5-modern", "lenet5"})
  void aTrainingStepAllocatesNothing(String name) {
    Network network = Zoo.network(name, 10);
    Replica replica = Replica.training(network, KernelChoice.of("vector").kernels(), IMAGES, 1);
    float[] weights = network.initialWeights(1);
    float[] gradients = new float[weights.length];
    float[] velocity = new float[weights.length];
    int[] labels = new int[IMAGES];
    Loss loss = Losses.of(Zoo.loss(name), 20);
    Optimizer optimizer = new Sgd(0.9f, 1e-4f);
    Pass pass = Pass.alone(IMAGES, weights, gradients);
    Slice slice = Slice.whole(weights, gradients, velocity);

    long fewest = Long.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && fewest >= STEPS; round++) {
      long before = counter.getCurrentThreadAllocatedBytes();
      for (int step = 0; step < STEPS; step++) {
        replica.forward(pass);
        loss.evaluate(IMAGES, replica.logits(), labels, replica.logitsGradient());
        replica.backward(pass);
        optimizer.update(slice, 0, weights.length, 1e-6f);
      }
      fewest = Math.min(fewest, counter.getCurrentThreadAllocatedBytes() - before);
    }
    long bytes = fewest;
    assertTrue(bytes < STEPS, () -> bytes + " bytes in " + STEPS + " steps at the least");
  }
}
