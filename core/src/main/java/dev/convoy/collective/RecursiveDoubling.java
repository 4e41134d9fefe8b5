package dev.convoy.collective;

import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.WireFormat;
import java.util.List;
import java.util.SortedSet;

/**
 * All-gather by recursive doubling (Thakur, Rabenseifner and Gropp 2005, section 4.1), the mirror
 * image of {@link RecursiveHalving}.
 *
 * <pre>
 *   rank r, for each distance:  exchange all that is there with rank r xor distance
 *
 *   4 ranks:             0 | 1 | 2 | 3         what each rank has
 *   distance 2:         02 |13 |02 |13
 *   distance 1:       0123 |0123|0123|0123
 * </pre>
 *
 * <p>The slices of recursive halving are gathered with falling distances, so that what a rank has
 * is adjacent; ranges that ascend with the ranks, with rising ones. The partners are the same.
 *
 * <p><b>Bytes:</b> with ranges of equal length, n floats together, {@code 4 n (ranks - 1) / ranks}
 * each way, the least possible. <b>Partners:</b> log2(ranks). <b>Latency:</b> log2(ranks) messages
 * one after the other. <b>Chosen</b> whenever the number of ranks is a power of two.
 */
final class RecursiveDoubling implements AllGather.Algorithm {
  static final AllGather.Algorithm ALGORITHM = new RecursiveDoubling();

  private static final GatherSteps.Pattern RISING = new Doubling(true);
  private static final GatherSteps.Pattern FALLING = new Doubling(false);

  private RecursiveDoubling() {}

  @Override
  public boolean supports(int ranks) {
    return Integer.bitCount(ranks) == 1;
  }

  @Override
  public boolean suits(int ranks) {
    return supports(ranks);
  }

  @Override
  public SortedSet<Integer> partners(int ranks, int rank) {
    return HalvingSteps.partners(rank, ranks);
  }

  @Override
  public Cost cost(List<Range> ranges, WireFormat format) {
    int ranks = ranges.size();
    return Cost.ofShares(HalvingSteps.count(ranks), Frames.floats(ranges), ranks, format);
  }

  @Override
  public AllGather prepare(Mesh mesh, List<Range> ranges, WireFormat format, int chunk) {
    return new GatherSteps(mesh, ascend(ranges) ? RISING : FALLING, ranges, format, chunk);
  }

  private static boolean ascend(List<Range> ranges) {
    for (int rank = 1; rank < ranges.size(); rank++) {
      if (ranges.get(rank).from() < ranges.get(rank - 1).to()) {
        return false;
      }
    }
    return true;
  }

  /** Lists, after every step, what the partner had listed. */
  private record Doubling(boolean rising) implements GatherSteps.Pattern {
    @Override
    public int steps(int ranks) {
      return Integer.numberOfTrailingZeros(ranks);
    }

    @Override
    public int to(int rank, int step, int ranks) {
      return listed(rank, 1 << step, ranks);
    }

    @Override
    public int from(int rank, int step, int ranks) {
      return to(rank, step, ranks);
    }

    @Override
    public int count(int step, int ranks) {
      return 1 << step;
    }

    @Override
    public int listed(int rank, int index, int ranks) {
      return rank ^ (rising ? index : HalvingSteps.reverse(index, ranks));
    }
  }
}
