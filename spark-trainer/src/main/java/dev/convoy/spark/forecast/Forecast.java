package dev.convoy.spark.forecast;

import dev.convoy.collective.Buckets;
import dev.convoy.collective.CollectivePlan;
import dev.convoy.collective.Cost;
import dev.convoy.collective.Range;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.TrainConfig;
import dev.convoy.train.Accumulation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Puts together what a configuration takes on a number of executors. */
public final class Forecast {
  /** What saves less than this part of a step does not limit it. */
  private static final double NOTICEABLE = 0.05;

  private final ConvoyConfig config;
  private final Profile profile;
  private final Buckets buckets;
  private final Link link;
  private final OptionalLong steps;
  private final double secondsOfOne;

  /**
   * @param profile of the network
   * @param buckets in which it is exchanged
   * @param steps of the whole run, if that is known
   */
  public Forecast(
      ConvoyConfig config, Profile profile, Buckets buckets, Link link, OptionalLong steps) {
    this.config = config;
    this.profile = profile;
    this.buckets = buckets;
    this.link = link;
    this.steps = steps;
    secondsOfOne = simulate(1, link, profile.exchange(), false).seconds();
  }

  /** Returns what a run takes on so many executors. */
  public Point on(int executors) {
    StepSimulation.Result result = simulate(executors, link, profile.exchange(), false);
    double step = result.seconds();
    int batch = config.train().batchSize();
    OptionalLong all = steps;
    double run = all.isPresent() ? all.getAsLong() * step : Double.NaN;
    double hours = run / 3600;
    return new Point(
        executors,
        batch / step,
        secondsOfOne / step / executors,
        step,
        result.waited(),
        result.hidden(),
        limit(executors, step),
        bytes(executors),
        hours * executors * config.cluster().coresPerExecutor(),
        hours / 24);
  }

  /** Names what a step would lose the most time without. */
  private Limit limit(int executors, double step) {
    ExchangeTimes software = profile.exchange();
    ExchangeTimes atOnce =
        new ExchangeTimes(0, software.reduceScatter(), software.allGather(), software.update());
    double[] without = {
      simulate(executors, link.withoutLimit(), software, false).seconds(),
      simulate(executors, link.withoutLatency(), atOnce, false).seconds(),
      simulate(executors, link, software, true).seconds()
    };
    Limit[] limits = {Limit.BANDWIDTH, Limit.LATENCY, Limit.VIRTUAL_NODES};
    Limit limit = Limit.COMPUTE;
    double least = step * (1 - NOTICEABLE);
    for (int i = 0; i < limits.length; i++) {
      if (without[i] < least) {
        least = without[i];
        limit = limits[i];
      }
    }
    return limit;
  }

  /**
   * Simulates a step of the executor that has the most virtual nodes.
   *
   * @param even as if virtual nodes could be divided
   */
  private StepSimulation.Result simulate(
      int executors, Link network, ExchangeTimes software, boolean even) {
    TrainConfig train = config.train();
    VirtualNodes nodes = config.virtualNodes(executors);
    int own = nodes.block(0).length();
    int atOnce = Accumulation.virtualNodesAtOnce(own, train.accumulate());
    int rounds = (own + atOnce - 1) / atOnce;
    double average = (double) train.virtualNodes() / executors;
    StepTimes times = profile.times(even ? average / rounds : (double) own / rounds);
    int cores = config.cluster().coresPerExecutor();
    boolean overlap = config.sync().overlap() && executors > 1 && buckets.count() > 1;
    StepSimulation.Result result =
        new StepSimulation(
                times, rounds, exchange(nodes, network, software), buckets.length(), overlap, cores)
            .run();
    // Alone, the workers share the update.
    double update = executors == 1 ? software.update() * buckets.length() / cores : 0;
    return new StepSimulation.Result(result.seconds() + update, result.waited(), result.hidden());
  }

  private List<Exchange> exchange(VirtualNodes nodes, Link network, ExchangeTimes software) {
    List<Exchange> exchange = new ArrayList<>();
    if (nodes.ranks() == 1) {
      return exchange;
    }
    CollectivePlan plan = new CollectivePlan(nodes, buckets, config.sync().wire());
    for (int bucket = buckets.count() - 1; bucket >= 0; bucket--) {
      Range range = buckets.range(bucket);
      Cost cost = plan.reduceScatterCost(bucket);
      double update = software.update() * range.length() / nodes.ranks();
      exchange.add(
          new Exchange(
              range.from(),
              0,
              seconds(cost, network, software),
              cost.bytes() * software.reduceScatter() + update));
    }
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      Cost cost = plan.allGatherCost(bucket);
      exchange.add(
          new Exchange(
              0,
              buckets.range(bucket).to(),
              seconds(cost, network, software),
              cost.bytes() * software.allGather()));
    }
    return exchange;
  }

  private static double seconds(Cost cost, Link network, ExchangeTimes software) {
    return cost.messages() * (network.latency() + software.message())
        + cost.bytes() / network.bytesPerSecond();
  }

  private double bytes(int executors) {
    VirtualNodes nodes = config.virtualNodes(executors);
    CollectivePlan plan = new CollectivePlan(nodes, buckets, config.sync().wire());
    return IntStream.range(0, plan.buckets().count())
        .mapToDouble(b -> plan.reduceScatterCost(b).bytes() + plan.allGatherCost(b).bytes())
        .sum();
  }
}
