package dev.convoy.data.decode.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.convoy.data.Region;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class JpegRegionTest {
  private static final List<String> NAMES = JpegFiles.names();

  @Property(tries = 1500)
  void aRegionAtAnyScaleIsTheCropOfTheWhole(
      @ForAll @IntRange(max = 9999) int file,
      @ForAll Scale scale,
      @ForAll @IntRange(max = 999) int top,
      @ForAll @IntRange(max = 999) int left,
      @ForAll @IntRange(max = 999) int height,
      @ForAll @IntRange(max = 999) int width)
      throws JpegException {
    JpegDecoder decoder = new JpegDecoder();
    byte[] bytes = JpegFiles.resource(NAMES.get(file % NAMES.size()));
    byte[] whole = JpegFiles.whole(decoder, bytes, scale, false);
    JpegHeader header = decoder.open(bytes, bytes.length);
    int rows = scale.of(header.height());
    int columns = scale.of(header.width());
    int y = top % rows;
    int x = left % columns;
    Region region = new Region(y, x, 1 + height % (rows - y), 1 + width % (columns - x));
    byte[] expected = new byte[3 * region.height() * region.width()];
    for (int row = 0; row < region.height(); row++) {
      int from = 3 * ((y + row) * columns + x);
      int count = 3 * region.width();
      System.arraycopy(whole, from, expected, row * count, count);
    }
    assertArrayEquals(expected, JpegFiles.region(decoder, region, scale, false));
  }
}
