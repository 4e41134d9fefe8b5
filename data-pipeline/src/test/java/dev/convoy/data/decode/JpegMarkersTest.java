package dev.convoy.data.decode;

import static dev.convoy.data.decode.ImageFiles.find;
import static dev.convoy.data.decode.ImageFiles.picture;
import static dev.convoy.data.decode.ImageFiles.resource;
import static dev.convoy.data.decode.ImageFiles.withSegment;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.DataException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegMarkersTest {
  private static final byte[] JPEG = JpegEncoder.encode(picture(20, 20, 3, 1), 80);

  private static JpegMarkers markers(byte[] file) {
    return JpegMarkers.of(file, file.length, "it");
  }

  /** Sampling factors, horizontal then vertical digit, as the frame header has them. */
  @ParameterizedTest
  @CsvSource({
    "11 11 11, true",
    "21 11 11, true",
    "22 11 11, true",
    "41 11 11, true",
    "42 11 11, true",
    "24 11 11, true",
    "14 11 11, true",
    "22 12 12, true",
    "22 11 12, true",
    "12 11 11, false",
    "22 21 21, false",
    "22 11 21, false",
    "31 21 11, false",
    "20 11 11, false"
  })
  void plainSamplingIsWhatDecodersAgreeOn(String sampling, boolean plain) {
    byte[] file = JPEG.clone();
    String[] factors = sampling.split(" ", -1);
    int frame = find(file, 0xff, 0xc0);
    for (int c = 0; c < 3; c++) {
      file[frame + 11 + 3 * c] = (byte) Integer.parseInt(factors[c], 16);
    }
    assertEquals(plain, markers(file).plain());
  }

  @Test
  void onlyHuffmanCodedFilesOfEightBitsArePlain() {
    for (int process = 0xc0; process <= 0xcf; process++) {
      if (process == 0xc4 || process == 0xc8 || process == 0xcc) {
        continue;
      }
      byte[] file = JPEG.clone();
      file[find(file, 0xff, 0xc0) + 1] = (byte) process;
      // The same scan in a progressive file brings all bits too.
      assertEquals(process <= 0xc2, markers(file).plain(), Integer.toHexString(process));
    }
    byte[] twelve = JPEG.clone();
    twelve[find(twelve, 0xff, 0xc0) + 4] = 12;
    assertFalse(markers(twelve).plain());
  }

  @Test
  void aProgressiveFileIsPlainOnceAllBitsAreThere() {
    byte[] file = resource("progressive.jpg");
    assertTrue(markers(file).plain());
    int lastScan = 0;
    for (int at = 0; at < file.length - 1; at++) {
      lastScan = (file[at] & 0xff) == 0xff && (file[at + 1] & 0xff) == 0xda ? at : lastScan;
    }
    byte[] shorter = Arrays.copyOf(file, lastScan + 2);
    shorter[lastScan + 1] = (byte) 0xd9;
    assertTrue(markers(shorter).complete());
    assertFalse(markers(shorter).plain());
  }

  @Test
  void aFileWithBytesThatBelongToNothingIsNotPlain() {
    int scan = find(JPEG, 0xff, 0xda);
    byte[] before = Arrays.copyOf(JPEG, JPEG.length + 1);
    System.arraycopy(JPEG, scan, before, scan + 1, JPEG.length - scan);
    before[scan] = 0x17;
    assertFalse(markers(before).plain());
    before[scan] = (byte) 0xff;
    assertTrue(markers(before).plain(), "a fill byte may come before a marker");
    byte[] within = JPEG.clone();
    within[scan + 30] = (byte) 0xff;
    within[scan + 31] = 0x17;
    assertFalse(markers(within).plain());
  }

  @Test
  void whatDecodingDoesNotNeedIsLeftOut() {
    byte[] more = withSegment(JPEG, 0xfe, new byte[500]);
    more = withSegment(more, 0xe2, new byte[60_000]);
    assertArrayEquals(markers(JPEG).essence(), markers(more).essence());
    byte[] tail = Arrays.copyOf(more, more.length + 100);
    assertArrayEquals(markers(JPEG).essence(), markers(tail).essence());
  }

  @Test
  void bytesOfChanceGiveADataExceptionAtWorst() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] file = Arrays.copyOf(JPEG, i % 2 == 0 ? JPEG.length : random.nextInt(JPEG.length));
      if (i % 5 == 0) {
        random.nextBytes(file);
      }
      for (int flips = 0; flips < 5 && file.length > 0; flips++) {
        file[random.nextInt(file.length)] = (byte) (flips % 2 == 0 ? 0xff : random.nextInt(256));
      }
      try {
        JpegMarkers markers = JpegMarkers.of(file, random.nextInt(file.length + 1), "it");
        assertTrue(markers.essence().length <= file.length + 2);
      } catch (DataException e) {
        assertTrue(e.getMessage().startsWith("it is a broken JPEG file"), e.getMessage());
      }
    }
  }
}
