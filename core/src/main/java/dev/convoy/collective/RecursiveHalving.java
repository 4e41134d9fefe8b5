package dev.convoy.collective;

import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import dev.convoy.collective.transport.WireFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * Reduce-scatter by recursive halving: {@link HalvingSteps} with all ranks as members.
 *
 * <pre>
 *   rank r, for distance 1, 2, 4, …:  exchange halves of what is left with rank r xor distance
 * </pre>
 *
 * <p><b>Bytes:</b> {@code 4 n (ranks - 1) / ranks} each way, the least possible. <b>Partners:</b>
 * log2(ranks). <b>Latency:</b> log2(ranks) messages one after the other. <b>Chosen</b> whenever the
 * number of ranks is a power of two: every rank has one subtree then, and all subtrees have the
 * same size. The slice of rank r is the one whose number is r with its bits reversed.
 */
final class RecursiveHalving implements ReduceScatter {
  static final Algorithm ALGORITHM = new HalvingAlgorithm();

  private final Mesh mesh;
  private final Operation operation;
  private final Outgoing[] outgoing;
  private final HalvingSteps steps;
  private final Partials partials;
  private final int bucketLength;

  private RecursiveHalving(
      Mesh mesh,
      VirtualNodes nodes,
      Range bucket,
      Rounding rounding,
      WireFormat format,
      int chunk) {
    this.mesh = mesh;
    operation = Operation.reduceScatter(format);
    int ranks = mesh.ranks();
    Slices slices = new Slices(bucket, ranks);
    int position = HalvingSteps.reverse(mesh.rank(), ranks);
    steps =
        new HalvingSteps(
            mesh,
            members(ranks),
            position,
            slices.all(),
            new HalvingSteps.Rounded(rounding, nodes.count() / ranks),
            operation,
            chunk);
    outgoing = new Outgoing[ranks];
    steps.addTo(outgoing);
    partials = new Partials(1, bucket, slices.slice(position));
    bucketLength = bucket.length();
  }

  private static int[] members(int ranks) {
    return IntStream.range(0, ranks).map(p -> HalvingSteps.reverse(p, ranks)).toArray();
  }

  @Override
  public void run(List<float[]> sums, float[] sliceSum) {
    partials.check(sums, sliceSum);
    float[] sum = sums.get(0);
    steps.of(sum);
    steps.progress().start(bucketLength);
    mesh.begin(outgoing);
    try {
      steps.run(sum, sliceSum);
    } finally {
      steps.progress().stop();
    }
    mesh.end(operation);
  }

  private static final class HalvingAlgorithm implements Algorithm {
    @Override
    public boolean supports(int ranks) {
      return Integer.bitCount(ranks) == 1;
    }

    @Override
    public boolean suits(int ranks, int floats) {
      return supports(ranks);
    }

    @Override
    public SortedSet<Integer> partners(VirtualNodes nodes, int rank) {
      return HalvingSteps.partners(rank, nodes.ranks());
    }

    @Override
    public List<Range> slices(VirtualNodes nodes, Range bucket) {
      Slices slices = new Slices(bucket, nodes.ranks());
      return IntStream.range(0, nodes.ranks())
          .mapToObj(rank -> slices.slice(HalvingSteps.reverse(rank, nodes.ranks())))
          .toList();
    }

    @Override
    public Cost cost(VirtualNodes nodes, Range bucket, WireFormat format) {
      int ranks = nodes.ranks();
      return Cost.ofShares(HalvingSteps.count(ranks), bucket.length(), ranks, format);
    }

    @Override
    public Scratch.Size scratch(VirtualNodes nodes, Range bucket, int rank, int chunk) {
      return Scratch.Size.NONE;
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
      return new RecursiveHalving(mesh, nodes, bucket, rounding, format, chunk);
    }
  }
}
