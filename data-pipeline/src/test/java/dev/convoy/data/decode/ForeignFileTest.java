package dev.convoy.data.decode;

import static dev.convoy.data.DataAssertions.assertRefused;
import static dev.convoy.data.decode.ImageFiles.decoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFileTest {
  /** Hexadecimal digits of the first bytes, to which others are added. */
  @ParameterizedTest
  @CsvSource({
    "524946462400000057454250 56503820, is a WebP image",
    "0000001866747970 61766966 00000000, is an AVIF image",
    "0000001866747970 68656963 00000000, is a HEIC image",
    "0000001c66747970 6d696631 00000000 6d696631 61766966, is an AVIF image",
    "0000001866747970 6d696631 00000000 68656963, is a HEIC image",
    "0000001866747970 63727820 00000001, is a camera's raw image",
    "0000002066747970 69736f6d 00000200, is a video",
    "49492a0008000000, is a TIFF image",
    "4d4d002a00000008, is a TIFF image",
    "49492b0008000000, is a TIFF image",
    "0000000c6a5020200d0a870a, is a JPEG 2000 image",
    "ff4fff5100290000, is a JPEG 2000 image",
    "0000000c4a584c200d0a870a, is a JPEG XL image",
    "ff0afa7f0190, is a JPEG XL image",
    "38425053000100000000, is a Photoshop image",
    "00000100010010100000, is an icon or a cursor",
    "00000200010010100000, is an icon or a cursor",
    "255044462d312e35, is a PDF document",
    "504b0304140000000800, is a zip archive",
    "1f8b0800000000000003, is a gzip file",
    "425a68393141592653, is a bzip2 file",
    "fd377a585a000004, is an xz file",
    "28b52ffd0058, is a zstd file",
    "377abcaf271c, is a 7z archive",
    "526172211a0700, is a RAR archive",
    "0005160700020000, is a Mac's AppleDouble file",
    "800495e803000000, is a Python pickle",
    "934e554d5059010076, is an array of NumPy",
    "894844460d0a1a0a, is an HDF5 file",
    "7f454c46020101, is a program",
    "89504e470a1a0a00, is a PNG file whose line ends were converted",
    "efbfbdefbfbdefbfbd, is a binary file that was read and written as text",
    "89504e470d0a1a0a0000000443674249, is a PNG file in Apple's own form (CgBI)",
    "1a45dfa39f4286, is a video",
    "9f8e7d6c5b4a, is no image: it begins with the bytes 9f 8e 7d 6c"
  })
  void binaryFilesAreToldByTheirFirstBytes(String hex, String expected) {
    byte[] head = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] file = Arrays.copyOf(head, 600);
    Arrays.fill(file, head.length, file.length, (byte) 0x91);
    assertRefused(() -> decoded(file, 3), "it " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1\\noid sha256:1 | a pointer of Git LFS | git lfs",
        "/annex/objects/SHA256E-s31390--f50d.jpg | a link of git-annex | git annex get",
        "../.git/annex/objects/Mv/99/SHA.jpg | a link of git-annex | git annex get",
        "outs:\\n- md5: a304afb96060aad90176268345e10355 | a pointer of DVC | dvc pull",
        "<!DOCTYPE html>\\n<html> | a web page | again",
        "\\n\\n  <HTML lang='en'> | a web page | again",
        "<?xml version='1.0'?><!DOCTYPE html><html> | a web page | again",
        "<?xml version='1.0'?><Error><Code>NoSuchKey | XML, perhaps a server's | again",
        "<?xml version='1.0'?>\\n<!-- x -->\\n<svg xmlns= | an SVG drawing | PNG or JPEG",
        "<svg width='4'> | an SVG drawing | PNG or JPEG",
        "{\"message\": \"not found\"} | JSON, perhaps a server's | again",
        "/9j/4AAQSkZJRgABAQ== | an image in base64 | base64 -d",
        "data:image/png;base64,iVBOR | an image in base64 | base64 -d",
        "404: Not Found | text | again",
        "P1 is the first of our plots | text | again",
        "BMW, Audi and Opel | text | again",
        "Zürich, so schön | text | again"
      })
  void textsAreToldByTheirWords(String text, String name, String advice) {
    String file = text.replace("\\n", "\n");
    assertRefused(
        () -> decoded(file.getBytes(StandardCharsets.UTF_8), 3),
        "it is " + name,
        "only JPEG, PNG, GIF, BMP and PNM are read",
        advice);
    assertRefused(
        () -> decoded(("\ufeff" + file).getBytes(StandardCharsets.UTF_8), 3), "it is " + name);
  }

  @Test
  void emptyFilesAndZerosAndArchivesAreTold() {
    assertRefused(() -> decoded(new byte[0], 3), "it is an empty file", "again");
    assertRefused(() -> decoded(new byte[1], 3), "it is a file of zero bytes alone");
    assertRefused(() -> decoded(new byte[5000], 3), "it is a file of zero bytes alone");
    byte[] tar = new byte[1024];
    tar[0] = 'a';
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    assertRefused(() -> decoded(tar, 3), "it is a tar archive", "unpack");
  }

  @Test
  void theKindIsTheSameForAllOfIt() {
    byte[] webp = "RIFF1234WEBPVP8 ".getBytes(StandardCharsets.US_ASCII);
    UnusableImage e =
        assertThrows(
            UnusableImage.class,
            () -> new ImageDecoder(DecodeOptions.DEFAULT).open(webp, webp.length, "a/b.jpg"));
    assertEquals("WebP image", e.kind());
    assertEquals("convert it to PNG or JPEG", e.detail());
    assertEquals(
        "a/b.jpg is a WebP image, but only JPEG, PNG, GIF, BMP and PNM are read; convert it to PNG"
            + " or JPEG",
        e.getMessage());
  }

  @Test
  void aBrokenImageIsNotAnotherFormat() {
    for (int length = 3; length < 8; length++) {
      byte[] jpeg = Arrays.copyOf(new byte[] {-1, -40, -1, -32, 0, 16, 'J', 'F'}, length);
      UnusableImage e = assertThrows(UnusableImage.class, () -> decoded(jpeg, 3));
      assertTrue(List.of("broken JPEG file", "truncated file").contains(e.kind()), e.kind());
    }
  }
}
