using System.Diagnostics;
using System.Security.Cryptography;

namespace Navi.Platform.Telemetry.Tracing;

/// <summary>
/// The trace of a task: its id is the task's own, so that steps which run hours apart, in other processes and after a crash, are one trace, and whoever knows the task finds it.
/// </summary>
public static class TaskTrace
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "Navi.Tasks";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a step of the task; null when nobody listens.</summary>
    /// <param name="name">Name of the span: a fixed word and, at most, a tool's name.</param>
    /// <param name="task">The task.</param>
    public static Activity? Start(string name, Guid task) =>
        Source.HasListeners() ? Source.StartActivity(name, ActivityKind.Internal, ParentOf(task))?.SetTag("navi.task.id", task.ToString()) : null;

    /// <summary>The parent of every step: a span that nobody exports, named by the task's id alone.</summary>
    internal static ActivityContext ParentOf(Guid task)
    {
        Span<byte> id = stackalloc byte[16];
        task.TryWriteBytes(id, bigEndian: true, out _);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, digest);
        return new ActivityContext(ActivityTraceId.CreateFromBytes(id), ActivitySpanId.CreateFromBytes(digest[..8]), ActivityTraceFlags.Recorded, isRemote: true);
    }
}
