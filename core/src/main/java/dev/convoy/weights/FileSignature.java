package dev.convoy.weights;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognizes by its first bytes a file that is mistaken for a safetensors file. */
final class FileSignature {
  /** How many bytes it needs. */
  static final int BYTES = 512;

  private static final int TAR_MAGIC = 257;

  private record Known(String begins, int at, String what) {
    Known(String begins, String what) {
      this(begins, 0, what);
    }
  }

  /** The known signatures; the first match counts. */
  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "version https://git-lfs",
              "a pointer of Git LFS in place of the file; fetch that with git lfs pull"),
          new Known(
              "PK\3\4",
              "a ZIP archive, as torch.save writes them (.pth, .pt, .bin); store the weights with"
                  + " safetensors.torch.save_file"),
          new Known(
              "\u0080\2", "a Python pickle; store the weights with safetensors.torch.save_file"),
          new Known(
              "\u0080\3", "a Python pickle; store the weights with safetensors.torch.save_file"),
          new Known(
              "\u0080\4", "a Python pickle; store the weights with safetensors.torch.save_file"),
          new Known(
              "\u0080\5", "a Python pickle; store the weights with safetensors.torch.save_file"),
          new Known("\u0089HDF\r\n\u001a\n", "an HDF5 file, as Keras writes them (.h5)"),
          new Known("GGUF", "a GGUF file"),
          new Known("\u0093NUMPY", "an array of NumPy (.npy)"),
          new Known("TFL3", 4, "a TensorFlow Lite model"),
          new Known("ustar", TAR_MAGIC, "a tar archive"),
          new Known("\u001f\u008b", "compressed by gzip; unpack it first"),
          new Known("(\u00b5/\u00fd", "compressed by Zstandard; unpack it first"),
          new Known("\u00fd7zXZ", "compressed by xz; unpack it first"),
          new Known("BZh", "compressed by bzip2; unpack it first"),
          new Known("\u0089PNG", "a PNG image"),
          new Known("\u00ff\u00d8\u00ff", "a JPEG image"),
          new Known("%PDF", "a PDF"));

  private FileSignature() {}

  /**
   * Returns what the file is.
   *
   * @param first bytes of the file, {@link #BYTES} or fewer
   * @return words that follow "it is"; empty if it is not recognized
   */
  static Optional<String> of(byte[] first) {
    if (first.length == 0) {
      return Optional.of("empty");
    }
    String latin = new String(first, StandardCharsets.ISO_8859_1);
    Optional<String> known =
        KNOWN.stream()
            .filter(signature -> latin.startsWith(signature.begins(), signature.at()))
            .map(Known::what)
            .findFirst();
    return known.or(() -> text(latin)).or(() -> onnx(first));
  }

  private static Optional<String> text(String latin) {
    String begins = latin.replace("\u00ef\u00bb\u00bf", "").stripLeading();
    String lower = begins.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return Optional.of("a web page; the download went wrong, perhaps for want of a login");
    }
    if (lower.startsWith("<")) {
      return Optional.of("XML or a web page, perhaps a server's message");
    }
    if (begins.startsWith("{")) {
      return Optional.of(
          begins.contains("weight_map") || begins.contains("\"metadata\"")
              ? "the index of weights that lie in several files; merge them into one"
              : "JSON text");
    }
    boolean printable =
        latin.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t');
    return printable ? Optional.of("text") : Optional.empty();
  }

  /**
   * Returns whether it is ONNX: a message of protocol buffers whose first fields are a small
   * version and the producer.
   */
  private static Optional<String> onnx(byte[] first) {
    boolean looksSo =
        first.length > 4 && first[0] == 0x08 && first[1] > 0 && first[1] < 32 && first[2] == 0x12;
    return looksSo ? Optional.of("probably an ONNX model") : Optional.empty();
  }
}
