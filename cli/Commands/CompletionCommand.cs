using System.CommandLine;
using Navi.Cli.Completion;

namespace Navi.Cli.Commands;

/// <summary><c>navi completion</c>, and the hidden command that its scripts call.</summary>
internal static class CompletionCommand
{
    public const string Hidden = "__complete";

    public static Command Make() => new("completion", "Print a script that completes commands, options, values and ids in your shell.")
    {
        Script("bash", "For bash: source <(navi completion bash)", CompletionScripts.Bash),
        Script("zsh", "For zsh, after compinit: source <(navi completion zsh)", CompletionScripts.Zsh),
    };

    /// <summary>Prints the candidates for the last of the given words, one a line.</summary>
    public static Command MakeHidden(Func<RootCommand> root)
    {
        var words = new Argument<string[]>("WORDS") { Description = "The words after navi, up to the one to complete.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(Hidden, "Candidates for the last word.") { words };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            foreach (var candidate in Complete(root(), parsed.GetValue(words) ?? []))
                Console.Out.WriteLine(candidate);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static IEnumerable<string> Complete(RootCommand root, string[] words)
    {
        var last = words.Length == 0 ? "" : words[^1];
        var line = string.Join(' ', words.Take(words.Length - 1).Select(Quote)) + (words.Length > 1 ? " " : "") + last;
        return root.Parse(line).GetCompletions(line.Length).Select(c => c.Label)
            .Where(l => l.StartsWith(last, StringComparison.Ordinal) && (last.StartsWith('-') || !l.StartsWith('-') || last.Length == 0))
            .Where(l => l is not ("-?" or "-h" or "/?" or "/h")).Distinct().Order(StringComparer.Ordinal);
    }

    // A word with a quote in it can't be told to the parser's own splitter; its place is all that counts.
    private static string Quote(string word) => word.Any(c => char.IsWhiteSpace(c) || c == '"') || word.Length == 0 ? $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\"" : word;

    private static Command Script(string shell, string what, string text)
    {
        var command = new Command(shell, what);
        command.SetAction(_ =>
        {
            Console.Out.WriteLine(text);
            return ExitCodes.Ok;
        });
        return command;
    }
}
