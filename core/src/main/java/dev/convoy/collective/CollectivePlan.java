package dev.convoy.collective;

import dev.convoy.collective.transport.Frame;
import dev.convoy.collective.transport.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the ranks of a job know of each other's communication before they are connected: which
 * algorithm is used for each bucket, who owns what afterwards, who is connected to whom, and how
 * much memory it takes. Everything follows from the virtual nodes, the ranks, the buckets and the
 * format in which their floats travel.
 */
public final class CollectivePlan {
  private final VirtualNodes nodes;
  private final Buckets buckets;
  private final WireFormat format;
  private final Buddies buddies;
  private final List<List<Range>> slices = new ArrayList<>();

  /**
   * Plans the collective operations on a vector that is cut into buckets. A single rank exchanges
   * nothing, so it has but one bucket.
   *
   * @param format in which the floats of buckets travel
   */
  public CollectivePlan(VirtualNodes nodes, Buckets buckets, WireFormat format) {
    this(nodes, buckets, format, Buddies.none(nodes.ranks()));
  }

  /**
   * Plans as {@link #CollectivePlan(VirtualNodes, Buckets, WireFormat)} does, with replicas of
   * slices.
   *
   * @param buddies of as many ranks as the virtual nodes lie on
   */
  public CollectivePlan(VirtualNodes nodes, Buckets buckets, WireFormat format, Buddies buddies) {
    if (buddies.ranks() != nodes.ranks()) {
      throw new IllegalArgumentException(
          nodes.ranks() + " ranks cannot have the buddies of " + buddies.ranks());
    }
    this.nodes = nodes;
    this.format = format;
    this.buddies = buddies;
    this.buckets = nodes.ranks() == 1 ? Buckets.single(buckets.length()) : buckets;
    for (Range bucket : this.buckets.ranges()) {
      slices.add(reduceScatter(bucket).slices(nodes, bucket));
    }
  }

  /** Plans the collective operations on a vector whose floats travel as they are. */
  public CollectivePlan(VirtualNodes nodes, Buckets buckets) {
    this(nodes, buckets, WireFormat.FLOAT32);
  }

  /** Returns the assignment of virtual nodes to ranks. */
  public VirtualNodes nodes() {
    return nodes;
  }

  /** Returns how the vector is cut. */
  public Buckets buckets() {
    return buckets;
  }

  /** Returns the format in which the floats of buckets travel. */
  public WireFormat format() {
    return format;
  }

  /** Returns which ranks keep replicas of whose slices. */
  public Buddies buddies() {
    return buddies;
  }

  /** Returns what ranks exchange, in the words in which they compare it. */
  String exchange() {
    String exchange = buckets.sizes() + ", wire " + format.label();
    return buddies.replicas() == 0
        ? exchange
        : exchange + ", replicas " + buddies.replicas() + " at a stride of " + buddies.stride();
  }

  /**
   * Returns the slices of a bucket, one for each rank, in the order of the ranks. Together they are
   * the bucket; they need not ascend, and may be empty.
   */
  public List<Range> slices(int bucket) {
    return slices.get(bucket);
  }

  /** Returns the slices that a rank owns, one of each bucket, in the order of the vector. */
  public List<Range> owned(int rank) {
    return slices.stream().map(ofBucket -> ofBucket.get(rank)).toList();
  }

  /**
   * Returns the slices that a rank keeps replicas of: for each of {@link Buddies#owners} those of
   * all buckets, in the order of the vector.
   */
  public List<Range> replicated(int rank) {
    return buddies.owners(rank).stream().flatMap(owner -> owned(owner).stream()).toList();
  }

  /** Returns the floats of the longest slice that a rank owns. */
  public int longestSlice(int rank) {
    return owned(rank).stream().mapToInt(Range::length).max().orElse(0);
  }

  /** Returns the ranks that a rank is connected to. */
  public SortedSet<Integer> partners(int rank) {
    SortedSet<Integer> partners = new TreeSet<>(allGather().partners(nodes.ranks(), rank));
    buckets.ranges().stream()
        .map(this::reduceScatter)
        .distinct()
        .forEach(algorithm -> partners.addAll(algorithm.partners(nodes, rank)));
    partners.addAll(buddies.partners(rank));
    return partners;
  }

  /** Returns what the reduce-scatter of a bucket costs. */
  public Cost reduceScatterCost(int bucket) {
    Range range = buckets.range(bucket);
    return reduceScatter(range).cost(nodes, range, format);
  }

  /** Returns what the all-gather of a bucket costs. */
  public Cost allGatherCost(int bucket) {
    return allGather().cost(slices(bucket), format);
  }

  /** Returns the memory on the heap that a rank's operations keep. */
  public long heapBytes(int rank) {
    return scratch(rank).bytes();
  }

  /** Returns the memory that is enough for every bucket. */
  Scratch.Size scratch(int rank) {
    Scratch.Size size = Scratch.Size.NONE;
    for (Range bucket : buckets.ranges()) {
      size = size.max(reduceScatter(bucket).scratch(nodes, bucket, rank, Frame.CHUNK_FLOATS));
    }
    return size;
  }

  ReduceScatter.Algorithm reduceScatter(Range bucket) {
    return Algorithms.reduceScatter(nodes.ranks(), bucket.length());
  }

  AllGather.Algorithm allGather() {
    return Algorithms.allGather(nodes.ranks());
  }
}
