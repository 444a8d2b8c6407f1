using Navi.Agent.Policy.Shell;

namespace Navi.Agent.Policy.Rules;

/// <summary>What one pass over the rules decides: a tool call as a whole, or one simple command of it.</summary>
/// <param name="Request">The call, with its effective effect.</param>
/// <param name="Command">The command; null for a call without a shell line and for the part of a line that was not understood.</param>
/// <param name="Paths">The paths that the call or the command names.</param>
internal sealed record Subject(PolicyRequest Request, ShellCommand? Command, IReadOnlyList<CallPath> Paths);
