package dev.convoy.concurrent;

/**
 * A fixed number of persistent threads that run one program together, each as one {@link Worker};
 * the calling thread is worker 0. Allocates nothing per run. Used by one thread at a time.
 */
public final class ThreadTeam implements AutoCloseable {
  /** The code that all workers run. */
  @FunctionalInterface
  public interface Program {
    /** Runs as {@code worker}. */
    void run(Worker worker) throws Exception;
  }

  private final Barrier barrier;
  private final Worker[] workers;
  private final Thread[] threads;
  private final int spins;
  private final Object monitor = new Object();

  // Written with the monitor held; read without it only by those who spin.
  private volatile long round;
  private volatile int busy;
  private volatile boolean closed;

  // Guarded by the monitor. Only a worker that is running the program may be interrupted: later,
  // its next program or the caller's own code would see an interrupt that was not meant for them.
  private final boolean[] atWork;
  private Program program;
  private Throwable failure;
  private boolean callerInterrupted;

  /** Starts {@code count - 1} threads. */
  public ThreadTeam(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one worker is needed, not " + count);
    }
    barrier = new Barrier(count);
    spins = Spinning.polls(count);
    workers = new Worker[count];
    threads = new Thread[count];
    atWork = new boolean[count];
    for (int i = 0; i < count; i++) {
      workers[i] = new Worker(i, barrier);
    }
    for (int i = 1; i < count; i++) {
      Worker worker = workers[i];
      threads[i] = new Thread(() -> serve(worker), "convoy-worker-" + i);
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  /** Returns the number of workers. */
  public int count() {
    return workers.length;
  }

  /**
   * Runs the program on all workers and returns when all have ended. If one fails, the workers
   * waiting for it are released and interrupted, and the first failure is thrown.
   *
   * @throws InterruptedException if the caller was interrupted; the others have ended too
   */
  public void run(Program job) throws Exception {
    begin(job);
    work(workers[0], job);
    Throwable first = end();
    if (first != null) {
      barrier.reset();
      rethrow(first);
    }
  }

  private void begin(Program job) {
    synchronized (monitor) {
      if (closed) {
        throw new IllegalStateException("the team is closed");
      }
      program = job;
      failure = null;
      callerInterrupted = false;
      busy = workers.length - 1;
      threads[0] = Thread.currentThread();
      atWork[0] = true;
      round++;
      monitor.notifyAll();
    }
  }

  /** Waits for the others and returns the failure, if there is one. */
  private Throwable end() {
    for (int i = 0; i < spins && busy > 0; i++) {
      Spinning.pause(i);
    }
    synchronized (monitor) {
      while (busy > 0) {
        try {
          monitor.wait();
        } catch (InterruptedException e) {
          // Stop the other workers too, and wait for them: they write to the caller's memory.
          fail(workers[0], e);
        }
      }
      threads[0] = null;
      program = null;
      return failure;
    }
  }

  private void serve(Worker worker) {
    long done = 0;
    while (true) {
      for (int i = 0; i < spins && round == done && !closed; i++) {
        Spinning.pause(i);
      }
      Program job = next(worker, done);
      if (job == null) {
        return;
      }
      done++;
      work(worker, job);
      synchronized (monitor) {
        busy--;
        monitor.notifyAll();
      }
    }
  }

  /** Waits for the next program; returns null once the team is closed. */
  private Program next(Worker worker, long done) {
    synchronized (monitor) {
      while (round == done && !closed) {
        try {
          monitor.wait();
        } catch (InterruptedException e) {
          // Nothing interrupts an idle thread of the team on purpose.
        }
      }
      if (closed) {
        return null;
      }
      atWork[worker.index()] = true;
      // A worker that arrives after a failure must not block on the barrier.
      return failure == null ? program : ThreadTeam::nothing;
    }
  }

  private static void nothing(Worker worker) {}

  private void work(Worker worker, Program job) {
    try {
      job.run(worker);
    } catch (Throwable e) {
      fail(worker, e);
    }
    synchronized (monitor) {
      atWork[worker.index()] = false;
      if (!worker.first() || callerInterrupted) {
        Thread.interrupted();
      }
    }
  }

  private void fail(Worker worker, Throwable e) {
    synchronized (monitor) {
      if (failure != null) {
        return;
      }
      failure = cause(worker, e);
      barrier.breakUp();
      for (int other = 0; other < threads.length; other++) {
        if (other != worker.index() && atWork[other]) {
          threads[other].interrupt();
          callerInterrupted |= other == 0;
        }
      }
    }
  }

  /**
   * Returns the failure to report; the first worker to leave a barrier with an exception was
   * interrupted there.
   */
  private Throwable cause(Worker worker, Throwable e) {
    if (!(e instanceof BrokenTeamException)) {
      return e;
    }
    callerInterrupted |= worker.first();
    InterruptedException interrupt = new InterruptedException("interrupted at a barrier");
    interrupt.initCause(e);
    return interrupt;
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
