package dev.convoy.data.decode;

import static dev.convoy.data.decode.ImageFiles.decoded;
import static dev.convoy.data.decode.ImageFiles.oriented;
import static dev.convoy.data.decode.ImageFiles.picture;
import static dev.convoy.data.decode.ImageFiles.resource;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.convoy.data.Region;
import dev.convoy.data.encode.JpegEncoder;
import dev.convoy.data.encode.PngEncoder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RegionTest {
  private static final byte[][] FILES = {
    JpegEncoder.encode(picture(37, 51, 3, 3), 90),
    JpegEncoder.encode(picture(41, 19, 1, 4), 50),
    resource("progressive.jpg"),
    resource("ycbcr-422.jpg"),
    resource("restart.jpg"),
    resource("ycck.jpg")
  };
  private static final byte[][] LOSSLESS = {
    PngEncoder.encode(picture(13, 29, 3, 5)),
    resource("palette.png"),
    resource("palette.gif"),
    resource("rgb24.bmp"),
    resource("palette-rle.bmp")
  };

  private static void check(byte[] file, int channels, int... numbers) {
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT);
    ImageHeader header = decoder.open(file, file.length, "it");
    int top = numbers[0] % header.height();
    int left = numbers[1] % header.width();
    int height = 1 + numbers[2] % (header.height() - top);
    int width = 1 + numbers[3] % (header.width() - left);
    byte[] whole = decoded(decoder, channels, Region.whole(header.height(), header.width()));
    byte[] expected = new byte[height * width * channels];
    for (int y = 0; y < height; y++) {
      int from = ((top + y) * header.width() + left) * channels;
      System.arraycopy(whole, from, expected, y * width * channels, width * channels);
    }
    assertArrayEquals(expected, decoded(decoder, channels, new Region(top, left, height, width)));
  }

  @Property(tries = 400)
  void aRegionOfAnyOrientationIsTheCropOfTheWhole(
      @ForAll @IntRange(max = 5) int file,
      @ForAll @IntRange(min = 1, max = 8) int exif,
      @ForAll boolean colour,
      @ForAll @IntRange(max = 999) int top,
      @ForAll @IntRange(max = 999) int left,
      @ForAll @IntRange(max = 999) int height,
      @ForAll @IntRange(max = 999) int width) {
    check(oriented(FILES[file], exif), colour ? 3 : 1, top, left, height, width);
  }

  @Property(tries = 200)
  void soItIsOfLosslessFiles(
      @ForAll @IntRange(max = 4) int file,
      @ForAll boolean colour,
      @ForAll @IntRange(max = 999) int top,
      @ForAll @IntRange(max = 999) int left,
      @ForAll @IntRange(max = 999) int height,
      @ForAll @IntRange(max = 999) int width) {
    check(LOSSLESS[file], colour ? 3 : 1, top, left, height, width);
  }
}
