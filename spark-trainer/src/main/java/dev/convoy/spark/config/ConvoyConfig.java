package dev.convoy.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.collective.transport.WireFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The resolved and checked configuration of a run. Immutable; made by {@link #load}. */
public final class ConvoyConfig {
  /** In place of a file's name: only the defaults of {@code reference.conf}. */
  public static final String BUILTIN = "builtin";

  private final String name;
  private final Config resolved;
  private final Values values;
  private final List<String> noticesOfFiles;
  private final List<String> notices;
  private final NetworkConfig network;
  private final DataConfig data;
  private final TrainConfig train;
  private final SyncConfig sync;
  private final CheckpointConfig checkpoint;
  private final EvaluateConfig evaluate;
  private final ClusterConfig cluster;
  private final KernelConfig kernel;
  private final OutputConfig output;

  private ConvoyConfig(String name, Config resolved, List<String> noticesOfFiles) {
    this.name = name;
    this.resolved = resolved;
    values = new Values(resolved.root());
    network = NetworkConfig.read(values);
    data = DataConfig.read(values);
    train = TrainConfig.read(values);
    sync = SyncConfig.read(values);
    checkpoint = CheckpointConfig.read(values);
    evaluate = EvaluateConfig.read(values);
    cluster = ClusterConfig.read(values);
    kernel = KernelConfig.read(values);
    output = OutputConfig.read(values);
    if (train.schedule().goesByValidations() && evaluate.every().isEmpty()) {
      throw values.refuse(
          EvaluateConfig.EVERY,
          "a value like \"1 epoch\", for train.schedule.name = %s goes by validations"
              .formatted(train.schedule().name()));
    }
    if (cluster.executors() > train.virtualNodes()) {
      throw values.refuse(
          ClusterConfig.EXECUTORS, "at most train.virtual-nodes (" + train.virtualNodes() + ")");
    }
    if (sync.wire() == WireFormat.BFLOAT16 && cluster.executors() > sync.maxExecutors()) {
      throw values.refuse(
          ClusterConfig.EXECUTORS,
          "at most sync.max-executors (" + sync.maxExecutors() + ") with sync.wire = bfloat16");
    }
    this.noticesOfFiles = noticesOfFiles;
    notices = new ArrayList<>(noticesOfFiles);
    notices.addAll(UnusedKeys.notices(this, values));
  }

  /**
   * Reads a configuration: {@code sets} over {@code file} over the defaults.
   *
   * @param file path of a HOCON file, or {@link #BUILTIN}
   * @param sets overrides {@code key=value}, the last one of a key wins
   * @throws UserError where anything is unknown, of the wrong type or impossible
   */
  public static ConvoyConfig load(String file, List<String> sets) {
    ConfigFiles files = new ConfigFiles();
    Config resolved =
        ConfigSources.resolve(ConfigSources.overrides(sets), ConfigSources.file(file, files));
    return new ConvoyConfig(baseName(file), resolved, files.notices());
  }

  /** Returns the configuration that {@link #render()} gave, in another process. */
  public static ConvoyConfig ofRendered(String name, String rendered) {
    ConfigParseOptions origin =
        ConfigParseOptions.defaults().setOriginDescription(Origins.RENDERED);
    Config known = ConfigFactory.parseString(rendered, origin);
    return new ConvoyConfig(
        name, known.withFallback(ConfigSources.reference()).resolve(), List.of());
  }

  /**
   * Returns the same configuration with other weights to begin with: a path, qualified as {@link
   * #withData} does.
   */
  public ConvoyConfig withInit(String init) {
    return with(Map.of(TrainConfig.INIT.path(), init));
  }

  /**
   * Returns the same configuration with the data in other folders: a path that only this process
   * understands, qualified.
   */
  public ConvoyConfig withData(String train, String validation) {
    return with(Map.of(DataConfig.TRAIN.path(), train, DataConfig.VALIDATION.path(), validation));
  }

  /**
   * Returns the same configuration with these numbers in place of {@code data.normalize = auto}.
   */
  public ConvoyConfig withNormalize(DataConfig.Normalize normalize) {
    return with(
        Map.of(
            DataConfig.MEAN.path(), decimals(normalize.mean()),
            DataConfig.STD.path(), decimals(normalize.std())));
  }

  private ConvoyConfig with(Map<String, Object> values) {
    Config changed = resolved;
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      changed = changed.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef(entry.getValue()));
    }
    return new ConvoyConfig(name, changed, noticesOfFiles);
  }

  /** Returns floats as people write them: the shortest decimal of each, not that of its double. */
  private static List<Double> decimals(List<Float> floats) {
    return floats.stream().map(value -> Double.valueOf(value.toString())).toList();
  }

  private static String baseName(String file) {
    return String.valueOf(Path.of(file).getFileName()).replaceFirst("\\.(conf|json)$", "");
  }

  /**
   * Refuses a network that does not exist.
   *
   * @param known the names there are
   * @return this
   * @throws UserError with a suggestion
   */
  public ConvoyConfig requireNetwork(Collection<String> known) {
    NetworkConfig.requireKnown(values, network.name(), known);
    return this;
  }

  /** Returns the resolved configuration as one line of JSON, keys sorted. */
  public String render() {
    return resolved.root().render(ConfigRenderOptions.concise());
  }

  /** Returns what defines the result, as one line of canonical JSON; see {@link ConfigIdentity}. */
  public String identity() {
    return ConfigIdentity.of(this, values);
  }

  /** Returns the file's name without folder and extension: the name of the experiment. */
  public String name() {
    return name;
  }

  /** Returns what a person should know of the configuration, a sentence each. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /**
   * Returns what a person who trains under the configuration should know besides, a sentence each.
   */
  public List<String> trainingNotices() {
    boolean unused = evaluate.every().isEmpty() && values.isGiven(EvaluateConfig.BATCH_SIZE);
    return unused
        ? List.of(
            values.assignment(EvaluateConfig.BATCH_SIZE)
                + " has no effect on the training; it needs evaluate.every")
        : List.of();
  }

  public NetworkConfig network() {
    return network;
  }

  public DataConfig data() {
    return data;
  }

  public TrainConfig train() {
    return train;
  }

  public SyncConfig sync() {
    return sync;
  }

  /** Returns the most executors that can share the run. */
  public int mostExecutors() {
    return train.virtualNodes() / sync.unit(train.virtualNodes());
  }

  /** Returns how the virtual nodes lie on so many executors. */
  public VirtualNodes virtualNodes(int executors) {
    int count = train.virtualNodes();
    return new VirtualNodes(count, executors, sync.unit(count));
  }

  public CheckpointConfig checkpoint() {
    return checkpoint;
  }

  public EvaluateConfig evaluate() {
    return evaluate;
  }

  public ClusterConfig cluster() {
    return cluster;
  }

  public KernelConfig kernel() {
    return kernel;
  }

  public OutputConfig output() {
    return output;
  }
}
