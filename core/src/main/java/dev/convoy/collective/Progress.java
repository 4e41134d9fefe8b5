package dev.convoy.collective;

/**
 * How far an operation's own thread has come, in floats. The threads that send wait here for what
 * is not ready yet, so that a chunk can be passed on while the next one is received.
 */
final class Progress {
  private long floats;
  private boolean stopped;

  /** Begins an operation. */
  synchronized void start(long ready) {
    floats = ready;
    stopped = false;
  }

  synchronized void add(int more) {
    floats += more;
    notifyAll();
  }

  /** Ends an operation, even one that failed: nobody waits any longer. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Waits for so many floats; returns false if they will never be ready. */
  synchronized boolean await(long needed) {
    try {
      while (floats < needed && !stopped) {
        wait();
      }
    } catch (InterruptedException e) {
      // Only a JVM that is shutting down interrupts the threads that send.
      Thread.currentThread().interrupt();
    }
    return floats >= needed;
  }
}
