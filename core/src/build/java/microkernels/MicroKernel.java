package microkernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One generated class.
 *
 * @param room the last part of its package's name
 * @param name of the class
 * @param body its Javadoc and declaration
 */
record MicroKernel(String room, String name, String body) {
  /** The first line of each file, by which stale ones are recognized. */
  static final String HEADER = "// Written by microkernels.MicroKernels: change its templates.";

  private static final String PACKAGE = "dev.convoy.kernel.vector";

  /** The packages of the types that a body may name. */
  private static final Map<String, String> IMPORTS =
      new TreeMap<>(
          Map.of(
              "FloatVector", "jdk.incubator.vector",
              "VectorMask", "jdk.incubator.vector",
              "VectorOperators", "jdk.incubator.vector",
              "Lanes", PACKAGE + ".lanes",
              "Layout", "dev.convoy.tensor",
              "Tensor", "dev.convoy.tensor",
              "VirtualNodeTree", "dev.convoy.kernel",
              "Winograd", "dev.convoy.kernel",
              "Workspace", "dev.convoy.kernel"));

  /**
   * Writes it unless it is there with the same contents, so that nothing is compiled again; returns
   * the file.
   */
  Path write(Path directory) throws IOException {
    Path file = directory.resolve(PACKAGE.replace('.', '/')).resolve(room).resolve(name + ".java");
    String source = source();
    if (!Files.exists(file) || !Files.readString(file).equals(source)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
    }
    return file;
  }

  private String source() {
    StringBuilder imports = new StringBuilder();
    IMPORTS.forEach(
        (type, from) -> {
          String name = type.equals("Lanes") && room.equals("lanes") ? "" : type;
          if (!name.isEmpty() && Pattern.compile("\\b" + name + "\\b").matcher(body).find()) {
            imports.append("import ").append(from).append('.').append(name).append(";\n");
          }
        });
    return """
        %s
        package %s.%s;

        %s
        %s"""
        .formatted(HEADER, PACKAGE, room, imports, body);
  }
}
