package dev.convoy.spark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.collective.Collective;
import dev.convoy.collective.Range;
import dev.convoy.collective.Rounding;
import dev.convoy.collective.Subtree;
import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Listener;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.PortRange;
import dev.convoy.collective.transport.Secret;
import dev.convoy.spark.telemetry.Versions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One process of {@link AllReduceBench}. Reads two lines: the plan with the job's secret, and, once
 * it has printed the port on which it listens, the ports of all ranks. Rank 0 then prints the
 * measurement. When its input ends, so does the process.
 */
public final class AllReduceRank {
  static final String HOST = "127.0.0.1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final int rank;
  private final AllReducePlan plan;
  private final Collective collective;
  private final List<float[]> partials = new ArrayList<>();
  private final List<float[]> sums = new ArrayList<>();
  private final float[] vector;
  private final List<Double> reduceScatterMillis = new ArrayList<>();
  private final List<Double> allGatherMillis = new ArrayList<>();
  private final float[] decision = new float[1];
  private final List<Range> decided;
  private long bytesSent;

  private AllReduceRank(int rank, AllReducePlan plan, Collective collective) {
    this.rank = rank;
    this.plan = plan;
    this.collective = collective;
    for (int i = 0; i < collective.virtualNodes().subtrees(rank).size(); i++) {
      partials.add(new float[plan.floats()]);
    }
    for (int bucket = 0; bucket < collective.buckets().count(); bucket++) {
      sums.add(new float[collective.slice(bucket).length()]);
    }
    vector = new float[plan.floats()];
    decided = IntStream.range(0, plan.ranks()).mapToObj(r -> new Range(r == 0 ? 0 : 1, 1)).toList();
  }

  /** Runs a rank as standard input says. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    JsonNode told = JSON.readTree(in.readLine());
    int rank = told.get("rank").asInt();
    AllReducePlan plan = JSON.treeToValue(told.get("plan"), AllReducePlan.class);
    Secret secret = Secret.of(HexFormat.of().parseHex(told.get("secret").asText()));
    ServerSocketChannel server = Listener.bind(HOST, PortRange.ANY);
    out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
    List<InetSocketAddress> addresses = new ArrayList<>();
    JSON.readTree(in.readLine())
        .forEach(port -> addresses.add(InetSocketAddress.createUnresolved(HOST, port.asInt())));
    endWithInput(in);
    MeshOptions options =
        new MeshOptions(
            rank, addresses, server, secret, "bench", 0, plan.encrypt(), TIMEOUT, TIMEOUT);
    try (Collective collective = Collective.open(options, plan.collective(), Rounding.NONE)) {
      ResultLine line = new AllReduceRank(rank, plan, collective).run();
      if (rank == 0) {
        out.println(line.json());
      }
    } catch (CollectiveException e) {
      // The rank at fault says more.
      System.err.println("rank " + rank + ": " + e.getMessage());
      System.exit(1);
    }
  }

  /** Ends this process when the one that started it is gone. */
  private static void endWithInput(BufferedReader in) {
    Thread thread =
        new Thread(
            () -> {
              try {
                in.readLine();
              } catch (IOException e) {
                // As good as its end.
                Runtime.getRuntime().halt(1);
              }
              Runtime.getRuntime().halt(1);
            },
            "end-with-input");
    thread.setDaemon(true);
    thread.start();
  }

  private ResultLine run() {
    repeat(plan.warmUp());
    check();
    reduceScatterMillis.clear();
    allGatherMillis.clear();
    bytesSent = 0;
    CpuTime begin = CpuTime.now();
    double[] millis = repeat(plan.timed());
    double otherCores = CpuTime.now().othersSince(begin) - coresOfOtherRanks(begin);
    long bytes = bytesSent / millis.length;
    return new ResultLine(Versions.ofConvoy())
        .put("mode", "all-reduce")
        .put("ranks", plan.ranks())
        .put("floats", plan.floats())
        .put("bucket", plan.bucket())
        .put("buckets", collective.buckets().count())
        .put("virtual_nodes", plan.virtualNodes())
        .put("wire", plan.wire().label())
        .put("encrypt", plan.encrypt() ? "on" : "off")
        .put("steps", millis.length)
        .put("ms", Timing.summary(millis))
        .put("reduce_scatter_ms", Timing.summary(array(reduceScatterMillis)))
        .put("all_gather_ms", Timing.summary(array(allGatherMillis)))
        .put("bytes_sent_per_rank", bytes)
        .put("bytes_per_s", bytes * 1e3 / Timing.median(millis))
        .put("other_cores", otherCores);
  }

  /** Repeats the exchange for as long as rank 0 wants, and returns what each took. */
  private double[] repeat(Span span) {
    List<Double> millis = new ArrayList<>();
    for (long start = System.nanoTime(); goesOn(span, millis.size(), start); ) {
      long sent = collective.bytesSent();
      long begin = System.nanoTime();
      for (int bucket = 0; bucket < sums.size(); bucket++) {
        collective.reduceScatter(bucket, partials, sums.get(bucket));
      }
      long middle = System.nanoTime();
      for (int bucket = 0; bucket < sums.size(); bucket++) {
        collective.allGather(bucket, vector);
      }
      long end = System.nanoTime();
      bytesSent += collective.bytesSent() - sent;
      reduceScatterMillis.add((middle - begin) / 1e6);
      allGatherMillis.add((end - middle) / 1e6);
      millis.add((end - begin) / 1e6);
    }
    return array(millis);
  }

  /** Rank 0 decides, and tells the others, which wait for it: so all begin at the same time. */
  private boolean goesOn(Span span, int done, long start) {
    decision[0] = rank == 0 && span.goesOn(done, start) ? 1 : 0;
    collective.allGather(decision, decided);
    return decision[0] != 0;
  }

  private double coresOfOtherRanks(CpuTime begin) {
    float[] cores = new float[plan.ranks()];
    cores[rank] = (float) CpuTime.now().ownSince(begin);
    collective.allGather(cores, collective.equalRanges(1));
    return IntStream.range(1, plan.ranks()).mapToDouble(r -> cores[r]).sum();
  }

  /** Exchanges vectors whose sum is known, to measure nothing that is wrong. */
  private void check() {
    List<Subtree> subtrees = collective.virtualNodes().subtrees(rank);
    for (int i = 0; i < subtrees.size(); i++) {
      Arrays.fill(partials.get(i), subtrees.get(i).size());
    }
    for (int bucket = 0; bucket < sums.size(); bucket++) {
      collective.reduceScatter(bucket, partials, sums.get(bucket));
      System.arraycopy(
          sums.get(bucket),
          0,
          vector,
          collective.slice(bucket).from(),
          collective.slice(bucket).length());
      collective.allGather(bucket, vector);
    }
    for (float sum : vector) {
      if (sum != plan.virtualNodes()) {
        throw new IllegalStateException(
            "the sum of " + plan.virtualNodes() + " vectors of ones has an element of " + sum);
      }
    }
    // Sums may have been added to them, which must not grow without bound.
    partials.forEach(partial -> Arrays.fill(partial, 0));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(each -> each).toArray();
  }
}
