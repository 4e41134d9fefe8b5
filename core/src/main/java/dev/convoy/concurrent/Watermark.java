package dev.convoy.concurrent;

/**
 * A number that one thread raises as its work proceeds, and that others wait for. Allocates
 * nothing.
 */
public final class Watermark {
  private final Object monitor = new Object();
  private volatile long reached;
  private volatile Throwable failure;

  /**
   * @param start what is reached from the beginning
   */
  public Watermark(long start) {
    reached = start;
  }

  /** Raises the mark; what this thread wrote before is visible to those who have waited for it. */
  public void raise(long to) {
    synchronized (monitor) {
      reached = to;
      monitor.notifyAll();
    }
  }

  /**
   * Tells that the mark will not be raised any more.
   *
   * @param cause thrown to all who wait for a mark that is not reached, now or later
   */
  public void fail(Throwable cause) {
    synchronized (monitor) {
      if (failure == null) {
        failure = cause;
      }
      monitor.notifyAll();
    }
  }

  /** Returns whether the mark has reached {@code wanted}. */
  public boolean isAt(long wanted) {
    return reached >= wanted;
  }

  /**
   * Waits until the mark has reached {@code wanted}.
   *
   * @throws RuntimeException what {@link #fail} was told, if that is why it never will
   */
  public void await(long wanted) throws InterruptedException {
    synchronized (monitor) {
      while (reached < wanted) {
        throwFailure();
        monitor.wait();
      }
    }
  }

  /**
   * Waits as {@link #await(long)} does, as a worker of a team.
   *
   * @throws BrokenTeamException if this thread is interrupted; its interrupt status stays set
   */
  public void awaitAsWorker(long wanted) {
    try {
      await(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenTeamException();
    }
  }

  private void throwFailure() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
