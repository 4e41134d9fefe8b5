package dev.convoy.train;

import dev.convoy.concurrent.Watermark;
import dev.convoy.concurrent.Worker;
import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.LayerHooks;
import java.util.concurrent.CancellationException;

/**
 * Runs the {@link GradientExchange} of each step on a thread of its own, beside the computation.
 * The hooks between the layers tell it which gradients are complete, hold backward back until the
 * gradients have left that it overwrites, and forward until the weights are there that it reads.
 * Allocates nothing per step.
 *
 * <p>Both directions are counted in floats over all steps: when step s, counted from 0, has
 * completed the gradients from {@code from} on, {@code complete} is {@code (s + 1) * length -
 * from}, and when it has summed them, so is {@code summed}; when it has gathered the weights before
 * {@code to}, {@code gathered} is {@code s * length + to}.
 */
final class BackgroundExchange implements LayerHooks, AutoCloseable {
  /** How long a closed exchange may take to end. */
  private static final long LAST_MILLIS = 10_000;

  private final GradientExchange exchange;
  private final PhaseTimer timer;
  private final GradientLayout layout;
  private final int length;
  private final Thread thread;
  private final Watermark complete = new Watermark(0);
  private final Watermark summed = new Watermark(0);
  private final Watermark gathered = new Watermark(0);

  /**
   * The numbers and learning rates of the last two steps: when the exchange of a step begins, the
   * next step may have begun, too, but not the one after it, which needs this one's weights.
   */
  private final long[] numbers = new long[2];

  private final float[] learningRates = new float[2];

  /** Steps that the workers have begun. */
  private long begun;

  /**
   * @param timer of the workers
   * @param layout of the gradients
   */
  BackgroundExchange(GradientExchange exchange, PhaseTimer timer, GradientLayout layout) {
    this.exchange = exchange;
    this.timer = timer;
    this.layout = layout;
    length = layout.vectorLength();
    thread = new Thread(this::serve, "convoy-exchange");
    thread.setDaemon(true);
    thread.start();
  }

  /** Tells the number and the learning rate of the step that the workers begin. */
  void begin(long number, float learningRate) {
    numbers[(int) (begun % 2)] = number;
    learningRates[(int) (begun % 2)] = learningRate;
    begun++;
  }

  /**
   * Waits until the exchanges of all steps have ended. Only then may others use the collective, or
   * read the weights.
   *
   * @throws RuntimeException what ended an exchange, such as a peer that is gone
   */
  void await() throws InterruptedException {
    long start = System.nanoTime();
    gathered.await(begun * length);
    timer.add(Phase.COMMUNICATION, System.nanoTime() - start);
  }

  @Override
  public void beforeForward(Worker worker, int end) {
    await(worker, gathered, (begun - 2) * length + end, Phase.FORWARD);
  }

  @Override
  public void beforeBackward(Worker worker, int from, int to) {
    await(worker, summed, begun * length - layout.overwrites(from, to), Phase.BACKWARD);
  }

  private void await(Worker worker, Watermark mark, long wanted, Phase waiting) {
    if (mark.isAt(wanted)) {
      return;
    }
    long start = System.nanoTime();
    mark.awaitAsWorker(wanted);
    if (worker.first()) {
      timer.move(waiting, Phase.COMMUNICATION, System.nanoTime() - start);
    }
  }

  @Override
  public void afterBackward(Worker worker, int from, int to) {
    if (worker.first()) {
      complete.raise(begun * length - from);
    }
  }

  /** Ends the thread; an exchange that is under way ends when the collective is closed. */
  @Override
  public void close() {
    complete.fail(new CancellationException("training has ended"));
  }

  /**
   * Returns whether the thread has ended, for which it waits a while once training is closed and
   * the collective, too.
   */
  boolean hasEnded() {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(LAST_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  private final class InBackground implements GradientExchange.Progress {
    private long step;

    @Override
    public void awaitGradients(int from) throws InterruptedException {
      complete.await((step + 1) * length - from);
    }

    @Override
    public long step() {
      return numbers[(int) (step % 2)];
    }

    @Override
    public float learningRate() {
      return learningRates[(int) (step % 2)];
    }

    @Override
    public void summed(int from) {
      summed.raise((step + 1) * length - from);
    }

    @Override
    public void gathered(int to) {
      gathered.raise(step * length + to);
    }
  }

  private void serve() {
    try {
      InBackground progress = new InBackground();
      while (true) {
        exchange.run(progress);
        progress.step++;
      }
    } catch (CancellationException closed) {
      fail(closed);
    } catch (Exception | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    summed.fail(cause);
    gathered.fail(cause);
  }
}
