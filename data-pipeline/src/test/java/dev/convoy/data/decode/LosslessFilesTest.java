package dev.convoy.data.decode;

import static dev.convoy.data.decode.ImageFiles.decoded;
import static dev.convoy.data.decode.ImageFiles.resource;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.convoy.data.DataException;
import dev.convoy.data.Region;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PNG, GIF, BMP and Netpbm of every kind, with digests of the pixels that {@code lossless/make.py}
 * put into them; the same on every JDK.
 */
class LosslessFilesTest {
  /** A line of {@code pixels.tsv}. */
  record Expected(String name, int height, int width, String sha256, String notes) {
    static Expected parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Expected(
          fields[0],
          Integer.parseInt(fields[1]),
          Integer.parseInt(fields[2]),
          fields[3],
          fields[4].replace("-", ""));
    }

    byte[] file() {
      return resource("lossless/" + name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Expected> files() {
    return new String(resource("lossless/pixels.tsv"), StandardCharsets.UTF_8)
        .lines()
        .map(Expected::parse);
  }

  @ParameterizedTest
  @MethodSource("files")
  void pixelsAreThoseThatWerePutIn(Expected expected) throws Exception {
    byte[] file = expected.file();
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT);
    ImageHeader header = decoder.open(file, file.length, expected.name());
    assertEquals(expected.height(), header.height());
    assertEquals(expected.width(), header.width());
    byte[] rgb = decoded(decoder, 3, Region.whole(header.height(), header.width()));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(rgb);
    assertEquals(expected.sha256(), HexFormat.of().formatHex(digest));
    assertEquals(
        expected.notes(),
        decoder.notes().stream().map(ImageNote::name).collect(Collectors.joining(",")));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aRegionIsTheCropOfTheWhole(Expected expected) {
    byte[] file = expected.file();
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT);
    byte[] whole = decoded(decoder, file, 3);
    int height = (expected.height() + 1) / 2;
    int width = (expected.width() + 1) / 2;
    Region part =
        new Region(expected.height() - height, (expected.width() - width) / 2, height, width);
    byte[] crop = new byte[height * width * 3];
    for (int y = 0; y < height; y++) {
      int from = ((part.top() + y) * expected.width() + part.left()) * 3;
      System.arraycopy(whole, from, crop, y * width * 3, width * 3);
    }
    assertArrayEquals(crop, decoded(decoder, 3, part));
  }

  /** In one sentence, or it is decoded; nothing is printed, and the decoders go on after each. */
  @ParameterizedTest
  @MethodSource("files")
  void damagedFilesGiveAnImageOrASentence(Expected expected) {
    byte[] good = expected.file();
    Random random = new Random(good.length);
    List<ImageDecoder> decoders =
        List.of(
            new ImageDecoder(new DecodeOptions(1 << 20, DecodeOptions.Truncated.REFUSE)),
            new ImageDecoder(ImageFiles.LENIENT));
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < 60; i++) {
        byte[] bad = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
        for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
          int at = random.nextInt(i % 2 == 0 ? bad.length : Math.min(bad.length, 64));
          bad[at] = (byte) random.nextInt(256);
        }
        for (ImageDecoder decoder : decoders) {
          attempt(decoder, bad);
        }
      }
    } finally {
      System.setErr(before);
    }
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    assertArrayEquals(decoded(decoders.get(0), good, 3), decoded(decoders.get(1), good, 3));
  }

  private static void attempt(ImageDecoder decoder, byte[] file) {
    try {
      decoded(decoder, file, 3);
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith("it "), e.getMessage());
      assertEquals(1, e.getMessage().lines().count());
    }
  }

  /** However much of the file is missing, it is whole or it is refused, never half an image. */
  @ParameterizedTest
  @MethodSource("files")
  void aCutFileIsWholeOrRefused(Expected expected) {
    // The last number of a text may be cut and still be one.
    assumeFalse(List.of("p2.pgm", "p3.ppm").contains(expected.name()));
    byte[] good = expected.file();
    byte[] whole = decoded(good, 3);
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT);
    int refused = 0;
    for (int length = 0; length < good.length; length += 1 + good.length / 200) {
      try {
        assertArrayEquals(whole, decoded(decoder, Arrays.copyOf(good, length), 3));
      } catch (UnusableImage e) {
        refused++;
      }
    }
    assertTrue(refused > 0);
  }
}
