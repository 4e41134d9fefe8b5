package dev.convoy.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a configuration file and the files that it includes. Where HOCON itself loses something
 * silently, this refuses it or leaves a notice: a value that a comment cuts, a file to be included
 * that is not there, a key that is given twice.
 */
final class ConfigFiles {
  private static final List<String> ENDINGS = List.of(".conf", ".json", ".properties");

  private final Set<Path> open = new LinkedHashSet<>();
  private final List<String> notices = new ArrayList<>();

  /** Returns what the user should know of the files read. */
  List<String> notices() {
    return List.copyOf(notices);
  }

  /** Returns a file that the user names. */
  Config read(String file) {
    Path path = path(file, "the configuration");
    if (!Files.exists(path)) {
      throw new UserError("no such configuration file: " + file);
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new UserError("the configuration " + file + " is not a file that can be read");
    }
    return parse(path);
  }

  private static Path path(String file, String what) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new UserError(what + " " + file + " is no path: " + e.getReason(), e);
    }
  }

  private Config parse(Path file) {
    String name = Origins.shorten(file.toString());
    Path identity = file.toAbsolutePath().normalize();
    if (!open.add(identity)) {
      throw new UserError(
          "the configuration %s includes itself: %s"
              .formatted(
                  name,
                  String.join(
                      " includes ",
                      Stream.concat(open.stream(), Stream.of(identity))
                          .map(path -> Origins.shorten(path.toString()))
                          .toList())));
    }
    String text = ConfigText.read(file, name);
    HoconOutline outline = HoconOutline.of(text);
    if (outline.tooDeep() > 0) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s:%d: sections and lists are nested more than %d deep",
              name,
              outline.tooDeep(),
              HoconOutline.DEEPEST));
    }
    ConfigSyntax syntax = syntax(file);
    if (syntax == ConfigSyntax.CONF) {
      // Before parsing, because the parser fails on what some of these leave behind.
      refuseCuts(name, outline);
    }
    Config parsed = parse(file, name, text, outline);
    if (syntax != ConfigSyntax.PROPERTIES) {
      noticeDoubled(name, outline);
    }
    open.remove(identity);
    return parsed;
  }

  private Config parse(Path file, String name, String text, HoconOutline outline) {
    try {
      return ConfigFactory.parseString(
          text,
          ConfigParseOptions.defaults()
              .setSyntax(syntax(file))
              .setOriginDescription(name)
              .setIncluder(new Includer(file, name, outline)));
    } catch (ConfigException.Parse broken) {
      boolean ended = broken.getMessage().contains("end of file");
      if (!ended || outline.unclosed().isEmpty()) {
        throw broken;
      }
      HoconOutline.Unclosed section = outline.unclosed().get(0);
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s:%d: the section %s begins here with {, and no } ends it",
              name,
              section.line(),
              section.section()),
          broken);
    }
  }

  private static ConfigSyntax syntax(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".json")
        ? ConfigSyntax.JSON
        : name.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
  }

  private static void refuseCuts(String name, HoconOutline outline) {
    for (HoconOutline.Comment comment : outline.comments()) {
      if (comment.cutsValue()) {
        String sign = comment.text().startsWith("#") ? "#" : "//";
        throw new UserError(
            String.format(
                    Locale.ROOT,
                    "%s:%d: %s: %s begins a comment and would cut the value to %s; put it in quotes, \"%s\",",
                    name,
                    comment.line(),
                    comment.key(),
                    sign,
                    comment.value(),
                    comment.meant())
                + " or a blank before the comment");
      }
    }
  }

  private void noticeDoubled(String name, HoconOutline outline) {
    for (HoconOutline.Doubled doubled : outline.doubled()) {
      notices.add(
          String.format(
              Locale.ROOT,
              "%s:%d: %s is given twice; this value replaces the one of line %d",
              name,
              doubled.line(),
              doubled.key(),
              doubled.first()));
    }
  }

  /** Includes files beside the one that asks for them; what is not there is refused. */
  private final class Includer
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    private final Path from;
    private final String name;
    private final HoconOutline outline;

    Includer(Path from, String name, HoconOutline outline) {
      this.from = from;
      this.name = name;
      this.outline = outline;
    }

    /** Returns this includer, which includes or refuses all that others would include. */
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      if (what.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) {
        throw onlyFiles(what);
      }
      return file(what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      return file(what.getPath());
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw onlyFiles(what.toString());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw onlyFiles(what);
    }

    private UserError onlyFiles(String what) {
      return new UserError(
          "%s: include \"%s\" is refused; only files of this machine can be included"
              .formatted(place(what), what));
    }

    private ConfigObject file(String what) {
      Path wanted = from.toAbsolutePath().resolveSibling(path(what, place(what) + ": include"));
      List<Path> candidates = new ArrayList<>(List.of(wanted));
      ENDINGS.forEach(ending -> candidates.add(wanted.resolveSibling(fileName(wanted) + ending)));
      return candidates.stream()
          .filter(Files::isRegularFile)
          .findFirst()
          .map(file -> parse(file).root())
          .orElseThrow(
              () ->
                  new UserError(
                      "%s: include \"%s\": there is no file %s"
                          .formatted(place(what), what, Origins.shorten(wanted.toString()))));
    }

    private static String fileName(Path path) {
      return String.valueOf(path.getFileName());
    }

    private String place(String what) {
      return outline.includes().stream()
          .filter(include -> include.name().equals(what))
          .map(include -> name + ":" + include.line())
          .findFirst()
          .orElse(name);
    }
  }
}
