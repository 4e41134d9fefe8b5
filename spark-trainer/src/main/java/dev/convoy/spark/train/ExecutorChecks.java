package dev.convoy.spark.train;

import dev.convoy.collective.transport.Listener;
import dev.convoy.data.StoragePath;
import dev.convoy.data.store.StoreFault;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.spark.cluster.ControlGroups;
import dev.convoy.spark.cluster.FailureText;
import dev.convoy.spark.cluster.Rendezvous;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.ConvoyConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.BarrierTaskContext;

/** What one executor looks at before a run: its JVM, its memory, its ways to others and to data. */
final class ExecutorChecks {
  private final ConvoyConfig config;
  private final Configuration hadoop;
  private final PreflightTask task;
  private final String host;
  private final BarrierTaskContext context;
  private final List<Finding> findings = new ArrayList<>();

  ExecutorChecks(PreflightTask task, String host, BarrierTaskContext context) {
    this.task = task;
    this.host = host;
    this.context = context;
    config = task.job().config();
    hadoop = task.job().hadoopConfiguration();
  }

  /** Makes all checks; those that need the other executors come first, while all are there. */
  PreflightReport report() throws IOException {
    long clock = connections();
    memory();
    kernels();
    data();
    output();
    return new PreflightReport(host, Runtime.version().toString(), clock, List.copyOf(findings));
  }

  /** Connects to each of the other executors; returns the clock when all had met. */
  private long connections() throws IOException {
    ClusterConfig cluster = config.cluster();
    try (ServerSocketChannel server = Listener.bind(host, cluster.portRange())) {
      List<InetSocketAddress> addresses = Rendezvous.addresses(context, host, server);
      long clock = System.currentTimeMillis();
      int timeout = Math.toIntExact(cluster.timeouts().connect().toMillis());
      for (int rank = 0; rank < addresses.size(); rank++) {
        if (rank != context.partitionId()) {
          connect(addresses.get(rank), timeout).ifPresent(why -> fails("connections", why));
        }
      }
      // Until all have tried, for the kernel accepts connections only to a socket that listens.
      context.barrier();
      return clock;
    }
  }

  private static Optional<String> connect(InetSocketAddress address, int timeoutMillis) {
    try (Socket socket = new Socket()) {
      socket.connect(address, timeoutMillis);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "cannot reach the executor at %s:%d: %s; open the ports of cluster.port-range between"
                  + " all hosts",
              address.getHostString(),
              address.getPort(),
              FailureText.of(e)));
    }
  }

  private void memory() {
    long heap = Runtime.getRuntime().maxMemory();
    if (task.heapBytes() > heap) {
      fails(
          "memory",
          String.format(
              Locale.ROOT,
              "a step needs %,d MiB, but the heap has %,d; raise cluster.memory",
              mebibytes(task.heapBytes()),
              mebibytes(heap)));
    }
    Optional<ControlGroups.Memory> limit = new ControlGroups().memory();
    long process = ControlGroups.processMiB(mebibytes(heap));
    if (limit.isPresent() && limit.get().limitMiB() < process) {
      fails(
          "memory",
          String.format(
              Locale.ROOT,
              "its container may use %,d MiB, but heap and overhead need %,d; lower cluster.memory"
                  + " or raise the limit",
              limit.get().limitMiB(),
              process));
    }
  }

  private void kernels() {
    try {
      KernelChoice choice = RunPlan.kernels(config);
      findings.add(Finding.ok("kernels", host + ": " + choice.reason()));
    } catch (IllegalStateException e) {
      fails("kernels", e.getMessage());
    }
  }

  private void data() {
    try (RunData data = RunData.open(config.data(), hadoop)) {
      RunPlan.of(config, data);
    } catch (IOException | RuntimeException e) {
      fails("data", FailureText.of(e));
    }
  }

  /** Writes a file beside the run's folder, or in it, and deletes it. */
  private void output() {
    try {
      Path folder = StoragePath.of(task.output());
      FileSystem files = StoragePath.fileSystem(folder, hadoop);
      Path existing = existing(files, files.makeQualified(folder));
      Path probe =
          StoragePath.child(
              existing, ".convoy-doctor-" + context.stageId() + "-" + context.partitionId());
      files.create(probe, true).close();
      files.delete(probe, false);
    } catch (IOException | RuntimeException e) {
      fails(
          "output",
          String.format(
              Locale.ROOT,
              "%s cannot be written: %s",
              task.output(),
              StoreFault.sentenceOf(e).orElseGet(() -> FailureText.of(e))));
    }
  }

  private static Path existing(FileSystem files, Path path) throws IOException {
    Path existing = path;
    while (!files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  /** Returns the bytes that are free where a path is, if its file system says so. */
  static Optional<Long> free(String output, Configuration hadoop) throws IOException {
    Path folder = StoragePath.of(output);
    FileSystem files = StoragePath.fileSystem(folder, hadoop);
    FsStatus status = files.getStatus(existing(files, files.makeQualified(folder)));
    // Object stores say that everything is free, or nothing is known.
    long free = status.getRemaining();
    return free <= 0 || free == Long.MAX_VALUE ? Optional.empty() : Optional.of(free);
  }

  private void fails(String subject, String why) {
    findings.add(Finding.fails(subject, host + ": " + why));
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }
}
