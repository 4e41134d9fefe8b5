package dev.convoy.concurrent;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed number of persistent threads that share the tasks of one step; the calling thread is
 * worker 0. Tasks are begun in ascending order. Which worker gets which task is a matter of timing,
 * so a task's result must not depend on its worker. Allocates nothing per step. Used by one thread
 * at a time.
 */
public final class Workers implements AutoCloseable {
  /** One of a step's tasks. */
  @FunctionalInterface
  public interface Task {
    /** Does task number {@code task} on worker {@code worker}. */
    void run(int worker, int task) throws Exception;
  }

  private final Thread[] helpers;
  private final Thread[] atWork;
  private final AtomicInteger next = new AtomicInteger();
  private final Object monitor = new Object();

  // Guarded by the monitor.
  private long round;
  private int busy;
  private Task task;
  private int tasks;
  private Throwable failure;
  private boolean closed;

  /** Starts {@code count - 1} threads. */
  public Workers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one worker is needed, not " + count);
    }
    helpers = new Thread[count - 1];
    atWork = new Thread[count];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = new Thread(() -> help(worker), "convoy-worker-" + worker);
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  /** How many workers there are. */
  public int count() {
    return atWork.length;
  }

  /**
   * Does the tasks 0 to {@code count - 1} and returns when all are done. If one fails, those at
   * work are interrupted, no further one is begun, and the first failure is thrown.
   */
  public void run(int count, Task job) throws Exception {
    synchronized (monitor) {
      task = job;
      tasks = count;
      next.set(0);
      failure = null;
      busy = helpers.length;
      round++;
      monitor.notifyAll();
    }
    work(0, job, count);
    Throwable first;
    synchronized (monitor) {
      while (busy > 0) {
        monitor.wait();
      }
      task = null;
      first = failure;
    }
    if (first != null) {
      rethrow(first);
    }
  }

  private void help(int worker) {
    long done = 0;
    while (true) {
      Task job;
      int count;
      synchronized (monitor) {
        while (round == done && !closed) {
          try {
            monitor.wait();
          } catch (InterruptedException e) {
            // Meant for a task that has ended meanwhile; there is nothing to stop here.
          }
        }
        if (closed) {
          return;
        }
        done = round;
        job = task;
        count = tasks;
      }
      work(worker, job, count);
      synchronized (monitor) {
        busy--;
        monitor.notifyAll();
      }
    }
  }

  private void work(int worker, Task job, int count) {
    synchronized (monitor) {
      atWork[worker] = Thread.currentThread();
    }
    try {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        job.run(worker, i);
      }
    } catch (Throwable e) {
      fail(worker, e);
    } finally {
      synchronized (monitor) {
        atWork[worker] = null;
        if (failure != null) {
          // The interrupt of fail() may have come after the task that it was meant for.
          Thread.interrupted();
        }
      }
    }
  }

  private void fail(int worker, Throwable e) {
    synchronized (monitor) {
      if (failure != null) {
        return;
      }
      failure = e;
      next.set(Integer.MAX_VALUE / 2);
      for (int other = 0; other < atWork.length; other++) {
        if (other != worker && atWork[other] != null) {
          atWork[other].interrupt();
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
