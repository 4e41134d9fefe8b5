package dev.convoy.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the gradient of each weight lies in the arrays that backward writes. The whole gradient, at
 * the places of the weights in the flat vector, is needed only if something reads it after the
 * backward pass. Otherwise its segments, each of one layer or of a few neighbours, take turns in a
 * shorter array: backward goes from the vector's end to its beginning, and so the segments go round
 * and round the array, from its end to its beginning.
 *
 * <pre>
 *   the vector          [a a|b b b|c|d d d d]
 *   an array of 6       . . d d d d
 *                       . c d d d d
 *                       . c d b b b     there is no room for b before c, so it begins anew:
 *                       . a a b b b     most of d must have been used by now; and now c, too
 * </pre>
 *
 * <p>{@link LayerHooks#beforeBackward} waits until the gradients that a layer overwrites have been
 * used.
 */
public final class GradientLayout {
  /** Where the segments begin in the flat vector, ascending, and where the last one ends. */
  private final int[] cuts;

  /** Where each of them begins in the array. */
  private final int[] places;

  private final int length;

  private GradientLayout(int[] cuts, int length) {
    this.cuts = cuts;
    this.length = length;
    places = new int[cuts.length - 1];
    int end = length;
    for (int s = places.length - 1; s >= 0; s--) {
      int floats = cuts[s + 1] - cuts[s];
      if (floats > length) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "gradients in an array of %,d floats: the segment from %,d to %,d does not fit",
                length,
                cuts[s],
                cuts[s + 1]));
      }
      places[s] = (end >= floats ? end : length) - floats;
      end = places[s];
    }
  }

  /** Returns the layout of the whole gradient: each has the place of its weight. */
  public static GradientLayout whole(int vectorLength) {
    return new GradientLayout(new int[] {0, vectorLength}, vectorLength);
  }

  /**
   * Returns the layout of gradients that take turns.
   *
   * @param starts where the segments begin in the flat vector, ascending from 0
   * @param vectorLength where the last one ends
   * @param length of the array, which has room for each of them
   */
  public static GradientLayout ring(List<Integer> starts, int vectorLength, int length) {
    int[] cuts = new int[starts.size() + 1];
    for (int s = 0; s < starts.size(); s++) {
      cuts[s] = starts.get(s);
    }
    cuts[starts.size()] = vectorLength;
    return new GradientLayout(cuts, length);
  }

  /**
   * Returns the shortest layout, in which each part of a network's backward pass overwrites the one
   * before it: for gradients that are used before the next part is computed.
   */
  public static GradientLayout shortest(Network network) {
    List<Integer> starts = network.backwardParts();
    int longest = 0;
    int end = network.vectorLength();
    for (int s = starts.size() - 1; s >= 0; s--) {
      longest = Math.max(longest, end - starts.get(s));
      end = starts.get(s);
    }
    return ring(starts, network.vectorLength(), longest);
  }

  /** Returns the length of the arrays, in floats. */
  public int length() {
    return length;
  }

  /** Returns the length of the flat vector. */
  public int vectorLength() {
    return cuts[cuts.length - 1];
  }

  /** Returns whether each gradient has the place of its weight, and is kept until the next pass. */
  public boolean isWhole() {
    return length == vectorLength();
  }

  /** Returns the number of the segment in which an index of the flat vector lies. */
  public int segment(int at) {
    int found = Arrays.binarySearch(cuts, at);
    return found >= 0 ? Math.min(found, places.length - 1) : -found - 2;
  }

  /**
   * Returns how far a segment's gradients lie behind their weights: what is to be added to an index
   * of the flat vector, mostly less than 0.
   */
  public int shift(int segment) {
    return places[segment] - cuts[segment];
  }

  /** Returns where the gradient of the weight at an index of the flat vector lies. */
  public int place(int at) {
    return at + shift(segment(at));
  }

  /**
   * Returns the index in the flat vector from which on all gradients must have been used before
   * those of a range are written, because they lie where some of them do; the vector's length if
   * that is none of this pass.
   *
   * @param from begin of the range, which lies in one segment
   * @param to its end, exclusive
   */
  public int overwrites(int from, int to) {
    int segment = segment(from);
    int first = from + shift(segment);
    int end = to + shift(segment);
    for (int s = segment + 1; s < places.length; s++) {
      int segmentEnd = places[s] + cuts[s + 1] - cuts[s];
      if (places[s] < end && first < segmentEnd) {
        return Math.max(first, places[s]) - shift(s);
      }
    }
    return vectorLength();
  }

  /** Refuses a range of the flat vector whose gradients do not lie one behind the other. */
  void requireContiguous(String layer, int from, int to) {
    if (to > from && place(to - 1) - place(from) != to - 1 - from) {
      throw new IllegalArgumentException(
          "the gradients of layer %s, from %s to %s, must lie in one segment"
              .formatted(layer, from, to));
    }
  }
}
