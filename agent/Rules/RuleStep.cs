namespace Navi.Agent.Rules;

/// <summary>One clause of a task that the rules understand.</summary>
internal abstract record RuleStep
{
    /// <summary>A report on the repository.</summary>
    public sealed record Survey : RuleStep;

    /// <summary>An identifier gets another name.</summary>
    public sealed record Rename(string OldName, string NewName, string? Glob) : RuleStep;

    /// <summary>A text is replaced in the files that a pattern matches.</summary>
    public sealed record Replace(string Find, string With, string Glob) : RuleStep;

    /// <summary>The repository's own tests are run.</summary>
    public sealed record RunTests : RuleStep;

    /// <summary>A shell line is run.</summary>
    public sealed record RunCommand(string Line) : RuleStep;
}
