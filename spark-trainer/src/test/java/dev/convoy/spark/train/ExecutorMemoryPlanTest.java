package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.collective.Collective;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.Secret;
import dev.convoy.data.Dataset;
import dev.convoy.data.ImageShape;
import dev.convoy.data.Sample;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.RecommendedJvmOptions;
import dev.convoy.spark.cluster.HadoopSettings;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.kryo.ConvoyRegistrator;
import dev.convoy.spark.telemetry.TelemetryPlugin;
import dev.convoy.tensor.Shape;
import dev.convoy.zoo.Zoo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An executor's memory is planned as the executor's own task allocates it. */
class ExecutorMemoryPlanTest {
  private static final double TOLERANCE = 0.05;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "lenet5-modern  train.batch-size=1024  cluster.executors=1",
    "lenet5-modern  train.batch-size=1024  cluster.executors=2  train.accumulate=2",
    "cifar-resnet20 train.batch-size=128   cluster.executors=1  train.accumulate=3",
    "cifar-resnet20 train.batch-size=128   cluster.executors=1  sync.mode=averaging",
    "cifar-resnet20 train.batch-size=128   cluster.executors=3",
    "resnet18       train.batch-size=8     cluster.executors=2  cluster.cores-per-executor=2",
    "resnet18       train.batch-size=8     cluster.executors=2  train.optimizer.name=lars",
    "resnet18       train.batch-size=8     cluster.executors=1  sync.wire=bfloat16"
        + " sync.max-executors=4 train.accumulate=2",
    "resnet18       train.batch-size=8     cluster.executors=2  sync.wire=bfloat16",
    "resnet18       train.batch-size=8     cluster.executors=2  cluster.replicas=1",
    "cifar-resnet20 train.batch-size=128   cluster.executors=2  sync.wire=bfloat16"
        + " sync.mode=averaging",
    "resnet18       train.batch-size=4     cluster.executors=2  sync.mode=averaging"
        + " train.virtual-nodes=4"
  })
  void isWhatTheTasksOfAllExecutorsKeep(String run) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(RecommendedJvmOptions.SETTINGS);
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:+UseParallelGC"));
    command.addAll(List.of("-Xmx1500m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), folder.toString()));
    command.addAll(List.of(run.split(" +")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    String line = printed.strip().lines().reduce((first, last) -> last).orElseThrow();
    int space = line.indexOf(' ');
    double planned = Double.parseDouble(line.substring(0, space));
    double kept = Double.parseDouble(line.substring(space + 1));
    assertEquals(planned, kept, TOLERANCE * planned);
  }

  /** As the dry run and the task alike do: 8 nodes in 3 rounds are 2 at a time, not 3. */
  @Test
  void roundsArePowersOfTwo() {
    assertEquals(2, atOnce(8, "train.accumulate=3"));
    assertEquals(8, atOnce(8, "train.accumulate=1"));
    assertEquals(3, atOnce(3, "train.accumulate=1"));
    assertEquals(1, atOnce(3, "train.accumulate=8"));
    assertEquals(1, atOnce(8, "sync.mode=averaging"));
  }

  private static int atOnce(int nodes, String set) {
    return ExecutorMemoryPlan.nodesAtOnce(
        ConvoyConfig.load("../conf/lenet5-fashion-mnist.conf", List.of("data.train=/t", set)),
        nodes);
  }

  /**
   * Trains with all executors in this process, and prints the bytes that are planned for them and
   * those that lie on the heap when all have taken two steps and validate for the second time.
   */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      SparkContext.getOrCreate(spark());
      // Loads the classes of Hadoop, Spark and the rest, which keep memory of their own.
      new Run(arguments[0], "lenet5-modern", List.of("train.batch-size=8")).start().awaitFreeze();

      long before = used();
      List<String> sets = List.of(arguments).subList(2, arguments.length);
      Run run = new Run(arguments[0], arguments[1], sets).start();
      run.awaitFreeze();
      long kept = used() - before;
      System.out.println(run.planned() + " " + kept);
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }

    private static SparkConf spark() {
      return new SparkConf()
          .setMaster("local[1]")
          .setAppName("memory")
          .set("spark.ui.enabled", "false")
          .set("spark.driver.bindAddress", "127.0.0.1")
          .set("spark.driver.host", "127.0.0.1")
          .set("spark.plugins", TelemetryPlugin.class.getName())
          .set("spark.serializer", KryoSerializer.class.getName())
          .set("spark.kryo.registrator", ConvoyRegistrator.class.getName());
    }

    private static long used() throws InterruptedException {
      for (int i = 0; i < 4; i++) {
        System.gc();
        Thread.sleep(50);
      }
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }

  /**
   * A run whose executors are all in this process. Each stops for good in its second validation,
   * when its validation data is asked for the first image again: then it holds all that it ever
   * does.
   */
  private static final class Run {
    private final String folder;
    private final ConvoyConfig config;
    private final int ranks;
    private final Kernels kernels;
    private final List<RunPlan> plans = new ArrayList<>();
    private final List<Noise> validations = new ArrayList<>();
    private final List<Future<?>> tasks = new ArrayList<>();

    Run(String folder, String network, List<String> sets) {
      this.folder = folder;
      config = config(network, sets);
      ranks = config.cluster().executors();
      kernels = RunPlan.kernels(config).kernels();
    }

    private static ConvoyConfig config(String network, List<String> sets) {
      boolean grey = Zoo.named(network).input().channels() == 1;
      List<String> all = new ArrayList<>();
      all.add("network={ name = " + network + ", classes = " + Noise.CLASSES + " }");
      all.add("data={ format = shards, train = /nowhere }");
      all.add(
          grey
              ? "data.normalize={ mean = [0.5], std = [0.25] }"
              : "data.normalize={ mean = [0.5, 0.5, 0.5], std = [0.25, 0.25, 0.25] }");
      all.add("cluster.executors=1");
      all.add("evaluate={ every = \"1 epoch\", batch-size = 4 }");
      all.add("checkpoint.every=never");
      all.add("train.epochs=1000");
      all.addAll(sets);
      return ConvoyConfig.load(ConvoyConfig.BUILTIN, all);
    }

    Run start() throws IOException {
      List<MeshOptions> meshes = meshes();
      ExecutorService executors = Executors.newCachedThreadPool();
      for (int rank = 0; rank < ranks; rank++) {
        // An epoch is a step.
        Noise training = new Noise(config, config.train().batchSize(), false);
        Noise validation = new Noise(config, 8 * config.train().virtualNodes(), true);
        RunData data = new RunData(config.data(), training, validation);
        RunPlan plan = RunPlan.of(config, data);
        MeshOptions mesh = meshes.get(rank);
        plans.add(plan);
        validations.add(validation);
        tasks.add(executors.submit(() -> train(plan, data, mesh)));
      }
      return this;
    }

    private Object train(RunPlan plan, RunData data, MeshOptions mesh) throws Exception {
      TrainSpec spec =
          new TrainSpec(
              new JobSpec(config, new HadoopSettings(Map.of())),
              folder,
              "lease",
              "run",
              null,
              0,
              1,
              new JobSecret("job", new byte[32], false));
      try (Collective collective = Collective.open(mesh, plan.collective(ranks), plan.rounding())) {
        return new RankTraining(spec, plan, data, kernels, collective, Optional.empty()).run();
      }
    }

    private List<MeshOptions> meshes() throws IOException {
      List<ServerSocketChannel> servers = new ArrayList<>();
      List<InetSocketAddress> addresses = new ArrayList<>();
      for (int rank = 0; rank < ranks; rank++) {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        servers.add(server);
        addresses.add((InetSocketAddress) server.getLocalAddress());
      }
      Secret secret = Secret.of(Secret.random());
      Duration day = Duration.ofDays(1);
      return IntStream.range(0, ranks)
          .mapToObj(
              rank ->
                  new MeshOptions(
                      rank, addresses, servers.get(rank), secret, "job", 1, false, day, day))
          .toList();
    }

    void awaitFreeze() throws Exception {
      for (Noise validation : validations) {
        while (!validation.frozen.await(100, TimeUnit.MILLISECONDS)) {
          for (Future<?> task : tasks) {
            if (task.isDone()) {
              throw new IllegalStateException("a task ended before its time: " + task.get());
            }
          }
        }
      }
    }

    long planned() {
      VirtualNodes nodes = config.virtualNodes(ranks);
      long sum = 0;
      for (int rank = 0; rank < ranks; rank++) {
        ExecutorMemoryPlan plan = ExecutorMemoryPlan.of(plans.get(rank), kernels, nodes, rank);
        sum += plan.heap() + plan.validationReadAhead();
      }
      return sum;
    }
  }

  /** Images that take no memory. */
  private static final class Noise implements Dataset {
    static final int CLASSES = 10;

    private final Shape shape;
    private final int size;
    private final boolean freezes;
    private final BitSet seen = new BitSet();
    private final CountDownLatch frozen = new CountDownLatch(1);

    Noise(ConvoyConfig config, int size, boolean freezes) {
      shape = RunPlan.network(config).input();
      this.size = size;
      this.freezes = freezes;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public List<String> classNames() {
      return IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    }

    @Override
    public ImageShape imageShape() {
      return ImageShape.of(shape);
    }

    @Override
    public void read(int index, Sample into) {
      byte[] pixels =
          into.begin(index, index % CLASSES, shape.height(), shape.width(), shape.channels());
      for (int i = 0; i < shape.size(); i++) {
        pixels[i] = (byte) (((index + i) * 0x9E3779B9) >>> 24);
      }
      if (freezes && isSeenAgain(index)) {
        frozen.countDown();
        LockSupport.park();
      }
    }

    private synchronized boolean isSeenAgain(int index) {
      boolean again = seen.get(index);
      seen.set(index);
      return again;
    }

    @Override
    public String fingerprint() {
      return "noise";
    }

    @Override
    public void close() {}
  }
}
