package dev.convoy.spark.forecast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The file of a {@link Profile}, JSON: one that the user names, or one in the user's cache. */
public final class ProfileFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NetworkPlan plan;
  private final Path path;

  /** What the user is told to run. */
  private final String command;

  /**
   * @param given by the user, or null
   * @param command that measures what is missing
   * @param cache the user's folder for caches
   */
  public ProfileFile(NetworkPlan plan, String given, String command, Path cache) {
    this.plan = plan;
    this.command = command;
    try {
      path =
          given == null
              ? cache.resolve("convoy").resolve("forecast").resolve(name(plan))
              : Path.of(given);
    } catch (InvalidPathException e) {
      throw new UserError("--profile %s is no path: %s".formatted(given, e.getReason()), e);
    }
  }

  private static String name(NetworkPlan plan) {
    return "%s-%s-%s-%s.json"
        .formatted(
            plan.network().name(),
            plan.network().input(),
            plan.config().train().microbatchSize(),
            plan.config().cluster().coresPerExecutor());
  }

  /** Returns where the file is. */
  public Path path() {
    return path;
  }

  /** Writes a profile. */
  public void write(Profile profile) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      Files.writeString(
          path, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(profile) + "\n");
    } catch (IOException e) {
      throw new UserError("the profile cannot be written to " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the profile.
   *
   * @throws UserError if there is none, or it is of another network or step
   */
  public Profile read() throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new UserError(
          "there is no measurement %s; run first, on a machine like the executors: %s"
              .formatted(path, command));
    }
    Profile profile;
    try {
      JsonNode json = JSON.readTree(Files.readString(path));
      if (json.path("format").asInt() != Profile.FORMAT) {
        throw unreadable(null);
      }
      profile = JSON.treeToValue(json, Profile.class);
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    }
    requireSame("network", plan.network().name(), profile.network());
    requireSame("images", plan.network().input().toString(), profile.input());
    requireSame("floats", plan.network().vectorLength(), profile.floats());
    requireSame(
        "images of a virtual node", plan.config().train().microbatchSize(), profile.microbatch());
    requireSame(
        "cores of an executor", plan.config().cluster().coresPerExecutor(), profile.threads());
    return profile;
  }

  private UserError unreadable(Exception cause) {
    return new UserError(
        "%s is no measurement of this version; run again: %s".formatted(path, command), cause);
  }

  private void requireSame(String what, Object wanted, Object measured) {
    if (!wanted.equals(measured)) {
      throw new UserError(
          "%s does not fit the configuration: %s are %s there and %s here; run: %s"
              .formatted(path, what, measured, wanted, command));
    }
  }
}
