using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace Navi.Portable.Host.Invocation;

/// <summary>The W3C trace context that was current when the invocation began; empty texts when there was none.</summary>
internal sealed class PortableTraceContext : TraceContext
{
    public override string TraceParent { get; } = Activity.Current?.Id ?? "";

    public override string TraceState { get; } = Activity.Current?.TraceStateString ?? "";
}
