package dev.convoy.data.decode.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.data.decode.jpeg.JpegFiles.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files with the pixels that djpeg makes of them, on whatever JDK this runs. */
class DigestTest {
  private static final JpegDecoder DECODER = new JpegDecoder();

  static List<Digest> digests() {
    return JpegFiles.digests();
  }

  @ParameterizedTest
  @MethodSource("digests")
  void pixelsAreThoseOfDjpeg(Digest expected) throws JpegException, NoSuchAlgorithmException {
    byte[] file = JpegFiles.resource(expected.name());
    byte[] rgb = JpegFiles.whole(DECODER, file, expected.scale(), false);
    JpegHeader header = DECODER.open(file, file.length);
    assertEquals(
        expected.size(),
        expected.scale().of(header.width()) + "x" + expected.scale().of(header.height()));
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(rgb);
    assertEquals(expected.sha256(), HexFormat.of().formatHex(sha));
  }

  /**
   * But those whose damage leaves no trace: bits that make other, valid codes of the same length.
   */
  @ParameterizedTest
  @MethodSource("digests")
  void damageRefusesAFileThatIsToBeWhole(Digest each) throws JpegException {
    byte[] file = JpegFiles.resource(each.name());
    JpegFiles.whole(DECODER, file, each.scale(), false);
    boolean damaged = DECODER.faults().damaged();
    if (!each.damaged()) {
      assertEquals(false, damaged, DECODER.faults().toString());
    }
    if (damaged) {
      assertThrows(JpegException.class, () -> JpegFiles.whole(DECODER, file, each.scale(), true));
    } else {
      JpegFiles.whole(DECODER, file, each.scale(), true);
    }
  }
}
