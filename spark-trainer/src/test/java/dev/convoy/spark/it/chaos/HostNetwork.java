package dev.convoy.spark.it.chaos;

import java.io.IOException;

/** The hosts of the cluster and what connects them. */
interface HostNetwork extends AutoCloseable {
  /** Returns where the driver and the master run. */
  Host center();

  /** Returns where a worker runs. */
  Host worker(int index);

  /** Returns whether links can be cut and slowed down; else their methods must not be called. */
  boolean hasLinks();

  /** Lets nothing through to a worker's host or from it. */
  void cut(int worker) throws IOException, InterruptedException;

  /** Lets a trickle through to a worker's host and from it. */
  void slowDown(int worker) throws IOException, InterruptedException;

  /** Ends what {@link #cut} or {@link #slowDown} has done. */
  void mend(int worker) throws IOException, InterruptedException;

  @Override
  void close();
}
