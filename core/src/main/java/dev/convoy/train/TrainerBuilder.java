package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.nn.Network;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Optimizers;
import dev.convoy.optim.ParameterRange;
import dev.convoy.optim.Sgd;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Describes a {@link Trainer}. Only {@link #batchSize} has no default. {@link #build} rejects
 * settings that do not go together, with a sentence that says why.
 */
public final class TrainerBuilder {
  private static final int DEFAULT_VIRTUAL_NODES = 8;

  private final Network network;
  private Kernels kernels;
  private Loss loss = Losses.of("softmax-cross-entropy", new Losses.Settings(0, 0));
  private Function<List<ParameterRange>, Optimizer> optimizer;
  private List<String> frozen = List.of();
  private int batchSize;
  private int virtualNodes = DEFAULT_VIRTUAL_NODES;
  private int threads = Runtime.getRuntime().availableProcessors();
  private long seed = 1;
  private float[] weights;
  private BatchSource source;
  private Collective collective;
  private boolean overlap = true;
  private int accumulate = 1;
  private int period;
  private long averagingFrom;
  private long lastStep = Long.MAX_VALUE;
  private long firstStep;

  TrainerBuilder(Network network) {
    this.network = network;
    optimizer(Sgd.of(0.9, 0));
  }

  /**
   * Sets an optimizer that updates each trained weight on its own; running statistics and frozen
   * layers are taken care of. Default: SGD with a momentum of 0.9.
   */
  public TrainerBuilder optimizer(Optimizer elementwise) {
    return optimizer(ranges -> Optimizers.elementwise(elementwise, ranges));
  }

  /** Sets an optimizer that needs to know the network's parameters, such as LARS. */
  public TrainerBuilder optimizer(Function<List<ParameterRange>, Optimizer> forParameters) {
    optimizer = forParameters;
    return this;
  }

  /** Sets the loss; default: softmax cross-entropy. */
  public TrainerBuilder loss(Loss value) {
    loss = value;
    return this;
  }

  /** Sets how many images a step trains on, over all ranks. */
  public TrainerBuilder batchSize(int images) {
    batchSize = images;
    return this;
  }

  /**
   * Sets into how many equal microbatches a batch is cut, a power of two; default 8. The result
   * depends on this number, never on how many ranks or threads compute the microbatches; batch
   * normalization normalizes each on its own.
   */
  public TrainerBuilder virtualNodes(int count) {
    virtualNodes = count;
    return this;
  }

  /** Sets the number of threads, which changes no bit; default: the number of processors. */
  public TrainerBuilder threads(int count) {
    threads = count;
    return this;
  }

  /** Sets the seed of the initial weights and of dropout; default 1. */
  public TrainerBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Begins with these weights instead of random ones. */
  public TrainerBuilder weights(Weights initial) {
    return weights(initial.vector());
  }

  /** Begins with this flat vector of the network, which the trainer owns from now on. */
  public TrainerBuilder weights(float[] vector) {
    weights = vector;
    return this;
  }

  /** Leaves the parameters of these layers as they are. */
  public TrainerBuilder freeze(List<String> layers) {
    frozen = List.copyOf(layers);
    return this;
  }

  /** Sets the kernels; default: the fastest that this JVM can run. */
  public TrainerBuilder kernels(Kernels implementation) {
    kernels = implementation;
    return this;
  }

  /**
   * Takes microbatches from a source, for {@link Trainer#step(float)}, instead of whole batches
   * from the caller.
   */
  public TrainerBuilder batches(BatchSource microbatches) {
    source = microbatches;
    return this;
  }

  /**
   * Trains as one rank of many. The collective stays the caller's to close; its vector is as long
   * as the network's, and it decides the number of virtual nodes.
   */
  public TrainerBuilder collective(Collective ranks) {
    collective = ranks;
    virtualNodes = ranks.virtualNodes().count();
    return this;
  }

  /**
   * Sets whether the exchange with other ranks runs beside the computation, which changes no bit;
   * default true. A collective whose vector is a single bucket leaves nothing to run beside.
   */
  public TrainerBuilder overlap(boolean value) {
    overlap = value;
    return this;
  }

  /** Computes this rank's virtual nodes in so many rounds, which saves memory; default 1. */
  public TrainerBuilder accumulate(int rounds) {
    accumulate = rounds;
    return this;
  }

  /**
   * Lets every virtual node take local steps and averages their weights (Moritz et al. 2016,
   * "SparkNet"), instead of synchronous SGD.
   *
   * @param steps from one average to the next
   * @param last the number of the whole run's steps; the last one averages too
   */
  public TrainerBuilder averaging(int steps, long last) {
    period = steps;
    lastStep = last;
    return this;
  }

  /**
   * Begins with so many steps of synchronous SGD before the local ones (post-local SGD, Lin et al.
   * 2018); default 0. Only for {@link #averaging}.
   */
  public TrainerBuilder averagingFrom(long synchronousSteps) {
    averagingFrom = synchronousSteps;
    return this;
  }

  /** Goes on after so many steps, which number the random draws and averages that follow. */
  public TrainerBuilder firstStep(long steps) {
    firstStep = steps;
    return this;
  }

  /**
   * Allocates everything that training needs.
   *
   * @throws IllegalArgumentException if the settings do not go together, saying which and why
   */
  public Trainer build() {
    require(batchSize > 0, "batchSize is missing: set how many images a step trains on");
    require(threads > 0, "threads = %d: at least one is needed", threads);
    require(accumulate > 0, "accumulate = %d: at least one round is needed", accumulate);
    require(
        averagingFrom >= 0,
        "averagingFrom = %d: the number of synchronous steps is 0 or more",
        averagingFrom);
    require(period >= 0, "averaging every %d steps: at least one is needed", period);
    require(
        virtualNodes > 0 && Integer.bitCount(virtualNodes) == 1,
        "virtualNodes = %d: expected a power of two (1, 2, 4, 8, …)",
        virtualNodes);
    require(
        batchSize % virtualNodes == 0,
        "a batch of %d images cannot be cut into %d equal microbatches, one for each virtual node;"
            + " set batchSize to a multiple of %d or set fewer virtualNodes",
        batchSize,
        virtualNodes,
        virtualNodes);
    network.requireTrainableOn(batchSize / virtualNodes);
    if (weights != null) {
      require(
          weights.length == network.vectorLength(),
          "the weights are not those of %s: %d floats, expected %d",
          network.name(),
          weights.length,
          network.vectorLength());
    }
    return new Trainer(
        new TrainerSettings(
            network,
            kernels == null ? KernelChoice.available().kernels() : kernels,
            loss,
            optimizer.apply(ParameterRange.of(network, frozen)),
            batchSize,
            virtualNodes,
            threads,
            seed,
            source,
            collective,
            overlap,
            accumulate,
            period,
            averagingFrom,
            lastStep,
            firstStep),
        weights == null ? network.initialWeights(seed) : weights);
  }

  private static void require(boolean condition, String sentence, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, sentence, arguments));
    }
  }
}
