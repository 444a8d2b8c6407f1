using Microsoft.Extensions.AI;

namespace Navi.Agent.Models.Metering;

/// <summary>One attempt at one model while it runs: what the layers below learn of it and the record needs.</summary>
internal sealed class ModelAttempt(string mode, string asked, IReadOnlyList<string> reasons)
{
    /// <summary>Member of the options under which the attempt travels through the layers.</summary>
    public const string Key = "navi.attempt";

    /// <summary>The task's mode.</summary>
    public string Mode => mode;

    /// <summary>The provider that the task asked for.</summary>
    public string Asked => asked;

    /// <summary>Why this model, why now: reason codes in the order in which they arose.</summary>
    public IReadOnlyList<string> Reasons => reasons;

    /// <summary>Tokens as the provider reported them so far; null while it has not.</summary>
    public UsageDetails? Usage { get; set; }

    /// <summary>Milliseconds until the first token; null while there is none.</summary>
    public long? FirstToken { get; set; }

    /// <summary>The attempt that <paramref name="options"/> carry.</summary>
    public static ModelAttempt Of(ChatOptions? options) => (ModelAttempt)options!.AdditionalProperties![Key]!;
}
