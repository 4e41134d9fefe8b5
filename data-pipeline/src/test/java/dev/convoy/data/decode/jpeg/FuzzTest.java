package dev.convoy.data.decode.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.convoy.data.Region;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a file has in it, it is decoded or refused by a {@link JpegException}, and soon. */
class FuzzTest {
  private static final List<String> NAMES = JpegFiles.names();
  private static final List<Scale> SCALES =
      List.of(Scale.FULL, Scale.HALF, Scale.QUARTER, Scale.EIGHTH);
  private static final int PIXELS_MOST = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final JpegDecoder decoder = new JpegDecoder();
  private int decoded;
  private int strictly;

  private void run(long seed, int files) {
    for (int i = 0; i < files; i++) {
      Random random = new Random(seed + i);
      byte[] file = mutated(random);
      String which = "seed " + (seed + i);
      assertTimeout(SOON, () -> attempt(file, random), which);
    }
    // Mutations that leave nothing to decode would show nothing.
    assertEquals(true, decoded > files / 3, decoded + " decoded");
    assertEquals(true, strictly > files / 50, strictly + " whole");
  }

  private static byte[] mutated(Random random) {
    byte[] file = JpegFiles.resource(NAMES.get(random.nextInt(NAMES.size())));
    if (random.nextInt(4) == 0) {
      byte[] other = JpegFiles.resource(NAMES.get(random.nextInt(NAMES.size())));
      int from = random.nextInt(other.length);
      byte[] piece = Arrays.copyOfRange(other, from, from + random.nextInt(other.length - from));
      int at = random.nextInt(file.length);
      int to = random.nextBoolean() ? at : Math.min(file.length, at + piece.length);
      file = JpegFiles.replaced(file, at, to, piece);
    }
    for (int flips = random.nextInt(6); flips > 0; flips--) {
      int at = random.nextInt(file.length);
      switch (random.nextInt(4)) {
        case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> file[at] = (byte) random.nextInt(256);
        case 2 -> file[at] = (byte) 0xff;
        default -> file[Math.min(at, 700) % file.length] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(file, 2 + random.nextInt(file.length - 1)) : file;
  }

  private void attempt(byte[] file, Random random) {
    Scale scale = SCALES.get(random.nextInt(4));
    byte[] lenient;
    Region all;
    try {
      JpegHeader header = decoder.open(file, file.length);
      if (header.height() == 0
          || header.width() == 0
          || (long) header.height() * header.width() > PIXELS_MOST) {
        return;
      }
      all = scale.whole(header.height(), header.width());
      lenient = JpegFiles.region(decoder, all, scale, false);
      decoded++;
    } catch (JpegException e) {
      assertFalse(e.getMessage().isBlank());
      return;
    }
    boolean damaged = decoder.faults().damaged();
    try {
      byte[] strict = JpegFiles.region(decoder, all, scale, true);
      assertFalse(damaged);
      assertArrayEquals(lenient, strict);
      strictly++;
    } catch (JpegException e) {
      assertEquals(true, damaged, e.getMessage());
    }
  }

  @Test
  void threeThousandFiles() {
    run(1, 3_000);
  }

  @Test
  @Tag("long")
  void sixtyThousandFiles() {
    run(1_000_000, 60_000);
  }
}
