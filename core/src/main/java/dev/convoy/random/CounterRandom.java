package dev.convoy.random;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers without state: every draw is a pure function of a key and a counter, so it does
 * not matter which executor or thread asks, in which order, or whether a run was resumed.
 *
 * <p>The generator is SplitMix64's finalizer (Steele, Lea and Flood 2014, "Fast splittable
 * pseudorandom number generators", figure 16, with variant 13 of Stafford's constants), applied
 * after each word that is mixed in.
 */
public final class CounterRandom {
  /** The odd integer closest to 2^64 divided by the golden ratio. */
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private CounterRandom() {}

  /** Returns the key of a stream under a seed. */
  public static long key(long seed, RandomStream stream) {
    return mix(mix(seed) + stream.number());
  }

  /** Returns a key derived from another one, for an epoch, a sample or a layer. */
  public static long derive(long key, long part) {
    return mix(key + GOLDEN_GAMMA * (part + 1));
  }

  /**
   * Returns the number of a part that has a name, such as a parameter or a layer: its 64-bit FNV-1a
   * hash.
   */
  public static long part(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** Returns 64 random bits: number {@code counter} of the stream {@code key}. */
  public static long bits(long key, long counter) {
    return mix(key + GOLDEN_GAMMA * (counter + 1));
  }

  /** Returns a uniform number in [0, 1), a multiple of 2^-24, which a float holds exactly. */
  public static float uniform(long key, long counter) {
    return (bits(key, counter) >>> 40) * 0x1p-24f;
  }

  /** Returns a uniform number in [0, {@code bound}), with negligible bias. */
  public static int below(long key, long counter, int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException(
          "the bound of a random number is " + bound + ", not positive");
    }
    return (int) Math.multiplyHigh(bits(key, counter) >>> 1, (long) bound << 1);
  }

  /** Returns a standard normal number, the quantile of a uniform one; the same bits everywhere. */
  public static double normal(long key, long counter) {
    // An odd multiple of 2^-53, which is exact and neither 0 nor 1.
    return NormalQuantile.of(((bits(key, counter) >>> 12) + 0.5) * 0x1p-52);
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
