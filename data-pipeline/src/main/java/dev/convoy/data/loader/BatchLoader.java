package dev.convoy.data.loader;

import dev.convoy.collective.Range;
import dev.convoy.data.Dataset;
import dev.convoy.data.input.CorruptSample;
import dev.convoy.data.input.InputMaker;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.random.CounterRandom;
import dev.convoy.random.RandomStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private final List<InputPipeline> views;
  private final SampleOrder order;
  private final Range nodes;
  private final long firstStep;
  private final CorruptSamplePolicy corruptSamples;
  private final MicrobatchRing ring;
  private final AtomicLong nextNumber = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Begins to load at once.
   *
   * @param dataset stays open when the loader is closed
   * @param views what is made of each sample: one input in training, several where a test averages
   *     over crops
   * @param nodes those of the order's virtual nodes that are loaded
   * @param firstStep counted over all epochs; a resumed run begins at its next step
   */
  public BatchLoader(
      Dataset dataset,
      List<InputPipeline> views,
      SampleOrder order,
      Range nodes,
      long firstStep,
      Prefetch prefetch,
      CorruptSamplePolicy corruptSamples) {
    if (nodes.length() == 0 || nodes.to() > order.virtualNodes() || firstStep < 0) {
      throw new IllegalArgumentException(
          nodes + " from step " + firstStep + " is not among " + order.virtualNodes() + " nodes");
    }
    this.dataset = dataset;
    this.views = List.copyOf(views);
    this.corruptSamples = corruptSamples;
    this.order = order;
    this.nodes = nodes;
    this.firstStep = firstStep;
    this.ring =
        new MicrobatchRing(
            prefetch.steps() * nodes.length(),
            views.get(0).output(),
            order.microbatchSize(),
            views.size());
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
              Locale.ROOT,
              "step %d of virtual node %d is not among the steps from %d to %d of %s",
              step,
              virtualNode,
              firstStep,
              order.steps(),
              nodes));
    }
    return ring.take((step - firstStep) * nodes.length() + virtualNode - nodes.from());
  }

  /** Gives a microbatch's buffer back. */
  public void release(Microbatch batch) {
    ring.release(batch);
  }

  /**
   * Returns the nanoseconds that callers of {@link #take} have waited for data, all threads added
   * up.
   */
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
    InputMaker inputs = new InputMaker(dataset);
    try {
      while (true) {
        long number = nextNumber.getAndIncrement();
        long step = firstStep + number / nodes.length();
        if (step >= order.steps()) {
          return;
        }
        Microbatch batch = ring.claim(number);
        if (batch == null) {
          return;
        }
        fill(batch, step, nodes.from() + (int) (number % nodes.length()), inputs);
        ring.publish(batch);
      }
    } catch (Throwable e) {
      // Errors too: a worker that waits for this thread must learn what ended it.
      ring.fail(e);
    }
  }

  private void fill(Microbatch batch, long step, int virtualNode, InputMaker inputs)
      throws IOException {
    int wanted = order.samples(step, virtualNode, batch.sampleIds());
    int filled = 0;
    for (int i = 0; i < wanted && !ring.isClosed(); i++) {
      int id = batch.sampleIds()[i];
      boolean put = put(id, batch, filled, step, inputs);
      for (int tried = 1; !put && order.fills() && tried < dataset.size(); tried++) {
        put = put((id + tried) % dataset.size(), batch, filled, step, inputs);
      }
      filled += put ? 1 : 0;
    }
    batch.begin(step, virtualNode, filled);
  }

  /** Makes the inputs of a sample, and returns whether that was possible. */
  private boolean put(int id, Microbatch batch, int place, long step, InputMaker inputs)
      throws IOException {
    try {
      batch.labels()[place] = inputs.read(id);
      long augmentation = order.epochKey(step, RandomStream.AUGMENTATION);
      int size = batch.shape().size();
      for (int view = 0; view < views.size(); view++) {
        int at = (place * views.size() + view) * size;
        inputs.make(views.get(view), augmentation, batch.pixels(), at);
      }
    } catch (CorruptSample e) {
      corruptSamples.report(id, e);
      return false;
    }
    batch.sampleIds()[place] = id;
    batch.keys()[place] = CounterRandom.derive(order.epochKey(step, RandomStream.DROPOUT), id);
    return true;
  }
}
