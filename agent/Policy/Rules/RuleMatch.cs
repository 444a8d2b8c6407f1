using Navi.Agent.Effects;
using Navi.Agent.Tools;

namespace Navi.Agent.Policy.Rules;

/// <summary>The conditions of a rule; all must hold. An empty list and null ask for nothing.</summary>
internal sealed record RuleMatch
{
    public IReadOnlyList<Wildcard> Tools { get; init; } = [];

    public IReadOnlyList<EffectClass> Effects { get; init; } = [];

    public IReadOnlyList<ToolRisk> Risks { get; init; } = [];

    /// <summary>A rule that allows asks it of every path that the call names, and for at least one; any other rule of some path.</summary>
    public IReadOnlyList<PathPattern> Paths { get; init; } = [];

    public IReadOnlyList<CommandPattern> Commands { get; init; } = [];

    public IReadOnlyList<Wildcard> Repositories { get; init; } = [];

    public IReadOnlyList<Wildcard> Callers { get; init; } = [];

    public bool? Sandboxed { get; init; }

    public bool? NetworkOff { get; init; }

    public bool? ReadUntrusted { get; init; }

    /// <param name="subject">What is decided.</param>
    /// <param name="allows">The rule's decision is to allow: then only what is certain counts.</param>
    public Certainty Match(Subject subject, bool allows)
    {
        var request = subject.Request;
        if (!Named(Tools, request.Tool) || !Named(Repositories, request.Repository) || !Named(Callers, request.Caller)
            || (Effects.Count > 0 && !Effects.Contains(request.Effect))
            || (Risks.Count > 0 && !Risks.Contains(request.Risk))
            || !Holds(Sandboxed, request.Sandboxed) || !Holds(NetworkOff, request.NetworkOff) || !Holds(ReadUntrusted, request.ReadUntrusted))
            return Certainty.No;
        var result = Certainty.Yes;
        if (Commands.Count > 0)
            result = subject.Command is { } command ? Commands.Any(c => c.Match(command, strict: !allows)) : Certainty.No;
        if (Paths.Count > 0)
            result = result.And(allows ? EveryPath(subject) : subject.Paths.Any(path => Paths.Any(p => p.Touches(path))));
        return result;
    }

    private Certainty EveryPath(Subject subject) =>
        Certainties.Of(subject.Paths.Count > 0 && subject.Paths.All(path => Paths.Any(p => p.MatchesExactly(path))));

    private static bool Named(IReadOnlyList<Wildcard> patterns, string value) => patterns.Count == 0 || patterns.Any(p => p.Matches(value));

    private static bool Holds(bool? wanted, bool value) => wanted is null || wanted == value;
}
