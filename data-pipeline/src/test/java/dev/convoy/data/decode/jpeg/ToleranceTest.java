package dev.convoy.data.decode.jpeg;

import static dev.convoy.data.decode.jpeg.JpegFiles.find;
import static dev.convoy.data.decode.jpeg.JpegFiles.replaced;
import static dev.convoy.data.decode.jpeg.JpegFiles.resource;
import static dev.convoy.data.decode.jpeg.JpegFiles.whole;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.decode.jpeg.JpegException.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToleranceTest {
  private static final byte[] BASELINE = resource("sampling-2x2.jpg");
  private static final byte[] PROGRESSIVE = resource("progressive-p2x2.jpg");

  private final JpegDecoder decoder = new JpegDecoder();

  private JpegException refusal(byte[] file, boolean strict) {
    return assertThrows(JpegException.class, () -> whole(decoder, file, Scale.FULL, strict));
  }

  /** The same pixels, even if damage is not allowed, and this one fault. */
  private void assertHarmless(JpegFault fault, byte[] good, byte[] file) throws JpegException {
    byte[] expected = whole(decoder, good, Scale.FULL, true);
    assertTrue(decoder.faults().isEmpty(), decoder.faults().toString());
    assertArrayEquals(expected, whole(decoder, file, Scale.FULL, true));
    assertEquals(fault.text() + " (1)", decoder.faults().toString());
    assertEquals(1, decoder.faults().count(fault));
  }

  @Test
  void anImageWithoutItsEndMarkerIsWhole() throws JpegException {
    for (byte[] good : new byte[][] {BASELINE, PROGRESSIVE, resource("variant-ni.jpg")}) {
      assertHarmless(JpegFault.NO_END, good, Arrays.copyOf(good, good.length - 2));
      assertHarmless(JpegFault.NO_END, good, Arrays.copyOf(good, good.length - 1));
    }
  }

  @Test
  void bytesThatBelongToNothingArePassedOver() throws JpegException {
    for (byte[] good : new byte[][] {BASELINE, PROGRESSIVE}) {
      int end = good.length - 2;
      byte[] stray = new byte[300];
      Arrays.fill(stray, (byte) 0x17);
      assertHarmless(JpegFault.STRAY_BYTES, good, replaced(good, end, end, stray));
      int tables = find(good, Marker.DQT);
      assertHarmless(JpegFault.STRAY_BYTES, good, replaced(good, tables, tables, stray));
      assertHarmless(
          JpegFault.BYTES_AFTER_END, good, replaced(good, good.length, good.length, stray));
      byte[] fill = {-1, -1, -1};
      assertArrayEquals(
          whole(decoder, good, Scale.FULL, true),
          whole(decoder, replaced(good, tables, tables, fill), Scale.FULL, true));
      assertTrue(decoder.faults().isEmpty(), "fill bytes may come before a marker");
    }
  }

  @Test
  void aSingleStrayByteBehindTheDataIsNoticed() throws JpegException {
    int end = BASELINE.length - 2;
    assertHarmless(JpegFault.STRAY_BYTES, BASELINE, replaced(BASELINE, end, end, (byte) 1));
  }

  @ParameterizedTest
  @CsvSource({
    "harmless-no-end.jpg, NO_END",
    "harmless-trailer.jpg, NO_END",
    "harmless-stray-bytes.jpg, STRAY_BYTES",
    "harmless-no-tables.jpg, STANDARD_TABLES",
    "progressive-dconly.jpg, MISSING_BITS"
  })
  void harmlessFaultsAreCounted(String name, JpegFault fault) throws JpegException {
    whole(decoder, resource(name), Scale.FULL, true);
    assertTrue(decoder.faults().count(fault) > 0, decoder.faults().toString());
  }

  @Test
  void aMissingTailRefusesAFileThatIsToBeWhole() throws JpegException {
    for (byte[] good : new byte[][] {BASELINE, PROGRESSIVE, resource("variant-ni.jpg")}) {
      byte[] cut = Arrays.copyOf(good, good.length - 30);
      assertEquals(Kind.TRUNCATED, refusal(cut, true).kind());
      whole(decoder, cut, Scale.FULL, false);
      assertTrue(decoder.faults().count(JpegFault.EARLY_END) > 0);
    }
  }

  @Test
  void aRefusedFileLeavesNothingToTheNext() throws JpegException {
    byte[] expected = whole(decoder, BASELINE, Scale.FULL, true);
    byte[] other = resource("variant-q100.jpg");
    refusal(Arrays.copyOf(other, other.length - 100), true);
    assertArrayEquals(expected, whole(decoder, BASELINE, Scale.FULL, true));
  }

  @Test
  void scansThatAreMissingAltogetherAreDamage() throws JpegException {
    byte[] good = resource("variant-ni.jpg");
    int second = find(Arrays.copyOfRange(good, find(good, Marker.SOS) + 2, good.length), 0xda);
    int at = find(good, Marker.SOS) + 2 + second;
    byte[] lacking = replaced(good, at, good.length - 2);
    assertTrue(refusal(lacking, true).getMessage().contains("no scan of one of its components"));
    whole(decoder, lacking, Scale.FULL, false);
    assertEquals(1, decoder.faults().count(JpegFault.MISSING_SCAN));
  }

  @Test
  void theNumberOfLinesMayComeAfterTheFirstScan() throws JpegException {
    int frame = find(BASELINE, Marker.SOF0);
    byte[] open = BASELINE.clone();
    byte high = open[frame + 5];
    byte low = open[frame + 6];
    open[frame + 5] = 0;
    open[frame + 6] = 0;
    assertEquals(0, decoder.open(open, open.length).height());
    int end = open.length - 2;
    byte[] told =
        replaced(open, end, end, (byte) 0xff, (byte) Marker.DNL, (byte) 0, (byte) 4, high, low);
    assertArrayEquals(
        whole(decoder, BASELINE, Scale.FULL, true), whole(decoder, told, Scale.FULL, true));
  }

  @ParameterizedTest
  @CsvSource({
    "c3, lossless coding",
    "c5, hierarchical coding",
    "c7, hierarchical coding",
    "c9, arithmetic coding",
    "ca, arithmetic coding",
    "cb, lossless coding",
    "cf, hierarchical coding"
  })
  void otherProcessesAreRefusedByName(String marker, String name) {
    byte[] file = BASELINE.clone();
    file[find(file, Marker.SOF0) + 1] = (byte) Integer.parseInt(marker, 16);
    JpegException e = refusal(file, false);
    assertEquals(Kind.UNSUPPORTED, e.kind());
    assertTrue(e.getMessage().startsWith("of " + name), e.getMessage());
  }

  @Test
  void otherDepthsAndSamplingsAreRefusedByName() {
    byte[] deep = BASELINE.clone();
    int frame = find(deep, Marker.SOF0);
    deep[frame + 4] = 12;
    assertTrue(refusal(deep, false).getMessage().startsWith("of 12 bits a sample"));
    byte[] odd = BASELINE.clone();
    odd[frame + 11] = 0x31;
    odd[frame + 14] = 0x21;
    assertTrue(refusal(odd, false).getMessage().contains("sampling factors of 2 and 3"));
    byte[] none = BASELINE.clone();
    none[frame + 11] = 0x20;
    assertTrue(refusal(none, false).getMessage().contains("a sampling factor is 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"variant-gp.jpg", "variant-ni.jpg"})
  void scansThatAreRepeatedForEverAreRefused(String name) {
    byte[] good = resource(name);
    int scan = find(good, Marker.SOS);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(good, 0, good.length - 2);
    for (int i = 0; i < 5000; i++) {
      many.write(good, scan, good.length - 2 - scan);
    }
    assertTrue(refusal(many.toByteArray(), false).getMessage().contains("more than 100 times"));
  }
}
