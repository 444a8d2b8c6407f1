using System.CommandLine;
using Navi.Cli.Completion;

namespace Navi.Cli.Commands;

/// <summary>Options and arguments that several commands share.</summary>
internal static class CommonOptions
{
    private static readonly string[] Modes = ["auto", "fast", "deep", "private"];

    public static Option<bool> Json(string what = "Print the answer as one JSON document.") => new("--json") { Description = what };

    public static Argument<string> TaskId(CliContext context)
    {
        var id = new Argument<string>("TASK") { Description = "The task's id, or its beginning (6 characters or more)." };
        id.CompletionSources.Add(_ => Candidates.Tasks(context));
        return id;
    }

    public static Option<bool> Ask() => new("--no-input") { Description = "Never ask: stop with exit code 3 at the first checkpoint." };

    public static Option<string?> Provider(CliContext context, string what)
    {
        var provider = new Option<string?>("--provider") { Description = what, HelpName = "NAME" };
        provider.CompletionSources.Add(_ => Candidates.Models(context));
        return provider;
    }

    public static Option<string?> Mode(string what)
    {
        var mode = new Option<string?>("--mode") { Description = what };
        mode.AcceptOnlyFromAmong(Modes);
        return mode;
    }
}
