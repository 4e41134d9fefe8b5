package dev.convoy.train;

import dev.convoy.collective.Buckets;
import dev.convoy.collective.Range;
import dev.convoy.nn.GradientLayout;
import dev.convoy.nn.Network;
import dev.convoy.optim.Optimizer;
import dev.convoy.tensor.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Says of which gradients an executor keeps the whole vector. It does where something reads a
 * gradient after backward has gone on:
 *
 * <ul>
 *   <li>an optimizer that needs norms of whole layers, such as LARS;
 *   <li>{@link Accumulation}, whose rounds add up whole gradients;
 *   <li>an exchange between several ranks that waits for the end of backward, or has but one
 *       bucket.
 * </ul>
 *
 * <p>Where the optimizer updates each layer as soon as its gradient is complete ({@link
 * SingleRank}, {@link Averaging}), the layers' gradients overwrite each other. Where buckets are
 * exchanged while backward goes on ({@link AllReduce}), half the vector is kept: a layer whose
 * gradient would overwrite one that has not left yet has to wait. The layers at the end of the
 * vector have most of the weights and take the least time, so over a slow link most of their
 * gradients are still there when backward comes to the others; with less room than half, backward
 * would wait for the link, and what it computes later would no longer hide the exchange.
 */
public final class GradientLayouts {
  private GradientLayouts() {}

  /**
   * Returns the layout for gradients that several ranks exchange.
   *
   * @param buckets of the exchange
   * @param overlap whether it runs beside backward
   * @param rounds whether the virtual nodes are computed in several rounds
   */
  public static GradientLayout ofExchange(
      Network network, Optimizer optimizer, Buckets buckets, boolean overlap, boolean rounds) {
    int length = network.vectorLength();
    return !overlap || rounds || optimizer.sumsBefore(length) > 0
        ? GradientLayout.whole(length)
        : ofBuckets(network.backwardParts(), buckets);
  }

  /**
   * Returns a layout whose segments end where both a part and a bucket do. It has room for half the
   * vector, but for twice the longest segment and four buckets at least.
   */
  private static GradientLayout ofBuckets(List<Integer> parts, Buckets buckets) {
    List<Integer> starts = new ArrayList<>();
    int longestBucket = 0;
    int longestSegment = 0;
    int end = buckets.length();
    for (int bucket = buckets.count() - 1; bucket >= 0; bucket--) {
      Range range = buckets.range(bucket);
      longestBucket = Math.max(longestBucket, range.length());
      if (parts.contains(range.from())) {
        starts.add(0, range.from());
        longestSegment = Math.max(longestSegment, end - range.from());
        end = range.from();
      }
    }
    long half = Layout.padded(buckets.length() / 2);
    long room = Math.max(half, 2L * longestSegment + 4L * longestBucket);
    return room >= buckets.length()
        ? GradientLayout.whole(buckets.length())
        : GradientLayout.ring(starts, buckets.length(), (int) room);
  }

  /**
   * Returns the layout for gradients that this executor's own workers turn into an update, layer by
   * layer.
   *
   * @param rounds whether the virtual nodes are computed in several rounds
   */
  public static GradientLayout ofOwnUpdate(Network network, Optimizer optimizer, boolean rounds) {
    int length = network.vectorLength();
    return rounds || optimizer.sumsBefore(length) > 0
        ? GradientLayout.whole(length)
        : GradientLayout.shortest(network);
  }
}
