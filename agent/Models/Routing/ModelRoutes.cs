using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Navi.Agent.Models.Boundary;
using Navi.Agent.Models.Metering;
using Navi.Agent.Models.Options;
using Navi.Agent.Models.Pipeline;
using Navi.Agent.Models.Prices;
using Navi.Agent.Models.Providers;
using Navi.Agent.Models.Replay;
using Navi.Agent.Models.Secrets;
using Navi.Platform.Tasks;

namespace Navi.Agent.Models.Routing;

/// <summary>Every model of this process: the configured entries in their order, then the providers inside it.</summary>
internal sealed class ModelRoutes
{
    private static readonly TimeSpan InProcessTimeout = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, ModelRoute> byName;

    public ModelRoutes(
        IOptions<ModelsOptions> options, IEnumerable<IModelKind> kinds, IEnumerable<ModelProvider> providers, PriceList prices, LlmMetrics metrics, RouteResilience resilience, TimeProvider time,
        ModelSecrets secrets)
    {
        var recorder = options.Value.RecordTo is { Length: > 0 } file
            ? new Recorder(file, [.. options.Value.Entries.Select(e => e.ApiKey).OfType<string>().Where(k => k.Length > 0)]) : null;
        All =
        [
            .. options.Value.Entries.Select(e => OfEntry(e, kinds.Single(k => k.Name == e.Kind), prices, metrics, resilience, time, recorder, secrets)),
            .. providers.Select(p => OfProvider(p, metrics, resilience, time)),
        ];
        byName = All.ToDictionary(r => r.Name);
    }

    public IReadOnlyList<ModelRoute> All { get; }

    public ModelRoute? Find(string name) => byName.GetValueOrDefault(name);

    private static ModelRoute OfEntry(
        ModelEntry entry, IModelKind kind, PriceList prices, LlmMetrics metrics, RouteResilience resilience, TimeProvider time, Recorder? recorder, ModelSecrets secrets)
    {
        ModelRoute route = null!;
        route = new ModelRoute
        {
            Name = entry.Name,
            Kind = entry.Kind,
            Model = entry.Model,
            Endpoint = kind.Endpoint(entry),
            Modes = [.. TaskMode.All.Where(entry.Serves)],
            ContextWindow = entry.ContextWindow,
            MaxOutputTokens = entry.MaxOutputTokens,
            CallTimeout = entry.CallTimeout,
            Price = kind.StaysHere ? ModelPrice.Free : prices.Of(entry),
            IsEntry = true,
            Resilience = resilience.Make(entry.Name),
            Client = new Lazy<IChatClient>(() => ModelPipeline.Of(route, Client(), entry, metrics, time, recorder)),
        };
        return route;

        IChatClient Client() => entry.ApiKeySecret is { Length: > 0 } secret
            ? new StoredKeyChatClient(c => secrets.GetAsync(secret, c), WithKey, new ChatClientMetadata(entry.Kind, kind.Endpoint(entry), entry.Model))
            : With(entry);

        IChatClient WithKey(string key)
        {
            recorder?.Hide(key);
            return With(entry.With(key));
        }

        IChatClient With(ModelEntry given) => kind.Create(given, ModelHttp.Create(time, useProxy: !entry.Serves(TaskMode.Private)));
    }

    private static ModelRoute OfProvider(ModelProvider provider, LlmMetrics metrics, RouteResilience resilience, TimeProvider time)
    {
        ModelRoute route = null!;
        route = new ModelRoute
        {
            Name = provider.Name,
            Kind = provider.Name,
            Model = provider.Name,
            Modes = [.. TaskMode.All.Where(m => m != TaskMode.Private || provider.StaysHere)],
            CallTimeout = InProcessTimeout,
            Price = provider.IsFree ? ModelPrice.Free : null,
            IsEntry = false,
            Resilience = resilience.Make(provider.Name),
            Client = new Lazy<IChatClient>(() => ModelPipeline.Of(route, provider.Client, null, metrics, time)),
        };
        return route;
    }
}
