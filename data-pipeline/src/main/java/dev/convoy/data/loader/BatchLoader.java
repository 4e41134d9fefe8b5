package dev.convoy.data.loader;

import dev.convoy.data.Dataset;
import dev.convoy.data.Sample;
import dev.convoy.data.augment.AugmentationPipeline;
import dev.convoy.data.augment.Image;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.Use;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loads the microbatches of a block of virtual nodes, step after step, ahead of those who use them.
 *
 * <p>Any thread may {@link #take} the microbatch of a step and node, once, and then {@link
 * #release}s it. Steps are taken in order, the nodes of a step in any order; whoever holds a
 * microbatch of step s must not wait for one of step s + {@link Prefetch#steps()}, which will use
 * the same buffer. Allocates nothing per step.
 */
public final class BatchLoader implements Closeable {
  private final Dataset dataset;
  private final AugmentationPipeline pipeline;
  private final SampleOrder order;
  private final NodeBlock nodes;
  private final long firstStep;
  private final MicrobatchRing ring;
  private final AtomicLong nextNumber = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Begins to load at once.
   *
   * @param dataset stays open when the loader is closed
   * @param nodes those of the order's virtual nodes that are loaded
   * @param firstStep counted over all epochs; a resumed run begins at its next step
   */
  public BatchLoader(
      Dataset dataset,
      AugmentationPipeline pipeline,
      SampleOrder order,
      NodeBlock nodes,
      long firstStep,
      Prefetch prefetch) {
    if (nodes.to() > order.virtualNodes() || firstStep < 0) {
      throw new IllegalArgumentException(
          nodes + " from step " + firstStep + " is not among " + order.virtualNodes() + " nodes");
    }
    this.dataset = dataset;
    this.pipeline = pipeline;
    this.order = order;
    this.nodes = nodes;
    this.firstStep = firstStep;
    this.ring =
        new MicrobatchRing(
            prefetch.steps() * nodes.count(), pipeline.output(), order.microbatchSize());
    for (int i = 0; i < prefetch.threads(); i++) {
      Thread thread = new Thread(this::load, "batch-loader-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /**
   * Waits for a microbatch and takes it.
   *
   * @throws dev.convoy.data.DataException if the data turned out to be corrupt
   * @throws IOException if it could not be loaded
   * @throws IllegalStateException if it was taken before, or the loader is closed
   */
  public Microbatch take(long step, int virtualNode) throws IOException, InterruptedException {
    if (step < firstStep
        || step >= order.steps()
        || virtualNode < nodes.from()
        || virtualNode >= nodes.to()) {
      throw new IllegalArgumentException(
          String.format(
              "step %d of virtual node %d is not among the steps from %d to %d of %s",
              step, virtualNode, firstStep, order.steps(), nodes));
    }
    return ring.take((step - firstStep) * nodes.count() + virtualNode - nodes.from());
  }

  /** Gives a microbatch's buffer back. */
  public void release(Microbatch batch) {
    ring.release(batch);
  }

  /** Nanoseconds that callers of {@link #take} have waited for data, all threads added up. */
  public long waitNanos() {
    return ring.waitNanos();
  }

  /**
   * Stops loading after the sample at hand and waits until no thread reads the dataset any more.
   * Threads are not interrupted: that would close the files they share with others.
   */
  @Override
  public void close() {
    ring.close();
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void load() {
    Sample sample = new Sample();
    Image work = new Image();
    try {
      while (true) {
        long number = nextNumber.getAndIncrement();
        long step = firstStep + number / nodes.count();
        if (step >= order.steps()) {
          return;
        }
        Microbatch batch = ring.claim(number);
        if (batch == null) {
          return;
        }
        fill(batch, step, nodes.from() + (int) (number % nodes.count()), sample, work);
        ring.publish(batch);
      }
    } catch (Throwable e) {
      // Errors too: a worker that waits for this thread must hear of whatever ended it.
      ring.fail(e);
    }
  }

  private void fill(Microbatch batch, long step, int virtualNode, Sample sample, Image work)
      throws IOException {
    int count = order.samples(step, virtualNode, batch.sampleIds());
    long augmentation = order.epochKey(step, Use.AUGMENTATION);
    long dropout = order.epochKey(step, Use.DROPOUT);
    batch.begin(step, virtualNode, count);
    for (int i = 0; i < count && !ring.isClosed(); i++) {
      int id = batch.sampleIds()[i];
      dataset.read(id, sample);
      batch.keys()[i] = CounterRandom.derive(dropout, id);
      batch.labels()[i] = sample.label();
      pipeline.apply(sample, augmentation, work, batch.pixels(), i * pipeline.output().size());
    }
  }
}
