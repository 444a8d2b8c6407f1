namespace Navi.Platform.Telemetry.Errors;

/// <summary>One occurrence of a group.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Message">In words, redacted.</param>
/// <param name="User">Who asked for the work.</param>
/// <param name="Task">The task; null outside of one.</param>
/// <param name="Request">The request; null outside of one.</param>
/// <param name="Version">NAVI's version.</param>
public sealed record ErrorSample(DateTime At, string Message, string User, Guid? Task, string? Request, string Version);
