package dev.convoy.train;

import dev.convoy.collective.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * From which ranks' memory a run can go on: a step after which every part of the state is still
 * with somebody. As all states after the same step have the same bits, it does not matter from
 * which attempt a part comes, or how the vector was cut in it.
 *
 * @param step steps done
 * @param pieces of the flat vector, ascending; together they are all of it
 */
public record Recovery(long step, List<Piece> pieces) {
  /** A part of the state, and the rank that has it. */
  public record Piece(int rank, Range range) {}

  /**
   * Returns where a run can go on, the newest step first; the same on all ranks.
   *
   * @param ofRanks what each of them has
   * @param after a step from which the run can go on anyway
   * @param length of the flat vector
   */
  public static List<Recovery> possible(List<Holdings> ofRanks, long after, int length) {
    return ofRanks.stream()
        .flatMap(holdings -> holdings.slices().keySet().stream())
        .filter(step -> step > after)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .map(step -> at(step, ofRanks, length))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Recovery> at(long step, List<Holdings> ofRanks, int length) {
    List<Piece> there = new ArrayList<>();
    for (int rank = 0; rank < ofRanks.size(); rank++) {
      for (Range range : ofRanks.get(rank).at(step)) {
        there.add(new Piece(rank, range));
      }
    }
    there.sort(Comparator.comparingInt(piece -> piece.range().from()));
    List<Piece> pieces = new ArrayList<>();
    int end = 0;
    for (Piece piece : there) {
      if (piece.range().from() > end) {
        return Optional.empty();
      }
      if (piece.range().to() > end) {
        pieces.add(new Piece(piece.rank(), new Range(end, piece.range().to())));
        end = piece.range().to();
      }
    }
    return end == length ? Optional.of(new Recovery(step, pieces)) : Optional.empty();
  }
}
