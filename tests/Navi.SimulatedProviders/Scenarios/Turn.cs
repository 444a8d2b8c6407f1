namespace Navi.SimulatedProviders.Scenarios;

/// <summary>One answer of the model.</summary>
public sealed record Turn
{
    /// <summary>Its text. Default none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The tools it calls, at once.</summary>
    public IReadOnlyList<ToolUse> Calls { get; init; } = [];

    /// <summary>Why it ends: in its protocol's word. Default as the content says.</summary>
    public Finish Finish { get; init; }

    /// <summary>Tokens read, the cached ones included. Default a quarter of the request's bytes.</summary>
    public int? InputTokens { get; init; }

    /// <summary>Tokens read from the cache. Default what the same conversation sent before, when it is long enough.</summary>
    public int? CachedTokens { get; init; }

    /// <summary>Tokens written. Default a quarter of the answer's bytes.</summary>
    public int? OutputTokens { get; init; }
}
