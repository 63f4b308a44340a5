/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.ActionFilter;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.env.Environment;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.IndexModule;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.indices.breaker.BreakerSettings;
import org.elasticsearch.logging.LogManager;
import org.elasticsearch.logging.Logger;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.CircuitBreakerPlugin;
import org.elasticsearch.plugins.MapperPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.search.fetch.FetchSubPhase;
import org.elasticsearch.search.rank.RankBuilder;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.elasticsearch.threadpool.FixedExecutorBuilder;
import org.elasticsearch.threadpool.ThreadPool;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.administration.ModelsAction;
import org.stillrank.plugin.administration.ReloadAction;
import org.stillrank.plugin.administration.ScoreAction;
import org.stillrank.plugin.administration.UnloadAction;
import org.stillrank.plugin.admission.Admission;
import org.stillrank.plugin.admission.SearchThreadLimit;
import org.stillrank.plugin.cache.ScoreCache;
import org.stillrank.plugin.memory.NativeMemory;
import org.stillrank.plugin.model.ModelFolders;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.plugin.rescore.ClauseListener;
import org.stillrank.plugin.rescore.CrossEncoderRescorerBuilder;
import org.stillrank.plugin.rescore.RescorePolicy;
import org.stillrank.plugin.rescore.RescoreServices;
import org.stillrank.plugin.rescore.ShownPassages;
import org.stillrank.plugin.rest.CatModels;
import org.stillrank.plugin.rest.RestMetrics;
import org.stillrank.plugin.rest.RestModels;
import org.stillrank.plugin.rest.RestScore;
import org.stillrank.plugin.retriever.CrossEncoderRankBuilder;
import org.stillrank.plugin.retriever.CrossEncoderRetrieverBuilder;
import org.stillrank.plugin.retriever.GlobalReranking;
import org.stillrank.plugin.retriever.RerankedDoc;
import org.stillrank.plugin.retriever.SearchesOfRetrievers;
import org.stillrank.plugin.runtime.NativeLibraries;
import org.stillrank.plugin.slowlog.ServerSlowLog;
import org.stillrank.plugin.slowlog.SlowLogThreshold;
import org.stillrank.plugin.slowlog.SlowRetrievers;
import org.stillrank.plugin.tokens.PassageTokensFieldMapper;
import org.stillrank.plugin.tokens.Tokenizers;

/** Stillrank inside a node. */
public final class StillrankPlugin extends Plugin
    implements SearchPlugin, ActionPlugin, MapperPlugin, CircuitBreakerPlugin {
  /** Its folders and settings are called so. */
  public static final String NAME = "stillrank";

  /** Windows of retrievers that wait for a thread. */
  private static final int RETRIEVER_QUEUE = 100;

  private static final Logger LOG = LogManager.getLogger(StillrankPlugin.class);

  private @Nullable RescoreServices services;
  private @Nullable Tokenizers tokenizers;
  private @Nullable CircuitBreaker breaker;

  @Override
  public BreakerSettings getCircuitBreaker(Settings settings) {
    return NativeMemory.breaker(
        NodeSettings.nativeMemory(NodeSettings.NATIVE_MEMORY_LIMIT.get(settings)));
  }

  @Override
  public void setCircuitBreaker(CircuitBreaker ours) {
    breaker = ours;
  }

  @Override
  public Collection<?> createComponents(PluginServices node) {
    Environment environment = node.environment();
    ThreadPool threads = node.threadPool();
    ModelFolders folders =
        new ModelFolders(environment.configDir().resolve(NAME).resolve("models"));
    NativeLibraries natives = NativeLibraries.in(environment.pluginsDir().resolve(NAME));
    Settings settings = environment.settings();
    NativeMemory memory = nativeMemory(settings);
    ModelRegistry models =
        new ModelRegistry(folders, natives, threads, NodeSettings.schedule(settings), memory);
    tokenizers = new Tokenizers(folders, natives);
    Admission admission =
        new Admission(
            new SearchThreadLimit(
                threads.info(ThreadPool.Names.SEARCH).getMax(),
                NodeSettings.SEARCH_THREAD_SHARE.get(settings)),
            NodeSettings.QUEUE_SIZE.get(settings),
            task -> threads.schedule(task, Admission.TICK, threads.generic()),
            threads.getThreadContext(),
            System::nanoTime);
    RescorePolicy policy =
        new RescorePolicy(
            NodeSettings.TIMEOUT.get(settings), NodeSettings.MAX_TOKENS.get(settings));
    ClusterSettings changes = node.clusterService().getClusterSettings();
    changes.addSettingsUpdateConsumer(NodeSettings.SEARCH_THREAD_SHARE, admission::allow);
    changes.addSettingsUpdateConsumer(NodeSettings.QUEUE_SIZE, admission::queueSize);
    changes.addSettingsUpdateConsumer(NodeSettings.TIMEOUT, policy::timeout);
    changes.addSettingsUpdateConsumer(NodeSettings.MAX_TOKENS, policy::maxTokens);
    ScoreCache cache = new ScoreCache(NodeSettings.SCORE_CACHE_SIZE.get(settings));
    changes.addSettingsUpdateConsumer(NodeSettings.SCORE_CACHE_SIZE, cache::resize);
    changes.addSettingsUpdateConsumer(
        NodeSettings.NATIVE_MEMORY_LIMIT,
        limitChanged -> memory.limit(NodeSettings.nativeMemory(limitChanged)));
    SlowRetrievers slowRetrievers = new SlowRetrievers(settings);
    slowRetrievers.follow(changes);
    services =
        new RescoreServices(
            models, admission, policy, cache, new ServerSlowLog(), slowRetrievers, threads);
    NodeSettings.PRELOAD.get(settings).forEach(id -> preload(models, id));
    return List.of(models, admission, memory, cache, tokenizers);
  }

  private NativeMemory nativeMemory(Settings settings) {
    if (breaker == null) {
      throw new IllegalStateException("the node has made no circuit breakers");
    }
    return new NativeMemory(
        breaker, NodeSettings.nativeMemory(NodeSettings.NATIVE_MEMORY_LIMIT.get(settings)));
  }

  /** A node without its model still serves other searches, so it starts. */
  private static void preload(ModelRegistry models, String id) {
    models.load(
        id,
        ActionListener.wrap(
            nothing -> LOG.info("model [{}] is loaded", id),
            failure -> LOG.error("[{}]: {}", NodeSettings.PRELOAD.getKey(), failure.getMessage())));
  }

  @Override
  public void onIndexModule(IndexModule index) {
    index.addSearchOperationListener(new ClauseListener());
  }

  @Override
  public List<Setting<?>> getSettings() {
    List<Setting<?>> settings = new ArrayList<>(NodeSettings.all());
    settings.addAll(SlowLogThreshold.settings());
    return settings;
  }

  @Override
  public List<ExecutorBuilder<?>> getExecutorBuilders(Settings settings) {
    return List.of(
        new FixedExecutorBuilder(
            settings,
            GlobalReranking.THREADS,
            EsExecutors.allocatedProcessors(settings),
            RETRIEVER_QUEUE,
            "stillrank.retriever",
            EsExecutors.TaskTrackingConfig.DO_NOT_TRACK));
  }

  @Override
  public List<RetrieverSpec<?>> getRetrievers() {
    return List.of(
        new RetrieverSpec<>(
            CrossEncoderRetrieverBuilder.NAME,
            (parser, context) -> CrossEncoderRetrieverBuilder.parse(parser, context, services())));
  }

  @Override
  public List<NamedWriteableRegistry.Entry> getNamedWriteables() {
    return List.of(
        new NamedWriteableRegistry.Entry(
            RankBuilder.class,
            CrossEncoderRankBuilder.NAME,
            in -> new CrossEncoderRankBuilder(in, services())),
        new NamedWriteableRegistry.Entry(RankDoc.class, RerankedDoc.NAME, RerankedDoc::new));
  }

  @Override
  public List<FetchSubPhase> getFetchSubPhases(FetchPhaseConstructionContext context) {
    return List.of(new ShownPassages());
  }

  @Override
  public Collection<ActionFilter> getActionFilters() {
    return List.of(new SearchesOfRetrievers());
  }

  @Override
  public List<RescorerSpec<?>> getRescorers() {
    return List.of(
        new RescorerSpec<>(
            CrossEncoderRescorerBuilder.NAME,
            in -> CrossEncoderRescorerBuilder.read(in, services()),
            parser -> CrossEncoderRescorerBuilder.parse(parser, services())));
  }

  @Override
  public Collection<ActionHandler> getActions() {
    return List.of(
        new ActionHandler(ModelsAction.TYPE, ModelsAction.class),
        new ActionHandler(ReloadAction.TYPE, ReloadAction.class),
        new ActionHandler(UnloadAction.TYPE, UnloadAction.class),
        new ActionHandler(ScoreAction.TYPE, ScoreAction.class));
  }

  @Override
  public Collection<RestHandler> getRestHandlers(
      RestHandlersServices rest,
      Supplier<DiscoveryNodes> nodes,
      Predicate<NodeFeature> clusterSupports) {
    List<RestHandler> handlers = new ArrayList<>(RestModels.all());
    handlers.addAll(List.of(new RestScore(), new RestMetrics(), new CatModels()));
    return handlers;
  }

  @Override
  public Map<String, Mapper.TypeParser> getMappers() {
    return Map.of(PassageTokensFieldMapper.TYPE, PassageTokensFieldMapper.parser(this::tokenizers));
  }

  private Tokenizers tokenizers() {
    if (tokenizers == null) {
      throw new IllegalStateException("a document came before the node had started");
    }
    return tokenizers;
  }

  private RescoreServices services() {
    if (services == null) {
      throw new IllegalStateException("a search came before the node had started");
    }
    return services;
  }

  @Override
  public void close() {
    if (services != null) {
      services.admission().close();
      services.models().close();
    }
    if (tokenizers != null) {
      tokenizers.close();
    }
  }
}
