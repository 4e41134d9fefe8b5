package dev.convoy.data.decode;

import static dev.convoy.data.decode.ImageFiles.decoded;
import static dev.convoy.data.decode.ImageFiles.resource;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files with the pixels that Pillow makes of them; README.md beside them says how they were made.
 */
class PillowTest {
  @ParameterizedTest
  @CsvSource({
    "ycbcr-444.jpg, JPEG, 3, true",
    "ycbcr-422.jpg, JPEG, 3, true",
    "ycbcr-420.jpg, JPEG, 3, true",
    "ycbcr-411.jpg, JPEG, 3, true",
    "progressive.jpg, JPEG, 3, true",
    "restart.jpg, JPEG, 3, true",
    "bad-icc.jpg, JPEG, 3, true",
    "grey.jpg, JPEG, 1, true",
    "rgb-ids.jpg, JPEG, 3, true",
    "adobe-rgb.jpg, JPEG, 3, true",
    "cmyk.jpg, JPEG, 4, true",
    "cmyk-pillow.jpg, JPEG, 4, true",
    "ycck.jpg, JPEG, 4, true",
    "rotated.jpg, JPEG, 3, true",
    "palette.gif, GIF, 3, false",
    "palette.png, PNG, 3, false",
    "rgb16.png, PNG, 3, false",
    "rgb24.bmp, BMP, 3, false",
    "palette-rle.bmp, BMP, 3, false"
  })
  void pixelsAreThoseOfPillow(String name, Format format, int components, boolean plain) {
    byte[] file = resource(name);
    assertArrayEquals(resource(name + ".rgb"), decoded(file, 3));
    ImageHeader header = new ImageDecoder(DecodeOptions.DEFAULT).open(file, file.length, name);
    assertEquals(format, header.format());
    assertEquals(components, header.components());
    assertEquals(plain, header.plain());
    boolean turned = header.orientation() != Orientation.NORMAL;
    assertEquals(turned ? 23 : 17, header.height());
    assertEquals(turned ? 17 : 23, header.width());
  }
}
