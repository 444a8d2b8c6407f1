namespace Navi.Agent.Policy.Shell;

/// <summary>What a shell line runs.</summary>
/// <param name="Commands">Every simple command, inner ones included, in the order in which they are written.</param>
/// <param name="Opaque">Why a part of the line was not understood; null when all of it was. Such a line may run anything.</param>
/// <param name="Repeats">The line has a loop, so a command may run any number of times.</param>
internal sealed record ShellLine(IReadOnlyList<ShellCommand> Commands, string? Opaque, bool Repeats);
