package dev.convoy.spark.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * An installation of Convoy by root in a folder of its own, and the surroundings that its users can
 * have: who they are, their home, locale, programs and rights. Needs root and Linux.
 */
final class Machine implements AutoCloseable {
  /** Who runs Convoy; the numbers are those of nobody and of somebody without a name. */
  enum User {
    ROOT(0),
    ANOTHER(65534),
    NAMELESS(12345);

    private final int number;

    User(int number) {
      this.number = number;
    }
  }

  /**
   * The surroundings of one call.
   *
   * @param home whether HOME is set
   * @param locale the value of LC_ALL
   * @param readOnly whether the installation is mounted read-only
   * @param busyBox whether the programs on PATH are BusyBox's
   */
  record Surroundings(User user, boolean home, String locale, boolean readOnly, boolean busyBox) {}

  private static final Path LOCALES = Path.of("/usr/share/i18n/locales");

  private final Path folder;
  private final Path installation;
  private final Path programs;
  private final Path locales;
  private int calls;

  private Machine(Path folder) {
    this.folder = folder;
    this.installation = folder.resolve("installation");
    this.programs = folder.resolve("busybox");
    this.locales = folder.resolve("locales");
  }

  /** Whether this system and user can play all parts. */
  static boolean isPossible() throws IOException, InterruptedException {
    return "root".equals(System.getProperty("user.name"))
        && new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0;
  }

  /** Installs what the build has made. */
  static Machine install() throws IOException, InterruptedException {
    // Not where JUnit puts its folders, which only their owner may enter.
    Machine machine = new Machine(Files.createTempDirectory(Path.of("/var/tmp"), "convoy-machine"));
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
    ImageIO.write(image, "png", machine.folder.resolve("image.png").toFile());
    machine.shell(
        """
        chmod 755 "$1" && mkdir -p "$2/spark-trainer" "$3" "$4" && cd "$0" &&
        cp -a scripts conf pom.xml "$2" && cp -a --parents spark-trainer/target/spark/jars \
          spark-trainer/target/*-application.jar "$2" && chmod -R a+rX,go-w "$2"
        bash=$(command -v bash)
        if command -v busybox >/dev/null; then
          for name in $(busybox --list); do ln -s "$(command -v busybox)" "$3/$name"; done
          ln -sf "$bash" "$3/bash"
        fi
        if [ -e "$5/fa_IR" ]; then localedef -i fa_IR -f UTF-8 "$4/fa_IR"; fi
        # Ten images of classes in two scripts, whatever the locale of this test is.
        for split in train val; do
          for class in 'B\\303\\244r' 'L\\303\\266we' '\\347\\212\\254' cat dog; do
            mkdir -p "$1/images/$split/$(printf "$class")"
            cp "$1/image.png" "$1/images/$split/$(printf "$class")"
          done
        done
        chmod -R a+rX "$1/images" "$4"
        """);
    return machine;
  }

  private void shell(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "bash",
                "-ec",
                script,
                Launcher.REPOSITORY.toString(),
                folder.toString(),
                installation.toString(),
                programs.toString(),
                locales.toString(),
                LOCALES.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  boolean hasBusyBox() {
    return Files.exists(programs.resolve("grep"));
  }

  /** Ten images of five classes whose names are written in two scripts. */
  Path images() {
    return folder.resolve("images");
  }

  Path configuration() {
    return installation.resolve("conf/lenet5-fashion-mnist.conf");
  }

  /** A folder that every user can write. */
  Path work() {
    return folder.resolve("work-" + calls);
  }

  /** Runs {@code convoy} to its end, in a new {@link #work()}, with these variables as well. */
  Ended run(Surroundings surroundings, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    calls++;
    Path work = Files.createDirectory(work());
    assertEquals(0, new ProcessBuilder("chmod", "777", work.toString()).start().waitFor());
    List<String> command = new ArrayList<>();
    if (surroundings.readOnly()) {
      String mount = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"";
      command.addAll(List.of("unshare", "-m", "sh", "-c", mount, installation.toString()));
    }
    int user = surroundings.user().number;
    command.addAll(
        List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "env", "-i"));
    Map<String, String> environment = environment(surroundings);
    environment.putAll(variables);
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(installation.resolve("scripts/convoy").toString());
    command.addAll(List.of(arguments));
    Path errors = Files.createFile(folder.resolve("stderr-" + calls));
    return new Running(
            new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectError(errors.toFile())
                .start(),
            errors)
        .await();
  }

  private Map<String, String> environment(Surroundings surroundings) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", surroundings.busyBox() ? programs.toString() : System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", surroundings.locale());
    environment.put("LOCPATH", locales.toString());
    if (surroundings.home()) {
      environment.put("HOME", work().toString());
    }
    return environment;
  }

  @Override
  public void close() throws IOException {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().onExit().join();
  }
}
