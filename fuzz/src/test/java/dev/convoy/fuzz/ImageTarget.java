package dev.convoy.fuzz;

import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.decode.ImageDecoder;
import dev.convoy.data.decode.ImageHeader;
import dev.convoy.data.decode.UnusableImage;
import java.util.List;

/**
 * Image files of one format: the header, then all pixels of images that are not too large.
 *
 * @param name of the format
 * @param seeds files of that format
 */
record ImageTarget(String name, List<byte[]> seeds) implements FuzzTarget {
  private static final long MOST_PIXELS = 1 << 16;

  @Override
  public void read(byte[] input) {
    // Both, since a file whose end is missing takes another way in each.
    decode(input, DecodeOptions.Truncated.DECODE);
    decode(input, DecodeOptions.Truncated.REFUSE);
  }

  private static void decode(byte[] input, DecodeOptions.Truncated truncated) {
    ImageDecoder decoder = new ImageDecoder(new DecodeOptions(MOST_PIXELS, truncated));
    ImageHeader header = decoder.open(input, input.length, WHERE);
    decoder.decode(3, new Region(0, 0, header.height(), header.width()), new Pixels());
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(UnusableImage.class);
  }

  @Override
  public String named() {
    return WHERE;
  }

  /** An image of the most pixels takes that many several times over, as coefficients and planes. */
  @Override
  public long mostAllocated(int inputBytes) {
    return (16L << 20) + 64 * MOST_PIXELS + 256L * inputBytes;
  }
}
