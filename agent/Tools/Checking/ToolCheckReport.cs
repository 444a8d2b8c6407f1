namespace Navi.Agent.Tools.Checking;

/// <summary>What the check of all tools found.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Registered">Tools in the registry.</param>
/// <param name="Runnable">Those that did their work here.</param>
/// <param name="Tested">Those of them that also refused wrong arguments by name and, as far as they can fail, answered what can't be done with an error to act on.</param>
/// <param name="Problems">By tool, what was missing; empty when all three numbers are the same.</param>
public sealed record ToolCheckReport(DateTimeOffset At, int Registered, int Runnable, int Tested, IReadOnlyList<ToolProblem> Problems);
