package dev.convoy.data.decode.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random files, sound and damaged, beside libjpeg-turbo's own cjpeg and djpeg. */
@Tag("long")
class DjpegTest {
  private static final List<String> SAMPLINGS =
      List.of(
          "1x1",
          "2x1",
          "1x2",
          "2x2",
          "4x1",
          "1x4",
          "4x2",
          "2x4",
          "3x1",
          "2x2,2x1,1x1",
          "2x2,1x2,2x1",
          "1x1,2x1,2x1",
          "1x1,2x2,1x1",
          "2x1,1x2,1x1");
  private static final List<List<String>> KINDS =
      List.of(
          List.of(),
          List.of("-progressive"),
          List.of("-optimize", "-restart", "2B"),
          List.of("-restart", "1"),
          List.of("-progressive", "-restart", "3B"),
          List.of("-grayscale"),
          List.of("-rgb"));
  private static final List<Scale> SCALES =
      List.of(Scale.FULL, Scale.HALF, Scale.QUARTER, Scale.EIGHTH);

  private final JpegDecoder decoder = new JpegDecoder();
  @TempDir private Path folder;

  /** .ci/run installs both, from Debian's libjpeg-turbo-progs. */
  @BeforeEach
  void requirePrograms() {
    for (String program : List.of("cjpeg", "djpeg")) {
      boolean there =
          Arrays.stream(System.getenv("PATH").split(":", -1))
              .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
      assumeTrue(there, program + " is not installed");
    }
  }

  private int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start()
        .waitFor();
  }

  private byte[] encoded(Random random) throws IOException, InterruptedException {
    int height = 1 + random.nextInt(70);
    int width = 1 + random.nextInt(70);
    int noise = 1 << random.nextInt(9);
    byte[] pixels = new byte[3 * height * width];
    for (int i = 0; i < pixels.length; i++) {
      int slope = 4 * (i / 3 / width) + 2 * (i / 3 % width) + 50 * (i % 3);
      pixels[i] = (byte) Math.min(255, slope % 200 + random.nextInt(noise));
    }
    byte[] head = ("P6\n" + width + " " + height + "\n255\n").getBytes(StandardCharsets.US_ASCII);
    byte[] ppm = Arrays.copyOf(head, head.length + pixels.length);
    System.arraycopy(pixels, 0, ppm, head.length, pixels.length);
    Path in = Files.write(folder.resolve("in.ppm"), ppm);
    Path out = folder.resolve("out.jpg");
    List<String> command = new ArrayList<>(List.of("cjpeg", "-quality"));
    command.add(String.valueOf(1 + random.nextInt(100)));
    command.addAll(List.of("-sample", SAMPLINGS.get(random.nextInt(SAMPLINGS.size()))));
    command.addAll(KINDS.get(random.nextInt(KINDS.size())));
    command.addAll(List.of("-outfile", out.toString(), in.toString()));
    assertTrue(run(command.toArray(new String[0])) == 0, command.toString());
    return Files.readAllBytes(out);
  }

  /** What djpeg makes of a file, or null if it refuses it. */
  private byte[] djpeg(byte[] file, Scale scale) throws IOException, InterruptedException {
    Path in = Files.write(folder.resolve("in.jpg"), file);
    Path out = folder.resolve("out.ppm");
    String size = scale.size() + "/8";
    if (run("djpeg", "-scale", size, "-rgb", "-outfile", out.toString(), in.toString()) == 1) {
      return null;
    }
    byte[] ppm = Files.readAllBytes(out);
    int at = 0;
    for (int lines = 0; lines < 3; at++) {
      lines += ppm[at] == '\n' ? 1 : 0;
    }
    return Arrays.copyOfRange(ppm, at, ppm.length);
  }

  @Test
  void soundFilesHaveThePixelsOfDjpeg() throws IOException, InterruptedException, JpegException {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      byte[] file = encoded(random);
      Scale scale = SCALES.get(random.nextInt(4));
      byte[] rgb = JpegFiles.whole(decoder, file, scale, true);
      assertArrayEquals(djpeg(file, scale), rgb, "seed " + seed);
    }
  }

  @Test
  void damagedFilesHaveThemToo() throws IOException, InterruptedException {
    int compared = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      byte[] file = encoded(random);
      int data = JpegFiles.find(file, Marker.SOS) + 14;
      for (int flips = random.nextInt(4); flips >= 0 && data < file.length; flips--) {
        file[data + random.nextInt(file.length - data)] ^= (byte) (1 << random.nextInt(8));
      }
      if (random.nextBoolean() && data < file.length) {
        file = Arrays.copyOf(file, data + random.nextInt(file.length - data));
      }
      Scale scale = SCALES.get(random.nextInt(2));
      byte[] expected = djpeg(file, scale);
      try {
        byte[] rgb = JpegFiles.whole(decoder, file, scale, false);
        // How edges are smoothed has changed between libjpeg-turbo 2.1 and 3.
        if (expected != null && decoder.faults().count(JpegFault.MISSING_BITS) == 0) {
          assertArrayEquals(expected, rgb, "seed " + seed);
          compared++;
        }
      } catch (JpegException e) {
        assertTrue(expected == null || data >= file.length, "seed " + seed + ": " + e.getMessage());
      }
    }
    assertTrue(compared > 500, compared + " compared");
  }
}
