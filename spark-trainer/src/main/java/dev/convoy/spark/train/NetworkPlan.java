package dev.convoy.spark.train;

import dev.convoy.collective.Buckets;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.UserError;

/**
 * What of a run's plan needs no data.
 *
 * @param network to be trained
 * @param buckets in which executors exchange its gradients and weights
 */
public record NetworkPlan(
    ConvoyConfig config, Network network, Buckets buckets, Loss loss, KernelChoice kernels) {

  /**
   * Plans what a configuration says.
   *
   * @throws UserError if it does not go together, or this JVM cannot run its kernels
   */
  public static NetworkPlan of(ConvoyConfig config) {
    Network network = RunPlan.network(config);
    try {
      return new NetworkPlan(
          config,
          network,
          RunPlan.buckets(config, network),
          RunPlan.loss(config, network),
          RunPlan.kernels(config));
    } catch (IllegalStateException e) {
      throw new UserError(e.getMessage(), e);
    }
  }
}
