package dev.convoy.spark.train;

import dev.convoy.data.StoragePath;
import dev.convoy.spark.storage.Lease;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The driver's lease of the run's folder, as its executors know it.
 *
 * @param output the run's folder
 * @param token of the lease
 * @param hadoop how to reach it
 */
record RunLease(String output, String token, Configuration hadoop) {

  /**
   * Asks before something is written that others see.
   *
   * @throws dev.convoy.spark.storage.LeaseLostException if the folder is another run's by now
   */
  void requireHeld() throws IOException {
    Path file = StoragePath.child(StoragePath.of(output), RunFolder.LEASE);
    Lease.requireHeld(StoragePath.fileSystem(file, hadoop), file, token);
  }
}
