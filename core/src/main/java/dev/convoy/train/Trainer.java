package dev.convoy.train;

import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.collective.Rounding;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.Network;
import dev.convoy.optim.Optimizer;
import java.util.Locale;

/**
 * Trains a network, on one process or as one rank of many: data-parallel stochastic gradient
 * descent whose weights depend on the configuration, the data and the seed, but not on the number
 * of ranks or threads.
 *
 * <pre>{@code
 * Network network = Zoo.named("lenet5-modern").build();
 * try (Trainer trainer = Trainer.of(network).optimizer(Sgd.of(0.9, 5e-4)).batchSize(64).seed(1).build()) {
 *   for (Batch batch : batches) {
 *     Score training = trainer.step(batch, 0.01f);
 *   }
 *   Score test = trainer.evaluate(testImages);
 *   trainer.weights().save(Path.of("lenet5.safetensors"));
 * }
 * }</pre>
 *
 * <p>What a step does is in {@link AllReduce} (synchronous SGD) and {@link Averaging} (local steps
 * with parameter averaging): forward, loss, backward, reduce-scatter, update, all-gather. Used by
 * one thread at a time.
 */
public final class Trainer implements AutoCloseable {
  private final TrainerSettings settings;
  private final Network network;
  private final Kernels kernels;
  private final Loss loss;
  private final ThreadTeam team;
  private final Collective collective;
  private final PushedBatch pushed;
  private final PhaseTimer timer = new PhaseTimer();
  private final VirtualNodeStatistics statistics;
  private final Synchronization synchronization;
  private Evaluator evaluator;
  private long nextStep;
  private boolean closed;

  /** Begins to describe a trainer; {@link TrainerBuilder#build} makes it. */
  public static TrainerBuilder of(Network network) {
    return new TrainerBuilder(network);
  }

  /**
   * @param weights the network's flat vector to begin with, which the trainer owns from now on
   */
  Trainer(TrainerSettings settings, float[] weights) {
    this.settings = settings;
    network = settings.network();
    kernels = settings.kernels();
    loss = settings.loss();
    team = new ThreadTeam(settings.threads());
    collective = settings.openCollective();
    statistics = new VirtualNodeStatistics(settings.virtualNodes(), 1);
    nextStep = settings.firstStep();
    pushed = new PushedBatch(network, settings.batchSize(), settings.seed());
    Synchronization made;
    try {
      made = synchronization(weights);
    } catch (Throwable e) {
      // The caller never gets this trainer, so it cannot close it.
      close();
      throw e;
    }
    synchronization = made;
  }

  private Synchronization synchronization(float[] weights) {
    if (!settings.averages()) {
      return synchronous(weights);
    }
    return settings.firstStep() < settings.averagingFrom()
        ? new PostLocal(settings.averagingFrom(), synchronous(weights), this::averaging)
        : averaging(weights);
  }

  private Synchronization synchronous(float[] weights) {
    int nodes = collective.virtualNodes().block(collective.rank()).length();
    int atOnce = Accumulation.virtualNodesAtOnce(nodes, settings.accumulate());
    boolean inRounds = atOnce < nodes;
    boolean single = collective.ranks() == 1 && !collective.rounds();
    Optimizer optimizer = settings.optimizer();
    GradientLayout layout =
        single
            ? GradientLayouts.ofOwnUpdate(network, optimizer, inRounds)
            : GradientLayouts.ofExchange(
                network, optimizer, collective.buckets(), settings.overlap(), inRounds);
    Rounding rounding = collective.rounding();
    GradientSource batch = gradients(atOnce, layout);
    GradientSource pass =
        collective.rounds()
            ? new RoundedSums(batch, layout, rounding, collective.virtualNodes().unit())
            : batch;
    GradientSource gradients = inRounds ? new Accumulation(pass, atOnce, rounding) : pass;
    return single
        ? new SingleRank(collective, optimizer, team, timer, weights, gradients, layout)
        : new AllReduce(
            collective, optimizer, team, timer, weights, gradients, layout, settings.overlap());
  }

  /** Each virtual node has weights of its own, so they go one by one. */
  private Synchronization averaging(float[] weights) {
    Optimizer optimizer = settings.optimizer();
    GradientLayout layout = GradientLayouts.ofOwnUpdate(network, optimizer, false);
    return new Averaging(
        collective,
        optimizer,
        team,
        timer,
        weights,
        settings.period(),
        settings.lastStep(),
        gradients(1, layout),
        layout);
  }

  /**
   * @param nodesAtOnce virtual nodes that share a forward and a backward pass
   * @param layout of their gradients
   */
  private GradientSource gradients(int nodesAtOnce, GradientLayout layout) {
    int microbatch = settings.microbatch();
    return new BatchGradients(
        settings.replica(nodesAtOnce * microbatch, layout),
        microbatch,
        team.count(),
        settings.source() == null ? pushed : settings.source(),
        loss,
        (node, mean, images, logits, labels) ->
            statistics.record(node, 0, mean, images, logits, labels),
        timer);
  }

  /**
   * Takes one step with microbatches of the source that the trainer was built with. Every rank must
   * call it. Allocates nothing. With several ranks the exchange may go on when it returns; {@link
   * #await} waits for it.
   *
   * @throws Exception what the source throws, or a collective that cannot be completed
   */
  public void step(float learningRate) throws Exception {
    requireOpen();
    synchronization.step(nextStep, learningRate);
    nextStep++;
  }

  /**
   * Waits until the last step is complete on this rank. Only then may anything else use the
   * collective or the weights.
   *
   * @throws RuntimeException if the exchange with another rank could not be completed
   */
  public void await() throws InterruptedException {
    requireOpen();
    synchronization.await();
  }

  /**
   * Makes {@link Synchronization#weights} those that are validated and saved, after {@link #await}.
   * Every rank must call it.
   *
   * @throws RuntimeException if the exchange with another rank could not be completed
   */
  public void gatherWeights() throws InterruptedException {
    requireOpen();
    synchronization.gatherWeights();
  }

  /**
   * Takes one step with a batch in memory.
   *
   * @param batch as many images as {@link TrainerBuilder#batchSize} says
   * @return the loss and accuracy of that batch, before the update
   * @throws IllegalArgumentException if the batch does not fit the network, saying how
   */
  public Score step(Batch batch, float learningRate) {
    requireOpen();
    settings.requireBatches();
    BatchCheck.require(network, batch);
    if (batch.size() != settings.batchSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a batch has %d images, but this trainer was built for batches of %d (batchSize)",
              batch.size(),
              settings.batchSize()));
    }
    statistics.reset();
    pushed.set(batch);
    unchecked(
        () -> {
          step(learningRate);
          await();
        });
    return statistics.total();
  }

  /**
   * Classifies images in memory without training.
   *
   * @throws IllegalArgumentException if the images do not fit the network, saying how
   */
  public Score evaluate(Batch images) {
    requireOpen();
    BatchCheck.require(network, images);
    float[] weights = commonWeights();
    InMemoryImages source = new InMemoryImages(images, settings.microbatch());
    VirtualNodeStatistics[] evaluated = new VirtualNodeStatistics[1];
    unchecked(() -> evaluated[0] = evaluator().evaluate(weights, new Range(0, 1), 1, source));
    return evaluated[0].total();
  }

  private Evaluator evaluator() {
    if (evaluator == null) {
      evaluator = new Evaluator(network, kernels, team, loss, settings.microbatch(), 1);
    }
    return evaluator;
  }

  /** Returns a copy of the weights. If the weights are rounded, every rank must call it. */
  public Weights weights() {
    requireOpen();
    return new Weights(network, commonWeights());
  }

  /** Returns the weights that all virtual nodes have. */
  private float[] commonWeights() {
    if (!synchronization.inStep()) {
      throw new IllegalStateException(
          "between two averages every virtual node has weights of its own; the next average comes"
              + " after a multiple of "
              + settings.period()
              + " steps");
    }
    unchecked(synchronization::gatherWeights);
    return synchronization.weights();
  }

  /** Returns the number of steps taken, those before a resumed run included. */
  public long steps() {
    return nextStep;
  }

  /** Returns what keeps the replicas in step: the weights and the optimizer's state. */
  public Synchronization synchronization() {
    return synchronization;
  }

  /** Returns the loss and accuracy of each virtual node since the statistics were last reset. */
  public VirtualNodeStatistics statistics() {
    return statistics;
  }

  /** Returns how long the steps spend in each phase. */
  public PhaseTimer timer() {
    return timer;
  }

  /** Returns the workers that take the steps. */
  public ThreadTeam team() {
    return team;
  }

  @Override
  public void close() {
    closed = true;
    if (synchronization != null) {
      synchronization.close();
    }
    team.close();
    settings.closeCollective(collective);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this trainer is closed");
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /** Runs what throws no checked exception but an interruption. */
  private static void unchecked(Work work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("training was interrupted", e);
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
