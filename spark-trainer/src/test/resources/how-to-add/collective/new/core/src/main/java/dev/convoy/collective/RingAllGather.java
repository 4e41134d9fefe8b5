package dev.convoy.collective;

import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import dev.convoy.collective.transport.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All-gather around a ring: every range is passed on from rank to rank.
 *
 * <pre>
 *   rank r:  send the ranges of r, r - 1, r - 2, … to r + 1, while they come from r - 1
 * </pre>
 *
 * <p><b>Bytes:</b> with ranges of equal length, n floats together, {@code 4 n (ranks - 1) / ranks}
 * each way, the least possible. <b>Partners:</b> the two neighbours. <b>Latency:</b> ranks - 1
 * messages one after the other. <b>Chosen</b> for five ranks.
 */
final class RingAllGather implements AllGather {
  static final Algorithm ALGORITHM = new RingAlgorithm();

  private final Mesh mesh;
  private final Operation operation;
  private final Progress progress = new Progress();
  private final FramesToSend toNext;
  private final Outgoing[] outgoing;
  private final int previous;
  private final List<Range> incoming;

  private RingAllGather(Mesh mesh, List<Range> ranges, WireFormat format, int chunk) {
    this.mesh = mesh;
    operation = Operation.allGather(format);
    toNext = new FramesToSend(operation, progress);
    int ranks = mesh.ranks();
    int own = ranges.get(mesh.rank()).length();
    previous = (mesh.rank() + ranks - 1) % ranks;
    incoming = Frames.cut(fromBehind(previous, ranges), chunk);
    long needed = -own;
    for (Range frame : Frames.cut(fromBehind(mesh.rank(), ranges), chunk)) {
      needed += frame.length();
      toNext.add(frame, needed);
    }
    outgoing = new Outgoing[ranks];
    outgoing[(mesh.rank() + 1) % ranks] = toNext;
  }

  /** Returns the ranges that a rank sends: its own, and those that it receives, but the last. */
  private static List<Range> fromBehind(int rank, List<Range> ranges) {
    List<Range> sent = new ArrayList<>();
    for (int i = 0; i < ranges.size() - 1; i++) {
      sent.add(ranges.get(Math.floorMod(rank - i, ranges.size())));
    }
    return sent;
  }

  @Override
  public void run(float[] values) {
    toNext.of(values);
    progress.start(0);
    mesh.begin(outgoing);
    try {
      for (int i = 0; i < incoming.size(); i++) {
        Range frame = incoming.get(i);
        mesh.peer(previous).receive(operation, values, frame.from(), frame.length());
        progress.add(frame.length());
      }
    } finally {
      progress.stop();
    }
    mesh.end(operation);
  }

  private static final class RingAlgorithm implements Algorithm {
    @Override
    public boolean supports(int ranks) {
      return true;
    }

    @Override
    public boolean suits(int ranks) {
      return ranks == 5;
    }

    @Override
    public SortedSet<Integer> partners(int ranks, int rank) {
      SortedSet<Integer> partners =
          new TreeSet<>(List.of((rank + 1) % ranks, (rank + ranks - 1) % ranks));
      partners.remove(rank);
      return partners;
    }

    @Override
    public Cost cost(List<Range> ranges, WireFormat format) {
      return Cost.ofShares(ranges.size() - 1, Frames.floats(ranges), ranges.size(), format);
    }

    @Override
    public AllGather prepare(Mesh mesh, List<Range> ranges, WireFormat format, int chunk) {
      return new RingAllGather(mesh, ranges, format, chunk);
    }
  }
}
