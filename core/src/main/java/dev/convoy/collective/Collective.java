package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.MeshOptions;
import java.util.List;

/**
 * What a training step needs of its peers: the sum of all gradients, slice by slice, and
 * everybody's slice of the new weights. One per executor and attempt; used by one thread at a time.
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
   * Opens the mesh; returns when this rank is connected to all others.
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

  /** This rank. */
  public int rank() {
    return mesh.rank();
  }

  /** Number of ranks. */
  public int ranks() {
    return mesh.ranks();
  }

  /** How the virtual nodes lie on the ranks. */
  public VirtualNodes virtualNodes() {
    return nodes;
  }

  /** How the vector is cut. */
  public Slices slices() {
    return slices;
  }

  /** The slice that this rank owns. */
  public Range slice() {
    return allSlices.get(rank());
  }

  /** {@link ReduceScatter#run} on vectors of this collective's length. */
  public void reduceScatter(List<float[]> partials, float[] sliceSum) {
    reduceScatter.run(partials, sliceSum);
  }

  /** Spreads the slices of {@code values}, a vector of this collective's length. */
  public void allGather(float[] values) {
    allGather.run(values, allSlices);
  }

  /** {@link AllGather#run} on any ranges, one per rank. */
  public void allGather(float[] values, List<Range> ranges) {
    allGather.run(values, ranges);
  }

  /** Bytes of frames sent to all peers so far; any thread may ask. */
  public long bytesSent() {
    return mesh.bytesSent();
  }

  /** Bytes of frames received from all peers so far; any thread may ask. */
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
