using Navi.Agent.Policy.Shell;

namespace Navi.Agent.Policy.Rules;

/// <summary>Which simple commands a rule means. An empty list asks for nothing.</summary>
/// <param name="Programs">Names, or paths as they are written; one must match.</param>
/// <param name="First">The first argument must match one of these.</param>
/// <param name="With">Some argument must match one of these.</param>
/// <param name="Without">No argument may match any of these.</param>
/// <param name="Only">Every argument must match one of these.</param>
/// <param name="Wraps">The command runs another one that is decided by itself.</param>
internal sealed record CommandPattern(
    IReadOnlyList<Wildcard> Programs, IReadOnlyList<Wildcard> First, IReadOnlyList<Wildcard> With, IReadOnlyList<Wildcard> Without,
    IReadOnlyList<Wildcard> Only, bool? Wraps)
{
    /// <param name="command">The command.</param>
    /// <param name="strict">The rule does not allow: a program is then also known by its bare name and in any case of letters.</param>
    public Certainty Match(ShellCommand command, bool strict)
    {
        if (Programs.Count > 0 && !Programs.Any(p => p.Matches(command.Program) || (strict && p.Matches(BareName(command.Program), ignoreCase: true))))
            return Certainty.No;
        if (Wraps is { } wraps && wraps != command.Wraps)
            return Certainty.No;
        var result = Certainty.Yes;
        if (First.Count > 0)
            result = result.And(FirstArgument(command));
        if (With.Count > 0)
            result = result.And(command.Arguments.Any(a => OneOf(With, a)));
        if (Without.Count > 0)
            result = result.And(command.Arguments.Any(a => OneOf(Without, a)).Not());
        if (Only.Count > 0)
            result = result.And(command.Arguments.All(a => OneOf(Only, a)));
        return result;
    }

    // A word that may vanish makes the next one the first: then nothing is certain.
    private Certainty FirstArgument(ShellCommand command)
    {
        if (command.Words.Count < 2)
            return Certainty.No;
        return command.Words[1].Splits ? Certainty.Maybe : OneOf(First, command.Words[1]);
    }

    private static Certainty OneOf(IReadOnlyList<Wildcard> patterns, ShellWord word) => patterns.Any(p => p.Match(word));

    private static string BareName(string program) => program[(program.LastIndexOf('/') + 1)..];
}
