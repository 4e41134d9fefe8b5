package dev.convoy.collective;

import dev.convoy.collective.transport.Mesh;
import dev.convoy.collective.transport.Operation;
import dev.convoy.collective.transport.Outgoing;
import dev.convoy.collective.transport.PieceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The steps of recursive vector halving with distance doubling (Thakur, Rabenseifner and Gropp
 * 2005, "Optimization of collective communication operations in MPICH", section 4.3) among a power
 * of two of <i>members</i>, each of which has the sum of a subtree of the same size.
 *
 * <p>Member m exchanges halves with its sibling {@code m xor 1}, then quarters with {@code m xor
 * 2}, and so on, and adds what it receives to the half that it keeps. So each step adds siblings of
 * the tree: the sums are those of the balanced binary tree. The member's bit of a step says which
 * half it keeps, so it ends with slice number <i>bit-reversed m</i>; that number is its
 * <i>position</i>. In positions, the distance to the partner is the number of slices that are left.
 *
 * <pre>
 * member (position)    0 (0)     1 (2)     2 (1)     3 (3)
 *                     [0 1|2 3] [0 1|2 3] [0 1|2 3] [0 1|2 3]   the slices of the sum of one subtree
 * step 1, distance 2: [0 1     ←——→ 2 3]  [0 1     ←——→ 2 3]    0+1             2+3
 * step 2, distance 1: [0|1       2|3     ]←——→[0|1       2|3]   (0+1)+(2+3)
 *                     [0        2   ]      [  1          3]
 * </pre>
 *
 * <p>To keep the network busy from the first to the last chunk, steps are not separated: a chunk is
 * sent in a step as soon as it has been added in the one before. For that, each member adds the
 * slices in the order in which they are passed on, those that it keeps last: with {@code p} its
 * position, the slices {@code p xor i} with i descending to 0.
 */
final class HalvingSteps {
  private final Mesh mesh;
  private final int[] members;
  private final int position;
  private final List<Range> slices;
  private final int chunk;
  private final Rounded rounded;
  private final Operation operation;
  private final Progress progress = new Progress();
  private final Addition addition = new Addition();
  private final List<Step> steps = new ArrayList<>();

  /**
   * How sums are rounded.
   *
   * @param size virtual nodes in the subtree of each member
   */
  record Rounded(Rounding rounding, int size) {}

  /**
   * A step.
   *
   * @param first virtual node of the subtree that it completes
   * @param size virtual nodes in that subtree
   * @param partner the rank to exchange with
   * @param left whether this member's sum is the left operand
   */
  private record Step(
      int partner,
      boolean left,
      int first,
      int size,
      FramesToSend outgoing,
      List<Range> incoming) {}

  /**
   * @param mesh connects this rank to its partners
   * @param members the rank of each position, a power of two of them
   * @param position of this rank
   * @param slices the slice of each position, adjacent and ascending
   * @param rounded what happens to the sums that are added
   * @param operation that the frames belong to
   */
  HalvingSteps(
      Mesh mesh,
      int[] members,
      int position,
      List<Range> slices,
      Rounded rounded,
      Operation operation,
      int chunk) {
    this.rounded = rounded;
    this.mesh = mesh;
    this.members = members;
    this.position = position;
    this.slices = slices;
    this.operation = operation;
    this.chunk = chunk;
    long addedBefore = 0;
    for (int distance = members.length / 2; distance > 0; distance /= 2) {
      steps.add(step(distance, addedBefore));
      addedBefore += Frames.floats(frames(slices, position, 2 * distance, chunk));
    }
  }

  /** Returns the position of a member, or the member at a position. */
  static int reverse(int member, int members) {
    return members == 1
        ? 0
        : Integer.reverse(member) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(members));
  }

  /** Returns the number of steps among a power of two of members. */
  static int count(int members) {
    return Integer.numberOfTrailingZeros(members);
  }

  /** Returns the members with which one exchanges. */
  static SortedSet<Integer> partners(int member, int members) {
    SortedSet<Integer> partners = new TreeSet<>();
    for (int distance = 1; distance < members; distance *= 2) {
      partners.add(member ^ distance);
    }
    return partners;
  }

  private Step step(int distance, long addedBefore) {
    int partner = position ^ distance;
    FramesToSend outgoing = new FramesToSend(operation, progress);
    long needed = addedBefore;
    for (Range frame : frames(slices, partner, distance, chunk)) {
      needed += frame.length();
      outgoing.add(frame, needed);
    }
    int summed = members.length / distance;
    int member = reverse(position, members.length);
    return new Step(
        members[partner],
        (position & distance) == 0,
        (member & -summed) * rounded.size,
        summed * rounded.size,
        outgoing,
        frames(slices, position, distance, chunk));
  }

  /**
   * Returns the frames of the {@code count} slices that the member at a position still has after a
   * step, in the order in which it adds them: one frame if they are short.
   */
  static List<Range> frames(List<Range> slices, int receiver, int count, int chunk) {
    int first = receiver & -count;
    Range all = new Range(slices.get(first).from(), slices.get(first + count - 1).to());
    if (all.length() <= chunk) {
      return Frames.cut(List.of(all), chunk);
    }
    List<Range> ordered = new ArrayList<>();
    for (int i = count - 1; i >= 0; i--) {
      ordered.add(slices.get(receiver ^ i));
    }
    return Frames.cut(ordered, chunk);
  }

  /** Returns what becomes ready to be sent as the sum of this member's own subtree does. */
  Progress progress() {
    return progress;
  }

  /** Adds what is sent in the steps to what a rank sends, after what is there already. */
  void addTo(Outgoing[] outgoing) {
    for (Step step : steps) {
      Outgoing first = outgoing[step.partner];
      outgoing[step.partner] = first == null ? step.outgoing : new Both(first, step.outgoing);
    }
  }

  /** Sets the vector that has the sum of this member's subtree, before sending begins. */
  void of(float[] sum) {
    for (Step step : steps) {
      step.outgoing.of(sum);
    }
  }

  /**
   * Receives and adds.
   *
   * @param sum of this member's subtree, to which the others are added
   * @param sliceSum gets this member's slice of the sum of all
   */
  void run(float[] sum, float[] sliceSum) {
    Range own = slices.get(position);
    if (steps.isEmpty()) {
      System.arraycopy(sum, own.from(), sliceSum, 0, own.length());
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean last = i == steps.size() - 1;
      for (int f = 0; f < step.incoming.size(); f++) {
        Range frame = step.incoming.get(f);
        addition.begin(step, frame, sum, last ? sliceSum : sum, last ? own.from() : 0);
        mesh.peer(step.partner).receive(operation, addition, frame.length());
        progress.add(frame.length());
      }
    }
  }

  /** Adds a frame to this member's sum. */
  private final class Addition implements PieceSink {
    private Step step;
    private Range frame;
    private float[] sum;
    private float[] into;
    private int origin;

    /** Says where the result goes; {@code result} begins at element {@code from}. */
    void begin(Step of, Range added, float[] own, float[] result, int from) {
      step = of;
      frame = added;
      sum = own;
      into = result;
      origin = from;
    }

    @Override
    public void take(float[] piece, int at, int length) {
      int element = frame.from() + at;
      add(piece, element, length);
      rounded.rounding.round(into, element - origin, length, element, step.first, step.size);
    }

    private void add(float[] piece, int element, int length) {
      float[] own = sum;
      float[] result = into;
      int to = element - origin;
      if (step.left) {
        for (int i = 0; i < length; i++) {
          result[to + i] = own[element + i] + piece[i];
        }
      } else {
        for (int i = 0; i < length; i++) {
          result[to + i] = piece[i] + own[element + i];
        }
      }
    }
  }
}
