package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Frame;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.MeshOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The collective operations of a training step, bucket by bucket: reduce-scatter of the gradients
 * and all-gather of the new weights. There is one per rank and attempt, used by one thread at a
 * time.
 */
public final class Collective implements AutoCloseable {
  private final Mesh mesh;
  private final VirtualNodes nodes;
  private final Buckets buckets;
  private final List<List<Range>> slices = new ArrayList<>();
  private final List<ReduceScatter> reduceScatters = new ArrayList<>();
  private final AllGather allGather;

  private Collective(Mesh mesh, VirtualNodes nodes, Buckets buckets) {
    this.mesh = mesh;
    this.nodes = nodes;
    this.buckets = buckets;
    allGather = new AllGather(mesh, Frame.CHUNK_FLOATS);
    SubtreeSum tree = new SubtreeSum(nodes.count(), capacity(buckets, mesh.ranks(), mesh.rank()));
    for (Range bucket : buckets.ranges()) {
      Slices cut = new Slices(bucket, mesh.ranks());
      slices.add(cut.all());
      reduceScatters.add(new ReduceScatter(mesh, nodes, cut, tree, Frame.CHUNK_FLOATS));
    }
  }

  /** Returns the floats of the largest chunk that a rank adds up. */
  private static int capacity(Buckets buckets, int ranks, int rank) {
    int longest = owned(buckets, ranks, rank).stream().mapToInt(Range::length).max().orElse(0);
    return Math.min(Frame.CHUNK_FLOATS, longest);
  }

  /** Returns the memory on the heap that a rank's operations keep. */
  public static long heapBytes(VirtualNodes nodes, Buckets buckets, int rank) {
    return (long) SubtreeSum.buffers(nodes.count())
        * capacity(buckets, nodes.ranks(), rank)
        * Float.BYTES;
  }

  /**
   * Connects this rank to all others, for a vector in one bucket; returns when every connection is
   * open.
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
    VirtualNodes nodes = new VirtualNodes(virtualNodes, options.ranks());
    Buckets cut = options.ranks() == 1 ? Buckets.single(buckets.length()) : buckets;
    return new Collective(Mesh.open(options), nodes, cut);
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
    return nodes;
  }

  /** Returns how the vector is cut. */
  public Buckets buckets() {
    return buckets;
  }

  /** Returns the slices of a bucket, one for each rank, in the order of the ranks. */
  public List<Range> slices(int bucket) {
    return slices.get(bucket);
  }

  /** Returns the slice of a bucket that this rank owns; may be empty. */
  public Range slice(int bucket) {
    return slices.get(bucket).get(rank());
  }

  /** Returns the slices that a rank owns, one of each bucket, in the order of the vector. */
  public List<Range> owned(int rank) {
    return owned(buckets, ranks(), rank);
  }

  /** Returns the slices that a rank owns, one of each bucket, in the order of the vector. */
  public static List<Range> owned(Buckets buckets, int ranks, int rank) {
    return buckets.ranges().stream().map(bucket -> slices(bucket, ranks).get(rank)).toList();
  }

  /** Returns the slices of a bucket, one for each rank, in the order of the ranks. */
  private static List<Range> slices(Range bucket, int ranks) {
    return new Slices(bucket, ranks).all();
  }

  /**
   * Adds a bucket of the gradients of all virtual nodes and leaves this rank with its slice of the
   * sum. Every rank must call it, for the same buckets in the same order.
   *
   * @param bucket its number
   * @param partials the sums of this rank's subtrees, ascending, as {@link VirtualNodes#subtrees}
   *     lists them, each of the vector's length. Only the bucket is used
   * @param sliceSum gets this rank's {@link #slice} of the sum, from index 0 on
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  public void reduceScatter(int bucket, List<float[]> partials, float[] sliceSum) {
    reduceScatters.get(bucket).run(partials, sliceSum);
  }

  /**
   * Sends this rank's slice of a bucket to all ranks and fills in theirs. Every rank must call it.
   *
   * @param values a vector of this collective's length; only the bucket is used
   */
  public void allGather(int bucket, float[] values) {
    allGather.run(values, slices.get(bucket));
  }

  /** Sends this rank's slices of all buckets to all ranks and fills in theirs. */
  public void allGather(float[] values) {
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      allGather(bucket, values);
    }
  }

  /**
   * Gathers any ranges of any vector; every rank must call it, with the same ranges.
   *
   * @param values the vector; the range of this rank is read, the others are written
   * @param ranges one per rank, disjoint; may be empty, may leave gaps
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  public void allGather(float[] values, List<Range> ranges) {
    allGather.run(values, ranges);
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

  static void requireRanks(Mesh mesh, int ofNodes, int ofSlices) {
    if (mesh.ranks() != ofNodes || mesh.ranks() != ofSlices) {
      throw new IllegalArgumentException(
          "the mesh has "
              + mesh.ranks()
              + " ranks, the virtual nodes lie on "
              + ofNodes
              + " and the slices on "
              + ofSlices);
    }
  }
}
