package dev.convoy.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Breaks valid inputs as disks, networks, other programs and attackers do: a pure function of the
 * inputs and a seed.
 */
final class Mutations {
  /** Long enough for any number of repeated pieces to matter, short enough for many a second. */
  static final int LONGEST = 1 << 17;

  private static final int MOST_MUTATIONS = 4;
  private static final int MOST_REPEATED = 1 << 13;
  private static final int LONGEST_PIECE = 64;

  /** Lengths and counts that have made readers overflow. */
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    32_767,
    32_768,
    65_535,
    65_536,
    1L << 24,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE - 8L,
    Integer.MIN_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 8
  };

  private static final List<String> DIGITS =
      List.of("-1", "0", "00", "2147483647", "2147483648", "9223372036854775808", "1e999", "NaN");

  private final List<byte[]> seeds;

  Mutations(List<byte[]> seeds) {
    this.seeds = seeds;
  }

  /** Returns the broken input of a seed. */
  byte[] of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] input = any(random);
    for (int left = 1 + random.nextInt(MOST_MUTATIONS); left > 0; left--) {
      input = mutated(input, random);
    }
    return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
  }

  private byte[] any(SplittableRandom random) {
    return seeds.get(random.nextInt(seeds.size())).clone();
  }

  private byte[] mutated(byte[] input, SplittableRandom random) {
    if (input.length == 0) {
      return any(random);
    }
    int at = place(input, random);
    return switch (random.nextInt(10)) {
      case 0 -> flipped(input, at, random);
      case 1 -> with(input, at, (byte) random.nextInt(256));
      case 2 -> Arrays.copyOf(input, at);
      case 3 -> joined(input, at, new byte[0], end(input, at, random));
      case 4 -> repeated(input, at, random);
      case 5 -> spliced(input, at, random);
      case 6, 7 -> withNumber(input, at, random);
      case 8 -> withDigits(input, at, random);
      default -> joined(input, at, noise(random), at);
    };
  }

  /** Returns a place, every second time near the beginning, where headers are. */
  private static int place(byte[] input, SplittableRandom random) {
    int before = random.nextBoolean() ? input.length : Math.min(input.length, LONGEST_PIECE);
    return random.nextInt(before);
  }

  private static int end(byte[] input, int at, SplittableRandom random) {
    return Math.min(input.length, at + 1 + random.nextInt(LONGEST_PIECE));
  }

  private static byte[] flipped(byte[] input, int at, SplittableRandom random) {
    return with(input, at, (byte) (input[at] ^ 1 << random.nextInt(Byte.SIZE)));
  }

  private static byte[] with(byte[] input, int at, byte value) {
    input[at] = value;
    return input;
  }

  private static byte[] noise(SplittableRandom random) {
    byte[] noise = new byte[1 + random.nextInt(LONGEST_PIECE)];
    random.nextBytes(noise);
    return noise;
  }

  /** Repeats a piece, short ones so often that whatever nests them goes deep. */
  private static byte[] repeated(byte[] input, int at, SplittableRandom random) {
    int end = random.nextBoolean() ? at + 1 : end(input, at, random);
    byte[] piece = Arrays.copyOfRange(input, at, end);
    int times = 1 + random.nextInt(random.nextInt(8) == 0 ? MOST_REPEATED : 8);
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int i = 0; i < times && pieces.size() < LONGEST; i++) {
      pieces.writeBytes(piece);
    }
    return joined(input, at, pieces.toByteArray(), at);
  }

  private byte[] spliced(byte[] input, int at, SplittableRandom random) {
    byte[] other = any(random);
    int from = random.nextInt(other.length);
    byte[] piece = Arrays.copyOfRange(other, from, from + random.nextInt(other.length - from + 1));
    return joined(input, at, piece, random.nextBoolean() ? at : input.length);
  }

  private static byte[] withNumber(byte[] input, int at, SplittableRandom random) {
    long number =
        random.nextInt(4) == 0
            ? input.length - at + random.nextInt(-2, 3)
            : NUMBERS[random.nextInt(NUMBERS.length)];
    int bytes = 1 << random.nextInt(4);
    ByteBuffer long8 = ByteBuffer.allocate(Long.BYTES);
    boolean little = random.nextBoolean();
    long8.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).putLong(number);
    int from = little ? 0 : Long.BYTES - bytes;
    System.arraycopy(long8.array(), from, input, at, Math.min(bytes, input.length - at));
    return input;
  }

  /** Replaces the decimal digits that come next. */
  private static byte[] withDigits(byte[] input, int at, SplittableRandom random) {
    int from = at;
    while (from < input.length && !isDigit(input[from])) {
      from++;
    }
    int to = from;
    while (to < input.length && isDigit(input[to])) {
      to++;
    }
    String digits = DIGITS.get(random.nextInt(DIGITS.size()));
    return joined(input, from, digits.getBytes(StandardCharsets.US_ASCII), to);
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  /** Returns the input with a piece in place of what lies between two places. */
  private static byte[] joined(byte[] input, int from, byte[] piece, int to) {
    byte[] joined = Arrays.copyOf(input, from + piece.length + input.length - to);
    System.arraycopy(piece, 0, joined, from, piece.length);
    System.arraycopy(input, to, joined, from + piece.length, input.length - to);
    return joined;
  }
}
