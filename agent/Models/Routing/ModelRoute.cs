using Microsoft.Extensions.AI;
using Navi.Agent.Models.Prices;
using Navi.Platform.Tasks;
using Polly;

namespace Navi.Agent.Models.Routing;

/// <summary>One model that can be asked, with everything that belongs to it alone: its client with all layers, its circuit breaker and its limits.</summary>
internal sealed class ModelRoute
{
    /// <summary>Name in the configuration, or the provider's.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of the entry; the name itself for a provider inside this process.</summary>
    public required string Kind { get; init; }

    /// <summary>The provider's name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Address; null for what runs in this process.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Modes it serves.</summary>
    public required IReadOnlyList<string> Modes { get; init; }

    /// <summary>Tokens it can read; null when nobody has told.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Most tokens it may write; null when nobody has told.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Most time of one attempt.</summary>
    public required TimeSpan CallTimeout { get; init; }

    /// <summary>Its price; null when unknown.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>It is a configured entry, so that <c>auto</c> may choose it.</summary>
    public required bool IsEntry { get; init; }

    /// <summary>Retries and circuit breaker.</summary>
    public required ResiliencePipeline Resilience { get; init; }

    /// <summary>The client with its layers; made at the first call.</summary>
    public required Lazy<IChatClient> Client { get; init; }

    /// <summary>The addresses that a call of <paramref name="mode"/> may reach here: none when the route does not serve the mode, whoever asked for it.</summary>
    public IReadOnlySet<string> Allowed(string mode) =>
        Endpoint is null || (mode == TaskMode.Private && !Modes.Contains(TaskMode.Private)) ? new HashSet<string>() : new HashSet<string> { Boundary.EndpointBoundary.AuthorityOf(Endpoint) };
}
