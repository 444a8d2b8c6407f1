using System.Text.Json;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools;

/// <summary>One entry of the registry: what the model sees, what the policy reads and what runs.</summary>
internal interface ITool
{
    /// <summary>snake_case, unique in the registry.</summary>
    string Name { get; }

    /// <summary>What it does and when to use it, for the model.</summary>
    string Description { get; }

    /// <summary>JSON schema of the arguments: an object that allows no unknown property.</summary>
    JsonElement ArgumentSchema { get; }

    EffectClass Effect { get; }

    ToolRisk Risk { get; }

    ToolPhase? Phase { get; }

    /// <summary>The directory that a call gets.</summary>
    TreeUse Tree { get; }

    /// <summary>Wall-clock bound of one call. A tool that takes a time-out as an argument stays within it.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Characters of the result that the model is shown; the full text is kept.</summary>
    int OutputLimit { get; }

    /// <summary>The call is a question to a person: it becomes a checkpoint instead of being executed.</summary>
    bool Gate { get; }

    /// <summary>The call ends the loop.</summary>
    bool Ends { get; }

    /// <summary>Everything that is wrong with the arguments; empty when they can be executed.</summary>
    IReadOnlyList<ArgumentError> Validate(JsonElement arguments);

    /// <summary>Runs the call. Arguments that don't validate give an error result.</summary>
    Task<ToolResult> ExecuteAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken);
}
