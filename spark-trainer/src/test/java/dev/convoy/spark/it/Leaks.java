package dev.convoy.spark.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Places where a secret was found, in any of the ways in which programs write bytes. */
final class Leaks {
  private final Map<String, byte[]> spellings = new LinkedHashMap<>();
  private final List<String> found = new ArrayList<>();
  private int searched;

  /** Looks for a secret that is text. */
  void add(String name, String secret) {
    add(name, secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Looks for a secret that is bytes. */
  void add(String name, byte[] secret) {
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(secret);
    spellings.put(name, secret);
    spellings.put(name + " in base 64", text(base64));
    spellings.put(name + " in URLs' base 64", text(base64.replace('+', '-').replace('/', '_')));
    spellings.put(name + " in hex", text(HexFormat.of().formatHex(secret)));
    spellings.put(name + " in HEX", text(HexFormat.of().withUpperCase().formatHex(secret)));
    String decimal = Arrays.toString(secret);
    spellings.put(name + " in decimal", text(decimal.substring(1, decimal.length() - 1)));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Searches some text. */
  void search(String where, String text) {
    search(where, text(text));
  }

  /** Searches some bytes. */
  void search(String where, byte[] bytes) {
    searched++;
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    spellings.forEach(
        (name, spelling) -> {
          if (all.contains(new String(spelling, StandardCharsets.ISO_8859_1))) {
            found.add(where + " has " + name);
          }
        });
  }

  /** Searches all files of a folder except those under one; files may vanish meanwhile. */
  void searchFiles(Path folder, Path except) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return path.equals(except) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              search(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  List<String> found() {
    return found;
  }

  /** Returns how many texts, files and pages were searched. */
  int searched() {
    return searched;
  }
}
