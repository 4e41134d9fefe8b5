package dev.convoy.spark.howto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The program of a process that tries an addition: {@code OVERLAY TEST…}, in the folder of
 * spark-trainer in the copy of the sources. It writes {@code reference.conf} anew, as CONTRIBUTING
 * says, puts it into the folder of compiled classes, and runs the tests.
 */
final class ListedTests {
  private static final String REFERENCE = "dev/convoy/spark/config/reference.conf";

  private ListedTests() {}

  public static void main(String[] arguments) throws IOException {
    System.setProperty("reference.write", "true");
    boolean passed = run(List.of("dev.convoy.spark.config.ReferenceConfTest"));
    Path overlaid = Path.of(arguments[0]).resolve(REFERENCE);
    Files.createDirectories(overlaid.getParent());
    Files.copy(
        Path.of("src/main/resources").resolve(REFERENCE),
        overlaid,
        StandardCopyOption.REPLACE_EXISTING);
    passed &= run(List.of(arguments).subList(1, arguments.length));
    System.exit(passed ? 0 : 1);
  }

  /** Runs each test; one that is not there counts as failed. */
  private static boolean run(List<String> tests) {
    boolean passed = true;
    for (String test : tests) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selector(test)).build();
      SummaryGeneratingListener summary = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request, summary);
      TestExecutionSummary result = summary.getSummary();
      result.printFailuresTo(new PrintWriter(System.out, true, UTF_8), 30);
      long succeeded = result.getTestsSucceededCount();
      long failed = result.getTotalFailureCount();
      System.out.println(test + ": " + succeeded + " passed, " + failed + " failed");
      passed &= succeeded > 0 && failed == 0;
    }
    return passed;
  }

  private static DiscoverySelector selector(String test) {
    String[] parts = test.split("#", 2);
    return parts.length == 1 ? selectClass(test) : selectMethod(parts[0], parts[1]);
  }
}
