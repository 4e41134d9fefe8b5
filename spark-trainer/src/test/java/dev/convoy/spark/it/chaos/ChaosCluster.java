package dev.convoy.spark.it.chaos;

import dev.convoy.spark.it.SparkDaemons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A standalone cluster, with one worker of one core on each host. */
final class ChaosCluster implements AutoCloseable {
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  /** An executor's process, and the index of the worker that has started it. */
  record Executor(int worker, ProcessHandle process) {}

  private final Path folder;
  private final HostNetwork network;
  private final Process master;
  private final String url;
  private final List<Process> workers = new ArrayList<>();
  private int started;

  ChaosCluster(Path folder, HostNetwork network, int workers)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.network = network;
    Path log = folder.resolve("master.log");
    master = daemons(network.center()).startMaster(log);
    try {
      url = SparkDaemons.awaitMaster(log);
      for (int i = 0; i < workers; i++) {
        this.workers.add(start(i));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private SparkDaemons daemons(Host host) throws IOException {
    return new SparkDaemons(folder, host.enter(), host.address());
  }

  private Process start(int worker) throws IOException, InterruptedException {
    Path log = folder.resolve("worker-" + worker + "-" + started++ + ".log");
    Process process =
        daemons(network.worker(worker))
            .startWorker(log, folder.resolve("work-" + worker), 1, 1536, url);
    SparkDaemons.awaitWorker(log);
    return process;
  }

  HostNetwork network() {
    return network;
  }

  String url() {
    return url;
  }

  int workers() {
    return workers.size();
  }

  void killWorker(int index) {
    workers.get(index).destroyForcibly();
  }

  /** Starts a worker in the place of one that was killed. */
  void restartWorker(int index) throws IOException, InterruptedException {
    workers.set(index, start(index));
  }

  /** Returns the executors that run, in the order of their workers. */
  List<Executor> executors() {
    List<Executor> executors = new ArrayList<>();
    for (int i = 0; i < workers.size(); i++) {
      int worker = i;
      workers
          .get(i)
          .descendants()
          .filter(ChaosCluster::isExecutor)
          .filter(ProcessHandle::isAlive)
          .forEach(process -> executors.add(new Executor(worker, process)));
    }
    return executors;
  }

  private static boolean isExecutor(ProcessHandle candidate) {
    return candidate.info().commandLine().orElse("").contains(EXECUTOR)
        && candidate.info().command().orElse("").endsWith("java");
  }

  @Override
  public void close() {
    for (Process worker : workers) {
      List<ProcessHandle> executors = worker.descendants().toList();
      worker.destroyForcibly();
      executors.forEach(ProcessHandle::destroyForcibly);
    }
    master.destroyForcibly();
  }
}
