package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Slurm's controller and two nodes on this machine, with a munge of their own: Debian's packages
 * slurm-wlm and munge, run by root, and no part of a Slurm that is here already.
 */
final class SlurmCluster implements AutoCloseable {
  private static final String SETTINGS =
      """
      ClusterName=convoy
      SlurmctldHost=HOST(127.0.0.1)
      SlurmUser=root
      SlurmdUser=root
      AuthType=auth/munge
      CredType=cred/munge
      AuthInfo=socket=FOLDER/munge/socket
      SlurmctldPort=PORT_0
      SlurmctldPidFile=FOLDER/slurmctld.pid
      SlurmdPidFile=FOLDER/slurmd-%n.pid
      SlurmdSpoolDir=FOLDER/spool-%n
      StateSaveLocation=FOLDER/state
      SlurmctldLogFile=FOLDER/slurmctld.log
      SlurmdLogFile=FOLDER/slurmd-%n.log
      ProctrackType=proctrack/linuxproc
      TaskPlugin=task/none
      SelectType=select/linear
      MpiDefault=none
      SlurmdParameters=config_overrides
      NodeName=node1 NodeHostname=HOST NodeAddr=127.0.0.1 Port=PORT_1 CPUs=2 RealMemory=4000
      NodeName=node2 NodeHostname=HOST NodeAddr=127.0.0.1 Port=PORT_2 CPUs=2 RealMemory=4000
      PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
      """;

  private final Path folder;
  private final Path settings;
  private final List<Process> daemons = new ArrayList<>();

  private SlurmCluster(Path folder) throws IOException {
    this.folder = folder;
    this.settings = folder.resolve("slurm.conf");
    // Each daemon refuses folders that others may write.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path munge = Files.createDirectory(folder.resolve("munge"));
    Path key = Files.createFile(munge.resolve("key"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    byte[] secret = new byte[128];
    new SecureRandom().nextBytes(secret);
    Files.write(key, secret);
    Files.createDirectory(folder.resolve("state"));
    String host = InetAddress.getLocalHost().getHostName();
    String text =
        SETTINGS.replace("HOST", host.replaceFirst("\\..*", "")).replace("FOLDER", "" + folder);
    for (int i = 0; i < 3; i++) {
      text = text.replace("PORT_" + i, Integer.toString(freePort()));
    }
    Files.writeString(settings, text);
  }

  /** Returns why there cannot be one here, or null. */
  static String missing() {
    for (String program : new String[] {"munged", "slurmctld", "slurmd"}) {
      if (!Files.isExecutable(Path.of("/usr/sbin", program))) {
        return "no /usr/sbin/" + program + ": install slurm-wlm and munge to try it";
      }
    }
    return "root".equals(System.getProperty("user.name")) ? null : "Slurm's nodes run as root";
  }

  /** Starts it, and returns when both nodes can be used. */
  static SlurmCluster start(Path folder) throws IOException, InterruptedException {
    SlurmCluster slurm = new SlurmCluster(folder);
    Path munge = folder.resolve("munge");
    slurm.daemon(
        "munged",
        "--foreground",
        "--force",
        "--socket=" + munge.resolve("socket"),
        "--key-file=" + munge.resolve("key"),
        "--pid-file=" + munge.resolve("pid"),
        "--log-file=" + munge.resolve("log"),
        "--seed-file=" + munge.resolve("seed"));
    while (!Files.exists(munge.resolve("socket")) && slurm.daemons.get(0).isAlive()) {
      Thread.sleep(50);
    }
    slurm.daemon("slurmctld", "-D", "-i");
    slurm.daemon("slurmd", "-D", "-N", "node1");
    slurm.daemon("slurmd", "-D", "-N", "node2");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      if (slurm.call("sinfo", "--noheader", "--states=idle", "--format=%D").strip().equals("2")) {
        return slurm;
      }
      Thread.sleep(200);
    }
    String state = slurm.call("sinfo");
    slurm.close();
    throw new IOException("the nodes of Slurm do not come: " + state);
  }

  private void daemon(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/usr/sbin/" + name));
    command.addAll(List.of(arguments));
    daemons.add(process(command).redirectOutput(folder.resolve(name + ".out").toFile()).start());
  }

  private ProcessBuilder process(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder.environment().put("SLURM_CONF", settings.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CONVOY_NO_BUILD", "1");
    builder.environment().put("CONVOY_FASHION_MNIST", Launcher.SAMPLE.toString());
    return builder;
  }

  private String call(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "call", ".txt");
    Process process = process(List.of(command)).redirectOutput(out.toFile()).start();
    assertTrue(process.waitFor(4, TimeUnit.MINUTES), () -> String.join(" ", command));
    return Files.readString(out);
  }

  /** Runs {@code convoy.sbatch} on both nodes to its end, and returns what it printed. */
  String run(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("job.txt");
    List<String> command =
        new ArrayList<>(List.of("sbatch", "--wait", "--nodes=2", "-o", "" + out));
    command.add(Launcher.REPOSITORY.resolve("scripts/slurm/convoy.sbatch").toString());
    command.addAll(List.of(arguments));
    String said = call(command.toArray(String[]::new));
    assertTrue(Files.exists(out), said);
    return Files.readString(out);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Stops the nodes first, then the controller, then munge, which each of them asks until its end.
   */
  @Override
  public void close() {
    for (int i = daemons.size() - 1; i >= 0; i--) {
      Process daemon = daemons.get(i);
      List<ProcessHandle> started = daemon.descendants().toList();
      daemon.destroy();
      try {
        daemon.waitFor(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      daemon.destroyForcibly();
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
