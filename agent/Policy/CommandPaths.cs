using Navi.Agent.Policy.Rules;
using Navi.Agent.Policy.Shell;

namespace Navi.Agent.Policy;

/// <summary>The paths that a simple command names, seen from every directory in which the line may run it.</summary>
internal static class CommandPaths
{
    private const int MostBases = 16;
    private static readonly string[] Changers = ["cd", "pushd", "popd", "chdir"];

    /// <summary>The directories: the start, and what each subset of the line's changes of directory makes of it. A gap is a directory that is not known.</summary>
    public static IReadOnlyList<string> Bases(ShellLine line, string start)
    {
        var bases = new List<string> { start };
        foreach (var command in line.Commands)
        {
            if (!Changers.Contains(command.Program))
                continue;
            var target = command.Arguments.FirstOrDefault(a => !a.Text.StartsWith('-')) ?? ShellWord.Anything;
            if (target.Unknown && bases.Count < MostBases)
                bases.AddRange(bases.Select(b => $"{b}/{ShellWord.Gap}".TrimStart('/')).ToList());
            else if (target.Unknown || command.Program == "popd" || line.Repeats || bases.Count >= MostBases)
                bases.Add(ShellWord.Gap.ToString());
            else
                bases.AddRange(bases.Select(b => target.Text.StartsWith('/') ? target.Text : $"{b}/{target.Text}".TrimStart('/')).ToList());
        }
        return [.. bases.Distinct()];
    }

    /// <summary>Every argument that is not an option, and the value behind the equals sign of any.</summary>
    public static IReadOnlyList<CallPath> Of(ShellCommand command, IReadOnlyList<string> bases)
    {
        var paths = new List<CallPath>();
        foreach (var word in command.Arguments)
        {
            if (!word.Text.StartsWith('-'))
                paths.Add(CallPath.From(word.Text, bases));
            if (word.Text.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
                paths.Add(CallPath.From(word.Text[(at + 1)..], bases));
        }
        return paths;
    }
}
