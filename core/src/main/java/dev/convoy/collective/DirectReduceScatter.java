package dev.convoy.collective;

import dev.convoy.collective.transport.FrameWriter;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import dev.convoy.collective.transport.WireFormat;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;

/**
 * Direct reduce-scatter: every rank sends to every other what that one owns.
 *
 * <pre>
 *   rank r, for each peer p:  for each chunk of p's slice: for each subtree of r: send the chunk
 *   rank r, for its slice:    for each chunk: for each subtree of all ranks, in node order:
 *                               receive the chunk (or take r's own), push it on the binary counter
 * </pre>
 *
 * <p><b>Bytes:</b> a rank with s subtrees (one when the ranks are a power of two, else mostly two)
 * sends {@code 4 s (n - own slice)} bytes and receives {@code 4 own slice} for every subtree of the
 * others. <b>Partners:</b> all other ranks. <b>Latency:</b> one message. <b>Chosen</b> for up to
 * {@value #FEW} ranks that are no power of two, for which {@link FoldedHalving} takes more bytes
 * and saves no partner.
 */
final class DirectReduceScatter implements ReduceScatter {
  static final Algorithm ALGORITHM = new DirectAlgorithm();

  /** The most ranks that are all connected to each other. */
  static final int FEW = 7;

  private final Mesh mesh;
  private final Operation operation;
  private final Range own;
  private final SubtreeSum tree;
  private final Partials allowed;

  /** The sizes of each rank's subtrees, in ascending order of their nodes. */
  private final int[][] subtreeSizes;

  private final Outgoing[] outgoing;
  private final int chunk;
  private List<float[]> partials;

  private DirectReduceScatter(
      Mesh mesh,
      VirtualNodes nodes,
      Range bucket,
      Rounding rounding,
      Scratch scratch,
      WireFormat format,
      int chunk) {
    this.mesh = mesh;
    operation = Operation.reduceScatter(format);
    this.chunk = chunk;
    tree = new SubtreeSum(new Subtree(0, nodes.count()), rounding, scratch);
    Slices slices = new Slices(bucket, mesh.ranks());
    own = slices.slice(mesh.rank());
    subtreeSizes = new int[mesh.ranks()][];
    outgoing = new Outgoing[mesh.ranks()];
    for (int rank = 0; rank < mesh.ranks(); rank++) {
      subtreeSizes[rank] = nodes.subtrees(rank).stream().mapToInt(Subtree::size).toArray();
      outgoing[rank] = new SliceFor(slices.slice(rank));
    }
    allowed = new Partials(subtreeSizes[mesh.rank()].length, bucket, own);
  }

  @Override
  public void run(List<float[]> sums, float[] sliceSum) {
    allowed.check(sums, sliceSum);
    partials = sums;
    mesh.begin(outgoing);
    for (int at = 0; at < own.length(); at += chunk) {
      int count = Math.min(chunk, own.length() - at);
      for (int rank = 0; rank < mesh.ranks(); rank++) {
        push(rank, at, count);
      }
      tree.take(sliceSum, at, count);
    }
    mesh.end(operation);
  }

  private void push(int rank, int at, int count) {
    for (int i = 0; i < subtreeSizes[rank].length; i++) {
      if (rank == mesh.rank()) {
        System.arraycopy(partials.get(i), own.from() + at, tree.next(), 0, count);
      } else {
        mesh.peer(rank).receive(operation, tree.next(), 0, count);
      }
      tree.push(subtreeSizes[rank][i], own.from() + at, count);
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
      return operation;
    }

    @Override
    public void writeTo(FrameWriter writer) throws IOException {
      for (int at = slice.from(); at < slice.to(); at += chunk) {
        int count = Math.min(chunk, slice.to() - at);
        for (int i = 0; i < partials.size(); i++) {
          writer.write(operation, partials.get(i), at, count);
        }
      }
    }
  }

  private static final class DirectAlgorithm implements Algorithm {
    @Override
    public boolean supports(int ranks) {
      return true;
    }

    @Override
    public boolean suits(int ranks, int floats) {
      return ranks <= FEW;
    }

    @Override
    public SortedSet<Integer> partners(VirtualNodes nodes, int rank) {
      return Partners.all(nodes.ranks(), rank);
    }

    @Override
    public List<Range> slices(VirtualNodes nodes, Range bucket) {
      return new Slices(bucket, nodes.ranks()).all();
    }

    @Override
    public Cost cost(VirtualNodes nodes, Range bucket, WireFormat format) {
      Slices slices = new Slices(bucket, nodes.ranks());
      int all = 0;
      for (int rank = 0; rank < nodes.ranks(); rank++) {
        all += nodes.subtrees(rank).size();
      }
      long most = 0;
      for (int rank = 0; rank < nodes.ranks(); rank++) {
        int subtrees = nodes.subtrees(rank).size();
        long own = slices.slice(rank).length();
        long sent = subtrees * (bucket.length() - own);
        long received = own * (all - subtrees);
        most = Math.max(most, Math.max(sent, received));
      }
      return new Cost(1, (double) most * format.bytes());
    }

    @Override
    public Scratch.Size scratch(VirtualNodes nodes, Range bucket, int rank, int chunk) {
      int slice = new Slices(bucket, nodes.ranks()).slice(rank).length();
      return new Scratch.Size(SubtreeSum.buffers(nodes.count()), Math.min(chunk, slice));
    }

    @Override
    public ReduceScatter prepare(
        Mesh mesh,
        VirtualNodes nodes,
        Range bucket,
        Rounding rounding,
        Scratch scratch,
        WireFormat format,
        int chunk) {
      return new DirectReduceScatter(mesh, nodes, bucket, rounding, scratch, format, chunk);
    }
  }
}
