package dev.convoy.spark.app.options;

import dev.convoy.spark.config.ConvoyConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which configuration a command runs under: a file and the overrides of its keys. */
public final class ConfigOptions {
  private static final String RENDERED = "--rendered";

  @Parameters(
      paramLabel = "CONFIG",
      description =
          "Configuration of the experiment, a HOCON file such as conf/lenet5-fashion-mnist.conf.")
  private String file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of the configuration; may be repeated, the last one wins.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = RENDERED,
      hidden = true,
      paramLabel = "BASE64",
      description =
          "The configuration named CONFIG itself, as the process that submits has read it.")
  private String rendered;

  /** Returns the configuration, checked; refused with a UserError. */
  public ConvoyConfig load() {
    if (rendered != null) {
      byte[] text = Base64.getUrlDecoder().decode(rendered);
      return ConvoyConfig.ofRendered(file, new String(text, StandardCharsets.UTF_8));
    }
    return ConvoyConfig.load(file, sets);
  }

  /**
   * Returns arguments that carry the configuration to a machine that has none of its files. It is
   * encoded, for YARN takes double braces in an argument for a variable.
   */
  public List<String> elsewhere() {
    ConvoyConfig config = load();
    byte[] text = config.render().getBytes(StandardCharsets.UTF_8);
    return List.of(
        config.name(), RENDERED, Base64.getUrlEncoder().withoutPadding().encodeToString(text));
  }

  /**
   * Returns the configuration for a command that reads no data, so it need not say where that is.
   */
  public ConvoyConfig loadWithoutData() {
    List<String> all = new ArrayList<>(sets);
    all.add("data.train=unused");
    return ConvoyConfig.load(file, all);
  }
}
