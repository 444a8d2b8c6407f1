using System.Globalization;

namespace Navi.Drills.Runbooks;

/// <summary>A block of commands that was run.</summary>
/// <param name="Block">The block.</param>
/// <param name="Output">What it printed, both streams as they came.</param>
/// <param name="ExitCode">The exit code of the command that ended it; null when it did not end.</param>
/// <param name="Took">How long it ran, with repetitions.</param>
/// <param name="Fits">Every command succeeded, and it showed what its document says.</param>
internal sealed record Shown(CommandBlock Block, string Output, int? ExitCode, TimeSpan Took, bool Fits)
{
    /// <summary>What was expected and what came instead, for people.</summary>
    public string Difference => $"--- commands\n{Block.Commands}--- expected\n{Block.Expected}--- printed (exit code {ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "none"})\n{Output}---";
}
