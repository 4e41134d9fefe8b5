package dev.convoy.collective;

import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.WireFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All-gather for any number of ranks with few partners, by the algorithm of Bruck et al. (1997,
 * "Efficient algorithms for all-to-all communications in multiport message-passing systems").
 *
 * <pre>
 *   rank r, for distance 1, 2, 4, …:  send all that is there, or what is still missing, to rank
 *                                     r - distance, receive as much from rank r + distance
 *
 *   5 ranks:        0   |1   |2   |3   |4         what each rank has
 *   distance 1:    01  |12  |23  |34  |40
 *   distance 2:  0123  |1234|2340|3401|4012
 *   distance 4: 01234  |…                         one range each
 * </pre>
 *
 * <p><b>Bytes:</b> with ranges of equal length, n floats together, {@code 4 n (ranks - 1) / ranks}
 * each way, the least possible. <b>Partners:</b> one to send to and one to receive from for each of
 * the ⌈log2(ranks)⌉ steps. <b>Latency:</b> ⌈log2(ranks)⌉ messages one after the other.
 * <b>Chosen</b> for numbers of ranks above {@value DirectReduceScatter#FEW} that are no power of
 * two.
 */
final class BruckAllGather implements AllGather.Algorithm {
  static final AllGather.Algorithm ALGORITHM = new BruckAllGather();

  private static final GatherSteps.Pattern PATTERN = new Bruck();

  private BruckAllGather() {}

  @Override
  public boolean supports(int ranks) {
    return true;
  }

  @Override
  public boolean suits(int ranks) {
    return true;
  }

  @Override
  public SortedSet<Integer> partners(int ranks, int rank) {
    SortedSet<Integer> partners = new TreeSet<>();
    for (int step = 0; step < PATTERN.steps(ranks); step++) {
      partners.add(PATTERN.to(rank, step, ranks));
      partners.add(PATTERN.from(rank, step, ranks));
    }
    return partners;
  }

  /** In each step a rank sends again what it had at first. */
  @Override
  public Cost cost(List<Range> ranges, WireFormat format) {
    int ranks = ranges.size();
    // The floats before the range of each rank, the ranks counted twice around.
    long[] before = new long[2 * ranks + 1];
    for (int i = 0; i < 2 * ranks; i++) {
      before[i + 1] = before[i] + ranges.get(i % ranks).length();
    }
    long most = 0;
    for (int rank = 0; rank < ranks; rank++) {
      long sent = 0;
      for (int step = 0; step < PATTERN.steps(ranks); step++) {
        sent += before[rank + PATTERN.count(step, ranks)] - before[rank];
      }
      long received = before[ranks] - ranges.get(rank).length();
      most = Math.max(most, Math.max(sent, received));
    }
    return new Cost(PATTERN.steps(ranks), (double) most * format.bytes());
  }

  @Override
  public AllGather prepare(Mesh mesh, List<Range> ranges, WireFormat format, int chunk) {
    return new GatherSteps(mesh, PATTERN, ranges, format, chunk);
  }

  /** Lists the ranges in the order of the ranks, beginning with the own one. */
  private static final class Bruck implements GatherSteps.Pattern {
    @Override
    public int steps(int ranks) {
      return Integer.SIZE - Integer.numberOfLeadingZeros(ranks - 1);
    }

    @Override
    public int to(int rank, int step, int ranks) {
      return Math.floorMod(rank - (1 << step), ranks);
    }

    @Override
    public int from(int rank, int step, int ranks) {
      return (rank + (1 << step)) % ranks;
    }

    @Override
    public int count(int step, int ranks) {
      return Math.min(1 << step, ranks - (1 << step));
    }

    @Override
    public int listed(int rank, int index, int ranks) {
      return (rank + index) % ranks;
    }
  }
}
