using System.CommandLine;

namespace Navi.Cli.Commands;

/// <summary>Options and arguments that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json(string what = "Print the answer as one JSON document.") => new("--json") { Description = what };

    public static Argument<string> TaskId() => new("TASK") { Description = "The task's id." };

    public static Option<bool> Ask() => new("--no-input") { Description = "Never ask: stop with exit code 3 at the first checkpoint." };
}
