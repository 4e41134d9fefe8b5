package dev.convoy.concurrent;

/**
 * A fixed number of persistent threads that run one program together, each as one {@link Worker};
 * the calling thread is worker 0. Allocates nothing per run. Used by one thread at a time.
 */
public final class Crew implements AutoCloseable {
  /** What all workers run. */
  @FunctionalInterface
  public interface Program {
    /** Runs as {@code me}. */
    void run(Worker me) throws Exception;
  }

  private final Barrier barrier;
  private final Worker[] workers;
  private final Thread[] threads;
  private final Object monitor = new Object();

  // Guarded by the monitor.
  private long round;
  private int busy;
  private Program program;
  private Throwable failure;
  private boolean closed;

  /** Starts {@code count - 1} threads. */
  public Crew(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one worker is needed, not " + count);
    }
    barrier = new Barrier(count);
    workers = new Worker[count];
    threads = new Thread[count];
    for (int i = 0; i < count; i++) {
      workers[i] = new Worker(i, barrier);
    }
    for (int i = 1; i < count; i++) {
      Worker me = workers[i];
      threads[i] = new Thread(() -> serve(me), "convoy-worker-" + i);
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  /** How many workers there are. */
  public int count() {
    return workers.length;
  }

  /**
   * Runs the program on all workers and returns when all have ended. If one fails, those who wait
   * for it are sent away and interrupted, and the first failure is thrown.
   */
  public void run(Program job) throws Exception {
    synchronized (monitor) {
      if (closed) {
        throw new IllegalStateException("the crew has been dismissed");
      }
      program = job;
      failure = null;
      busy = workers.length - 1;
      threads[0] = Thread.currentThread();
      round++;
      monitor.notifyAll();
    }
    work(workers[0], job);
    Throwable first;
    synchronized (monitor) {
      threads[0] = null;
      while (busy > 0) {
        monitor.wait();
      }
      program = null;
      first = failure;
    }
    if (first != null) {
      barrier.reset();
      // The interrupt of fail() may have come after what it was meant for.
      Thread.interrupted();
      rethrow(first);
    }
  }

  private void serve(Worker me) {
    long done = 0;
    while (true) {
      Program job;
      synchronized (monitor) {
        while (round == done && !closed) {
          try {
            monitor.wait();
          } catch (InterruptedException e) {
            // Meant for a program that has ended meanwhile; there is nothing to stop here.
          }
        }
        if (closed) {
          return;
        }
        done = round;
        job = program;
      }
      work(me, job);
      synchronized (monitor) {
        busy--;
        monitor.notifyAll();
      }
    }
  }

  private void work(Worker me, Program job) {
    try {
      job.run(me);
    } catch (Throwable e) {
      fail(me, e);
    }
  }

  private void fail(Worker me, Throwable e) {
    synchronized (monitor) {
      if (failure != null) {
        return;
      }
      failure = e;
      barrier.breakUp();
      for (int other = 0; other < threads.length; other++) {
        if (other != me.index() && threads[other] != null) {
          threads[other].interrupt();
        }
      }
    }
  }

  private static void rethrow(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    synchronized (monitor) {
      closed = true;
      monitor.notifyAll();
    }
  }
}
