package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.MeshOptions;
import java.util.List;

/**
 * The collective operations of a training step: reduce-scatter of the gradients and all-gather of
 * the new weights. There is one per rank and attempt, used by one thread at a time.
 */
public final class Collective implements AutoCloseable {
  private final Mesh mesh;
  private final VirtualNodes nodes;
  private final Slices slices;
  private final List<Range> allSlices;
  private final ReduceScatter reduceScatter;
  private final AllGather allGather;

  private Collective(Mesh mesh, VirtualNodes nodes, Slices slices) {
    this.mesh = mesh;
    this.nodes = nodes;
    this.slices = slices;
    allSlices = slices.all();
    reduceScatter = new ReduceScatter(mesh, nodes, slices);
    allGather = new AllGather(mesh);
  }

  /**
   * Connects this rank to all others; returns when every connection is open.
   *
   * @param options who the ranks are
   * @param vectorLength floats in a gradient, and in the weights
   * @param virtualNodes how many vectors are added, a power of two, at least one per rank
   * @throws CollectiveException if a peer does not come in time, cannot be reached or does not
   *     prove itself
   */
  public static Collective open(MeshOptions options, int vectorLength, int virtualNodes) {
    VirtualNodes nodes = new VirtualNodes(virtualNodes, options.ranks());
    Slices slices = new Slices(vectorLength, options.ranks());
    return new Collective(Mesh.open(options), nodes, slices);
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

  /** Returns the slices of the vector, one for each rank. */
  public Slices slices() {
    return slices;
  }

  /** Returns the slice that this rank owns. */
  public Range slice() {
    return allSlices.get(rank());
  }

  /**
   * Adds the gradients of all virtual nodes and leaves this rank with its slice of the sum, as
   * {@link ReduceScatter#run} says.
   */
  public void reduceScatter(List<float[]> partials, float[] sliceSum) {
    reduceScatter.run(partials, sliceSum);
  }

  /**
   * Sends this rank's slice of {@code values}, a vector of this collective's length, to all ranks
   * and fills in theirs.
   */
  public void allGather(float[] values) {
    allGather.run(values, allSlices);
  }

  /** Gathers any ranges, one per rank, as {@link AllGather#run} says. */
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
