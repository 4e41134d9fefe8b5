package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Frame;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.WireFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The collective operations of a training step, bucket by bucket: reduce-scatter of the gradients
 * and all-gather of the new weights. There is one per rank and attempt, used by one thread at a
 * time.
 */
public final class Collective implements AutoCloseable {
  private final Mesh mesh;
  private final CollectivePlan plan;
  private final Rounding rounding;
  private final Scratch scratch;
  private final List<ReduceScatter> reduceScatters = new ArrayList<>();

  /** Where each bucket begins in the partial sums that its reduce-scatter is prepared for. */
  private final int[] partialsAt;

  private final List<Replication> replications = new ArrayList<>();

  private final List<AllGather> allGathers = new ArrayList<>();

  /** The same in float32. */
  private final List<AllGather> exactAllGathers = new ArrayList<>();

  /** The all-gathers of other ranges than the slices, prepared when they are first used. */
  private final List<Prepared> otherAllGathers = new ArrayList<>();

  private record Prepared(List<Range> ranges, AllGather allGather) {}

  private Collective(Mesh mesh, CollectivePlan plan, Rounding rounding) {
    this.mesh = mesh;
    this.plan = plan;
    this.rounding = rounding;
    scratch = new Scratch(plan.scratch(mesh.rank()));
    partialsAt = new int[plan.buckets().count()];
    for (int b = 0; b < plan.buckets().count(); b++) {
      partialsAt[b] = plan.buckets().range(b).from();
      reduceScatters.add(prepared(b, partialsAt[b]));
      replications.add(new Replication(mesh, plan.buddies(), plan.slices(b), Frame.CHUNK_FLOATS));
      allGathers.add(allGather(plan.slices(b), plan.format()));
      exactAllGathers.add(
          plan.format() == WireFormat.FLOAT32
              ? allGathers.get(b)
              : allGather(plan.slices(b), WireFormat.FLOAT32));
    }
  }

  /**
   * Connects this rank to its partners, for a vector in one bucket; returns when every connection
   * is open.
   *
   * @param options who the ranks are
   * @param vectorLength floats in a gradient, and in the weights
   * @param virtualNodes how many vectors are added, a power of two, at least one per rank
   * @throws CollectiveException if a peer does not come in time, cannot be reached or does not
   *     prove itself
   */
  public static Collective open(MeshOptions options, int vectorLength, int virtualNodes) {
    return open(options, Buckets.single(vectorLength), virtualNodes);
  }

  /**
   * Connects as {@link #open(MeshOptions, int, int)} does, for a vector in several buckets. A
   * single rank exchanges nothing, so it has but one.
   */
  public static Collective open(MeshOptions options, Buckets buckets, int virtualNodes) {
    return open(
        options,
        new CollectivePlan(new VirtualNodes(virtualNodes, options.ranks()), buckets),
        Rounding.NONE);
  }

  /**
   * Connects this rank to its partners for sums that are rounded in the tree.
   *
   * @param plan all ranks have the same
   * @param rounding of the sums that ranks add; the same on all of them. Partial sums that are
   *     given to {@link #reduceScatter} are rounded already
   */
  public static Collective open(MeshOptions options, CollectivePlan plan, Rounding rounding) {
    MeshOptions comparing = options.exchanging(plan.exchange());
    return new Collective(Mesh.open(comparing, plan.partners(options.rank())), plan, rounding);
  }

  /** Returns the number of this rank, from 0. */
  public int rank() {
    return mesh.rank();
  }

  /** Returns the number of ranks. */
  public int ranks() {
    return mesh.ranks();
  }

  /** Returns the assignment of virtual nodes to ranks. */
  public VirtualNodes virtualNodes() {
    return plan.nodes();
  }

  /** Returns how the vector is cut. */
  public Buckets buckets() {
    return plan.buckets();
  }

  /**
   * Returns the slices of a bucket, one for each rank, in the order of the ranks. Together they are
   * the bucket; they need not ascend, and may be empty.
   */
  public List<Range> slices(int bucket) {
    return plan.slices(bucket);
  }

  /** Returns the slice of a bucket that this rank owns; may be empty. */
  public Range slice(int bucket) {
    return plan.slices(bucket).get(rank());
  }

  /** Returns the slices that a rank owns, one of each bucket, in the order of the vector. */
  public List<Range> owned(int rank) {
    return plan.owned(rank);
  }

  /** Returns which ranks keep replicas of whose slices. */
  public Buddies buddies() {
    return plan.buddies();
  }

  /**
   * Returns the slices that a rank keeps replicas of: for each of {@link Buddies#owners} those of
   * all buckets, in the order of the vector.
   */
  public List<Range> replicated(int rank) {
    return plan.replicated(rank);
  }

  /** Returns the floats of the longest slice that this rank owns. */
  public int longestSlice() {
    return plan.longestSlice(rank());
  }

  /** Returns the ranges of a vector that has so many floats of each rank, in their order. */
  public List<Range> equalRanges(int floats) {
    return IntStream.range(0, ranks())
        .mapToObj(rank -> new Range(floats * rank, floats * (rank + 1)))
        .toList();
  }

  /**
   * Adds a bucket of the gradients of all virtual nodes and leaves this rank with its slice of the
   * sum. Every rank must call it, for the same buckets in the same order. Partial sums travel in
   * the plan's format, which must be able to represent them and what the rounding leaves of their
   * sums.
   *
   * @param bucket its number
   * @param partials the sums of this rank's subtrees, ascending, as {@link VirtualNodes#subtrees}
   *     lists them. Only the bucket is used; it may be overwritten
   * @param at where the bucket begins in each of them, a multiple of 16. What another place needs
   *     is prepared at its first use, and kept until the bucket is elsewhere
   * @param sliceSum gets this rank's {@link #slice} of the sum, from index 0 on
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  public void reduceScatter(int bucket, List<float[]> partials, int at, float[] sliceSum) {
    if (partialsAt[bucket] != at) {
      reduceScatters.set(bucket, prepared(bucket, at));
      partialsAt[bucket] = at;
    }
    reduceScatters.get(bucket).run(partials, sliceSum);
  }

  /** Adds a bucket of gradients of the vector's length, in which it has its own place. */
  public void reduceScatter(int bucket, List<float[]> partials, float[] sliceSum) {
    reduceScatter(bucket, partials, plan.buckets().range(bucket).from(), sliceSum);
  }

  /**
   * Sends this rank's slice of a sum to the ranks that keep replicas of it, and receives those of
   * the slices that this rank keeps replicas of. Every rank must call it. Without {@link #buddies},
   * nothing is sent.
   *
   * @param bucket its number
   * @param sliceSum what {@link #reduceScatter} left
   * @param replicas get the sums of the slices of {@link Buddies#owners}, in their order, from
   *     index 0 on
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  public void replicate(int bucket, float[] sliceSum, List<float[]> replicas) {
    replications.get(bucket).run(sliceSum, replicas);
  }

  /** Prepares a reduce-scatter as of a bucket that lies where it does in the partial sums. */
  private ReduceScatter prepared(int number, int at) {
    Range bucket = plan.buckets().range(number);
    int shift = at - bucket.from();
    return plan.reduceScatter(bucket)
        .prepare(
            mesh,
            plan.nodes(),
            new Range(at, at + bucket.length()),
            shift == 0 ? rounding : new ShiftedRounding(rounding, shift),
            scratch,
            plan.format(),
            Frame.CHUNK_FLOATS);
  }

  /**
   * Sends this rank's slice of a bucket to all ranks and fills in theirs. Every rank must call it.
   * Floats travel in the plan's format, which must be able to represent this rank's.
   *
   * @param values a vector of this collective's length; only the bucket is used
   */
  public void allGather(int bucket, float[] values) {
    allGathers.get(bucket).run(values);
  }

  /** Sends this rank's slices of all buckets to all ranks, exactly, and fills in theirs. */
  public void allGather(float[] values) {
    for (int bucket = 0; bucket < exactAllGathers.size(); bucket++) {
      exactAllGathers.get(bucket).run(values);
    }
  }

  /**
   * Gathers any ranges of any vector exactly; every rank must call it, with the same ranges. What
   * the ranges need is prepared at their first use and kept: use the same few over and over.
   *
   * @param values the vector; the range of this rank is read, the others are written
   * @param ranges one per rank, disjoint, in any order; may be empty, may leave gaps
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  public void allGather(float[] values, List<Range> ranges) {
    AllGather prepared = prepared(ranges);
    requireLength(values, ranges);
    prepared.run(values);
  }

  private AllGather prepared(List<Range> ranges) {
    for (int i = 0; i < otherAllGathers.size(); i++) {
      if (same(ranges, otherAllGathers.get(i).ranges)) {
        return otherAllGathers.get(i).allGather;
      }
    }
    requireRanges(ranges);
    List<Range> copy = List.copyOf(ranges);
    AllGather prepared = allGather(copy, WireFormat.FLOAT32);
    otherAllGathers.add(new Prepared(copy, prepared));
    return prepared;
  }

  private AllGather allGather(List<Range> ranges, WireFormat format) {
    return plan.allGather().prepare(mesh, ranges, format, Frame.CHUNK_FLOATS);
  }

  /** Compares as {@link List#equals} does, which allocates an iterator in every step. */
  private static boolean same(List<Range> ranges, List<Range> others) {
    boolean same = ranges.size() == others.size();
    for (int i = 0; i < ranges.size() && same; i++) {
      same =
          ranges.get(i).from() == others.get(i).from() && ranges.get(i).to() == others.get(i).to();
    }
    return same;
  }

  private void requireRanges(List<Range> ranges) {
    if (ranges.size() != ranks()) {
      throw new IllegalArgumentException(
          "an all-gather over " + ranks() + " ranks needs as many ranges, got " + ranges.size());
    }
    int end = 0;
    for (Range range : ranges.stream().sorted(Comparator.comparingInt(Range::from)).toList()) {
      if (range.length() > 0 && range.from() < end) {
        throw new IllegalArgumentException(
            "the ranges of an all-gather stay apart, but two of them have element " + range.from());
      }
      end = Math.max(end, range.to());
    }
  }

  private static void requireLength(float[] values, List<Range> ranges) {
    for (int rank = 0; rank < ranges.size(); rank++) {
      Range range = ranges.get(rank);
      if (range.to() > values.length) {
        throw new IllegalArgumentException(
            "the ranges of an all-gather lie in 0 to "
                + values.length
                + "; that of rank "
                + rank
                + " is "
                + range.from()
                + " to "
                + range.to());
      }
    }
  }

  /**
   * Returns the rank that this one has waited for the longest since the last call; its own number
   * if it has waited for none.
   */
  public int takeLongestAwaited() {
    return mesh.takeLongestAwaited();
  }

  /** Returns the host of a rank, for messages. */
  public String host(int rank) {
    return mesh.host(rank);
  }

  /** Returns whether sums of gradients, and the weights that are gathered, are rounded. */
  public boolean rounds() {
    return rounding != Rounding.NONE;
  }

  /**
   * Returns how sums of gradients are rounded before this rank hands them to {@link
   * #reduceScatter}; one of the caller's own.
   */
  public Rounding rounding() {
    return rounding.copy();
  }

  /** Says which training step the next operations belong to, for rounding and messages. */
  public void step(long number) {
    rounding.step(number);
    mesh.step(number);
  }

  /** Returns the bytes of frames sent to all peers so far; any thread may call it. */
  public long bytesSent() {
    return mesh.bytesSent();
  }

  /** Returns the bytes of frames received from all peers so far; any thread may call it. */
  public long bytesReceived() {
    return mesh.bytesReceived();
  }

  @Override
  public void close() {
    mesh.close();
  }
}
