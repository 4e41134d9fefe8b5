package dev.convoy.collective;

import dev.convoy.collective.transport.FrameWriter;
import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import dev.convoy.collective.transport.WireFormat;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Reduce-scatter for any number of ranks with few partners: the sums are first folded into a power
 * of two of complete subtrees of equal size, each at the rank that is its home ({@link Fold}); the
 * homes then add them by recursive halving ({@link HalvingSteps}).
 *
 * <pre>
 *   rank r, for each of its partial sums:  send it to the home of the subtree that it lies in
 *   home h, chunk by chunk:                for each partial sum of its subtree, in node order:
 *                                            receive it (or take h's own), push it on the counter
 *   homes:                                 recursive halving
 *
 *   V = 8, 3 ranks:   rank 0: [0..1] [2]     rank 1: [3] [4..5]     rank 2: [6..7]
 *                       home of 0..3  ←————————┘   home of 4..7  ←——————┘
 * </pre>
 *
 * <p><b>Bytes:</b> a rank sends {@code 4 n} for each partial sum of its own that lies in another's
 * home, of which it has one or two as a rule; homes exchange {@code 4 n (P - 1) / P} each way, for
 * P homes. <b>Partners:</b> log2(P) of a home, and those of the fold, of which there are at most
 * four. <b>Latency:</b> log2(P) + 1 messages. <b>Chosen</b> for numbers of ranks above {@value
 * DirectReduceScatter#FEW} that are no power of two. Ranks that are no home own nothing.
 */
final class FoldedHalving implements ReduceScatter {
  static final Algorithm ALGORITHM = new FoldedAlgorithm();

  private final Mesh mesh;
  private final Operation operation;
  private final Outgoing[] outgoing;
  private final Partials allowed;

  /** What this rank does as a home; null if it is none. */
  private final Home home;

  private List<float[]> partials;

  private FoldedHalving(
      Mesh mesh,
      VirtualNodes nodes,
      Range bucket,
      Rounding rounding,
      Scratch scratch,
      WireFormat format,
      int chunk) {
    this.mesh = mesh;
    operation = Operation.reduceScatter(format);
    Fold fold = new Fold(nodes);
    List<Range> slices = new Slices(bucket, fold.homes()).all();
    outgoing = new Outgoing[mesh.ranks()];
    int ownHome = fold.homeOf(mesh.rank());
    for (int h = 0; h < fold.homes(); h++) {
      List<Fold.Part> own = ofRank(mesh.rank(), fold.parts(h));
      if (h != ownHome && !own.isEmpty()) {
        outgoing[fold.rank(h)] = new PartForHome(own, frames(fold, h, slices, chunk));
      }
    }
    home = ownHome < 0 ? null : new Home(fold, ownHome, slices, rounding, scratch, chunk);
    Range slice = ownHome < 0 ? new Range(0, 0) : home.slice;
    allowed = new Partials(nodes.subtrees(mesh.rank()).size(), bucket, slice);
  }

  private static List<Fold.Part> ofRank(int rank, List<Fold.Part> parts) {
    return parts.stream().filter(part -> part.rank() == rank).toList();
  }

  /** Returns the frames in which a home completes its subtree. */
  private static List<Range> frames(Fold fold, int home, List<Range> slices, int chunk) {
    return HalvingSteps.frames(
        slices, HalvingSteps.reverse(home, fold.homes()), fold.homes(), chunk);
  }

  @Override
  public void run(List<float[]> sums, float[] sliceSum) {
    allowed.check(sums, sliceSum);
    partials = sums;
    if (home == null) {
      mesh.begin(outgoing);
    } else {
      home.run(sliceSum);
    }
    mesh.end(operation);
  }

  /** Completes a subtree, and takes part in the halving. */
  private final class Home {
    private final HalvingSteps steps;
    private final SubtreeSum tree;
    private final List<Fold.Part> parts;
    private final List<Range> frames;
    private final Range slice;

    /** This rank's own partial sum in which the subtree's sum is collected. */
    private final int collector;

    Home(Fold fold, int number, List<Range> slices, Rounding rounding, Scratch scratch, int chunk) {
      int position = HalvingSteps.reverse(number, fold.homes());
      steps =
          new HalvingSteps(
              mesh,
              members(fold),
              position,
              slices,
              new HalvingSteps.Rounded(rounding, fold.size()),
              operation,
              chunk);
      steps.addTo(outgoing);
      tree = new SubtreeSum(new Subtree(number * fold.size(), fold.size()), rounding, scratch);
      parts = fold.parts(number);
      frames = FoldedHalving.frames(fold, number, slices, chunk);
      slice = slices.get(position);
      collector = ofRank(mesh.rank(), parts).get(0).index();
    }

    private static int[] members(Fold fold) {
      return IntStream.range(0, fold.homes())
          .map(p -> fold.rank(HalvingSteps.reverse(p, fold.homes())))
          .toArray();
    }

    void run(float[] sliceSum) {
      float[] sum = partials.get(collector);
      steps.of(sum);
      steps.progress().start(0);
      mesh.begin(outgoing);
      try {
        for (int f = 0; f < frames.size(); f++) {
          collect(frames.get(f), sum);
        }
        steps.run(sum, sliceSum);
      } finally {
        steps.progress().stop();
      }
    }

    private void collect(Range frame, float[] sum) {
      for (int i = 0; i < parts.size(); i++) {
        Fold.Part part = parts.get(i);
        if (part.rank() == mesh.rank()) {
          float[] own = partials.get(part.index());
          System.arraycopy(own, frame.from(), tree.next(), 0, frame.length());
        } else {
          mesh.peer(part.rank()).receive(operation, tree.next(), 0, frame.length());
        }
        tree.push(part.size(), frame.from(), frame.length());
      }
      tree.take(sum, frame.from(), frame.length());
      steps.progress().add(frame.length());
    }
  }

  /** This rank's partial sums that lie in the subtree of another home. */
  private final class PartForHome implements Outgoing {
    private final List<Fold.Part> parts;
    private final List<Range> frames;

    PartForHome(List<Fold.Part> parts, List<Range> frames) {
      this.parts = parts;
      this.frames = frames;
    }

    @Override
    public Operation operation() {
      return operation;
    }

    @Override
    public void writeTo(FrameWriter writer) throws IOException {
      for (int f = 0; f < frames.size(); f++) {
        Range frame = frames.get(f);
        for (int i = 0; i < parts.size(); i++) {
          float[] sum = partials.get(parts.get(i).index());
          writer.write(operation, sum, frame.from(), frame.length());
        }
      }
    }
  }

  private static final class FoldedAlgorithm implements Algorithm {
    @Override
    public boolean supports(int ranks) {
      return true;
    }

    @Override
    public boolean suits(int ranks, int floats) {
      return true;
    }

    @Override
    public SortedSet<Integer> partners(VirtualNodes nodes, int rank) {
      Fold fold = new Fold(nodes);
      SortedSet<Integer> partners = new TreeSet<>();
      for (int h = 0; h < fold.homes(); h++) {
        int homeRank = fold.rank(h);
        for (Fold.Part part : fold.parts(h)) {
          if (homeRank == rank) {
            partners.add(part.rank());
          } else if (part.rank() == rank) {
            partners.add(homeRank);
          }
        }
      }
      int home = fold.homeOf(rank);
      if (home >= 0) {
        HalvingSteps.partners(home, fold.homes()).forEach(h -> partners.add(fold.rank(h)));
      }
      partners.remove(rank);
      return partners;
    }

    @Override
    public List<Range> slices(VirtualNodes nodes, Range bucket) {
      Fold fold = new Fold(nodes);
      Slices slices = new Slices(bucket, fold.homes());
      return IntStream.range(0, nodes.ranks())
          .map(fold::homeOf)
          .mapToObj(
              home ->
                  home < 0
                      ? new Range(bucket.from(), bucket.from())
                      : slices.slice(HalvingSteps.reverse(home, fold.homes())))
          .toList();
    }

    /** Sums that lie in the subtree of another home travel there; then the homes halve. */
    @Override
    public Cost cost(VirtualNodes nodes, Range bucket, WireFormat format) {
      Fold fold = new Fold(nodes);
      int[] sent = new int[nodes.ranks()];
      int[] received = new int[nodes.ranks()];
      for (int home = 0; home < fold.homes(); home++) {
        int homeRank = fold.rank(home);
        for (Fold.Part part : fold.parts(home)) {
          if (part.rank() != homeRank) {
            sent[part.rank()]++;
            received[homeRank]++;
          }
        }
      }
      double vector = (double) bucket.length() * format.bytes();
      double halving = Cost.ofShares(0, bucket.length(), fold.homes(), format).bytes();
      double most = 0;
      for (int rank = 0; rank < nodes.ranks(); rank++) {
        double halved = fold.homeOf(rank) < 0 ? 0 : halving;
        most = Math.max(most, vector * Math.max(sent[rank], received[rank]) + halved);
      }
      return new Cost(HalvingSteps.count(fold.homes()) + 1, most);
    }

    @Override
    public Scratch.Size scratch(VirtualNodes nodes, Range bucket, int rank, int chunk) {
      Fold fold = new Fold(nodes);
      return fold.homeOf(rank) < 0
          ? Scratch.Size.NONE
          : new Scratch.Size(SubtreeSum.buffers(fold.size()), Math.min(chunk, bucket.length()));
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
      return new FoldedHalving(mesh, nodes, bucket, rounding, scratch, format, chunk);
    }
  }
}
