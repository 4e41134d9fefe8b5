package dev.convoy.collective;

import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import dev.convoy.collective.transport.WireFormat;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;

/**
 * Direct all-gather: every rank sends its range to every other.
 *
 * <pre>
 *   rank r, for each peer p:  send r's range, chunk by chunk
 *   rank r, chunk by chunk:   for p = r + 1, r + 2, … (mod ranks): receive the chunk of p's range
 * </pre>
 *
 * <p>Each rank begins with another peer, so that not all wait for the same one.
 *
 * <p><b>Bytes:</b> a rank sends {@code 4 (ranks - 1)} for every float of its range and receives 4
 * for every float of the others'. <b>Partners:</b> all other ranks. <b>Latency:</b> one message.
 * <b>Chosen</b> for up to {@value DirectReduceScatter#FEW} ranks that are no power of two, which
 * {@link DirectReduceScatter} connects anyway.
 */
final class DirectAllGather implements AllGather {
  static final Algorithm ALGORITHM = new DirectAlgorithm();

  private final Mesh mesh;
  private final Operation operation;
  private final List<Range> ranges;
  private final int chunk;
  private final int longest;
  private final Progress progress = new Progress();
  private final FramesToSend own;
  private final Outgoing[] outgoing;

  private DirectAllGather(Mesh mesh, List<Range> ranges, WireFormat format, int chunk) {
    this.mesh = mesh;
    operation = Operation.allGather(format);
    this.ranges = ranges;
    this.chunk = chunk;
    own = new FramesToSend(operation, progress);
    longest = ranges.stream().mapToInt(Range::length).max().orElse(0);
    for (Range frame : Frames.cut(List.of(ranges.get(mesh.rank())), chunk)) {
      own.add(frame, 0);
    }
    outgoing = new Outgoing[mesh.ranks()];
    Arrays.fill(outgoing, own);
  }

  @Override
  public void run(float[] values) {
    own.of(values);
    mesh.begin(outgoing);
    for (long at = 0; at < longest; at += chunk) {
      for (int i = 1; i < mesh.ranks(); i++) {
        int rank = (mesh.rank() + i) % mesh.ranks();
        Range range = ranges.get(rank);
        if (at < range.length()) {
          int count = (int) Math.min(chunk, range.length() - at);
          mesh.peer(rank).receive(operation, values, range.from() + (int) at, count);
        }
      }
    }
    mesh.end(operation);
  }

  private static final class DirectAlgorithm implements Algorithm {
    @Override
    public boolean supports(int ranks) {
      return true;
    }

    @Override
    public boolean suits(int ranks) {
      return ranks <= DirectReduceScatter.FEW;
    }

    @Override
    public SortedSet<Integer> partners(int ranks, int rank) {
      return Partners.all(ranks, rank);
    }

    @Override
    public Cost cost(List<Range> ranges, WireFormat format) {
      return Cost.ofShares(1, Frames.floats(ranges), ranges.size(), format);
    }

    @Override
    public AllGather prepare(Mesh mesh, List<Range> ranges, WireFormat format, int chunk) {
      return new DirectAllGather(mesh, ranges, format, chunk);
    }
  }
}
