package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Frame;
import dev.convoy.collective.transport.FrameWriter;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import java.io.IOException;
import java.util.List;

/**
 * Adds one vector per virtual node, in a balanced binary tree over the node's index, and leaves
 * each rank with its slice of the sum: bit for bit the same for every number of ranks.
 *
 * <pre>
 *   rank r, for each peer p:  for each chunk of p's slice: for each subtree of r: send the chunk
 *   rank r, for its slice:    for each chunk: for each subtree of all ranks, in node order:
 *                               receive the chunk (or take r's own), push it on the binary counter
 * </pre>
 *
 * A rank with s subtrees (one when the ranks are a power of two) sends {@code 4 s (n - own slice)}
 * bytes and receives {@code 4 own slice} bytes for every subtree of the others. A chunk is {@link
 * Frame#CHUNK_FLOATS} floats.
 */
final class ReduceScatter {
  private final Mesh mesh;
  private final Range bucket;
  private final Range own;
  private final SubtreeSum tree;

  /** The sizes of each rank's subtrees, in ascending order of their nodes. */
  private final int[][] subtreeSizes;

  private final Outgoing[] outgoing;
  private final int chunk;
  private List<float[]> partials;

  /**
   * @param mesh the ranks
   * @param nodes the assignment of virtual nodes to them
   * @param slices the slice of the bucket that each owns
   * @param tree buffers that hold a chunk of this rank's slice; several buckets may share them
   * @param chunk floats of a frame
   */
  ReduceScatter(Mesh mesh, VirtualNodes nodes, Slices slices, SubtreeSum tree, int chunk) {
    Collective.requireRanks(mesh, nodes.ranks(), slices.ranks());
    this.mesh = mesh;
    this.tree = tree;
    this.chunk = chunk;
    bucket = slices.bucket();
    own = slices.slice(mesh.rank());
    subtreeSizes = new int[mesh.ranks()][];
    outgoing = new Outgoing[mesh.ranks()];
    for (int rank = 0; rank < mesh.ranks(); rank++) {
      subtreeSizes[rank] = nodes.subtrees(rank).stream().mapToInt(Subtree::size).toArray();
      outgoing[rank] = new SliceFor(slices.slice(rank));
    }
  }

  /**
   * Runs the operation; every rank must.
   *
   * @param partials the sums of this rank's subtrees, ascending, as {@link VirtualNodes#subtrees}
   *     lists them, each of the vector's length. Only the bucket is read
   * @param sliceSum gets this rank's slice of the sum; its index 0 is the slice's first element
   * @throws CollectiveException naming the peer that was silent, gone or out of step
   */
  void run(List<float[]> partials, float[] sliceSum) {
    check(partials, sliceSum);
    this.partials = partials;
    mesh.begin(outgoing);
    for (int at = 0; at < own.length(); at += chunk) {
      int count = Math.min(chunk, own.length() - at);
      for (int rank = 0; rank < mesh.ranks(); rank++) {
        push(rank, at, count);
      }
      tree.take(sliceSum, at, count);
    }
    mesh.end(Operation.REDUCE_SCATTER);
  }

  private void push(int rank, int at, int count) {
    for (int i = 0; i < subtreeSizes[rank].length; i++) {
      if (rank == mesh.rank()) {
        System.arraycopy(partials.get(i), own.from() + at, tree.next(), 0, count);
      } else {
        mesh.peer(rank).receive(Operation.REDUCE_SCATTER, tree.next(), 0, count);
      }
      tree.push(subtreeSizes[rank][i], count);
    }
  }

  private void check(List<float[]> partials, float[] sliceSum) {
    if (partials.size() != subtreeSizes[mesh.rank()].length) {
      throw new IllegalArgumentException(
          "this rank has "
              + subtreeSizes[mesh.rank()].length
              + " subtrees, got "
              + partials.size()
              + " partial sums");
    }
    for (int i = 0; i < partials.size(); i++) {
      requireLength("a partial sum", bucket.to(), partials.get(i).length);
    }
    requireLength("the sum's slice", own.length(), sliceSum.length);
  }

  private static void requireLength(String what, int least, int actual) {
    if (actual < least) {
      throw new IllegalArgumentException(
          what + " has at least " + least + " floats, got an array of " + actual);
    }
  }

  /** This rank's partial sums of a peer's slice. */
  private final class SliceFor implements Outgoing {
    private final Range slice;

    SliceFor(Range slice) {
      this.slice = slice;
    }

    @Override
    public Operation operation() {
      return Operation.REDUCE_SCATTER;
    }

    @Override
    public void writeTo(FrameWriter writer) throws IOException {
      for (int at = slice.from(); at < slice.to(); at += chunk) {
        int count = Math.min(chunk, slice.to() - at);
        for (int i = 0; i < partials.size(); i++) {
          writer.write(Operation.REDUCE_SCATTER, partials.get(i), at, count);
        }
      }
    }
  }
}
