using System.Text.Json;
using System.Text.Json.Serialization;

namespace Navi.SimulatedProviders.Scenarios;

/// <summary>How the simulated providers behave; the JSON form is described in docs/SIMULATED_PROVIDERS.md.</summary>
public sealed record Scenario
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Everything random follows from it. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The keys that are accepted. Default any that is not empty.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Answers in order: the n-th answers a conversation with n answers in it. Default none: <see cref="CodingModel"/> speaks.</summary>
    public IReadOnlyList<Turn> Turns { get; init; } = [];

    /// <summary>Answers for particular conversations, before <see cref="Turns"/>; the first that fits a conversation speaks in it. Default none.</summary>
    public IReadOnlyList<Script> Scripts { get; init; } = [];

    /// <summary>Failures; the first that applies to a request happens.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Time until the first byte of an answer. Default none.</summary>
    public Latency FirstToken { get; init; } = new();

    /// <summary>Speed of a streamed answer; 0, the default, for as fast as possible.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>Reads the JSON form; an unknown member is an error.</summary>
    /// <exception cref="JsonException">The text is no scenario.</exception>
    public static Scenario Read(string json) => JsonSerializer.Deserialize<Scenario>(json, Json) ?? throw new JsonException("A scenario is a JSON object.");
}
