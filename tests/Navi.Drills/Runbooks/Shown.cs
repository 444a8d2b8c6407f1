namespace Navi.Drills.Runbooks;

/// <summary>A block of commands that was run.</summary>
/// <param name="Block">The block.</param>
/// <param name="Output">What it printed, both streams as they came.</param>
/// <param name="Took">How long it ran, with repetitions.</param>
/// <param name="Fits">It showed what its document says.</param>
internal sealed record Shown(CommandBlock Block, string Output, TimeSpan Took, bool Fits);
