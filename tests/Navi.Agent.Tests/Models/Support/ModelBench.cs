using Dapper;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Models.Calls;
using Navi.Agent.Models.Routing;
using Navi.Agent.Models;
using Navi.Platform.Data;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Tokens;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Errors;
using Navi.Testing;

namespace Navi.Agent.Tests.Models.Support;

/// <summary>The router with configured entries on a database of its own, and a task to call for.</summary>
internal sealed class ModelBench : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private ModelBench(TestPlatform platform, ServiceProvider services, TaskRow task)
    {
        Platform = platform;
        this.services = services;
        Task = task;
    }

    public TestPlatform Platform { get; }

    public TaskRow Task { get; }

    public IServiceProvider Services => services;

    public ModelRouter Router => services.GetRequiredService<ModelRouter>();

    public static async Task<ModelBench> CreateAsync(TimeProvider? time, Action<IServiceCollection>? more, params Dictionary<string, string?>[] entries)
    {
        var platform = await TestPlatform.CreateAsync();
        var settings = new Dictionary<string, string?> { ["Navi:Models:RetryDelay"] = "00:00:00.010" };
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var (key, value) in entries[i])
                settings[key.StartsWith("Navi:", StringComparison.Ordinal) ? key : $"Navi:Models:Entries:{i}:{key}"] = value;
        }
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(platform.Database);
        services.AddSingleton<ErrorRecorder>();
        services.AddSingleton(TestPlatform.Meters);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        services.AddModels(configuration);
        // Nothing is read from it but by an entry that names a secret; such a test says which key wraps.
        services.AddEncryption(configuration).AddSingleton<EncryptedTokens>();
        services.Configure<NaviOptions>(navi => navi.Environment = "Staging").Configure<TelemetryOptions>(telemetry => telemetry.Organisation = "acme");
        more?.Invoke(services);
        return new ModelBench(platform, services.BuildServiceProvider(), await platform.CreateTaskAsync());
    }

    public static Task<ModelBench> CreateAsync(params Dictionary<string, string?>[] entries) => CreateAsync(null, null, entries);

    public static Dictionary<string, string?> Entry(string kind, ModelServer server, string name = "m1", params (string, string)[] more)
    {
        var entry = new Dictionary<string, string?> { ["Name"] = name, ["Kind"] = kind, ["Endpoint"] = server.Address, ["Model"] = "some-model", ["ApiKey"] = "the-key" };
        foreach (var (key, value) in more)
            entry[key] = value;
        return entry;
    }

    public Task<ChatResponse> AskAsync(string provider = "auto", string mode = "auto", int turn = 0, CancellationToken cancellation = default, ChatOptions? options = null, IEnumerable<ChatMessage>? messages = null) =>
        Router.ClientFor(provider, mode).GetResponseAsync(messages ?? [new(ChatRole.User, "hello")], ModelCall.Of(Task, turn, ModelPhase.Turn).PutInto(options ?? new ChatOptions()), cancellation);

    public async Task<List<Attempt>> AttemptsAsync() => (await Platform.Database.RunAsync(Scope.System, c => c.QueryAsync<Attempt>(
        """
        SELECT provider, attempt AS number, status, error_type, input_tokens, cached_input_tokens, output_tokens, input_cost, output_cost, priced, ttft_ms, latency_ms, routing::text AS routing
        FROM navi.llm_metrics ORDER BY created_at, attempt
        """), CancellationToken.None)).AsList();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Platform.DisposeAsync();
    }

    internal sealed class Attempt
    {
        public string Provider { get; init; } = "";
        public int Number { get; init; }
        public string Status { get; init; } = "";
        public string? ErrorType { get; init; }
        public long? InputTokens { get; init; }
        public long? CachedInputTokens { get; init; }
        public long? OutputTokens { get; init; }
        public decimal? InputCost { get; init; }
        public decimal? OutputCost { get; init; }
        public bool Priced { get; init; }
        public long? TtftMs { get; init; }
        public long? LatencyMs { get; init; }
        public string Routing { get; init; } = "";
    }
}
